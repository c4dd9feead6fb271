"""A pilot that is being prepared: two companies with outcomes, a school partner, teams that can be counted."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Final

from lerend_web.organisations.models import Organisation, OrganisationMember
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.pilots.domain.charters import Charter, make_pilot
from lerend_web.pilots.domain.partners import agree, ask_company
from lerend_web.pilots.domain.teams import teams_of_releases
from lerend_web.pilots.models import Pilot
from lerend_web.scans.models import Wave
from tests.lerend_web.actors import Place, person
from tests.lerend_web.pilots.world import release_moment

AT: Final = datetime(2026, 9, 14, 9, tzinfo=UTC)
FACTOR: Final = "psychological_safety"
TEAMS: Final = ("Ovens", "Packing", "Cooling", "Dough")
DATES: Final = (date(2026, 11, 16), date(2027, 1, 18), date(2027, 3, 22))


def charter(here: Place, **other: Any) -> Charter:
    usual: dict[str, Any] = {
        "title": "Speak up at the start",
        "factor": FACTOR,
        "problem": "People keep silent about mistakes.",
        "owner": here.people[ProgrammeRole.COORDINATOR],
        "partner": here.people[ProgrammeRole.TEACHER],
    }
    return Charter(**(usual | other))


def a_pilot(here: Place, **other: Any) -> Pilot:
    """Its charter, and nobody asked yet."""
    by = here.people[ProgrammeRole.COORDINATOR]
    return make_pilot(programme=here.programme, charter=charter(here, **other), by=by, at=AT)


def second_company(here: Place) -> Organisation:
    """Another company of the same programme, with a contact of its own."""
    one = Organisation.objects.create(name=f"Second of {here.programme.name}")
    one.programmes.add(here.programme)
    contact = person(f"contact of {one.name}".lower().replace(" ", "."))
    OrganisationMember.objects.create(organisation=one, person=contact, role=OrganisationRole.COMPANY_CONTACT)
    return one


def contact_of(organisation: Organisation) -> Any:
    return organisation.members.get(role=OrganisationRole.COMPANY_CONTACT).person


def takes_part(pilot: Pilot, organisation: Organisation, *, compares: bool = False) -> None:
    """Asked, and its contact said yes."""
    partner = ask_company(pilot=pilot, organisation=organisation, compares=compares, by=None, at=AT)
    agree(partner=partner, by=contact_of(organisation), at=AT)


def with_outcome(organisation: Organisation, pilot: Pilot, teams: tuple[str, ...] = TEAMS, low: float = 3.0) -> Wave:
    """A closed round of a company; its teams score a little higher, each than the one before it."""
    scores = {name: low + 0.2 * place for place, name in enumerate(teams)}
    return release_moment(pilot, organisation, 0, scores).wave


def ready(here: Place, **other: Any) -> Pilot:
    """Two companies of four teams each take part, and the teams are read: all is there to freeze a plan."""
    pilot = a_pilot(here, **other)
    for organisation in (here.organisation, second_company(here)):
        with_outcome(organisation, pilot)
        takes_part(pilot, organisation)
    teams_of_releases(pilot=pilot, by=here.people[ProgrammeRole.COORDINATOR], at=AT)
    return pilot
