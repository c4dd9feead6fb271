"""A test for few clusters: residuals of whole clusters keep, change or turn their sign, with the null imposed."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from lerend.statistics.interval import Interval
from lerend.statistics.regression.least_squares import LeastSquares
from lerend.statistics.regression.wild_sums import summed
from lerend.statistics.regression.wild_weights import Floats, Weights, smallest_share
from lerend.wording import Message, say

_TIE: Final = 1e-10
"""Two t-values this close are the same: the observed one always comes back in the pattern without a change."""
_FARTHEST: Final = 1e5
"""An end of an interval more standard errors away than this is none."""
_USUAL: Final = 0.05
_FEW: Final = 12
"""Below this many clusters Webb's points refused a true value in 8 to 9 of 100 made-up worlds, at a level of 5."""


@dataclass(frozen=True, slots=True, eq=False)
class WildBootstrap:
    """A test of one coefficient.

    Attributes:
        name, estimate: the coefficient.
        null: the value that was tested.
        standard_error, t: with CR1S errors, of `estimate` minus `null`.
        p: how often a t at least as far from zero arises under the null; ties count.
        p_strict: the same without ties, so the two bracket any rule for ties.
        p_equal_tail: twice the smaller tail.
        clusters, rows: how many.
        weights: what residuals are multiplied with.
        draws: how many patterns of weights were tried.
        enumerated: whether these are all that exist; if so nothing is by chance.
        smallest: the smallest `p` that this many clusters can give.
        t_star: (draws,) the t of each pattern.
        cautions: what to know before using it.
    """

    name: str
    estimate: float
    null: float
    standard_error: float
    t: float
    p: float
    p_strict: float
    p_equal_tail: float
    clusters: int
    rows: int
    weights: Weights
    draws: int
    enumerated: bool
    smallest: float
    t_star: Floats
    cautions: tuple[Message, ...]


def wild_bootstrap(
    fit: LeastSquares,
    clusters: ArrayLike,
    name: str,
    *,
    weights: Weights = "rademacher",
    seed: int = 0,
    draws: int = 9_999,
    null: float = 0.0,
    impose_null: bool = True,
) -> WildBootstrap:
    """Wild cluster bootstrap-t (Cameron, Gelbach & Miller 2008), by every pattern of weights where these are few.

    Weights of one cluster times those of all others give the same |t|, so half of the patterns is enough. With 5
    clusters there are 16 different patterns of signs and no p below 1/16: `smallest` says so. Webb's weights have
    more patterns.

    Args:
        seed, draws: for more than 12 clusters (6 with Webb's weights), where patterns are drawn.
        null: the value of the coefficient to test.
        impose_null: residuals are those under the null (better with few clusters); else those of the fit.

    Raises:
        CannotBeFitted: fewer than two clusters, labels do not go with rows, or no residual varies.
        ValueError: unknown weights.
    """
    test = summed(fit, clusters, name, weights, draws, seed, impose_null=impose_null)
    t = (test.estimate - null) / test.standard_error
    half = test.t_star(null if impose_null else 0.0)
    groups = test.patterns.shape[1]
    t_star = np.concatenate([half, -half]) if test.enumerated else half
    smallest = smallest_share(groups, weights, len(half), enumerated=test.enumerated)
    tails = ((t_star <= t + _TIE).mean(), (t_star >= t - _TIE).mean())
    return WildBootstrap(
        name=name,
        estimate=test.estimate,
        null=null,
        standard_error=test.standard_error,
        t=t,
        p=float((np.abs(half) >= abs(t) - _TIE).mean()),
        p_strict=float((np.abs(half) > abs(t) + _TIE).mean()),
        p_equal_tail=float(min(1.0, 2 * min(tails))),
        clusters=groups,
        rows=fit.rows,
        weights=weights,
        draws=len(t_star),
        enumerated=test.enumerated,
        smallest=smallest,
        t_star=t_star,
        cautions=_cautions(groups, smallest, weights),
    )


def wild_interval(
    fit: LeastSquares,
    clusters: ArrayLike,
    name: str,
    *,
    level: float = 0.95,
    weights: Weights = "rademacher",
    seed: int = 0,
    draws: int = 9_999,
) -> Interval:
    """All values of a coefficient that the test does not refuse; infinite where it refuses nothing on that side.

    Raises:
        CannotBeFitted, ValueError: as `wild_bootstrap`.
    """
    test = summed(fit, clusters, name, weights, draws, seed, impose_null=True)

    def kept(value: float) -> bool:
        t = abs(test.estimate - value) / test.standard_error
        # Far away residuals are nearly all of the tested column, which leaves fewer digits to the t of a pattern.
        return bool((np.abs(test.t_star(value)) >= t - _TIE * max(1.0, t**2)).mean() > 1 - level)

    return Interval(*(_edge(kept, test.estimate, side * test.standard_error) for side in (-1.0, 1.0)))


def _edge(kept: Callable[[float], bool], estimate: float, step: float) -> float:
    """Where a test begins to refuse, going from the estimate in steps that double, then by halving."""
    inside, outside = 0.0, 1.0
    while kept(estimate + outside * step):
        inside, outside = outside, 2 * outside
        if outside > _FARTHEST:
            return math.copysign(math.inf, step)
    for _ in range(60):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if kept(estimate + middle * step) else (inside, middle)
    return estimate + outside * step


def _cautions(groups: int, smallest: float, weights: Weights) -> tuple[Message, ...]:
    cautions = []
    if smallest > _USUAL:
        cautions.append(
            say(
                "{clusters} clusters have {patterns} patterns only, so p is never below 1 in {patterns}, and an interval "
                "of 95 % has no ends.",
                clusters=groups,
                patterns=round(1 / smallest),
            )
        )
    if weights == "webb" and groups < _FEW:
        cautions.append(say("With so few clusters Webb's points refuse too often what is true."))
    return tuple(cautions)
