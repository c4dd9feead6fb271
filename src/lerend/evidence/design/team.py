"""Teams that may take part in a pilot, and what can be wrong with a wish for one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lerend.errors import LerendError, Problem
from lerend.wording import Message, say


class DesignIsWrong(LerendError):
    """Teams or wishes from which no pilot can be made."""


@dataclass(frozen=True, slots=True)
class Team:
    """One unit that a pilot can place in an arm.

    Attributes:
        id: without line breaks; the same in every wave.
        organisation: to which it belongs.
        people: how many answered in the last wave, or how many work there.
        motivation: mean of the announced scale, measured before; None where it was not measured.
        steady: it can be counted by itself at every wave of the pilot. Other teams can not be placed.
        joins: it wants to begin. False: a team of a comparison company, that goes on as it did.
    """

    id: str
    organisation: str
    people: int
    motivation: float | None = None
    steady: bool = True
    joins: bool = True


def checked_teams(teams: Sequence[Team]) -> tuple[Team, ...]:
    """The teams that can be placed, in the order of their ids.

    Raises:
        DesignIsWrong: a team is there twice, has nobody, or has a name that no lot can hold.
    """
    twice = [name for name, times in Counter(team.id for team in teams).items() if times > 1]
    problems = [
        *(Problem(name, say("This team is there twice."), say("Keep one of both.")) for name in twice),
        *(_problem(team) for team in teams if team.people < 1 or _has_break(team.id + team.organisation)),
    ]
    if problems:
        raise DesignIsWrong(problems)
    return tuple(sorted((team for team in teams if team.steady), key=lambda team: team.id))


def wrong(what: Message, mend: Message, where: str = "pilot") -> DesignIsWrong:
    """The error with one problem."""
    return DesignIsWrong([Problem(where, what, mend)])


def _has_break(name: str) -> bool:
    return not name or any(sign in name for sign in "\n\r")


def _problem(team: Team) -> Problem:
    if team.people < 1:
        return Problem(team.id, say("Nobody answered in this team."), say("Leave it out."))
    return Problem(repr(team.id), say("A name of a team has no line breaks."), say("Give it a name on one line."))
