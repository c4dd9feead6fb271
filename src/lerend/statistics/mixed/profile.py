"""Intervals that follow the likelihood itself: all values that the data make not much less likely than the best ones.

For a variance this is better than an estimate plus and minus: its likelihood is skewed, and it cannot be negative.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np

from lerend.statistics.interval import Interval, normal_quantile
from lerend.statistics.mixed.model import Fitted
from lerend.statistics.mixed.pieces import Floats, grouped_model
from lerend.statistics.mixed.searching import left_over
from lerend.statistics.mixed.sums import GroupedSums
from lerend.statistics.regression.problems import cannot_be_fitted
from lerend.wording import say

_WIDEST: Final = 1e6


@dataclass(frozen=True, slots=True)
class ProfileIntervals:
    """Intervals by profile likelihood, from ML whatever the fit was.

    Attributes:
        between, within: standard deviations between groups and within them.
        coefficients: one for each, in the order of the model.
    """

    between: Interval
    within: Interval
    coefficients: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class _Likelihood:
    """Minus twice the log-likelihood, up to a constant, by relative variance and one more parameter."""

    rows: int
    ends: Callable[[Floats], tuple[float, Floats]]
    turn: Floats
    shift: Floats

    def at(self, gamma: float) -> tuple[float, float]:
        """Logarithm of |V| and the weighted sum of squared residuals."""
        log_determinant, products = self.ends(np.array([gamma]))
        return log_determinant, left_over(products)[1]

    def by_between(self, deviation: float) -> float:
        """At its best, with this standard deviation between groups."""
        if deviation <= 0:
            log_determinant, scatter = self.at(0.0)
            return log_determinant + self.rows * (1 + math.log(scatter / self.rows))

        def value(log_gamma: float) -> float:
            log_determinant, scatter = self.at(math.exp(log_gamma))
            residual = deviation**2 / math.exp(log_gamma)
            return log_determinant + self.rows * math.log(residual) + scatter / residual

        return _lowest(value)

    def by_within(self, deviation: float) -> float:
        """At its best, with this standard deviation within groups."""

        def value(log_gamma: float) -> float:
            log_determinant, scatter = self.at(math.exp(log_gamma))
            return log_determinant + self.rows * math.log(deviation**2) + scatter / deviation**2

        return _lowest(value)

    def by_coefficient(self, place: int, coefficient: float) -> float:
        """At its best, with this value of one coefficient."""

        def value(log_gamma: float) -> float:
            log_determinant, products = self.ends(np.array([math.exp(log_gamma)]))
            turned, scatter = left_over(products)
            spread = self.turn[place] @ np.linalg.solve(products[:-1, :-1], self.turn[place])
            apart = coefficient - self.shift[place] + float(self.turn[place] @ turned[:-1])
            return log_determinant + self.rows * (1 + math.log((scatter + apart**2 / float(spread)) / self.rows))

        return _lowest(value)


def profile_intervals(fitted: Fitted, *, level: float = 0.95) -> ProfileIntervals:
    """Profile-likelihood intervals of a model with one intercept per group.

    Raises:
        CannotBeFitted: the model has slopes that differ, or two levels.
    """
    sums, model = fitted.sums, fitted.model
    if not isinstance(sums, GroupedSums) or sums.inner.shape[1] != 1:
        what = say("Profile intervals are made for models with one intercept per group only.")
        raise cannot_be_fitted("model", what, say("Use the intervals by t."))
    shift = model.estimate - fitted.turn @ fitted.inner
    likelihood = _Likelihood(model.rows, grouped_model(sums, np.ones((1, 1, 1))).ends, fitted.turn, shift)
    best = _lowest(lambda log_gamma: _profiled(likelihood, log_gamma))
    best = min(best, likelihood.by_between(0.0))
    most = best + normal_quantile(level) ** 2
    between = math.sqrt(float(model.levels[0].covariance[0, 0]))
    within = math.sqrt(model.residual_variance)
    return ProfileIntervals(
        between=_interval(likelihood.by_between, between, max(between, within * 0.1), most, lowest=0.0),
        within=_interval(likelihood.by_within, within, within * 0.1, most, lowest=within * 1e-6),
        coefficients=tuple(
            _interval(partial(likelihood.by_coefficient, j), float(at), float(error), most)
            for j, (at, error) in enumerate(zip(model.estimate, model.standard_error, strict=True))
        ),
    )


def _profiled(likelihood: _Likelihood, log_gamma: float) -> float:
    log_determinant, scatter = likelihood.at(math.exp(log_gamma))
    return log_determinant + likelihood.rows * (1 + math.log(scatter / likelihood.rows))


def _lowest(value: Callable[[float], float]) -> float:
    """The lowest value over relative variances from 10^-8 to 10^8: on a grid first, then by Brent's method."""
    from scipy.optimize import minimize_scalar  # noqa: PLC0415 -- SciPy costs half a second to import

    grid = np.linspace(-18.0, 18.0, 25)
    values = [value(float(at)) for at in grid]
    best = int(np.argmin(values))
    ends = (float(grid[max(best - 1, 0)]), float(grid[min(best + 1, len(grid) - 1)]))
    found = minimize_scalar(value, bounds=ends, method="bounded", options={"xatol": 1e-7})
    return min(float(found.fun), values[best])


def _interval(
    deviance: Callable[[float], float], at: float, step: float, most: float, *, lowest: float = -math.inf
) -> Interval:
    """Where a deviance reaches a value, to either side."""
    return Interval(_end(deviance, at, -step, most, lowest=lowest), _end(deviance, at, step, most, lowest=lowest))


def _end(deviance: Callable[[float], float], at: float, step: float, most: float, *, lowest: float) -> float:
    from scipy.optimize import brentq  # noqa: PLC0415 -- SciPy costs half a second to import

    inside, outside = at, max(at + step, lowest)
    while deviance(outside) < most:
        if outside <= lowest or abs(outside - at) > _WIDEST * abs(step):
            return lowest if step < 0 else math.inf
        inside, outside = outside, max(at + 2 * (outside - at), lowest)
    return float(brentq(lambda value: deviance(value) - most, inside, outside, xtol=1e-10 * max(abs(at), abs(step))))
