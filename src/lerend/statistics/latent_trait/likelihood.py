"""The likelihood of patterns with the trait integrated out, its slope and its curvature, by sums over a fixed grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.latent_trait.curves import ItemCurve
from lerend.statistics.latent_trait.patterns import NOT_ANSWERED, Patterns

Values = NDArray[np.float64]
Curves = Sequence[ItemCurve]

FARTHEST: Final = 6.0
_NOBODY: Final = 1e-14
"""Who is at a place with a smaller probability adds nothing there that could be seen."""


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Places from -6 to 6 at equal distances, and what share of people is at each: a standard normal distribution.

    For smooth functions that fade out at both ends this rule is as exact as Gauss's, and places do not move apart.
    """

    places: Values
    shares: Values

    @property
    def distance(self) -> float:
        """Between neighbouring places."""
        return float(self.places[1] - self.places[0])


def grid_of(nodes: int) -> Grid:
    """A grid with so many places."""
    places = np.linspace(-FARTHEST, FARTHEST, nodes)
    height = np.exp(-(places**2) / 2)
    return Grid(places, height / height.sum())


def log_likely(curves: Curves, grid: Grid) -> Values:
    """(M, Q) logarithm of the probability of every answer to every item."""
    return np.hstack([curve.log_likely(grid.places) for curve in curves]).T


def posterior(given: Values, likely: Values, grid: Grid) -> tuple[Values, Values]:
    """(p, Q) where people with these patterns are, and (p,) the logarithm of the probability of each pattern."""
    height = given @ likely + np.log(grid.shares)
    top = height.max(axis=1, keepdims=True)
    share = np.exp(height - top)
    total = share.sum(axis=1, keepdims=True)
    return share / total, (top + np.log(total))[:, 0]


def expected(patterns: Patterns, curves: Curves, grid: Grid) -> tuple[float, Values]:
    """The log-likelihood, and the (M, Q) number of people expected at each place with each answer."""
    likely = log_likely(curves, grid)
    value, counts = 0.0, np.zeros_like(likely)
    for part, given in patterns.blocks():
        share, height = posterior(given, likely, grid)
        value += float(patterns.people[part] @ height)
        counts += given.T @ (share * patterns.people[part][:, np.newaxis])
    return value, counts


def slope_of(patterns: Patterns, curves: Curves, grid: Grid, counts: Values) -> Values:
    """(unknowns,) slope of the log-likelihood, item after item: its slope, then its intercepts (Fisher's identity)."""
    parts = np.split(counts, patterns.starts[1:-1])
    return np.concatenate(
        [np.einsum("cq,qcu->u", part, curve.scores(grid.places)) for part, curve in zip(parts, curves, strict=True)]
    )


def observed_information(patterns: Patterns, curves: Curves, grid: Grid, counts: Values) -> Values:
    """(unknowns, unknowns) curvature of the log-likelihood, turned positive.

    What is known with places known, minus what is lost because they are not (Louis 1982); the same matrix as by Oakes
    (1999), in closed form.
    """
    parts = np.split(counts, patterns.starts[1:-1])
    scores = [curve.scores(grid.places) for curve in curves]
    sizes = np.cumsum([0, *(1 + len(curve.intercepts) for curve in curves)])
    found = _spread(patterns, scores, sizes, log_likely(curves, grid), grid)
    for item, (part, curve) in enumerate(zip(parts, curves, strict=True)):
        own = slice(sizes[item], sizes[item + 1])
        found[own, own] += curve.curvature(grid.places, part.T)
    return (found + found.T) / 2


def _spread(
    patterns: Patterns, scores: Sequence[Values], sizes: NDArray[np.intp], likely: Values, grid: Grid
) -> Values:
    """Minus the covariance of people's slopes over the places where they may be, summed over people."""
    starts = patterns.starts
    together = np.zeros((len(grid.places), starts[-1], starts[-1]))
    found = np.zeros((sizes[-1], sizes[-1]))
    for part, given in patterns.blocks():
        share, _ = posterior(given, likely, grid)
        people = patterns.people[part][:, np.newaxis]
        for node in range(len(grid.places)):
            there = share[:, node] > _NOBODY
            weighted = given[there] * np.sqrt(people[there] * share[there, node : node + 1])
            together[node] += weighted.T @ weighted
        mean = _mean_scores(patterns.answers[part], share, scores, sizes) * np.sqrt(people)
        found += mean.T @ mean
    for node, table in enumerate(together):
        all_scores = np.zeros((starts[-1], sizes[-1]))
        for item, score in enumerate(scores):
            all_scores[starts[item] : starts[item + 1], sizes[item] : sizes[item + 1]] = score[node]
        found -= all_scores.T @ table @ all_scores
    return found


def _mean_scores(
    answers: NDArray[np.int16], share: Values, scores: Sequence[Values], sizes: NDArray[np.intp]
) -> Values:
    """(p, unknowns) slope of the log-likelihood of each pattern."""
    found = np.zeros((len(answers), sizes[-1]))
    for item, score in enumerate(scores):
        for answer in range(NOT_ANSWERED + 1, score.shape[1]):
            gave = answers[:, item] == answer
            found[gave, sizes[item] : sizes[item + 1]] = share[gave] @ score[:, answer]
    return found
