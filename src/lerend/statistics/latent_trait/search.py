"""The search for the largest likelihood: EM (Bock & Aitkin 1981) to come near, Newton's method to arrive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.latent_trait.curves import NORMAL_OGIVE, ItemCurve
from lerend.statistics.latent_trait.likelihood import Grid, expected, observed_information, slope_of
from lerend.statistics.latent_trait.patterns import NOT_ANSWERED, Patterns

Values = NDArray[np.float64]
Curves = Sequence[ItemCurve]

SLOPE: Final = 1e-9
"""Largest slope of the log-likelihood per person that counts as its top."""
_ROUNDS: Final = 40
_EM_STEPS: Final = 15
_NEWTON_STEPS: Final = 15
_NEAR: Final = 1e-3
"""Rise of the log-likelihood below which Newton's method takes over at once."""
_STEEPEST: Final = 3.0
"""Largest slope times distance of the grid: steeper curves fall between two places, and the grid sees no difference."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Where the search ended.

    Attributes:
        curves: one for each item.
        log_likelihood: there.
        slope: largest slope left, per person, over unknowns that are free.
        information: (unknowns, unknowns) observed.
        free: (unknowns,) false for a slope that ran into the steepest that the grid can tell.
        steps: of EM and Newton.
    """

    curves: tuple[ItemCurve, ...]
    log_likelihood: float
    slope: float
    information: Values
    free: NDArray[np.bool_]
    steps: int

    @property
    def lowest(self) -> float:
        """Smallest curvature of the log-likelihood, turned positive, over unknowns that are free."""
        return float(np.linalg.eigvalsh(self.information[np.ix_(self.free, self.free)])[0])


def search(patterns: Patterns, grid: Grid) -> Found:
    """Search from the strongest component of the correlations; whoever calls judges `slope` and `lowest`."""
    steepest = _STEEPEST / grid.distance
    curves: Curves = _start(patterns)
    steps = 0
    for _ in range(_ROUNDS):
        curves, taken = _em(patterns, curves, grid, steepest)
        found = _newton(patterns, curves, grid, steepest)
        steps += taken + found.steps
        if found.slope <= SLOPE and found.lowest > 0:
            break
        curves = found.curves
    return Found(found.curves, found.log_likelihood, found.slope, found.information, found.free, steps)


def _em(patterns: Patterns, curves: Curves, grid: Grid, steepest: float) -> tuple[Curves, int]:
    """Steps that never go down, until they rise little."""
    last = -np.inf
    for step in range(_EM_STEPS):
        value, counts = expected(patterns, curves, grid)
        if value - last < _NEAR:
            return curves, step
        last = value
        parts = np.split(counts, patterns.starts[1:-1])
        curves = [_best(curve, part.T, grid, steepest) for curve, part in zip(curves, parts, strict=True)]
    return curves, _EM_STEPS


def _best(curve: ItemCurve, counts: Values, grid: Grid, steepest: float) -> ItemCurve:
    """The curve of one item by people whose places are known: a concave problem, three Newton steps of it."""
    value = _height(curve, counts, grid)
    for _ in range(3):
        slope = np.einsum("qc,qcu->u", counts, curve.scores(grid.places))
        step = _step(_vector([curve]), slope, curve.curvature(grid.places, counts), _outward([curve], slope, steepest))
        length = 1.0
        while length > 1e-6:
            (tried,) = _curves(_vector([curve]) + length * step, [curve], steepest)
            height = _height(tried, counts, grid)
            if height >= value:
                break
            length /= 2
        else:
            return curve
        curve, value = tried, height
    return curve


def _newton(patterns: Patterns, curves: Curves, grid: Grid, steepest: float) -> Found:
    """Newton steps on the likelihood itself, as long as they lead up."""
    value, counts = expected(patterns, curves, grid)
    for taken in range(_NEWTON_STEPS + 1):
        slope = slope_of(patterns, curves, grid, counts)
        information = observed_information(patterns, curves, grid, counts)
        free = _outward(curves, slope, steepest)
        left = float(np.abs(slope[free]).max() / patterns.total)
        found = Found(tuple(curves), value, left, information, free, taken)
        if left <= SLOPE or taken == _NEWTON_STEPS or found.lowest <= 0:
            return found
        step, length = _step(_vector(curves), slope, information, free), 1.0
        while length > 1e-4:
            tried = _curves(_vector(curves) + length * step, curves, steepest)
            height, expectation = expected(patterns, tried, grid)
            if height >= value - 1e-11 * abs(value):
                break
            length /= 2
        else:
            return found
        curves, value, counts = tried, height, expectation
    raise AssertionError


def _step(at: Values, slope: Values, curvature: Values, free: NDArray[np.bool_]) -> Values:
    step = np.zeros_like(at)
    step[free] = np.linalg.lstsq(curvature[np.ix_(free, free)], slope[free], rcond=None)[0]
    return step


def _outward(curves: Curves, slope: Values, steepest: float) -> NDArray[np.bool_]:
    """(unknowns,) false for the slope of an item at the steepest, where the likelihood rises beyond it."""
    at = _vector(curves)
    free = np.ones(len(at), dtype=np.bool_)
    begin = np.cumsum([0, *(1 + len(curve.intercepts) for curve in curves)])[:-1]
    free[begin] = (np.abs(at[begin]) < steepest) | (at[begin] * slope[begin] <= 0)
    return free


def _height(curve: ItemCurve, counts: Values, grid: Grid) -> float:
    if (np.diff(curve.intercepts) >= 0).any():
        return -np.inf
    return float((counts * curve.log_likely(grid.places)).sum())


def _vector(curves: Curves) -> Values:
    return np.concatenate([np.append(curve.slope, curve.intercepts) for curve in curves])


def _curves(at: Values, like: Curves, steepest: float) -> tuple[ItemCurve, ...]:
    """Curves from unknowns; slopes beyond the steepest are brought back to it."""
    begin = np.cumsum([0, *(1 + len(curve.intercepts) for curve in like)])
    parts = [at[one:other] for one, other in pairwise(begin)]
    return tuple(ItemCurve(float(np.clip(part[0], -steepest, steepest)), part[1:].copy()) for part in parts)


def _start(patterns: Patterns) -> tuple[ItemCurve, ...]:
    """Slopes from the strongest component, intercepts from how many gave each answer."""
    loading = np.clip(_component(patterns), -0.9, 0.9)
    slope = NORMAL_OGIVE * loading / np.sqrt(1 - loading**2)
    curves = []
    for one, counts in zip(slope, patterns.counts(), strict=True):
        above = 1 - np.cumsum(counts)[:-1] / counts.sum()
        curves.append(ItemCurve(float(one), np.log(above / (1 - above)) * np.sqrt(1 + (one / NORMAL_OGIVE) ** 2)))
    return tuple(curves)


def _component(patterns: Patterns) -> Values:
    """(k,) loadings on the strongest component, pointing the way of most items; an answer that is not there is average."""
    known = patterns.answers != NOT_ANSWERED
    weight = known * patterns.people[:, np.newaxis]
    mean = (weight * patterns.answers).sum(axis=0) / weight.sum(axis=0)
    apart = np.where(known, patterns.answers - mean, 0.0)
    scatter = (apart * patterns.people[:, np.newaxis]).T @ apart
    spread = np.sqrt(scatter.diagonal())
    size, axes = np.linalg.eigh(scatter / np.outer(spread, spread))
    loading = axes[:, -1] * np.sqrt(size[-1])
    return np.asarray(loading if loading.sum() >= 0 else -loading)
