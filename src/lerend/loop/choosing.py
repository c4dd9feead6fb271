"""What a company begins: what is best spoken of for its first bottlenecks, or the first steps of the advice."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np

from lerend.evidence.advice.next_step import next_steps
from lerend.evidence.advice.offer import Kind, Offer
from lerend.evidence.advice.route import Ahead, Route, choose_route
from lerend.loop.catalogue import KnownApproaches
from lerend.loop.diagnosing import Bottlenecks
from lerend.loop.world.approaches import NOWHERE, Approaches


@dataclass(frozen=True, slots=True)
class Plan:
    """What a company will do this year.

    Attributes:
        approach: place; None where something new must be made for `factor`.
        straight: used everywhere at once, because enough is known of it.
    """

    company: int
    approach: int | None
    factor: int
    straight: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """What a company has to choose from.

    Attributes:
        used: approaches that it works with, or has tried and left.
        can_pay: whether it can pay a trial of an approach.
        people_ahead: who may still gain from what a pilot teaches; `choices_ahead`: later choices in the programme.
    """

    company: int
    told: Bottlenecks
    used: Collection[int]
    can_pay: Callable[[int], bool]
    people_ahead: int
    choices_ahead: int


def popular_plans(
    here: Situation,
    approaches: Approaches,
    known: KnownApproaches,
    most: int,
    among: Collection[int] | None = None,
) -> list[Plan]:
    """For each bottleneck in turn the approach that is best spoken of, can be done there and can be paid."""
    plans: list[Plan] = []
    for factor in here.told.order:
        if len(plans) == most:
            break
        able = [one for one in _open(here, approaches, known) if factor in _targets(approaches, one)]
        able = [one for one in able if here.can_pay(one) and (among is None or one in among)]
        able = [one for one in able if one not in {plan.approach for plan in plans}]
        if able:
            plans.append(Plan(here.company, max(able, key=lambda one: approaches.popular[one]), factor))
    return plans


def advised_plans(
    here: Situation,
    approaches: Approaches,
    known: KnownApproaches,
    factors: tuple[str, ...],
    most: int,
    among: Collection[int] | None = None,
) -> list[Plan]:
    """The first steps of the advice.

    Args:
        among: only these approaches (those that partners are about to try); None for all.
    """
    if not here.told.chances:
        return []
    offers = [
        known.offer(one, applicable=_needed_is_there(here, approaches, one), bearable=here.can_pay(one))
        for one in range(len(known.listed))
        if known.listed[one] and one not in here.used and (among is None or one in among)
    ]
    advice = next_steps(offers, here.told.chances, pilots_to_come=here.choices_ahead)
    steps = sorted(advice.steps, key=lambda step: step.rank)
    plans = [
        _plan(here, step.offer, approaches, factors) for step in steps if step.offer.kind in {Kind.EXISTING, Kind.NEW}
    ]
    if among is not None:
        plans = [plan for plan in plans if plan.approach is not None]
    return plans[:most]


def _plan(here: Situation, offer: Offer, approaches: Approaches, factors: tuple[str, ...]) -> Plan:
    if offer.kind is Kind.NEW:
        return Plan(here.company, None, factors.index(next(iter(offer.targets))))
    approach = int(offer.id)
    way = choose_route([offer], Ahead(here.people_ahead))
    return Plan(here.company, approach, int(approaches.target[approach]), straight=way.route is Route.EXISTING)


def _open(here: Situation, approaches: Approaches, known: KnownApproaches) -> list[int]:
    return [
        int(one)
        for one in np.flatnonzero(known.listed)
        if one not in here.used and _needed_is_there(here, approaches, int(one))
    ]


def _targets(approaches: Approaches, approach: int) -> set[int]:
    return {int(approaches.target[approach]), int(approaches.second[approach])} - {NOWHERE}


def _needed_is_there(here: Situation, approaches: Approaches, approach: int) -> bool:
    return int(approaches.needs[approach]) not in here.told.below
