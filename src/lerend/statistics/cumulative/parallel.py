"""Whether one slope will do at every step from an answer to the next: Brant's test (1990)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.cumulative.fitting import CumulativeFit, fit_cumulative
from lerend.statistics.cumulative.links import LINKS, LinkName

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class WaldChiSquare:
    """A test of several differences at once.

    Attributes:
        chi_square, df: and its degrees of freedom.
        p: of this chi-square or more where there are none.
    """

    chi_square: float
    df: int
    p: float


@dataclass(frozen=True, slots=True, eq=False)
class ParallelSlopes:
    """Slopes by themselves at every step, and whether they differ more than by chance.

    Attributes:
        slopes: (A - 1, q) of models of “this answer or lower” against all higher ones.
        errors: (A - 1, q).
        together: all columns at once.
        by_column: (q,) each column.
    """

    slopes: Values
    errors: Values
    together: WaldChiSquare
    by_column: tuple[WaldChiSquare, ...]


def parallel_slopes(design: Values, counts: Values, link: LinkName = "logit") -> ParallelSlopes | None:
    """From a table as for `fit_cumulative`, with three answers or more.

    None where a model of some step has no end: the test needs every one of them.
    """
    below = np.cumsum(counts, axis=1)[:, :-1]
    rows = counts.sum(axis=1)
    fits = [fit_cumulative(design, np.column_stack([part, rows - part]), link) for part in below.T]
    found = [fit for fit in fits if fit is not None]
    if len(found) < len(fits):
        return None
    steps, q = len(found), design.shape[1]
    slopes = np.array([fit.slopes for fit in found])
    covariance = _covariance(found, design, rows, link)
    columns = [np.arange(steps) * q + column for column in range(q)]
    return ParallelSlopes(
        slopes=slopes,
        errors=np.sqrt(covariance.diagonal()).reshape(steps, q),
        together=_equal(slopes, covariance),
        by_column=tuple(
            _equal(slopes[:, [column]], covariance[np.ix_(places, places)]) for column, places in enumerate(columns)
        ),
    )


def _covariance(fits: list[CumulativeFit], design: Values, rows: Values, link: LinkName) -> Values:
    """((A - 1) q,) squared, of the slopes of all steps: the models are of the same people (Brant 1990, appendix)."""
    of = LINKS[link]
    both = np.column_stack([np.ones(len(design)), -design])
    heights = [fit.thresholds[0] - design @ fit.slopes for fit in fits]
    reach = []
    for height in heights:
        weight = rows * of.density(height) ** 2 / (of.below(height) * of.below(-height))
        reach.append(np.linalg.inv(both.T @ (weight[:, np.newaxis] * both)))
    steps, q = len(fits), design.shape[1]
    whole = np.empty((steps, q, steps, q))
    for lower in range(steps):
        for upper in range(lower, steps):
            one, other = heights[lower], heights[upper]
            # At or below the lower step is at or below the upper one: their covariance is F_lower (1 - F_upper).
            shared = rows * of.density(one) * of.density(other) / (of.below(-one) * of.below(other))
            part = reach[lower] @ (both.T @ (shared[:, np.newaxis] * both)) @ reach[upper]
            whole[lower, :, upper] = part[1:, 1:]
            whole[upper, :, lower] = part[1:, 1:].T
    return whole.reshape(steps * q, steps * q)


def _equal(slopes: Values, covariance: Values) -> WaldChiSquare:
    """Of the (steps, q) slopes all being those of the first step."""
    from scipy.special import chdtrc  # noqa: PLC0415 -- SciPy costs half a second to import

    steps, q = slopes.shape
    contrast = np.kron(np.column_stack([-np.ones(steps - 1), np.eye(steps - 1)]), np.eye(q))
    apart = contrast @ slopes.ravel()
    chi_square = float(apart @ np.linalg.solve(contrast @ covariance @ contrast.T, apart))
    df = (steps - 1) * q
    return WaldChiSquare(chi_square, df, float(chdtrc(df, max(chi_square, 0.0))))
