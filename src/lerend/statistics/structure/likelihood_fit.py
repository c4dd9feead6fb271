"""Robust fit indices for ordinal answers (Savalei 2021).

CFI and RMSEA of the least-squares statistic look far too good. These take the *likelihood* misfit between the
polychoric and the implied correlations, at the least-squares estimates, and subtract what estimation adds to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.structure.indices import Indices, comparative, rmsea, tucker_lewis

_ROWS_AT_A_TIME: Final = 128
"""Keeps one round in the cache."""


@dataclass(frozen=True, slots=True)
class LikelihoodMisfit:
    """Misfit of one group.

    Attributes:
        discrepancy: log|implied| - log|observed| + tr(observed implied^-1) - k.
        added: the mean of people times that, if the model holds.
        base_discrepancy: the same against uncorrelated items.
        base_added: its mean if items are uncorrelated.
        pairs: how many correlations there are.
    """

    discrepancy: float
    added: float
    base_discrepancy: float
    base_added: float
    pairs: int


def likelihood_misfit(
    observed: NDArray[np.float64],
    implied: NDArray[np.float64],
    moved: NDArray[np.float64],
    moments: NDArray[np.float64],
    root: NDArray[np.float64],
) -> LikelihoodMisfit | None:
    """Misfit of one group; None where a matrix is not positive definite.

    Args:
        observed: (k, k) polychoric correlations.
        implied: (k, k) of the model, with a diagonal of ones.
        moved: (P, q) how the implied correlations move with the unknowns of the group.
        moments: (P, P) n times the covariance of the polychoric correlations, between roots of their weights.
        root: (P,) these roots.
    """
    if min(np.linalg.eigvalsh(observed)[0], np.linalg.eigvalsh(implied)[0]) <= 1e-8:
        return None
    inverse = np.asarray(np.linalg.inv(implied), dtype=np.float64)
    off = float(np.linalg.slogdet(implied)[1] - np.linalg.slogdet(observed)[1] + (observed * inverse).sum())
    return LikelihoodMisfit(
        discrepancy=off - len(observed),
        added=_added(inverse, moved, moments, root),
        base_discrepancy=-float(np.linalg.slogdet(observed)[1]),
        base_added=float((moments.diagonal() / root**2).sum()),
        pairs=len(root),
    )


def robust_indices(misfits: Sequence[LikelihoodMisfit], people: Sequence[int], degrees: int) -> Indices:
    """CFI, TLI and RMSEA from the misfits of all groups, each weighing as many as it has people."""
    statistic = sum(n * misfit.discrepancy for misfit, n in zip(misfits, people, strict=True))
    base = sum(n * misfit.base_discrepancy for misfit, n in zip(misfits, people, strict=True))
    added = sum(misfit.added for misfit in misfits)
    excess, base_excess = statistic - added, base - sum(misfit.base_added for misfit in misfits)
    k = sum(misfit.pairs for misfit in misfits)
    return Indices(
        cfi=comparative(excess, base_excess),
        tli=tucker_lewis(excess, degrees, base_excess, k),
        rmsea=rmsea(statistic, degrees, sum(people) - len(people), len(people), spread=added / max(degrees, 1)),
    )


def _added(
    inverse: NDArray[np.float64], moved: NDArray[np.float64], moments: NDArray[np.float64], root: NDArray[np.float64]
) -> float:
    """tr((I - DB)' V (I - DB) Gamma), V the curvature of the likelihood misfit by the correlations.

    A change e of the observed correlations moves the implied ones by D B e, with D = `moved` and, in roots of weights,
    B = R^-1 Q' root where root D = Q R.
    """
    first, second = np.triu_indices(len(inverse), 1)
    basis, triangle = np.linalg.qr(root[:, np.newaxis] * moved)
    across = moments @ basis
    seen = _curved(inverse, moved, first, second)
    spread = np.linalg.solve(triangle, across.T) / root
    inner = np.linalg.solve(triangle, np.linalg.solve(triangle, basis.T @ across).T)
    whole = _curved_trace(inverse, moments, root)
    return whole - 2 * float((spread * seen.T).sum()) + float(((moved.T @ seen) * inner).sum())


def _curved(
    inverse: NDArray[np.float64], moved: NDArray[np.float64], first: NDArray[np.intp], second: NDArray[np.intp]
) -> NDArray[np.float64]:
    """(P, q) V D: each column as a symmetric matrix between two inverses."""
    whole = np.zeros((moved.shape[1], *inverse.shape))
    whole[:, first, second] = whole[:, second, first] = moved.T
    return np.asarray((inverse @ whole @ inverse)[:, first, second].T, dtype=np.float64)


def _curved_trace(inverse: NDArray[np.float64], moments: NDArray[np.float64], root: NDArray[np.float64]) -> float:
    """tr(V Gamma), a few rows at a time: V_ij,kl = inverse_ik inverse_jl + inverse_il inverse_jk."""
    first, second = np.triu_indices(len(inverse), 1)
    by_first, by_second = inverse.take(first, axis=1), inverse.take(second, axis=1)
    whole = 0.0
    for start in range(0, len(root), _ROWS_AT_A_TIME):
        part = slice(start, start + _ROWS_AT_A_TIME)
        curved = by_first.take(first[part], axis=0) * by_second.take(second[part], axis=0)
        curved += by_second.take(first[part], axis=0) * by_first.take(second[part], axis=0)
        curved *= moments[part]
        whole += float((1 / root[part]) @ curved @ (1 / root))
    return whole
