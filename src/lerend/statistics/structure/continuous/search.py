"""The search for the largest likelihood, and the proof that it ended at one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.structure.continuous.curvature import is_curved, scaled_curvature
from lerend.statistics.structure.search import LEAST_CURVATURE, PROVEN

_MOST_STEPS: Final = 300
_STILL: Final = 1e-9
"""Standard errors that the next step would move the estimates at which the search stops."""
_NEAR: Final = 0.5
"""The same, from which second derivatives are used."""
_SHORTEST: Final = 1e-8
_ROUNDING: Final = 1e-13
_RIDGE: Final = 1e-11


class Likelihood(Protocol):
    """A likelihood at an estimate (q,) of its unknowns."""

    @property
    def estimate(self) -> NDArray[np.float64]:
        """(q,)."""

    def log_likelihood(self) -> float:
        """-inf where there is none."""

    def slope(self) -> NDArray[np.float64]:
        """(q,) of minus the log likelihood."""

    def expected(self) -> NDArray[np.float64]:
        """(q, q) expected information."""

    def observed(self) -> NDArray[np.float64]:
        """(q, q) second derivatives of minus the log likelihood."""


Place = TypeVar("Place", bound=Likelihood)


@dataclass(frozen=True, slots=True, eq=False)
class LikelihoodSearch(Generic[Place]):
    """Where a search ended.

    Attributes:
        at: the likelihood there.
        observed: (q, q) observed information there.
        steps: how many were taken.
        slope: standard errors that one more step would move the estimates.
        curvature: smallest eigenvalue of the observed information, scaled to a diagonal of one: above 0 only at a
            maximum.
    """

    at: Place
    observed: NDArray[np.float64]
    steps: int
    slope: float
    curvature: float

    @property
    def converged(self) -> bool:
        """Whether the slope is nil and the likelihood falls in every direction."""
        return self.slope < PROVEN and self.curvature > LEAST_CURVATURE


def most_likely(place: Callable[[NDArray[np.float64]], Place], start: NDArray[np.float64]) -> LikelihoodSearch[Place]:
    """Scoring steps by expected information, by observed information near the end, halved while they lead down."""
    at = place(start)
    value = at.log_likelihood()
    step, slope = _step(at, near=False)
    steps = 0
    while steps < _MOST_STEPS and slope > _STILL:
        found = _further(place, at, value, step)
        if found is None:
            break
        at, value = found
        before = slope
        step, slope = _step(at, near=slope < _NEAR)
        steps += 1
        if before < PROVEN and slope > before / 2:
            break
    observed = at.observed()
    return LikelihoodSearch(at, observed, steps, slope, scaled_curvature(observed))


def _further(
    place: Callable[[NDArray[np.float64]], Place], at: Place, value: float, step: NDArray[np.float64]
) -> tuple[Place, float] | None:
    """A place further along the step where the likelihood is not lower; None where there is none."""
    length = 1.0
    while length > _SHORTEST:
        tried = place(at.estimate - length * step)
        found = tried.log_likelihood()
        if np.isfinite(found) and found >= value - _ROUNDING * abs(value):
            return tried, found
        length /= 2
    return None


def _step(at: Likelihood, *, near: bool) -> tuple[NDArray[np.float64], float]:
    """The step, and its length in standard errors."""
    slope = at.slope()
    if near:
        information = at.observed()
        if is_curved(information):
            return _solved(information, slope)
    return _solved(at.expected(), slope)


def _solved(information: NDArray[np.float64], slope: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    length = np.sqrt(np.maximum(information.diagonal(), 0.0))
    length = np.where(length > 0, length, 1.0)
    scaled = information / np.outer(length, length)
    scaled[np.diag_indices_from(scaled)] += _RIDGE
    step = np.linalg.solve(scaled, slope / length) / length
    return np.asarray(step, dtype=np.float64), float(np.sqrt(max(float(slope @ step), 0.0)))
