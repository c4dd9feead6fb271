"""Who is in the demo: a programme, twelve companies, the three people who can be played, and a teacher."""

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

NAMES: Final = {Character.MARLOES: "Marloes", Character.ARJEN: "Arjen", Character.FENNA: "Fenna"}
TEACHER: Final = "karim@demo.invalid"
"""The school's partner in the pilots; nobody plays him."""


@dataclass(frozen=True, slots=True)
class Cast:
    programme: Programme
    marloes: Person
    arjen: Person
    fenna: Person
    teacher: Person


def make_cast(*, at: datetime) -> Cast:
    """The programme, its coordinator Arjen, its researcher Fenna, and Marloes, who has no company yet."""
    programme = Programme.objects.create(name=PROGRAMME, is_demo=True)
    played = {character: _person(character) for character in NAMES}
    teacher = Person.objects.create_user(TEACHER, name="Karim (mbo)")
    arjen, fenna = played[Character.ARJEN], played[Character.FENNA]
    for person, role in (
        (arjen, ProgrammeRole.COORDINATOR),
        (arjen, ProgrammeRole.MODERATOR),
        (fenna, ProgrammeRole.RESEARCHER),
        (teacher, ProgrammeRole.TEACHER),
    ):
        ProgrammeMember.objects.create(programme=programme, person=person, role=role)
    audit.record(by=None, at=at, code="demo.made", programme=programme, simulated=True)
    return Cast(programme, played[Character.MARLOES], arjen, fenna, teacher)


def cast_now() -> Cast | None:
    """Who is there; None where there is no demo."""
    programme = Programme.objects.filter(is_demo=True).first()
    if programme is None:
        return None
    played = {character: Person.objects.get(demo_character=character.value) for character in NAMES}
    teacher = Person.objects.get(email=TEACHER)
    return Cast(
        programme, played[Character.MARLOES], played[Character.ARJEN], played[Character.FENNA], teacher
    )  # fmt: skip


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
