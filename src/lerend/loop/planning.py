"""What the companies of a programme will do this year, each by its own choice, and with whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.loop.adoptions import Adoptions
from lerend.loop.catalogue import KnownApproaches
from lerend.loop.choosing import Plan, Situation, advised_plans, popular_plans
from lerend.loop.diagnosing import Bottlenecks
from lerend.loop.practice import Part, Practice
from lerend.loop.purse import Purse
from lerend.loop.trials import volunteers_of
from lerend.loop.world.companies import World

TEAMS_TOGETHER: Final = 16
"""Volunteering teams below which a fair trial looks for partners with the same gap."""


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """The start of a year: what each company is told, and which are still there."""

    year: int
    told: tuple[Bottlenecks, ...]
    there: NDArray[np.bool_]


class Planning:
    """Choices of one programme. `closed` holds per company what it has tried and will not try again."""

    def __init__(
        self,
        world: World,
        practice: Practice,
        factors: tuple[str, ...],
        known: KnownApproaches,
        adoptions: Adoptions,
        purse: Purse,
    ) -> None:
        self._world, self._practice, self._factors = world, practice, factors
        self._known, self._adoptions, self._purse = known, adoptions, purse
        self.closed: dict[int, set[int]] = defaultdict(set)

    def plans(self, now: Moment) -> list[Plan]:
        """What each company chooses, as far as it can pay."""
        found: list[Plan] = []
        for company in np.flatnonzero(now.there):
            found += self._paid_together(int(company), self._plans_of(self._situation(int(company), now)))
        return found

    def wanted(self, plans: Sequence[Plan], now: Moment) -> dict[int, list[int]]:
        """Approach → companies that try it; in a fair trial with partners."""
        made: dict[int, int | None] = {}
        wanted: dict[int, list[int]] = defaultdict(list)
        for plan in plans:
            approach = plan.approach if plan.approach is not None else self._made(plan, made)
            if approach is not None:
                wanted[approach].append(plan.company)
        return self._with_partners(wanted, now) if self._practice.is_fair else wanted

    def _made(self, plan: Plan, made: dict[int, int | None]) -> int | None:
        """Who wants something new for the same factor makes it together, and each pays."""
        if plan.factor not in made:
            made[plan.factor] = self._known.make(plan.factor)
        if made[plan.factor] is not None:
            self._purse.pay(plan.company, self._world.numbers.making)
        return made[plan.factor]

    def _plans_of(self, here: Situation, among: set[int] | None = None) -> list[Plan]:
        most = self._world.numbers.actions if among is None else 1
        if self._practice.choice is Part.LEREND:
            return advised_plans(here, self._world.approaches, self._known, self._factors, most, among)
        return popular_plans(here, self._world.approaches, self._known, most, among)

    def _situation(self, company: int, now: Moment) -> Situation:
        people = self._world.team_people[now.there[self._world.company_of_team]]
        return Situation(
            company=company,
            told=now.told[company],
            used=self._adoptions.used_by(company) | self.closed[company],
            can_pay=lambda one: self._purse.can_pay(company, self._cost(company, one)),
            people_ahead=int(people.sum()),
            choices_ahead=(self._world.numbers.years - 1 - now.year) * int(now.there.sum()),
        )

    def _cost(self, company: int, approach: int | None) -> float:
        """Of a trial with all volunteers; what does not exist yet costs its making at least."""
        if approach is None:
            return self._world.numbers.making
        teams = volunteers_of(self._world, [company])
        return self._purse.trial_costs(approach, teams, teams, fair=self._practice.is_fair)

    def _paid_together(self, company: int, plans: list[Plan]) -> list[Plan]:
        """As many of them, from the first, as the company can pay."""
        hours = 0.0
        for place, plan in enumerate(plans):
            hours += self._cost(company, plan.approach)
            if not self._purse.can_pay(company, hours):
                return plans[:place]
        return plans

    def _with_partners(self, wanted: dict[int, list[int]], now: Moment) -> dict[int, list[int]]:
        """Trials of too few teams are given up, the smallest first; their companies join one that fits them as well."""
        while len(wanted) > 1:
            small = min(wanted, key=lambda one: (len(volunteers_of(self._world, wanted[one])), one))
            if len(volunteers_of(self._world, wanted[small])) >= TEAMS_TOGETHER:
                break
            for company in wanted.pop(small):
                others = {one for one, companies in wanted.items() if company not in companies}
                for plan in self._plans_of(self._situation(company, now), others):
                    if plan.approach is not None:
                        wanted[plan.approach].append(company)
        return wanted
