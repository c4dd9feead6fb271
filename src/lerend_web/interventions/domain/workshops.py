"""A workshop: members of a working group make an intervention, in versions, with sessions, try-outs and remarks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lerend.report.words import printable
from lerend_web.community.domain.groups import organisation_of
from lerend_web.core.audit import record
from lerend_web.interventions.domain.proposing import begin_proposal
from lerend_web.interventions.domain.written import kept
from lerend_web.interventions.enums import Wording
from lerend_web.interventions.models import Proposal, Remark, Session, TryOut, Workshop, WorkshopVersion
from lerend_web.interventions.queries import is_maker
from lerend_web.interventions.rules import (
    LISTS,
    LONGEST_STORY,
    LONGEST_WORDS,
    MOST_FACTORS,
    TEXTS,
    WORKSHOP_PARTS,
    InterventionRefused,
)
from lerend_web.organisations.models import Organisation
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme
from lerend_web.themes.models import Theme

_AS = (
    ProgrammeRole.TEACHER,
    ProgrammeRole.RESEARCHER,
    ProgrammeRole.COORDINATOR,
    OrganisationRole.COMPANY_CONTACT,
    OrganisationRole.TEAM_LEADER,
    OrganisationRole.WORKS_COUNCIL,
    OrganisationRole.INFORMANT,
)
"""As what somebody speaks, where they are several things at once: the first that they are."""


@transaction.atomic
def begin_workshop(*, theme: Theme, name: str, by: Person, at: datetime) -> Workshop:
    """Raises: InterventionRefused: no member of the working group of this theme, or it has no name."""
    _must_make(theme, by)
    called = _line(name)
    if not called:
        raise InterventionRefused(_("Give the workshop a name: what are you making?"), "name")
    workshop = Workshop.objects.create(programme=theme.programme, theme=theme, name=called, by=by, made_at=at)
    _note(workshop, "workshop.begun", by=by, at=at)
    return workshop


@transaction.atomic
def write_version(
    *,
    workshop: Workshop,
    content: Mapping[str, str],
    from_version: int,
    why: str,
    language: str,
    by: Person,
    at: datetime,
) -> WorkshopVersion:
    """The text of the approach as it is now; what was there before stays as an earlier version.

    Args:
        from_version: the one that it was written from (0: none).

    Raises:
        InterventionRefused: no maker, nothing changed, or somebody else wrote a version in the meantime.
    """
    _must_make(workshop.theme, by)
    workshop = Workshop.objects.select_for_update().get(pk=workshop.pk)
    newest = newest_version(workshop)
    number = newest.number if newest else 0
    if number != from_version:
        raise InterventionRefused(
            _(
                "Somebody wrote version %(number)s while you were writing. Read it, take over what you need, and save again."
            )
            % {"number": number}
        )
    said = {part: _lines(content.get(part, "")) for part in WORKSHOP_PARTS}
    before = newest.content if newest else {}
    changed = [part for part in WORKSHOP_PARTS if said[part] != before.get(part, "")]
    if not changed:
        raise InterventionRefused(_("Nothing is different from the version before."))
    version = WorkshopVersion.objects.create(
        programme=workshop.programme,
        workshop=workshop,
        number=number + 1,
        language="en" if language == "en" else "nl",
        content=said,
        changed=changed if newest else [],
        why=_line(why),
        by=by,
        at=at,
    )
    _note(workshop, "workshop.version_written", by=by, at=at)
    return version


@transaction.atomic
def plan_session(
    *, workshop: Workshop, on: date, begins: time | None, minutes: int, what: str, by: Person, at: datetime
) -> Session:
    """Raises: InterventionRefused: no maker, or it says nothing."""
    _must_make(workshop.theme, by)
    said = _line(what)
    if not said:
        raise InterventionRefused(_("Say what you do in this session."), "what")
    made = Session.objects.create(
        programme=workshop.programme, workshop=workshop, on=on, begins=begins, minutes=minutes, what=said
    )
    _note(workshop, "workshop.session_planned", by=by, at=at)
    return made


@transaction.atomic
def cancel_session(*, session: Session, by: Person, at: datetime) -> None:
    """Raises: InterventionRefused: no maker."""
    _must_make(session.workshop.theme, by)
    session.delete()
    _note(session.workshop, "workshop.session_cancelled", by=by, at=at)


@transaction.atomic
def tell_try_out(*, workshop: Workshop, on: date, happened: str, next: str, by: Person, at: datetime) -> TryOut:
    """Somebody tried the newest version, and this happened.

    Raises:
        InterventionRefused: no maker, there is no version to try yet, or it says nothing.
    """
    _must_make(workshop.theme, by)
    newest = newest_version(workshop)
    if newest is None:
        raise InterventionRefused(_("Write a first version before you try it."))
    said = kept(happened)[:LONGEST_STORY]
    if not said:
        raise InterventionRefused(_("Tell what happened, also when it did not work."), "happened")
    made = TryOut.objects.create(
        programme=workshop.programme,
        workshop=workshop,
        organisation=_on_behalf_of(by, workshop.programme),
        version=newest.number,
        on=on,
        happened=said,
        next=_line(next),
        by=by,
        at=at,
    )
    _note(workshop, "workshop.tried_out", by=by, at=at)
    return made


@transaction.atomic
def remark(*, workshop: Workshop, text: str, by: Person, at: datetime) -> Remark:
    """Raises: InterventionRefused: no maker, or it says nothing."""
    _must_make(workshop.theme, by)
    said = kept(text)[:LONGEST_WORDS]
    if not said:
        raise InterventionRefused(_("Write what you want to say."), "text")
    newest = newest_version(workshop)
    made = Remark.objects.create(
        programme=workshop.programme,
        workshop=workshop,
        organisation=_on_behalf_of(by, workshop.programme),
        role=role_in(by, workshop.programme),
        version=newest.number if newest else 0,
        text=said,
        by=by,
        at=at,
    )
    _note(workshop, "workshop.remarked", by=by, at=at)
    return made


@transaction.atomic
def propose_from_workshop(*, workshop: Workshop, by: Person, at: datetime) -> Proposal:
    """A proposal for the catalogue, with the newest version and the factors of the theme filled in.

    Raises:
        InterventionRefused: no maker, no version yet, or no part by which somebody proposes.
    """
    _must_make(workshop.theme, by)
    newest = newest_version(workshop)
    if newest is None:
        raise InterventionRefused(_("Write a first version before you propose it."))
    content = _as_card(workshop, newest)
    wording = Wording(newest.language)
    made = begin_proposal(
        programme=workshop.programme, wording=wording, content=content, workshop=workshop, by=by, at=at
    )
    _note(workshop, "workshop.proposed", by=by, at=at)
    return made


def newest_version(workshop: Workshop) -> WorkshopVersion | None:
    return workshop.versions.order_by("-number").first()


def role_in(person: Person, programme: Programme) -> str:
    """As what somebody speaks in a programme; empty without a role there."""
    above = person.programme_roles.filter(programme=programme).values_list("role", flat=True)
    inside = person.organisation_roles.filter(organisation__programmes=programme).values_list("role", flat=True)
    held = {*above, *inside}
    return next((role.value for role in _AS if role.value in held), "")


def _as_card(workshop: Workshop, version: WorkshopVersion) -> dict[str, Any]:
    most = {**TEXTS, **LISTS}
    texts = {part: str(version.content.get(part, "")) for part in WORKSHOP_PARTS}
    words = {
        f"{part}_{version.language}": (text if part in LISTS else " ".join(text.split()))[: most[part]]
        for part, text in texts.items()
    }
    name = workshop.name[: TEXTS["name"]]
    return {**words, f"name_{version.language}": name, "targets": list(workshop.theme.factors)[:MOST_FACTORS]}


def _on_behalf_of(person: Person, programme: Programme) -> Organisation | None:
    above = person.programme_roles.filter(programme=programme)
    return None if above.exists() else organisation_of(person, programme)


def _must_make(theme: Theme, by: Person) -> None:
    if not is_maker(by, theme):
        raise InterventionRefused(
            _("Members of the working group of this theme make it. Ask the coordinator to invite you.")
        )


def _line(text: str) -> str:
    return " ".join(printable(text).split())


def _lines(text: str) -> str:
    lines = (" ".join(printable(line).split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _note(workshop: Workshop, code: str, *, by: Person, at: datetime) -> None:
    record(by=by, at=at, code=code, programme=workshop.programme_id, subject=str(workshop.pk), name=workshop.name)
