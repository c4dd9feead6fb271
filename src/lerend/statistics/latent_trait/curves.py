"""The curves of one item: how likely each answer is for people at each place on the trait (Samejima 1969).

With u = slope · place + intercept and v = the same with the next intercept, an answer between the two has probability
σ(u) − σ(v) = σ(u) · σ(−v) · (1 − exp(v − u)), in which nothing cancels however small it is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

NORMAL_OGIVE = 1.702
"""A logistic curve this much steeper is the closest to a normal one."""


@dataclass(frozen=True, slots=True, eq=False)
class ItemCurve:
    """log odds of answer c or higher = slope · place + intercept c.

    Attributes:
        slope: how sharply the item tells people apart; no factor 1.7 in it.
        intercepts: (S,) descending, for items with S + 1 answers.
    """

    slope: float
    intercepts: Values

    @property
    def thresholds(self) -> Values:
        """(S,) places at which answer c or higher is as likely as not."""
        return -self.intercepts / self.slope

    def reached(self, places: Values) -> Values:
        """(Q, S) probability of answer c or higher."""
        return _sigmoid(self._heights(places))

    def log_likely(self, places: Values) -> Values:
        """(Q, S + 1) logarithm of the probability of each answer."""
        height = self._heights(places)
        rise = np.pad(_log_sigmoid(height), ((0, 0), (1, 0)))
        fall = np.pad(_log_sigmoid(-height), ((0, 0), (0, 1)))
        between = np.pad(np.log(-np.expm1(np.diff(self.intercepts))), 1)
        return np.asarray(rise + fall + between)

    def pull(self, places: Values) -> Values:
        """(Q, S + 1) slope along the trait of the logarithm of the probability of each answer."""
        reached = self.reached(places)
        return self.slope * (
            1 - np.pad(reached, ((0, 0), (1, 0)), constant_values=1.0) - np.pad(reached, ((0, 0), (0, 1)))
        )

    def bend(self, places: Values) -> Values:
        """(Q, S + 1) curvature of the same, turned positive."""
        reached = self.reached(places)
        dense = reached * (1 - reached)
        return self.slope**2 * (np.pad(dense, ((0, 0), (1, 0))) + np.pad(dense, ((0, 0), (0, 1))))

    def information(self, places: Values) -> Values:
        """(Q,) Fisher information about the place of a person."""
        return np.asarray((np.exp(self.log_likely(places)) * self.pull(places) ** 2).sum(axis=1))

    def scores(self, places: Values) -> Values:
        """(Q, S + 1, 1 + S) slopes of the logarithm of each answer's probability, by the item's slope and intercepts."""
        reached = self.reached(places)
        steps = reached.shape[1]
        close = self._closeness()
        found = np.zeros((len(places), steps + 1, 1 + steps))
        each = np.arange(steps)
        found[:, each + 1, 1 + each] = 1 - reached + np.append(close, 0.0)
        found[:, each, 1 + each] = -reached - np.append(0.0, close)
        found[:, :, 0] = places[:, np.newaxis] * found[:, :, 1:].sum(axis=2)
        return found

    def curvature(self, places: Values, counts: Values) -> Values:
        """(1 + S, 1 + S) curvature, turned positive, of the log-likelihood of (Q, S + 1) answers at known places."""
        reached = self.reached(places)
        steps = reached.shape[1]
        dense = reached * (1 - reached) * (counts[:, :-1] + counts[:, 1:])
        close = self._closeness()
        tied = close * (1 + close) * counts[:, 1:-1].sum(axis=0)
        found = np.zeros((1 + steps, 1 + steps))
        found[0, 0] = places**2 @ dense.sum(axis=1)
        found[0, 1:] = found[1:, 0] = places @ dense
        own = dense.sum(axis=0) + np.append(tied, 0.0) + np.append(0.0, tied)
        each = np.arange(1, 1 + steps)
        found[each, each] = own
        found[each[:-1], each[1:]] = found[each[1:], each[:-1]] = -tied
        return found

    def _heights(self, places: Values) -> Values:
        return self.slope * places[:, np.newaxis] + self.intercepts

    def _closeness(self) -> Values:
        """(S − 1,) 1 / (exp(gap) − 1) of neighbouring intercepts."""
        return np.asarray(1 / np.expm1(-np.diff(self.intercepts)))


def _sigmoid(height: Values) -> Values:
    return np.exp(_log_sigmoid(height))


def _log_sigmoid(height: Values) -> Values:
    return np.asarray(np.minimum(height, 0.0) - np.log1p(np.exp(-np.abs(height))))
