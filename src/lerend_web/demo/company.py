"""The made-up companies: plainly fictitious names, and for Voorbeeld Zuivel who works where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PROGRAMME: Final = "Voorbeeldprogramma Lerende organisaties"
ZUIVEL: Final = "Voorbeeld Zuivel"
BAKKERIJ: Final = "Voorbeeld Bakkerij"
COMPANIES: Final = (
    ZUIVEL,
    BAKKERIJ,
    "Voorbeeld Metaal",
    "Voorbeeld Zorg",
    "Voorbeeld Logistiek",
    "Voorbeeld Techniek",
    "Voorbeeld Groente",
    "Voorbeeld Meubel",
    "Voorbeeld Bouw",
    "Voorbeeld Drukkerij",
    "Voorbeeld Installatie",
    "Voorbeeld Kas",
)


@dataclass(frozen=True, slots=True)
class Team:
    """One team of Voorbeeld Zuivel; of its people, the last `agency` work through an agency."""

    shift: str
    name: str
    people: int
    agency: int = 0

    @property
    def path(self) -> tuple[str, str]:
        return self.shift, self.name


TEAMS: Final = (
    Team("Dagdienst", "Ontvangst dag", 11),
    Team("Dagdienst", "Bereiding dag", 15),
    Team("Dagdienst", "Afvullen dag", 14),
    Team("Dagdienst", "Flexploeg dag", 8, agency=8),
    Team("Avonddienst", "Bereiding avond", 12),
    Team("Avonddienst", "Afvullen avond", 14),
    Team("Avonddienst", "Inpakken avond", 11),
    Team("Avonddienst", "Technische dienst", 8),
    Team("Nachtdienst", "Bereiding nacht", 12),
    Team("Nachtdienst", "Afvullen nacht", 11),
    Team("Nachtdienst", "Inpakken nacht", 4, agency=3),
)
"""120 people in 11 teams in three shifts. Sanne is the first of the four who pack at night."""

SANNES_TEAM: Final = 10
FLEX_TEAM: Final = "Flexploeg dag"
SHIFT_ANSWERS: Final = {"Dagdienst": "day", "Avonddienst": "evening", "Nachtdienst": "night"}


def everybody() -> tuple[Team, ...]:
    """The team of each person, in the order of the teams."""
    return tuple(team for team in TEAMS for _ in range(team.people))


def number_of_sanne() -> int:
    """Her place among everybody."""
    return sum(team.people for team in TEAMS[:SANNES_TEAM])


def works_through_an_agency() -> tuple[bool, ...]:
    """For everybody."""
    return tuple(place >= team.people - team.agency for team in TEAMS for place in range(team.people))
