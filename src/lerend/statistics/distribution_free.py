"""Intervals of alpha that take nothing for granted about how answers are spread; rows are needed.

How far one person moves alpha follows from the fourth-order moments of the answers (Maydeu-Olivares, Coffman & Hartmann
2007), which sums of pairs do not hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.interval import Interval, normal_quantile

_FURTHEST: Final = 50.0
"""Of the end of an interval, as a logarithm: everything beyond says nothing anyway."""


@dataclass(frozen=True, slots=True)
class DistributionFree:
    """Alpha whose standard error is asymptotically distribution-free.

    Attributes:
        value: alpha.
        standard_error: from each person's influence.
        interval: alpha plus and minus standard errors.
        logarithmic: the same on the scale of log(1 - alpha), turned back: stays below 1, and is closer in small groups.
        people: how many rows.
    """

    value: float
    standard_error: float
    interval: Interval
    logarithmic: Interval
    people: int


def distribution_free_alpha(answers: NDArray[np.float64], *, level: float = 0.95) -> DistributionFree | None:
    """Alpha of (people, k) answers without holes.

    None with fewer than two items or three people, and where the sum of the items does not vary.
    """
    people, k = answers.shape
    if k < 2 or people < 3:
        return None
    apart = answers - answers.mean(axis=0)
    own = (apart**2).sum(axis=1)
    together = apart.sum(axis=1) ** 2
    total, trace = float(together.sum()), float(own.sum())
    if total <= 1e-12 * trace or trace == 0:
        return None
    value = k / (k - 1) * (1 - trace / total)
    influence = k / (k - 1) * (trace / total * together - own) * (people - 1) / total
    error = float(np.sqrt((influence**2).sum() / (people * (people - 1))))
    z = normal_quantile(level)
    return DistributionFree(
        value=value,
        standard_error=error,
        interval=Interval(value - z * error, value + z * error),
        logarithmic=around_one_minus(value, error, level=level),
        people=people,
    )


def around_one_minus(value: float, error: float, *, level: float) -> Interval:
    """An interval that is even around log(1 - value), for a value below 1."""
    left = 1 - value
    if left <= 0:
        return Interval(value, value)
    reach = float(np.exp(min(normal_quantile(level) * error / left, _FURTHEST)))
    return Interval(1 - left * reach, 1 - left / reach)
