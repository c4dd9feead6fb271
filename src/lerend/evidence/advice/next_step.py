"""The next best step for a company: always three, with what speaks for each. People choose; nothing is drawn in secret."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from lerend.evidence.advice.best import chances_of_best
from lerend.evidence.advice.learning import PILOT_ERROR, knowledge_gradient
from lerend.evidence.advice.offer import FIND_OUT, LEAVE, Kind, Offer, something_new
from lerend.evidence.advice.route import TRY
from lerend.evidence.advice.sentences import left_out_said, step_said, tie_said
from lerend.evidence.grading.literature import SMALLEST_WORTH_HAVING
from lerend.evidence.pooling.problems import Numbers, wrong
from lerend.wording import Message, say

SHOWN: Final = 3
LEAST_CHANCE: Final = 0.6
BONUS: Final = 0.3
NEARLY_EQUAL: Final = 0.02


@dataclass(frozen=True, slots=True)
class NextStep:
    """One of the three.

    Attributes:
        best: probability that it brings most here, of all that can be done.
        helps_enough, above_zero: probability that its effect here is worth having, and above zero.
        pilots: independent pilots or studies behind it.
        expected: gain for this company: chance of each bottleneck times the effect on it, added up.
        learn_value: what one more pilot of it is expected to add to the best choice of all later companies, each (knowledge
            gradient, in standard deviations).
        with_bonus: `expected` plus κ · pilots to come · `learn_value`.
        rank, rank_without_bonus: from 1, among all that can be done.
    """

    offer: Offer
    best: float
    helps_enough: float
    above_zero: float
    pilots: int
    expected: float
    learn_value: float
    with_bonus: float
    rank: int
    rank_without_bonus: int
    sentence: Message


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is not offered, and why."""

    offer: Offer
    reason: Message


@dataclass(frozen=True, slots=True)
class Advice:
    """Three steps, the first with the bonus for learning on top.

    Attributes:
        nearly_equal: the first two differ by less than .02: a draw may decide, but only if the company agrees.
        note: what to say about that; None where they differ.
    """

    steps: tuple[NextStep, NextStep, NextStep]
    left_out: tuple[LeftOut, ...]
    nearly_equal: bool
    note: Message | None
    smallest: float
    pilots_to_come: int
    bonus: float


def next_steps(
    offers: Sequence[Offer],
    bottlenecks: Mapping[str, float],
    *,
    pilots_to_come: int = 0,
    smallest: float = SMALLEST_WORTH_HAVING,
    pilot_error: float = PILOT_ERROR,
    bonus: float = BONUS,
) -> Advice:
    """The three steps to choose from.

    Args:
        offers: of the catalogue.
        bottlenecks: factor → chance that it is among the company's five.
        pilots_to_come: in the programme, that can still use what this one teaches; 0 leaves the bonus out.

    Raises:
        EffectsAreWrong: no bottleneck, or a chance that is none.
    """
    _check(bottlenecks, offers)
    able, left = _guarded(offers, bottlenecks)
    able = _filled(able, max(bottlenecks, key=lambda factor: (bottlenecks[factor], factor)), smallest)
    means = np.array([offer.mean for offer in able])
    reach = np.array([_reach(offer, bottlenecks) for offer in able])
    expected = reach * means
    learn = _learn_values(able, pilot_error)
    total = expected + bonus * pilots_to_come * learn
    chances = chances_of_best(expected, reach * np.array([offer.deviation for offer in able]))
    ranks, plain = _ranks(total, able), _ranks(expected, able)
    chosen = _three(ranks, plain)
    steps = [
        _step(
            able[i],
            float(chances[i]),
            float(expected[i]),
            float(learn[i]),
            float(total[i]),
            (ranks[i], plain[i]),
            smallest,
        )
        for i in chosen
    ]
    near = bool(steps[0].with_bonus - steps[1].with_bonus < NEARLY_EQUAL) and steps[1].offer.kind is not Kind.LEAVE
    return Advice(
        steps=(steps[0], steps[1], steps[2]),
        left_out=left,
        nearly_equal=near,
        note=tie_said() if near else None,
        smallest=smallest,
        pilots_to_come=pilots_to_come,
        bonus=bonus,
    )


def _step(
    offer: Offer, best: float, expected: float, learn: float, total: float, ranks: tuple[int, int], smallest: float
) -> NextStep:
    helps, positive = offer.above(smallest), offer.above(0.0)
    return NextStep(
        offer=offer,
        best=best,
        helps_enough=helps,
        above_zero=positive,
        pilots=offer.pilots,
        expected=expected,
        learn_value=learn,
        with_bonus=total,
        rank=ranks[0],
        rank_without_bonus=ranks[1],
        sentence=step_said(offer, best, helps, learn, smallest),
    )


def _guarded(offers: Sequence[Offer], bottlenecks: Mapping[str, float]) -> tuple[list[Offer], tuple[LeftOut, ...]]:
    able, left = [], []
    for offer in offers:
        if not offer.can_be_done or offer.above(0.0) < LEAST_CHANCE or _reach(offer, bottlenecks) <= 0:
            left.append(LeftOut(offer, left_out_said(offer, reaches=_reach(offer, bottlenecks) > 0)))
        else:
            able.append(offer)
    return able, tuple(left)


def _filled(able: list[Offer], factor: str, smallest: float) -> list[Offer]:
    """Something new joins where nothing is likely to help enough; and what is always open, where fewer than three are left."""
    found = list(able)
    if len(found) < SHOWN or max(offer.above(smallest) for offer in found) < TRY:
        found.append(something_new(factor))
    for always in (FIND_OUT, LEAVE):
        if len(found) < SHOWN:
            found.append(always)
    return found


def _reach(offer: Offer, bottlenecks: Mapping[str, float]) -> float:
    return sum(bottlenecks.get(factor, 0.0) * share for factor, share in offer.targets.items())


def _learn_values(able: Sequence[Offer], pilot_error: float) -> Numbers:
    means = np.array([offer.mean for offer in able])
    doubts = np.array([offer.mean_deviation for offer in able])
    error = np.hypot(pilot_error, [offer.spread for offer in able])
    return knowledge_gradient(means, doubts, error)


def _ranks(values: Numbers, able: Sequence[Offer]) -> list[int]:
    """From 1; among equals what is more often seen comes first, then the id, so that the order never depends on chance."""
    always = {Kind.EXISTING: 0, Kind.NEW: 1, Kind.FIND_OUT: 2, Kind.LEAVE: 3}
    order = sorted(range(len(able)), key=lambda i: (-values[i], always[able[i].kind], -able[i].pilots, able[i].id))
    ranks = [0] * len(able)
    for rank, i in enumerate(order, 1):
        ranks[i] = rank
    return ranks


def _three(ranks: Sequence[int], plain: Sequence[int]) -> list[int]:
    """The first three; the best without bonus is always among them."""
    order = sorted(range(len(ranks)), key=lambda i: ranks[i])
    chosen, safest = order[:SHOWN], plain.index(1)
    return chosen if safest in chosen else [*chosen[:-1], safest]


def _check(bottlenecks: Mapping[str, float], offers: Sequence[Offer]) -> None:
    if not bottlenecks:
        raise wrong("bottlenecks", say("There is no bottleneck."), say("Give the chance of each factor."))
    for factor, chance in bottlenecks.items():
        if not 0 <= chance <= 1:
            raise wrong(f"bottleneck {factor}", say("This is no chance."), say("Give a number between 0 and 1."))
    if len({offer.id for offer in offers}) < len(offers):
        raise wrong("offers", say("An offer is there twice."), say("Give each intervention once."))
