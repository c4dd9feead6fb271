"""What companies have adopted: rolled out as far as there is money, kept up, and left again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.loop.purse import Purse
from lerend.loop.world.companies import World
from lerend.loop.world.life import Life


@dataclass(frozen=True, slots=True)
class Adoption:
    """An approach that a company decided to go on with.

    Attributes:
        factor: whose room it should close; `level` the company's plain mean of it at that time.
        straight: without a trial of its own, because enough was known.
    """

    company: int
    approach: int
    factor: int
    level: float
    straight: bool


class Adoptions:
    """Those of one programme; `all` keeps those that were left again, `now` does not."""

    def __init__(self, world: World, life: Life, purse: Purse) -> None:
        self._world, self._life, self._purse = world, life, purse
        self.all: list[Adoption] = []
        self.now: list[Adoption] = []

    def add(self, adoption: Adoption) -> None:
        self.all.append(adoption)
        self.now.append(adoption)

    def leave(self, adoption: Adoption) -> None:
        self.now.remove(adoption)
        self._life.stop(adoption.approach, self._world.teams_of(adoption.company))

    def used_by(self, company: int) -> set[int]:
        return {one.approach for one in self.now if one.company == company}

    def roll_out(self) -> None:
        """The other teams of a company begin, as many as it can pay, those that volunteer first."""
        for one in self.now:
            teams = self._world.teams_of(one.company)
            waiting = teams[~self._life.working(one.approach)[teams]]
            for team in sorted(waiting, key=lambda team: (not self._world.volunteers[team], team)):
                place = np.array([team], dtype=np.intp)
                hours = self._purse.hours_for(one.approach, place)
                if not self._purse.can_pay(one.company, hours):
                    break
                self._purse.pay(one.company, hours)
                self._life.begin(one.approach, place)

    def kept_up(self) -> NDArray[np.bool_]:
        """(T, E) where the upkeep of this half year is paid, the first adopted first."""
        world = self._world
        found = np.zeros(self._life.since.shape, dtype=bool)
        for one in self.now:
            teams = world.teams_of(one.company)
            due = teams[self._life.since[teams, one.approach] > 0]
            hours = world.numbers.upkeep * self._purse.hours_for(one.approach, due)
            if self._purse.can_pay(one.company, hours):
                self._purse.pay(one.company, hours)
                found[due, one.approach] = True
        return found
