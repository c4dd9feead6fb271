"""Which comparisons are possible for a pilot, in order of preference; what each could see, and what would make it see more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from lerend.disclosure.bands import PeopleBand
from lerend.errors import LerendError
from lerend.evidence.design.choosing import Choice, Circumstances, choose_design, preferred
from lerend.evidence.design.drawing import design_pilot
from lerend.evidence.design.kinds import Kind, assumptions_of, cannot_say_of, estimand_of, name_of, needs_of
from lerend.evidence.design.team import DesignIsWrong, Team
from lerend.evidence.figures import percent
from lerend.evidence.power.precision import FROM_OWN_ROUNDS, Assumed
from lerend.evidence.power.sight import USUAL_DEVIATION, Sight, Standing, sight_of
from lerend.report.motivation import MOTIVATION
from lerend.report.words import printable, spoken
from lerend.wording import Message
from lerend_web.instruments.domain.faults import language
from lerend_web.pilots.domain.teams import design_teams, releases_of
from lerend_web.pilots.models import Pilot

MOST_WAVES: Final = 7
_TRIAL: Final = "before the lot"
"""Any seed will do to see what a design could show; the one of the pilot is another."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What people say can be done here; `announced`: it was said beforehand that motivation would count, and how."""

    waves: int = 2
    may_wait: bool = True
    may_step: bool = True
    accept_lot: bool = True
    announced: bool = False
    may_decline: bool = False

    @property
    def circumstances(self) -> Circumstances:
        return Circumstances(
            self.waves, self.may_wait, self.may_step, self.accept_lot, self.announced, self.may_decline
        )


@dataclass(frozen=True, slots=True)
class Option:
    """One kind of comparison, in words.

    Attributes:
        why: why it is possible and how strong it is, or why not.
        standing: whether the smallest effect worth having would be seen (`Standing`); empty where it is not possible.
        chance: of seeing it, in percent.
        sees: what it could see.
        ways: what would make more visible.
    """

    kind: str
    name: str
    is_possible: bool
    is_preferred: bool
    is_effect: bool
    why: tuple[str, ...]
    standing: str = ""
    chance: int = 0
    sees: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Described:
    """What a kind of comparison is, before anybody chooses it."""

    kind: str
    name: str
    estimand: str
    needs: tuple[str, ...]
    assumptions: tuple[str, ...]
    cannot_say: tuple[str, ...]
    by_lot: bool
    is_effect: bool


def options_of(pilot: Pilot, wish: Wish) -> tuple[Option, ...]:
    """Every kind, the best first; none where no team is known yet."""
    teams = design_teams(pilot)
    if not any(team.steady for team in teams):
        return ()
    found = _seen(teams, wish, pilot.smallest, assumed_for(pilot), deviation_for(pilot))
    best = preferred([choice for choice, _sight in found])
    return tuple(_option(choice, best, sight) for choice, sight in found)


@lru_cache(maxsize=64)
def _seen(
    teams: tuple[Team, ...], wish: Wish, smallest: float, assumed: Assumed, deviation: float
) -> tuple[tuple[Choice, Sight | DesignIsWrong | None], ...]:
    """Each kind with what it could see, or why its design cannot be made after all; the same teams are asked for often."""
    choices = choose_design(teams, wish.circumstances)
    return tuple((one, _sight(one, teams, wish.waves, smallest, assumed, deviation)) for one in choices)


def why_not(teams: Sequence[Team], kind: Kind, wish: Wish) -> tuple[Message, ...]:
    """Why a comparison of this kind is not possible; empty where it is."""
    choice = next(one for one in choose_design(teams, wish.circumstances) if one.kind is kind)
    return () if choice.possible else choice.why


def described(kind: str) -> Described:
    """What a kind of comparison is.

    Raises:
        ValueError: there is no such kind.
    """
    one = Kind(kind)
    return Described(
        kind=one.value,
        name=say_here(name_of(one)),
        estimand=say_here(estimand_of(one)),
        needs=_said(needs_of(one)),
        assumptions=_said(assumptions_of(one)),
        cannot_say=_said(cannot_say_of(one)),
        by_lot=one.by_lot,
        is_effect=one.estimates_effect,
    )


def kinds() -> tuple[tuple[str, str], ...]:
    """Every kind with its name, the best first."""
    return tuple((kind.value, say_here(name_of(kind))) for kind in Kind)


def assumed_for(pilot: Pilot) -> Assumed:
    """How alike people in a team answer: from the companies' own rounds where those tell, else from earlier research."""
    found = [
        (one.icc1, _low(one.people))
        for release in releases_of(pilot)
        for one in release.diagnosis.quality
        if one.scale == pilot.factor and one.icc1 is not None
    ]
    if not found:
        return Assumed()
    share = _mean(found)
    # A company with teams that are alike by chance would promise more than the next round keeps.
    return Assumed(icc=min(max(share, 0.02), 0.6), source=FROM_OWN_ROUNDS)


def deviation_for(pilot: Pilot) -> float:
    """Points of the scale that one standard deviation between people is, at the newest rounds."""
    found = [
        (sums.deviations[sums.scales.index(pilot.factor)], sums.people.low)
        for release in releases_of(pilot)
        for sums in release.covariances
        if pilot.factor in sums.scales
    ]
    return round(_mean(found), 2) if found else USUAL_DEVIATION


def scale_of(kind: Kind) -> str:
    """The announced scale by which a kind of comparison places teams; empty where none counts."""
    return MOTIVATION if kind.needs_motivation else ""


def say_here(message: Message) -> str:
    """A sentence of the library in the language of the page."""
    return spoken(message, language())


def problems_in(error: LerendError) -> str:
    """What is wrong, and what to do, in the language of the page."""
    return " ".join(f"{say_here(one.what)} {say_here(one.mend)}" for one in error.problems)


def _option(choice: Choice, best: Choice | None, sight: Sight | DesignIsWrong | None) -> Option:
    kind = choice.kind
    seen = sight if isinstance(sight, Sight) else None
    why = (problems_in(sight),) if isinstance(sight, DesignIsWrong) else _said(choice.why)
    return Option(
        kind=kind.value,
        name=say_here(name_of(kind)),
        is_possible=choice.possible and seen is not None,
        is_preferred=choice is best,
        is_effect=kind.estimates_effect,
        why=why,
        standing=seen.standing.value if seen else "",
        chance=percent(seen.chance) if seen and seen.standing is not Standing.NEVER else 0,
        sees=_said(seen.sentences) if seen else (),
        ways=tuple(say_here(way.sentence) for way in seen.ways) if seen else (),
    )


def _sight(
    choice: Choice, teams: Sequence[Team], waves: int, smallest: float, assumed: Assumed, deviation: float
) -> Sight | DesignIsWrong | None:
    """What a kind could see; None where it is not possible anyway."""
    if not choice.possible:
        return None
    try:
        design = design_pilot(choice.kind, teams, waves=waves, seed=_TRIAL, scale=scale_of(choice.kind))
        return sight_of(design, smallest, assumed=assumed, deviation=deviation)
    except DesignIsWrong as error:
        return error


def _said(messages: Sequence[Message]) -> tuple[str, ...]:
    return tuple(printable(say_here(one)) for one in messages)


def _low(people: int | PeopleBand) -> int:
    return people.low if isinstance(people, PeopleBand) else people


def _mean(found: Sequence[tuple[float, int]]) -> float:
    """Weighed by people."""
    total = sum(people for _value, people in found)
    return sum(value * people for value, people in found) / total if total else found[0][0]
