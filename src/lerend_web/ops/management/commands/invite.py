"""``python -m lerend_web invite EMAIL NAME --role operator``: the first account, and any other, by mail."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from lerend_web.core import clock
from lerend_web.people.domain.accounts import invite_person
from lerend_web.people.enums import ProgrammeRole
from lerend_web.people.models import Person
from lerend_web.programmes.domain.members import give_programme_role
from lerend_web.programmes.models import Programme

OPERATOR = "operator"


class Command(BaseCommand):
    help = "Mails somebody the way to an account of their own."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("--role", required=True, choices=[OPERATOR, *(role.value for role in ProgrammeRole)])
        parser.add_argument("--programme", type=int, help="number of the programme in which the role is held")
        parser.add_argument("--language", default="nl", choices=["nl", "en"])

    def handle(self, *_arguments: Any, email: str, name: str, role: str, **options: Any) -> None:
        if not settings.ADDRESS_IS_SET:
            raise CommandError(
                "Set LEREND_ADDRESS first, to the address of the platform: the link in the mail needs it."
            )
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email} is no e-mail address.") from error
        programme = None if role == OPERATOR else _programme(options["programme"])
        at = clock.now()
        with transaction.atomic():
            person = invite_person(
                email=email, name=name, by=None, at=at, language=options["language"], is_operator=role == OPERATOR
            )
            _give(person, role, programme, at)
        self.stdout.write(
            f"{person.email} has an account already and keeps it; no mail was sent."
            if person.has_usable_password()
            else f"An invitation is on its way to {person.email}. Its link leads to {settings.ADDRESS}."
        )


def _programme(number: int | None) -> Programme:
    found = Programme.objects.filter(pk=number or 0).first()
    if found is None:
        there = ", ".join(f"{one.pk} ({one.name})" for one in Programme.objects.order_by("pk")) or "none yet"
        raise CommandError(f"--programme must be the number of a programme; there are: {there}.")
    return found


def _give(person: Person, role: str, programme: Programme | None, at: datetime) -> None:
    if programme is not None:
        give_programme_role(programme=programme, person=person, role=ProgrammeRole(role), by=None, at=at)
    elif not person.is_operator:
        raise CommandError(f"{person.email} has an account already; an account in use never becomes operator.")
