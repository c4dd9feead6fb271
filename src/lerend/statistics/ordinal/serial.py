"""One ordinal item beside a continuous variable: how likely each answer is, and how that moves with their correlation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.cumulative.links import LINKS, between
from lerend.statistics.normal import normal_density
from lerend.statistics.ordinal.normal import LEAST

Values = NDArray[np.float64]
_MOST_STEPS: Final = 60
_CLOSE: Final = 1e-11
EDGE: Final = 0.9999
"""A correlation that the search does not go beyond: there the answer follows from the variable."""


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """How often each answer was given at each value of the variable.

    Attributes:
        z: (R,) standardised values, all different.
        counts: (R, A).
        thresholds: (A - 1,) of the answers alone.
    """

    z: Values
    counts: Values
    thresholds: Values

    @property
    def people(self) -> float:
        return float(self.counts.sum())


@dataclass(frozen=True, slots=True, eq=False)
class Slopes:
    """Derivatives of the logarithm of P(answer | z) at one correlation r; a person's score is the first of them.

    Attributes:
        score: (R, A) by r.
        bend: (R, A) of the score by r.
        by_value: (R, A) of the score by z.
        by_threshold: (A - 1,) sum over people of the score's derivative by each threshold.
        expected: sum over people of the squared score that the model expects.
    """

    score: Values
    bend: Values
    by_value: Values
    by_threshold: Values
    expected: float


def slopes_at(cells: Cells, r: float) -> Slopes:
    """With u = (threshold - r z) / w and w² = 1 - r² (Cox 1974; Olsson, Drasgow & Dorans 1982)."""
    tau, z = cells.thresholds[np.newaxis, :], cells.z[:, np.newaxis]
    w = np.sqrt((1 - r) * (1 + r))
    u = (tau - r * z) / w
    pull = (r * tau - z) / w**3
    height = normal_density(u)
    likely = np.maximum(between(LINKS["probit"], u), LEAST)
    score = _change(height * pull) / likely
    bent = _change(height * (tau / w**3 + 3 * r * (r * tau - z) / w**5 - u * pull**2)) / likely
    value = _change(height * (-r / w)) / likely
    crossed = _change(height * (-1 / w**3 + u * pull * r / w)) / likely
    once = cells.counts / likely
    plain, turned = height / w, height * (r / w**3 - u * pull / w)
    below, above = once[:, :-1], once[:, 1:]
    by_threshold = turned * (below - above) - plain * (score[:, :-1] * below - score[:, 1:] * above)
    return Slopes(
        score=score,
        bend=bent - score**2,
        by_value=crossed - score * value,
        by_threshold=by_threshold.sum(axis=0),
        expected=float((cells.counts.sum(axis=1, keepdims=True) * likely * score**2).sum()),
    )


def solve_serial(cells: Cells, start: float) -> tuple[float, float]:
    """The correlation with the highest likelihood for these thresholds, and the last step of the search."""
    r, step = float(np.clip(start, -0.95, 0.95)), np.inf
    for _ in range(_MOST_STEPS):
        at = slopes_at(cells, r)
        curved = -float((cells.counts * at.bend).sum())
        step = float((cells.counts * at.score).sum()) / (curved if curved > 0.1 * at.expected else at.expected)
        r = float(np.clip(r + step, -1 + (1 + r) * 0.1, 1 - (1 - r) * 0.1))
        if abs(step) < _CLOSE or abs(r) >= EDGE:
            break
    return r, abs(step)


def _change(at_bounds: Values) -> Values:
    """(R, A) differences of what a derivative is at the bounds of each answer; zero at infinite ones."""
    return np.diff(at_bounds, axis=1, prepend=0.0, append=0.0)
