"""The same hours for every practice: what each company may still spend, and what it has spent."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lerend.loop.world.companies import World

Places = NDArray[np.intp]


class Purse:
    """Hours of work of the companies of a world; what is not spent stays for later."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._people = np.array([world.people_of(company) for company in range(world.numbers.companies)], dtype=float)
        self._left = np.zeros(world.numbers.companies)
        self._spent = np.zeros(world.numbers.companies)

    def new_year(self, there: NDArray[np.bool_]) -> None:
        """The companies that are still there get the hours of a year."""
        self._left += np.where(there, self._world.numbers.budget * self._people, 0.0)

    def can_pay(self, company: int, hours: float) -> bool:
        return bool(hours <= self._left[company])

    def pay(self, company: int, hours: float) -> None:
        self._left[company] -= hours
        self._spent[company] += hours

    def hours_for(self, approach: int, teams: Places) -> float:
        """Of the people in these teams, to work with an approach for the first half year."""
        return float(self._world.approaches.hours[approach] * self._world.team_people[teams].sum())

    def trial_costs(self, approach: int, begin: Places, asked: Places, *, fair: bool) -> float:
        """Beginning, organising and measuring in one company; a fair trial measures its teams before the start too."""
        numbers = self._world.numbers
        measuring = (2 if fair else 1) * numbers.pulse * float(self._world.team_people[asked].sum())
        organising = numbers.organising_fair if fair else numbers.organising
        running = float(self._world.approaches.hours_to_run[approach])
        return self.hours_for(approach, begin) + running + organising + measuring

    @property
    def spent_each(self) -> float:
        """Hours an employee, over the whole programme."""
        return float(self._spent.sum() / self._people.sum())
