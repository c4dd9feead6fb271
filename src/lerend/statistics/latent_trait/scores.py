"""Where people are on the trait by what they answered: for sums over people and for research, never for a screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.latent_trait.curves import ItemCurve
from lerend.statistics.latent_trait.likelihood import Grid, log_likely, posterior
from lerend.statistics.latent_trait.patterns import Patterns

Values = NDArray[np.float64]

_MOST_STEPS: Final = 100
_NEAR: Final = 1e-10


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """One value for each pattern, in standard deviations of the people whom the items were fitted to.

    Attributes:
        value: (P,) place.
        error: (P,) its standard error.
    """

    value: Values
    error: Values

    def of_rows(self, of_row: NDArray[np.intp]) -> Places:
        """The same for rows; NaN for rows without any answer, about which nothing is known."""
        nothing = of_row < 0
        return Places(np.where(nothing, np.nan, self.value[of_row]), np.where(nothing, np.nan, self.error[of_row]))


def mean_places(patterns: Patterns, curves: Sequence[ItemCurve], grid: Grid) -> Places:
    """Mean and standard deviation of where people with a pattern may be: EAP (Bock & Mislevy 1982)."""
    likely = log_likely(curves, grid)
    value, error = np.empty(len(patterns.people)), np.empty(len(patterns.people))
    for part, given in patterns.blocks():
        share, _ = posterior(given, likely, grid)
        value[part] = share @ grid.places
        apart = grid.places - value[part][:, np.newaxis]
        error[part] = np.sqrt((share * apart**2).sum(axis=1))
    return Places(value, error)


def likeliest_places(patterns: Patterns, curves: Sequence[ItemCurve]) -> Places:
    """The one likeliest place, and the error from the curvature there: MAP. One top: the logarithm is concave.

    Raises:
        ArithmeticError: a search did not arrive, which a concave function does not let happen.
    """
    value, error = np.empty(len(patterns.people)), np.empty(len(patterns.people))
    for part, given in patterns.blocks():
        at = np.zeros(len(given))
        for _ in range(_MOST_STEPS):
            slope = _of_answers(given, [curve.pull(at) for curve in curves]) - at
            bend = _of_answers(given, [curve.bend(at) for curve in curves]) + 1
            step = np.clip(slope / bend, -0.5, 0.5)
            at = at + step
            if np.abs(step).max() < _NEAR:
                break
        else:
            raise ArithmeticError("the search for the likeliest place did not arrive")
        value[part], error[part] = at, 1 / np.sqrt(bend)
    return Places(value, error)


def _of_answers(given: Values, each: Sequence[Values]) -> Values:
    """(p,) summed over the answers that were given, of (p, M) values for every answer."""
    return np.asarray((given * np.hstack(each)).sum(axis=1))


def empirical_reliability(patterns: Patterns, places: Places) -> float:
    """Share of the spread of places that is no error: variance over variance plus mean squared error."""
    people, total = patterns.people, patterns.total
    mean = people @ places.value / total
    spread = people @ (places.value - mean) ** 2 / (total - 1)
    return float(spread / (spread + people @ places.error**2 / total))


def marginal_reliability(curves: Sequence[ItemCurve], grid: Grid) -> float:
    """Mean over the trait of information / (information + 1): as the items would do for people as they are spread."""
    information = np.sum([curve.information(grid.places) for curve in curves], axis=0)
    return float(grid.shares @ (information / (information + 1)))
