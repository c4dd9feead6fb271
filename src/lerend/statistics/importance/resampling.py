"""Tables of correlations as they could have come out: people (or teams) drawn again, or by normal theory from sums."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_AT_A_TIME = 4_000_000


def correlations_of(covariance: Floats) -> Floats:
    """(…, m, m) correlations from covariances."""
    size = np.sqrt(np.maximum(np.diagonal(covariance, axis1=-2, axis2=-1), 1e-300))
    return covariance / size[..., np.newaxis, :] / size[..., :, np.newaxis]


def drawn_again(values: Floats, clusters: NDArray[np.int64], draws: int, seed: int) -> Iterator[Floats]:
    """Pieces of (at most `draws`, m, m) correlations of rows drawn with replacement, whole clusters at a time.

    Args:
        values: (rows, m).
        clusters: (rows,) codes from 0 on; each row its own for people.
    """
    rng = np.random.default_rng(seed)
    centred = values - values.mean(axis=0)
    m = values.shape[1]
    upper = np.triu_indices(m)
    own = np.column_stack([np.ones(len(values)), centred, centred[:, upper[0]] * centred[:, upper[1]]])
    groups = int(clusters.max()) + 1
    sums = own if groups == len(values) else _per_cluster(own, clusters, groups)
    piece = max(1, min(draws, _AT_A_TIME // groups))
    for start in range(0, draws, piece):
        count = min(piece, draws - start)
        weight = rng.multinomial(groups, np.full(groups, 1 / groups), size=count).astype(np.float64)
        yield _correlations(weight @ sums, m, upper)


def drawn_by_normal_theory(correlation: Floats, rows: int, draws: int, seed: int) -> Floats:
    """(draws, m, m) correlations of normal samples of this size, straight from Wishart's distribution (Bartlett)."""
    rng = np.random.default_rng(seed)
    m = len(correlation)
    lower = np.tril(rng.standard_normal((draws, m, m)), -1)
    lower[:, range(m), range(m)] = np.sqrt(rng.chisquare(rows - 1 - np.arange(m), size=(draws, m)))
    factor = np.linalg.cholesky(correlation) @ lower
    return correlations_of(np.asarray(factor @ np.swapaxes(factor, -1, -2), dtype=np.float64))


def _per_cluster(own: Floats, clusters: NDArray[np.int64], groups: int) -> Floats:
    return np.column_stack([np.bincount(clusters, column, groups) for column in own.T])


def _correlations(sums: Floats, m: int, upper: tuple[NDArray[np.intp], ...]) -> Floats:
    mean = sums[:, 1 : m + 1] / sums[:, :1]
    covariance = np.empty((len(sums), m, m))
    covariance[:, upper[0], upper[1]] = sums[:, m + 1 :] / sums[:, :1] - mean[:, upper[0]] * mean[:, upper[1]]
    covariance[:, upper[1], upper[0]] = covariance[:, upper[0], upper[1]]
    return correlations_of(covariance)
