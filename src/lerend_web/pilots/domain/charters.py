"""The charter of a pilot: what is the matter, what is tried, how much of it, and who looks after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lerend_web.core.audit import record
from lerend_web.interventions.domain.catalogue import name_of, whole_catalogue
from lerend_web.people.enums import ProgrammeRole
from lerend_web.people.models import Person
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import Pilot
from lerend_web.pilots.rules import EDITORS, PilotRefused
from lerend_web.programmes.models import Programme
from lerend_web.themes.domain.names import Choices, factors_of_programme, names_in_programme
from lerend_web.themes.models import Theme
from lerend_web.themes.queries import possible_owners
from lerend_web.urn.passes import new_public_code

MOST_SESSIONS: Final = 60
MOST_WEEKS: Final = 104
LARGEST_EFFECT: Final = 2.0
USUAL_EFFECT: Final = 0.2


@dataclass(frozen=True, slots=True)
class Charter:
    """What people agree on before anything is drawn.

    Attributes:
        factor: id of the factor that must move.
        intervention: reference of an entry of the catalogue; empty for an approach that is made here.
        sessions, weeks: the planned dose.
        smallest: the smallest effect worth having, in standard deviations between people.
        owner: who looks after the pilot.
        partner: the teacher who reads who offered themselves, until the lot is drawn.
    """

    title: str
    factor: str
    problem: str
    theory: str = ""
    approach: str = ""
    intervention: str = ""
    sessions: int = 4
    weeks: int = 8
    smallest: float = USUAL_EFFECT
    theme: Theme | None = None
    owner: Person | None = None
    partner: Person | None = None


@transaction.atomic
def make_pilot(*, programme: Programme, charter: Charter, by: Person | None, at: datetime) -> Pilot:
    """A draft of which everything can still change.

    Raises:
        PilotRefused: no part in this programme by which somebody makes pilots, or the charter is not right.
    """
    must_edit(by, programme)
    _check(charter, programme)
    pilot = Pilot(programme=programme, key=new_public_code(), made_at=at)
    _write(pilot, charter)
    note(pilot, "pilot.made", by=by, at=at)
    return pilot


@transaction.atomic
def change_charter(*, pilot: Pilot, charter: Charter, by: Person | None, at: datetime) -> None:
    """Write the charter anew; who asks for a company later agrees to what stands there then.

    Raises:
        PilotRefused: as for a new one, or the plan is frozen.
    """
    must_edit(by, pilot.programme)
    lock_draft(pilot)
    _check(charter, pilot.programme)
    _write(pilot, charter)
    note(pilot, "pilot.changed", by=by, at=at)


def must_edit(by: Person | None, programme: Programme) -> None:
    """Whether somebody makes and plans pilots here; None is the platform itself.

    Raises:
        PilotRefused: they do not.
    """
    roles = [role.value for role in EDITORS]
    if by is not None and not by.programme_roles.filter(programme=programme, role__in=roles).exists():
        raise PilotRefused(_("Coordinators and researchers of this programme make and plan pilots."))


def lock_draft(pilot: Pilot) -> None:
    """The pilot as it is now, locked until the transaction ends.

    Raises:
        PilotRefused: the plan is frozen already.
    """
    pilot.refresh_from_db(from_queryset=Pilot.objects.select_for_update())
    if pilot.state != PilotState.DRAFT:
        raise PilotRefused(_("The plan of this pilot is frozen, so this cannot change any more."))


def note(
    pilot: Pilot, code: str, *, by: Person | None, at: datetime, organisation: int | None = None, **detail: object
) -> None:
    """One row of history about a pilot; with an organisation it stands in the log of that one."""
    record(
        by=by,
        at=at,
        code=code,
        programme=pilot.programme_id,
        organisation=organisation,
        subject=pilot.key,
        name=pilot.title,
        **detail,
    )


def factors_to_move(programme: Programme) -> Choices:
    """The factors that a pilot can be about: those that the questionnaire of the programme asks about."""
    return factors_of_programme(programme)


def teachers_of(programme: Programme) -> list[Person]:
    """Who can be the partner of the school."""
    members = programme.members.filter(role=ProgrammeRole.TEACHER.value)
    return list(Person.objects.filter(pk__in=members.values("person"), is_active=True).order_by("name", "pk"))


def _check(charter: Charter, programme: Programme) -> None:
    if not charter.title.strip():
        raise PilotRefused(_("Give the pilot a name."), "title")
    if not charter.problem.strip():
        raise PilotRefused(_("Say what is the matter, in one or two sentences."), "problem")
    if charter.factor not in {factor for _name, group in factors_to_move(programme) for factor, _said in group}:
        raise PilotRefused(_("Choose the factor that must move."), "factor")
    _check_dose(charter)
    if charter.theme is not None and charter.theme.programme_id != programme.pk:
        raise PilotRefused(_("Choose a theme of this programme."), "theme")
    if charter.owner is not None and charter.owner not in possible_owners(programme):
        raise PilotRefused(_("Choose somebody who has a part in this programme."), "owner")
    if charter.partner is not None and charter.partner not in teachers_of(programme):
        raise PilotRefused(_("Choose a teacher of this programme."), "partner")


def _check_dose(charter: Charter) -> None:
    if not 1 <= charter.sessions <= MOST_SESSIONS:
        raise PilotRefused(_("Fill in how many sessions a team has, from 1 to 60."), "sessions")
    if not 1 <= charter.weeks <= MOST_WEEKS:
        raise PilotRefused(_("Fill in over how many weeks, from 1 to 104."), "weeks")
    if not 0 < charter.smallest <= LARGEST_EFFECT:
        raise PilotRefused(_("Fill in an effect above 0 and up to 2 standard deviations."), "smallest")


def _write(pilot: Pilot, charter: Charter) -> None:
    pilot.title, pilot.factor = charter.title.strip(), charter.factor
    pilot.problem, pilot.theory = charter.problem.strip(), charter.theory.strip()
    pilot.approach, pilot.intervention = charter.approach.strip(), charter.intervention
    pilot.sessions, pilot.weeks, pilot.smallest = charter.sessions, charter.weeks, charter.smallest
    pilot.theme, pilot.owner, pilot.partner = charter.theme, charter.owner, charter.partner
    pilot.save()


def approaches_of(programme: Programme) -> list[tuple[str, str]]:
    """Entries of the catalogue of a programme that a pilot can be about: reference and name, by name."""
    entries = whole_catalogue([programme]).catalogue.interventions
    found = [(one.reference, name_of(one)) for one in entries]
    return sorted(found, key=lambda pair: pair[1])


def name_of_approach(pilot: Pilot) -> str:
    """What the catalogue calls the approach that is tried; empty for one that is made here, or that is not there any more."""
    return dict(approaches_of(pilot.programme)).get(pilot.intervention, "") if pilot.intervention else ""


def name_of_factor(pilot: Pilot) -> str:
    """What the reader calls the factor that must move."""
    return next(iter(names_in_programme([pilot.factor], pilot.programme)), pilot.factor)
