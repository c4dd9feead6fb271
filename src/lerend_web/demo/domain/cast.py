"""Who is in the demo: a programme, twelve companies, and the two people with an account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lerend_web.core import audit
from lerend_web.demo.company import PROGRAMME
from lerend_web.demo.story import Character
from lerend_web.organisations.models import Organisation, OrganisationMember, Unit
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme, ProgrammeMember

NAMES: Final = {Character.MARLOES: "Marloes", Character.ARJEN: "Arjen"}


@dataclass(frozen=True, slots=True)
class Cast:
    programme: Programme
    marloes: Person
    arjen: Person


def make_cast(*, at: datetime) -> Cast:
    """The programme, its coordinator Arjen, and Marloes, who has no company yet."""
    programme = Programme.objects.create(name=PROGRAMME, is_demo=True)
    marloes, arjen = (_person(character) for character in (Character.MARLOES, Character.ARJEN))
    for role in (ProgrammeRole.COORDINATOR, ProgrammeRole.MODERATOR):
        ProgrammeMember.objects.create(programme=programme, person=arjen, role=role)
    audit.record(by=None, at=at, code="demo.made", programme=programme, simulated=True)
    return Cast(programme, marloes, arjen)


def make_company(cast: Cast, name: str, headcounts: Mapping[tuple[str, ...], int], *, is_played: bool) -> Organisation:
    """A company with its units; Marloes is the contact of the one that is played."""
    organisation = Organisation.objects.create(name=name)
    organisation.programmes.add(cast.programme)
    units: dict[tuple[str, ...], Unit] = {}
    for path, headcount in headcounts.items():
        for depth in range(1, len(path)):
            if path[:depth] not in units:
                units[path[:depth]] = _unit(organisation, units, path[:depth], 0)
        units[path] = _unit(organisation, units, path, headcount)
    if is_played:
        for role in (OrganisationRole.COMPANY_CONTACT, OrganisationRole.KEY_HOLDER):
            OrganisationMember.objects.create(organisation=organisation, person=cast.marloes, role=role)
    return organisation


def _person(character: Character) -> Person:
    return Person.objects.create_user(
        f"{character}@demo.invalid", name=NAMES[character], demo_character=character.value
    )


def _unit(
    organisation: Organisation, units: Mapping[tuple[str, ...], Unit], path: tuple[str, ...], headcount: int
) -> Unit:
    return Unit.objects.create(
        organisation=organisation, parent=units.get(path[:-1]), name=path[-1], headcount=headcount
    )
