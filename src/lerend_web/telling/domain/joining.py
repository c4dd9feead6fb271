"""Asking to join a programme, and what its coordinator does with it.

Everybody can ask, so nothing that somebody typed goes into a mail: else the form would carry words of strangers to
whatever address they fill in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from lerend_web.core.addresses import absolute
from lerend_web.core.audit import record
from lerend_web.organisations.domain.members import add_organisation, invite_member
from lerend_web.organisations.models import Organisation
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme
from lerend_web.telling.enums import Asked
from lerend_web.telling.models import JoinRequest
from lerend_web.telling.rules import FORGOTTEN_AFTER, LONGEST_WHY, MOST_AN_HOUR, ONE_MAIL_IN, TellingRefused


class TooManyRequests(TellingRefused):
    """So many asked within the hour that a machine is behind it."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody fills in who wants to join; `people` work there."""

    company: str
    contact_name: str
    email: str
    people: int
    why: str
    language: str


@transaction.atomic
def ask_to_join(*, programme: Programme, wish: Wish, at: datetime) -> JoinRequest:
    """Put a request before the coordinator; who asks the same twice is heard once.

    Raises:
        TooManyRequests: too many came in; nothing was kept.
        TellingRefused: the programme takes no requests.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    if not programme.is_public:
        raise TellingRefused(_("This programme takes no requests now."))
    forget_old_requests(at=at)
    company, email = " ".join(wish.company.split()), wish.email.strip().lower()
    known = JoinRequest.objects.filter(programme=programme, email=email)
    same = known.filter(state=Asked.WAITING, company__iexact=company).first()
    if same is not None:
        return same
    if JoinRequest.objects.filter(programme=programme, asked_at__gt=at - timedelta(hours=1)).count() >= MOST_AN_HOUR:
        raise TooManyRequests(_("Very many requests came in just now. Nothing was kept. Try again in an hour."))
    # Over all programmes: an address is nobody's to fill with our mails.
    gets_mail = not JoinRequest.objects.filter(email=email, asked_at__gt=at - ONE_MAIL_IN).exists()
    asked = JoinRequest.objects.create(
        programme=programme,
        company=company,
        contact_name=" ".join(wish.contact_name.split()),
        email=email,
        people=wish.people,
        why=wish.why.strip()[:LONGEST_WHY],
        language=wish.language,
        asked_at=at,
    )
    record(by=None, at=at, code="programme.asked_to_join", programme=programme, subject=str(asked.pk))
    transaction.on_commit(lambda: _tell_coordinators(programme))
    if gets_mail:
        transaction.on_commit(lambda: _confirm(asked))
    return asked


@transaction.atomic
def take_in(
    *, asked: JoinRequest, name: str, contact_name: str, email: str, language: str, by: Person, at: datetime
) -> Organisation:
    """Make it an organisation with a contact, who gets a mail with the way in, and another that says how to begin.

    Args:
        name, contact_name, email: as the coordinator read them over.

    Raises:
        TellingRefused: somebody decided already.
        MembersAreWrong: an organisation of this name takes part, or there is something else with the contact.
    """
    asked = _still_waiting(asked)
    organisation = add_organisation(programme=asked.programme, name=name, by=by, at=at)
    invite_member(
        organisation=organisation,
        email=email,
        name=contact_name,
        role=OrganisationRole.COMPANY_CONTACT,
        language=language,
        by=by,
        at=at,
    )
    _decide(asked, Asked.TAKEN_IN, by=by, at=at)
    transaction.on_commit(lambda: _welcome(organisation, asked.programme, email, language))
    return organisation


@transaction.atomic
def put_aside(*, asked: JoinRequest, by: Person, at: datetime) -> None:
    """Not now: nobody gets a mail of it, that is for the coordinator to say in person.

    Raises:
        TellingRefused: somebody decided already.
    """
    _decide(_still_waiting(asked), Asked.PUT_ASIDE, by=by, at=at)


def forget_old_requests(*, at: datetime) -> None:
    """Throw away what nobody answered in ninety days, and what was decided that long ago."""
    JoinRequest.objects.filter(asked_at__lt=at - FORGOTTEN_AFTER).delete()


def _still_waiting(asked: JoinRequest) -> JoinRequest:
    now = JoinRequest.objects.select_for_update().filter(pk=asked.pk, state=Asked.WAITING).first()
    if now is None:
        raise TellingRefused(_("Somebody has decided about this request already."))
    return now


def _decide(asked: JoinRequest, state: Asked, *, by: Person, at: datetime) -> None:
    asked.state, asked.decided_at = state, at
    asked.contact_name = asked.email = asked.why = ""
    asked.save()
    record(by=by, at=at, code=f"join_request.{state}", programme=asked.programme_id, subject=str(asked.pk))


def _confirm(asked: JoinRequest) -> None:
    with override(asked.language):
        days = FORGOTTEN_AFTER.days
        text = render_to_string("telling/mail/asked.txt", {"programme": asked.programme.name, "days": days})
        subject = gettext("Your request to join %(programme)s") % {"programme": asked.programme.name}
        _send(subject, text, asked.email)


def _tell_coordinators(programme: Programme) -> None:
    members = programme.members.filter(role=ProgrammeRole.COORDINATOR).select_related("person")
    for person in {member.person for member in members if member.person.is_active}:
        with override(person.language):
            link = absolute(reverse("join-requests", args=[programme.pk]))
            content = {"person": person, "programme": programme.name, "link": link}
            text = render_to_string("telling/mail/coordinator.txt", content)
            _send(gettext("Somebody asks to join %(programme)s") % {"programme": programme.name}, text, person.email)


def _welcome(organisation: Organisation, programme: Programme, email: str, language: str) -> None:
    with override(language):
        link = absolute(reverse("company-form", args=[organisation.pk]))
        content = {"organisation": organisation.name, "programme": programme.name, "link": link}
        text = render_to_string("telling/mail/taken_in.txt", content)
        _send(gettext("You take part in %(programme)s") % {"programme": programme.name}, text, email)


def _send(subject: str, text: str, to: str) -> None:
    """The request itself is kept, so a mail server that is away loses nothing."""
    headers = {"Auto-Submitted": "auto-generated"}
    EmailMessage(" ".join(subject.split()), text, to=[to], headers=headers).send(fail_silently=True)
