"""Who has which role in a programme."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lerend_web.core.audit import record
from lerend_web.people.enums import ProgrammeRole
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme, ProgrammeMember


@transaction.atomic
def give_programme_role(
    *, programme: Programme, person: Person, role: ProgrammeRole, by: Person | None, at: datetime
) -> None:
    """Give a role; who has it already keeps it, and no history is written."""
    _member, is_new = ProgrammeMember.objects.get_or_create(programme=programme, person=person, role=role)
    if is_new:
        record(by=by, at=at, code="programme_role.given", programme=programme, subject=str(person.pk), role=role.value)


@transaction.atomic
def take_programme_role(
    *, programme: Programme, person: Person, role: ProgrammeRole, by: Person | None, at: datetime
) -> None:
    gone, _which = ProgrammeMember.objects.filter(programme=programme, person=person, role=role).delete()
    if gone:
        record(by=by, at=at, code="programme_role.taken", programme=programme, subject=str(person.pk), role=role.value)
