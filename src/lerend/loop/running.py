"""One programme of five years under one practice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import AnswerBatch
from lerend.evidence.advice.next_step import LEAST_CHANCE
from lerend.loop.adoptions import Adoption, Adoptions
from lerend.loop.catalogue import KnownApproaches
from lerend.loop.choosing import Plan
from lerend.loop.diagnosing import bottlenecks_of
from lerend.loop.planning import Moment, Planning
from lerend.loop.practice import Part, Practice
from lerend.loop.purse import Purse
from lerend.loop.questionnaire import Questionnaire
from lerend.loop.released import ReleasedCompanies, released_companies, released_teams
from lerend.loop.rounds import company_name, of_factor, pulse_table, raw_means, scan_table
from lerend.loop.trials import Found, Trial, fair_trials, judged_by_change, judged_fairly, plain_trial, volunteers_of
from lerend.loop.world.answering import People
from lerend.loop.world.companies import World
from lerend.loop.world.life import Life

Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a programme.

    Attributes:
        improvement: mean over people and years of what the outcome was higher than it would have been, in standard deviations.
        at_end: the same in the last half year.
        tried: trials in a company; `adopted`: decisions of a company to go on with an approach; `straight`: those of them
            without a trial.
        useless: adopted although the approach does nothing or harm; `useless_here`: does so in that company.
        hours: spent an employee, over all years.
    """

    improvement: float
    at_end: float
    tried: int
    adopted: int
    straight: int
    useless: int
    useless_here: int
    hours: float


def run_programme(world: World, practice: Practice, asked: Questionnaire) -> Outcome:
    """Five years: scan, choose, try, judge, go on or stop; every practice meets the same chance."""
    programme = _Programme(world, practice, asked)
    for year in range(world.numbers.years):
        programme.year(year)
    return programme.outcome()


class _Programme:
    def __init__(self, world: World, practice: Practice, asked: Questionnaire) -> None:
        self.world, self.practice, self.asked = world, practice, asked
        self.life, self.people, self.purse = Life(world), People(world, asked.measures), Purse(world)
        self.known = KnownApproaches(world.approaches, asked.factors)
        self.adoptions = Adoptions(world, self.life, self.purse)
        self.planning = Planning(world, practice, asked.factors, self.known, self.adoptions, self.purse)
        self.trials = 0
        self.higher: list[float] = []

    def year(self, year: int) -> None:
        there = self.world.leaves > year
        self.people.new_year(year)
        self.purse.new_year(there)
        if not there.any():
            self._half_year()
            self._half_year()
            return
        scan = scan_table(self.asked, self.world, self.people.scan(self.life), there, year=year)
        raw = raw_means(self.asked, scan, self.world.numbers.companies)
        released = self._released(scan) if self.practice.needs_release else None
        self._look_back(raw, there)
        told = bottlenecks_of(self.practice.diagnosis, self.asked, raw, released, self.world.numbers.need)
        now = Moment(year, told, there)
        plans = self.planning.plans(now)
        self._use_straight([plan for plan in plans if plan.straight], raw)
        trials = self._trials([plan for plan in plans if not plan.straight], now)
        self._half_year()
        for trial in trials:
            self._conclude(trial, self._judged(trial, scan, released), raw, year)
        self._half_year()

    def outcome(self) -> Outcome:
        adopted = self.adoptions.all
        works, effect = self.world.approaches.works, self.world.effect
        return Outcome(
            improvement=float(np.mean(self.higher)),
            at_end=self.higher[-1],
            tried=self.trials,
            adopted=len(adopted),
            straight=sum(one.straight for one in adopted),
            useless=sum(not works[one.approach] for one in adopted),
            useless_here=sum(bool(effect[one.company, one.approach] <= 0) for one in adopted),
            hours=self.purse.spent_each,
        )

    def _released(self, scan: AnswerBatch) -> ReleasedCompanies:
        return released_companies(self.asked, scan, self.world.numbers.companies, seed=self.world.seed)

    def _half_year(self) -> None:
        self.adoptions.roll_out()
        self.higher.append(self.life.improvement())
        self.life.pass_half_year(self.adoptions.kept_up())

    def _look_back(self, raw: NDArray[np.float64], there: NDArray[np.bool_]) -> None:
        """Companies that left stop; the others leave what, by their own rules, has not helped."""
        for one in tuple(self.adoptions.now):
            if not there[one.company] or not self._still_good(one, raw):
                self.adoptions.leave(one)

    def _still_good(self, one: Adoption, raw: NDArray[np.float64]) -> bool:
        if self.practice.is_fair:
            return self.known.standing(one.approach).mean_above_zero >= LEAST_CHANCE
        return bool(raw[one.company, one.factor] >= one.level)

    def _use_straight(self, plans: list[Plan], raw: NDArray[np.float64]) -> None:
        for plan in plans:
            if plan.approach is not None:
                self.purse.pay(plan.company, float(self.world.approaches.hours_to_run[plan.approach]))
                self._adopt(plan.company, plan.approach, raw, straight=True)

    def _adopt(self, company: int, approach: int, raw: NDArray[np.float64], *, straight: bool) -> None:
        factor = self._target(approach)
        self.adoptions.add(Adoption(company, approach, factor, float(raw[company, factor]), straight))

    def _trials(self, plans: list[Plan], now: Moment) -> list[Trial]:
        found: list[Trial] = []
        for approach, companies in self.planning.wanted(plans, now).items():
            if self.practice.is_fair:
                before = self._pulse(self._target(approach), volunteers_of(self.world, companies))
                cells = released_teams(self.asked, before)
                found += fair_trials(self.world, approach, companies, cells, f"{self.world.seed}/{now.year}/{approach}")
            else:
                found += [plain_trial(self.world, approach, company) for company in companies]
        for trial in found:
            self._begin(trial)
        return found

    def _target(self, approach: int) -> int:
        return int(self.world.approaches.target[approach])

    def _begin(self, trial: Trial) -> None:
        fair = self.practice.is_fair
        for company in trial.companies:
            mine = self.world.company_of_team
            begin, teams = trial.begin[mine[trial.begin] == company], trial.teams[mine[trial.teams] == company]
            self.purse.pay(company, self.purse.trial_costs(trial.approach, begin, teams, fair=fair))
        self.trials += len(trial.companies)
        self.life.begin(trial.approach, trial.begin)

    def _judged(self, trial: Trial, scan: AnswerBatch, released: ReleasedCompanies | None) -> Found:
        factor = self._target(trial.approach)
        after = self._pulse(factor, trial.teams, trial.approach)
        if released is None or not self.practice.is_fair:
            strict = self.practice.judgement is Part.TODAY_STRICT
            return judged_by_change(trial, of_factor(self.asked, scan, factor), after, strict=strict)
        cells, deviation = released_teams(self.asked, after), float(released.deviation[factor])
        dose = float(self.life.dose[trial.begin, trial.approach].mean()) if len(trial.begin) else 0.0
        return judged_fairly(trial, cells, deviation=deviation, dose=dose)

    def _pulse(self, factor: int, teams: Places, approach: int | None = None) -> AnswerBatch:
        answers = self.people.pulse(self.life, factor, teams, approach)
        return pulse_table(self.asked, self.world, answers, factor)

    def _conclude(self, trial: Trial, found: Found, raw: NDArray[np.float64], year: int) -> None:
        if found.effect is not None:
            names = [company_name(company) for company in trial.companies]
            done = float(self.life.dose[trial.begin, trial.approach].mean())
            self.known.take_in(trial.approach, found.effect, names, year, done)
        if not found.adopt:
            self.life.stop(trial.approach, trial.begin)
        for company in trial.companies:
            if not found.again:
                self.planning.closed[company].add(trial.approach)
        if not found.adopt:
            return
        for company in trial.companies:
            self._adopt(company, trial.approach, raw, straight=False)
