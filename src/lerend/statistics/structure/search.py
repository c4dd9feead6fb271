"""The search for the smallest weighted sum of squares, and the proof that it ended there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

_MOST_STEPS: Final = 200
_STILL: Final = 1e-9
"""Standard errors that the next step would move the estimates at which the search stops."""
_SHORTEST: Final = 1e-9
_ROUNDING: Final = 1e-13
_RIDGE: Final = 1e-11
PROVEN: Final = 1e-5
"""Standard errors that the next step would move the estimates below which a fit may be given."""
LEAST_CURVATURE: Final = 1e-9
"""Smallest eigenvalue of the information, scaled to a diagonal of one, that counts as curved."""

Problem = Callable[[NDArray[np.float64]], tuple[NDArray[np.float64], NDArray[np.float64]]]
"""Weighted residuals (p,) at an estimate, and how they move with it (p, q)."""


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """Where a search ended.

    Attributes:
        estimate: (q,).
        residuals: (p,) weighted residuals there.
        jacobian: (p, q) there.
        steps: how many were taken.
        slope: standard errors that one more step would move the estimates (root of the predicted fall of chi-square).
        curvature: smallest eigenvalue of the information matrix, scaled to a diagonal of one.
    """

    estimate: NDArray[np.float64]
    residuals: NDArray[np.float64]
    jacobian: NDArray[np.float64]
    steps: int
    slope: float
    curvature: float

    @property
    def converged(self) -> bool:
        """Whether the slope is nil and every unknown is pinned down."""
        return self.slope < PROVEN and self.curvature > LEAST_CURVATURE


def minimise(problem: Problem, start: NDArray[np.float64]) -> Search:
    """Gauss–Newton steps, halved while the sum of squares would rise.

    Residuals must be in units in which their sum of squares is chi-square, so that the slope has a meaning.
    """
    estimate = start.copy()
    residuals, jacobian = problem(estimate)
    steps = 0
    while steps < _MOST_STEPS:
        step, slope = _step(residuals, jacobian)
        if slope < _STILL:
            break
        length = 1.0
        while length > _SHORTEST:
            tried, way = problem(estimate - length * step)
            if np.isfinite(tried).all() and tried @ tried <= (residuals @ residuals) * (1 + _ROUNDING):
                break
            length /= 2
        else:
            break
        estimate, residuals, jacobian = estimate - length * step, tried, way
        steps += 1
    return Search(
        estimate=estimate,
        residuals=residuals,
        jacobian=jacobian,
        steps=steps,
        slope=_step(residuals, jacobian)[1],
        curvature=curvature(jacobian),
    )


def _step(residuals: NDArray[np.float64], jacobian: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """The Gauss–Newton step, and its length in standard errors; a hint of a ridge where nothing pins an unknown down."""
    length = np.sqrt((jacobian * jacobian).sum(axis=0))
    length = np.where(length > 0, length, 1.0)
    scaled = jacobian / length
    information, gradient = scaled.T @ scaled, scaled.T @ residuals
    information[np.diag_indices_from(information)] += _RIDGE
    step = np.asarray(np.linalg.solve(information, gradient), dtype=np.float64)
    return step / length, float(np.sqrt(max(float(gradient @ step), 0.0)))


def curvature(jacobian: NDArray[np.float64]) -> float:
    """Smallest eigenvalue of the information, scaled to a diagonal of one."""
    length = np.sqrt((jacobian * jacobian).sum(axis=0))
    if not (length > 0).all() or not np.isfinite(jacobian).all():
        return 0.0
    scaled = jacobian / length
    return float(np.linalg.eigvalsh(scaled.T @ scaled)[0])
