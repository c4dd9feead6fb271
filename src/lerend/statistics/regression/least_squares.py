"""Weighted least squares by orthogonal triangles (QR), with fixed effects taken out of everything beforehand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lerend.errors import Problem
from lerend.statistics.regression.absorbing import Absorbed, absorb_effects
from lerend.statistics.regression.problems import CannotBeFitted, as_design, cannot_be_fitted, known
from lerend.wording import say

_COLLINEAR: Final = 1e-9
"""A column is a sum of those before it where less than this share of its length is left."""


@dataclass(frozen=True, slots=True, eq=False)
class LeastSquares:
    """A fitted regression, and what standard errors of any kind can be made of.

    Attributes:
        names: (p,) of the coefficients.
        estimate, standard_error: (p,) coefficients; errors that take rows as unrelated and equally spread.
        covariance: (p, p) of the estimates, by the same assumption.
        residual_variance: sum of squared residuals over `degrees_of_freedom`.
        degrees_of_freedom: rows minus coefficients minus absorbed effects.
        r_squared: share of the variance of the outcome around its (weighted) mean; with absorbed effects, of what is
            left inside them. Meaningless for a design without intercept.
        rows: how many.
        basis: (rows, p) orthonormal columns that span the design, after weights and absorbed effects.
        triangle: (p, p) upper triangle R: the weighted design is basis @ triangle.
        residual: (rows,) outcome minus fitted, on the scale of the outcome.
        weight: (rows,) the weights, or None.
        absorbed: the fixed effects that were taken out, or None.
        design, outcome: as they were given.
    """

    names: tuple[str, ...]
    estimate: NDArray[np.float64]
    standard_error: NDArray[np.float64]
    covariance: NDArray[np.float64]
    residual_variance: float
    degrees_of_freedom: int
    r_squared: float
    rows: int
    basis: NDArray[np.float64]
    triangle: NDArray[np.float64]
    residual: NDArray[np.float64]
    weight: NDArray[np.float64] | None
    absorbed: Absorbed | None
    design: NDArray[np.float64]
    outcome: NDArray[np.float64]

    def place(self, name: str) -> int:
        """Where a coefficient stands; raises ValueError for an unknown name."""
        return self.names.index(name)


def least_squares(
    outcome: ArrayLike,
    design: ArrayLike,
    *,
    names: Sequence[str] | None = None,
    weights: ArrayLike | None = None,
    absorb: Sequence[ArrayLike] = (),
) -> LeastSquares:
    """The coefficients with the smallest (weighted) sum of squared residuals.

    Args:
        outcome: (rows,) values.
        design: (rows, p) columns; the intercept is a column like any other, and is never added.
        names: of the columns.
        weights: (rows,) of at least 0; a row of weight 0 does not count.
        absorb: factors, each with a label per row, whose levels get an effect each that is not shown; give no
            intercept then.

    Raises:
        CannotBeFitted: a value is missing, there are too few rows, or a column is a sum of others (it says of which).
    """
    y, x, columns = as_design(outcome, design, None if names is None else tuple(names))
    weight = None if weights is None else _checked_weights(weights, len(y))
    used = len(y) if weight is None else int((weight > 0).sum())
    root = None if weight is None else np.sqrt(weight)
    absorbed = absorb_effects(absorb, weight, len(y)) if absorb else None
    inner_y, inner_x = (y, x) if absorbed is None else (absorbed.taken_out(y), absorbed.taken_out(x))
    scaled_x, scaled_y = (inner_x, inner_y) if root is None else (inner_x * root[:, np.newaxis], inner_y * root)
    freedom = used - x.shape[1] - (0 if absorbed is None else absorbed.rank)
    if freedom < 1 or x.shape[1] == 0:
        what = say("{rows} rows cannot carry {columns} coefficients.", rows=used, columns=used - freedom)
        raise cannot_be_fitted("rows", what, say("Take fewer columns, or more rows."))
    basis, triangle = np.linalg.qr(scaled_x)
    refuse_collinear(triangle, columns, scale=None if absorbed is None else _lengths(x, root))
    inverse = np.linalg.inv(triangle)
    estimate = inverse @ (basis.T @ scaled_y)
    residual = inner_y - inner_x @ estimate
    squares = float(residual @ residual) if weight is None else float(weight @ residual**2)
    covariance = inverse @ inverse.T * (squares / freedom)
    return LeastSquares(
        names=columns,
        estimate=estimate,
        standard_error=np.sqrt(np.diag(covariance)),
        covariance=covariance,
        residual_variance=squares / freedom,
        degrees_of_freedom=freedom,
        r_squared=_r_squared(inner_y, weight, squares),
        rows=used,
        basis=basis,
        triangle=triangle,
        residual=residual,
        weight=weight,
        absorbed=absorbed,
        design=x,
        outcome=y,
    )


def refuse_collinear(
    triangle: NDArray[np.float64], names: Sequence[str], *, scale: NDArray[np.float64] | None = None
) -> None:
    """Name every column that is a sum of columns before it.

    Args:
        triangle: (p, p) R of a QR decomposition.
        scale: (p,) lengths of the columns before fixed effects were taken out of them.

    Raises:
        CannotBeFitted: with one problem for each such column.
    """
    lengths = np.linalg.norm(triangle, axis=0) if scale is None else scale
    left = np.abs(np.diag(triangle))
    problems: list[Problem] = []
    for place, name in enumerate(names):
        if left[place] > _COLLINEAR * lengths[place] and lengths[place] > 0:
            continue
        others = _made_of(triangle, place, names)
        problems += (_never_varies(name) if not others else _is_sum(name, others)).problems
    if problems:
        raise CannotBeFitted(problems)


def _made_of(triangle: NDArray[np.float64], place: int, names: Sequence[str]) -> tuple[str, ...]:
    """The columns that a column is a sum of; none where it is zero."""
    if place == 0 or not np.linalg.norm(triangle[:, place]) > 0:
        return ()
    before = triangle[:place, :place]
    part = np.linalg.lstsq(before, triangle[:place, place], rcond=1e-10)[0] * np.linalg.norm(before, axis=0)
    telling = np.abs(part) > 1e-7 * np.abs(part).max(initial=1e-300)
    return tuple(name for name, tells in zip(names[:place], telling, strict=True) if tells)


def _is_sum(name: str, others: tuple[str, ...]) -> CannotBeFitted:
    what = say("This column follows exactly from {others}, so their coefficients cannot be told apart.", others=others)
    return cannot_be_fitted(name, what, say("Leave one of them out."))


def _never_varies(name: str) -> CannotBeFitted:
    what = say("This column does not vary, or does not vary inside the fixed effects.")
    return cannot_be_fitted(name, what, say("Leave it out."))


def _checked_weights(weights: ArrayLike, rows: int) -> NDArray[np.float64]:
    weight = np.asarray(weights, dtype=np.float64).reshape(-1)
    known("weights", weight)
    if len(weight) != rows or (weight < 0).any() or not weight.any():
        what = say("Weights must be one for each row, none below 0, and not all of them 0.")
        raise cannot_be_fitted("weights", what, say("Give 1 for a row that counts like any other."))
    return weight


def _lengths(x: NDArray[np.float64], root: NDArray[np.float64] | None) -> NDArray[np.float64]:
    lengths: NDArray[np.float64] = np.linalg.norm(x if root is None else x * root[:, np.newaxis], axis=0)
    return lengths


def _r_squared(y: NDArray[np.float64], weight: NDArray[np.float64] | None, squares: float) -> float:
    mean = float(np.average(y, weights=weight))
    total = float(np.sum((y - mean) ** 2 if weight is None else weight * (y - mean) ** 2))
    return 1 - squares / total if total > 0 else math.nan
