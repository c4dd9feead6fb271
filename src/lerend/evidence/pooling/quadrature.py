"""Gauss–Legendre nodes on panels that are narrow where tau is small, so that 10⁻¹⁰ is reached with some 200 nodes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from lerend.evidence.pooling.problems import Numbers
from lerend.evidence.pooling.roots import root_between

_EACH: Final = 20
_GROWTH: Final = 1.7
_NOTHING: Final = 42.0
"""exp(−42) is 6e-19: so far below the top nothing is left to add."""
_SCANNED: Final = 160


@dataclass(frozen=True, slots=True, eq=False)
class Nodes:
    """A density over tau, from zero up, at n nodes.

    Attributes:
        at: (n,) values of tau.
        weights: (n,) shares of the probability, summing to one.
        edges: (panels + 1,).
        density: (panels, nodes each) times a constant.
        log_total: logarithm of the integral before norming.
    """

    at: Numbers
    weights: Numbers
    edges: Numbers
    density: Numbers
    log_total: float

    def quantiles(self, probabilities: Numbers) -> Numbers:
        """(q,) values of tau below which so much of the probability lies.

        Within a panel the density is the polynomial through its nodes, whose integral is known.
        """
        each = self.weights.reshape(self.density.shape).sum(axis=1)
        below = np.concatenate([[0.0], np.cumsum(each)])
        return np.array([self._quantile(float(p), below) for p in probabilities])

    def below(self, value: float) -> float:
        """The probability that tau lies below a value."""
        if value <= self.edges[0]:
            return 0.0
        if value >= self.edges[-1]:
            return 1.0
        panel = int(np.searchsorted(self.edges, value, side="right") - 1)
        each = self.weights.reshape(self.density.shape).sum(axis=1)
        left, right = self.edges[panel], self.edges[panel + 1]
        integral = self._integral(panel)
        place = (2 * value - left - right) / (right - left)
        share = float(np.polynomial.legendre.legval(place, integral)) / float(integral.sum())
        return float(each[:panel].sum() + share * each[panel])

    def _integral(self, panel: int) -> Numbers:
        """Legendre coefficients of the integral, from its left end, of the polynomial through the nodes of a panel."""
        nodes, weights = _legendre()
        orders = np.arange(len(nodes))
        series = (
            (2 * orders + 1)
            / 2
            * (np.polynomial.legendre.legvander(nodes, len(nodes) - 1).T @ (weights * self.density[panel]))
        )
        return np.asarray(np.polynomial.legendre.legint(series, lbnd=-1), float)

    def _quantile(self, probability: float, below: Numbers) -> float:
        panel = int(np.clip(np.searchsorted(below, probability) - 1, 0, len(self.density) - 1))
        integral = self._integral(panel)
        whole = float(integral.sum())
        share = (probability - below[panel]) / (below[panel + 1] - below[panel])

        def excess(place: float) -> float:
            return float(np.polynomial.legendre.legval(place, integral)) - float(share * whole)

        place = root_between(excess, -1.0, 1.0, at_low=-share * whole)
        left, right = self.edges[panel], self.edges[panel + 1]
        return float(0.5 * (left + right) + 0.5 * place * (right - left))


def nodes_of(log_density: Callable[[Numbers], Numbers], *, finest: float, widest: float) -> Nodes:
    """Nodes and weights for a density over tau > 0.

    Args:
        log_density: (n,) → (n,), up to a constant; smooth, with features no narrower than `finest`.
        finest: in the order of the smallest standard error.
        widest: surely beyond all that matters.
    """
    scan = np.concatenate([[0.0], np.geomspace(0.01 * finest, widest, _SCANNED)])
    heights = log_density(scan)
    alive = np.flatnonzero(heights > heights.max() - _NOTHING)
    end = float(scan[min(alive[-1] + 1, len(scan) - 1)])
    start = float(scan[max(alive[0] - 1, 0)])
    edges = _edges(start, end, finest)
    nodes, weights = _legendre()
    middle, half = 0.5 * (edges[1:] + edges[:-1]), 0.5 * np.diff(edges)
    at = middle[:, None] + half[:, None] * nodes
    values = log_density(at.ravel()).reshape(at.shape)
    top = float(values.max())
    density = np.exp(values - top)
    mass = density * half[:, None] * weights
    total = float(mass.sum())
    return Nodes(at.ravel(), mass.ravel() / total, edges, density, top + float(np.log(total)))


def _edges(start: float, end: float, finest: float) -> Numbers:
    """Panels that grow with tau: what is smooth at distance d from zero changes over a distance of d."""
    edges = [start]
    width = 0.5 * finest
    while edges[-1] < end and len(edges) < 200:
        edges.append(edges[-1] + max(width, (_GROWTH - 1) * edges[-1]))
    edges[-1] = max(end, edges[-2] + 1e-12) if len(edges) > 1 else end
    return np.array(edges)


@cache
def _legendre() -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    nodes, weights = np.polynomial.legendre.leggauss(_EACH)
    return nodes, weights
