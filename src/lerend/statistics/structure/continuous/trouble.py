"""Why there is no factor model of these measurements, and what must be said beside one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.structure.continuous.curvature import is_curved
from lerend.statistics.structure.continuous.sample import ContinuousSample
from lerend.statistics.structure.estimates import Estimate
from lerend.statistics.structure.layout import Layout
from lerend.statistics.structure.robust import Scaled
from lerend.statistics.structure.specification import Specification
from lerend.statistics.structure.trouble import (
    factors_alike,
    few_people,
    heywood,
    not_identified,
    other_items,
    too_many_unknowns,
    two_items,
)
from lerend.wording import Message, say

FEW_PEOPLE: Final = 200
"""Below this, tests and intervals are not yet right; see docs/methods."""
NEARLY_ONE: Final = 0.995
"""Correlation from which two items say the same thing twice."""


def refuse_other_items(samples: Mapping[str, ContinuousSample], specification: Specification) -> None:
    """Raise where a group has other items than the model."""
    for name, sample in samples.items():
        if sample.items != specification.items:
            raise other_items(name)


def refuse_too_many(layout: Layout, items: int) -> None:
    """Raise where there are more unknowns than means and covariances."""
    known = len(layout.groups) * (items * (items + 3) // 2)
    if layout.unknowns > known:
        raise too_many_unknowns(layout.unknowns, known)


def refuse_loose(information: NDArray[np.float64], name: Callable[[int], str]) -> None:
    """Raise where the information does not pin an unknown down, naming those that it leaves loose."""
    if is_curved(information):
        return
    diagonal = information.diagonal()
    length = np.sqrt(np.where(diagonal > 0, diagonal, 1.0))
    weakest = np.abs(np.linalg.eigh(information / np.outer(length, length))[1][:, 0])
    loose = np.flatnonzero(weakest > 0.3 * weakest.max())[:5]
    raise not_identified([name(int(unknown)) for unknown in loose])


def concerns_of(
    samples: Mapping[str, ContinuousSample], specification: Specification, estimates: Sequence[Estimate]
) -> tuple[Message, ...]:
    """What must be said beside the numbers, the gravest first."""
    missing = sum(not sample.complete for sample in samples.values())
    return (
        *impossible(estimates),
        *dict.fromkeys(concern for sample in samples.values() for concern in _nearly_the_same(sample)),
        *(two_items(factor.name) for factor in specification.factors if len(factor.items) == 2),
        *(few_people(sample.people) for sample in samples.values() if sample.people < FEW_PEOPLE),
        *([missing_by_what_was_seen()] if missing else []),
    )


def impossible(estimates: Sequence[Estimate]) -> tuple[Message, ...]:
    """What cannot be of real people: said where a fit is not admissible."""
    negative = [e.left for e in estimates if is_negative_variance(e)]
    wrong = [e for e in estimates if is_one_or_more(e)]
    alike = [name for e in wrong if e.left != e.right for name in (e.right, e.left)]
    none_left = [e.left for e in wrong if e.left == e.right]
    return (
        *([heywood(tuple(dict.fromkeys(negative)))] if negative else []),
        *([factors_alike(tuple(dict.fromkeys(alike)))] if alike else []),
        *([nothing_left(tuple(dict.fromkeys(none_left)))] if none_left else []),
    )


def nothing_left(factors: Sequence[str]) -> Message:
    """Variances of factors that no people can have."""
    return say(
        "The variance of a factor, or what paths leave of it, is zero or negative ({factors}): the numbers of this model "
        "cannot be those of real people.",
        factors=tuple(factors),
    )


def is_negative_variance(estimate: Estimate) -> bool:
    """Whether it is a residual variance that no people can have (Heywood)."""
    variance = estimate.kind == "residual" and estimate.left == estimate.right
    return variance and estimate.value <= 0


def is_one_or_more(estimate: Estimate) -> bool:
    """Whether it is a correlation of two factors at or beyond 1, or a variance at or below nil."""
    if estimate.kind != "covariance":
        return False
    if estimate.left == estimate.right:
        return estimate.value <= 0
    return estimate.standardised is None or not abs(estimate.standardised) < 1


def unscaled(test: Scaled) -> bool:
    """Whether the scaling of a test came out negative, so that there is none."""
    return test.degrees > 0 and not np.isfinite(test.p_value)


def no_robust_test() -> Message:
    """A scaling that came out negative."""
    return say(
        "There are too few people for the robust test and its indices. Ask for ML, which takes answers as normal, or wait "
        "for more answers."
    )


def missing_by_what_was_seen() -> Message:
    """What full information takes for granted."""
    return say(
        "People who skipped an item take part with what they did answer. That is right where skipping depends only on "
        "what they answered, not on what they left out."
    )


def _nearly_the_same(sample: ContinuousSample) -> list[Message]:
    found = np.argwhere(np.triu(np.abs(sample.correlations) > NEARLY_ONE, 1))
    return [
        say("{one} and {other} say nearly the same.", one=sample.items[first], other=sample.items[second])
        for first, second in found
    ]
