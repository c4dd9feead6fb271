"""People of a world answer: the whole scan once a year, and a few items of one factor half a year later."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.loop.world.approaches import Floats, Places
from lerend.loop.world.companies import World
from lerend.loop.world.life import Life
from lerend.loop.world.numbers import PERSON_SPREAD, POINTS, UNEXPLAINED, Stress

_EASIER = 0.2
"""Points that items differ in how easily people agree."""


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What N people answered.

    Attributes:
        codes: (N, items) 1 to 5.
        team: (N).
    """

    codes: NDArray[np.uint8]
    team: Places


class People:
    """Everybody who works in a world; some are replaced each year.

    `measures` (items) says which factor, and after the factors which outcome, an item asks about.
    """

    def __init__(self, world: World, measures: Places) -> None:
        self.world = world
        self.measures = measures
        self.team = np.repeat(np.arange(len(world.team_people)), world.team_people)
        rng = np.random.default_rng([world.seed, 3])
        self._own = self._drawn(len(self.team), rng)
        self._agrees = rng.standard_normal(len(self.team))

    def new_year(self, year: int) -> None:
        """Some leave, others come."""
        rng = np.random.default_rng([self.world.seed, 4, year])
        fresh = rng.random(len(self.team)) < self.world.numbers.turnover
        own, agrees = self._drawn(len(self.team), rng), rng.standard_normal(len(self.team))
        self._own[fresh], self._agrees[fresh] = own[fresh], agrees[fresh]

    def scan(self, life: Life) -> Answers:
        """Everybody is asked everything; a share answers."""
        rng = np.random.default_rng([self.world.seed, 5, life.half])
        value = self._values(life, rng)
        there = rng.random(len(self.team)) < self.world.numbers.answers
        everything = np.hstack([value, self._outcomes(value, rng)])
        return self._answered(everything, there, np.arange(len(self.measures)), rng)

    def pulse(self, life: Life, factor: int, teams: Places, approach: int | None = None) -> Answers:
        """People of some teams are asked about one factor.

        Args:
            approach: that they try, half a year after its start; None before a start.
        """
        rng = np.random.default_rng([self.world.seed, 6, life.half, factor])
        numbers = self.world.numbers
        value = self._values(life, rng)
        if approach is not None:
            value += POINTS * numbers.rises * self.world.motivation[self.team, None]
        there = rng.random(len(self.team)) < self._chance(life, factor, approach)
        return self._answered(value, there & np.isin(self.team, teams), np.flatnonzero(self.measures == factor), rng)

    def _chance(self, life: Life, factor: int, approach: int | None) -> Floats:
        """(P) that somebody answers."""
        numbers = self.world.numbers
        chance = np.full(len(self.team), numbers.answers)
        if numbers.stress is not Stress.ATTRITION or approach is None:
            return chance
        low = np.minimum(self._own[:, factor], 0)
        leaving = np.maximum(1 + numbers.leaving * low, 0.1)
        return np.where(life.working(approach)[self.team], chance * leaving, chance)

    def _drawn(self, people: int, rng: np.random.Generator) -> Floats:
        r = self.world.numbers.correlation
        shared = np.sqrt(r) * rng.standard_normal((people, 1))
        return np.asarray(shared + np.sqrt(1 - r) * rng.standard_normal((people, self.world.team_value.shape[1])))

    def _values(self, life: Life, rng: np.random.Generator) -> Floats:
        """(P, F) how it is for each person now, in points."""
        world, numbers = self.world, self.world.numbers
        teams, factors = world.team_value.shape
        wave = numbers.team_spread * np.sqrt(numbers.team_wave_share) * rng.standard_normal((teams, factors))
        season = numbers.company_wave * rng.standard_normal((numbers.companies, factors))
        level = world.team_value + wave + season[world.company_of_team] + life.lift()
        today = self._drawn(len(self.team), rng)
        own = np.sqrt(numbers.stays) * self._own + np.sqrt(1 - numbers.stays) * today
        return np.asarray(level[self.team] + PERSON_SPREAD * own)

    def _outcomes(self, value: Floats, rng: np.random.Generator) -> Floats:
        world = self.world
        company = world.company_of_team[self.team]
        own = (value - world.company_value[company]) / PERSON_SPREAD
        caused = (own * world.slopes[company]).sum(axis=1, keepdims=True)
        noise = np.sqrt(UNEXPLAINED) * rng.standard_normal((len(value), world.outcomes))
        return np.asarray(world.company_outcome[company] + PERSON_SPREAD * (caused + noise))

    def _answered(self, value: Floats, there: NDArray[np.bool_], items: Places, rng: np.random.Generator) -> Answers:
        numbers = self.world.numbers
        latent = value[there][:, self.measures[items]] + _EASIER * np.sin(1.7 * items)
        latent += numbers.agreeing * self._agrees[there, None]
        latent += numbers.item_noise * rng.standard_normal(latent.shape)
        return Answers(np.clip(np.rint(latent), 1, 5).astype(np.uint8), self.team[there].astype(np.intp))
