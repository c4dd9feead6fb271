"""The numbers of the made-up world, written down before any comparison was run.

docs/methods/the-worth-of-the-loop.md gives the source or the reason of each. Nothing in this folder reads the methods that are
judged in the world.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

PERSON_SPREAD: Final = 0.7
"""Points of the 1 to 5 scale between people of a team, on one factor."""
POINTS: Final = 0.9
"""Points that one standard deviation between people is, as answers show it."""
UNEXPLAINED: Final = 0.5
"""Share of the variance of an outcome that no factor explains."""


class Stress(StrEnum):
    """What a world does that the methods do not assume."""

    NONE = "none"
    NO_EFFECTS = "no_effects"
    """No approach does anything anywhere."""
    ATTRITION = "attrition"
    """People of teams that began answer less often the lower they score."""
    HUNCH = "hunch"
    """Half of the companies accept no lot: leaders choose by hunch who begins."""
    GROWING = "growing"
    """After half a year an effect is half of what it becomes."""
    CEILING = "ceiling"
    """Most people already answer near the top."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """How a world is drawn; effects in standard deviations between people, levels in points of the 1 to 5 scale.

    Attributes:
        companies, years: of a programme.
        people: smallest and largest number of people who work in a company (log-uniform).
        team_size: mean number of people in a team.
        active: how many factors cause the outcome.
        level, factor_spread, company_spread, team_spread: means of factors.
        team_wave_share: share of the variance between teams that is new at every measurement.
        company_wave: what changes in a whole company between two measurements, by other causes.
        correlation: of factors between people.
        slope_spread: between companies, of how much a factor causes.
        agreeing: spread of a person's habit to agree or not, which colours all that this person answers.
        stays: share of a person's own value that is the same half a year later.
        item_noise: around the value.
        answers: share of the people who answer a round.
        turnover: share of the people replaced in a year.
        company_leaves: chance in a year that a company leaves the programme.
        solutions: approaches in the catalogue; `new_each`: how many more can be made for a factor.
        nothing, harmful: shares of approaches that do nothing, or do harm (of size `harm`).
        effect, effect_spread: mean and spread (gamma) of those that work, in the field.
        context: between companies, unexplained; `context_of_nothing` for those that do nothing.
        has_need: share of approaches that need a level of `need` on another factor; without it `unmet` of the effect is left.
        believed: correlation of popularity with the true mean.
        published_extra, published_noise: what is published is twice the effect or so, see `lerend.loop.world.approaches`.
        fades_kept, fades_left: share of an effect left after half a year with and without upkeep.
        upkeep: share of the hours again, each half year.
        hangs_back: share of the effect in teams that did not volunteer.
        dose: mean share of the planned activities that take place; `stops`: share of teams that begin and soon stop.
        rises: what a team rises by itself in half a year for each deviation of its motivation.
        willing: correlation of volunteering with motivation; `hunch`: of a leader's choice with it.
        budget: hours an employee a year; `pulse`: hours for a person to answer a short measurement.
        organising, organising_fair, making: hours of staff for a trial in a company, for one with a lot, for making something new.
        actions: new actions that a company can bear in a year.
        leaving: under attrition, how much less likely people answer for each deviation that they score lower.
    """

    companies: int = 20
    years: int = 5
    people: tuple[int, int] = (30, 150)
    team_size: int = 11
    active: int = 10
    level: float = 3.4
    factor_spread: float = 0.3
    company_spread: float = 0.28
    team_spread: float = 0.28
    team_wave_share: float = 0.2
    company_wave: float = 0.08
    correlation: float = 0.3
    slope_spread: float = 0.05
    agreeing: float = 0.45
    stays: float = 0.75
    item_noise: float = 0.75
    answers: float = 0.65
    turnover: float = 0.15
    company_leaves: float = 0.08
    solutions: int = 40
    new_each: int = 2
    nothing: float = 0.4
    harmful: float = 0.1
    harm: float = -0.1
    effect: float = 0.3
    effect_spread: float = 0.15
    context: float = 0.12
    context_of_nothing: float = 0.05
    has_need: float = 0.33
    need: float = 3.0
    unmet: float = 0.4
    believed: float = 0.3
    published_extra: float = 0.3
    published_noise: tuple[float, float] = (0.15, 0.25)
    fades_kept: float = 0.95
    fades_left: float = 0.7
    upkeep: float = 0.2
    hangs_back: float = 0.7
    dose: float = 0.8
    stops: float = 0.12
    rises: float = 0.15
    willing: float = 0.6
    hunch: float = 0.6
    budget: float = 16.0
    pulse: float = 0.2
    organising: float = 10.0
    organising_fair: float = 20.0
    making: float = 40.0
    actions: int = 2
    leaving: float = 0.3
    stress: Stress = Stress.NONE
