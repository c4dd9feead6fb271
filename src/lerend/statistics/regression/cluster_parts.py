"""What every cluster adds to a robust covariance, and what that covariance does when rows are unrelated after all.

With H = X B X'W the hat matrix, B = (X'WX)^-1 and Phi the working covariance, cluster g adds the square of
B X_g'W_g A_g e_g. CR2 takes A_g so that this is right on average under the working model; CR3 leaves out a cluster at
a time, nearly. Everything is done on matrices as large as the number of coefficients, not of rows (Pustejovsky &
Tipton 2018, and their theorem 2 for fixed effects inside clusters).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Kind: TypeAlias = Literal["CR0", "CR1", "CR1S", "CR2", "CR3"]
KINDS: Final[tuple[Kind, ...]] = ("CR0", "CR1", "CR1S", "CR2", "CR3")
_NOTHING: Final = 1e-12
"""An eigenvalue of 1 - H this small is zero: the cluster is fitted exactly in that direction."""


@dataclass(frozen=True, slots=True, eq=False)
class ClusterParts:
    """The parts of a robust covariance for G clusters and p coefficients.

    Under the working model the covariance of what clusters g and h add to contrasts s and t is
    [g = h] diagonal[g, s, t] + factor[g, s] @ core @ factor[h, t].

    Attributes:
        scores: (G, p) what each cluster adds to the coefficients; the covariance is their sum of squares.
        diagonal: (G, p, p).
        factor: (G, p, r).
        core: (r, r).
        alone: (p,) whether the coefficient could not be estimated without one of the clusters.
    """

    scores: Floats
    diagonal: Floats
    factor: Floats
    core: Floats
    alone: NDArray[np.bool_]

    def of(self, contrasts: Floats) -> ClusterParts:
        """The parts for (q, p) linear combinations of the coefficients."""
        return ClusterParts(
            scores=self.scores @ contrasts.T,
            diagonal=contrasts @ self.diagonal @ contrasts.T,
            factor=contrasts @ self.factor,
            core=self.core,
            alone=np.asarray((np.abs(contrasts[:, self.alone]) > 0).any(axis=1)),
        )

    def expected(self) -> Floats:
        """(p, p) mean of the covariance under the working model, whose variance is 1."""
        own = np.einsum("gsa,ab,gtb->st", self.factor, self.core, self.factor)
        return np.asarray(self.diagonal.sum(axis=0) + own)

    def product(self, s: int, t: int, u: int, v: int) -> float:
        """Sum over pairs of clusters of the covariance of (s, t) times that of (u, v)."""
        one, other = self.diagonal[:, s, t], self.diagonal[:, u, v]
        left, right = self.factor[:, s], self.factor[:, t]
        left2, right2 = self.factor[:, u], self.factor[:, v]
        own = np.einsum("ga,ab,gb->g", left, self.core, right)
        own2 = np.einsum("ga,ab,gb->g", left2, self.core, right2)
        apart = (left.T @ left2) * (self.core @ (right.T @ right2) @ self.core.T)
        return float(one @ other + one @ own2 + other @ own + apart.sum())

    def degrees_of_freedom(self) -> Floats:
        """(p,) Satterthwaite's: twice the squared mean of each variance, over its variance."""
        spread = np.array([self.product(s, s, s, s) for s in range(len(self.diagonal[0]))])
        mean = np.diag(self.expected())
        freedom: Floats = np.divide(mean**2, spread, out=np.full(len(mean), np.nan), where=spread > 0)
        return freedom


def plain_parts(basis: Floats, triangle: Floats, residual: Floats, edges: Sequence[int], kind: Kind) -> ClusterParts:
    """The parts where rows count alike and are taken as equally spread.

    Args:
        basis, triangle: QR of the design, rows of a cluster next to each other.
        residual: (rows,).
        edges: where each cluster begins, and the number of rows.
    """
    inner = np.array([basis[low:high].T @ basis[low:high] for low, high in pairwise(edges)])
    scores = np.add.reduceat(basis * residual[:, np.newaxis], np.asarray(edges[:-1]), axis=0)
    share, vectors = np.linalg.eigh(inner)
    adjusting = (vectors * _power(1 - share, kind)[:, np.newaxis, :]) @ vectors.transpose(0, 2, 1)
    to_estimates = np.asarray(np.linalg.inv(triangle).T, dtype=np.float64)
    reach = adjusting @ to_estimates
    spread = inner @ reach
    return ClusterParts(
        scores=np.einsum("gab,gb->ga", adjusting, scores) @ to_estimates,
        diagonal=reach.transpose(0, 2, 1) @ spread,
        factor=spread.transpose(0, 2, 1),
        core=-np.eye(len(triangle)),
        alone=_alone(share, vectors, to_estimates),
    )


def weighted_parts(design: Floats, weight: Floats, residual: Floats, edges: Sequence[int], kind: Kind) -> ClusterParts:
    """The parts where rows have weights of any kind, but are still taken as equally spread."""
    bread = np.asarray(np.linalg.inv((design * weight[:, np.newaxis]).T @ design), dtype=np.float64)
    meat = bread @ ((design * weight[:, np.newaxis] ** 2).T @ design) @ bread
    core = _core(meat, bread)
    parts = [
        _weighted_part(design[low:high], weight[low:high], residual[low:high], bread, core, kind)
        for low, high in pairwise(edges)
    ]
    crosses = np.array([(design[a:b] * weight[a:b, np.newaxis]).T @ design[a:b] for a, b in pairwise(edges)])
    return _joined(parts, core, _alone_in(crosses, bread))


def dense_parts(
    design: Sequence[Floats],
    weight: Sequence[Floats],
    working: Sequence[Floats],
    residual: Sequence[Floats],
    kind: Kind,
) -> ClusterParts:
    """The parts for any weight matrices and any working covariances, one of each per cluster.

    Costs the cube of the number of rows of each cluster: for few rows per cluster, such as effects per study.

    Args:
        design: per cluster (n_g, p).
        weight: per cluster (n_g, n_g), for example the inverse of `working`.
        working: per cluster (n_g, n_g), positive definite.
        residual: per cluster (n_g,).
    """
    pulls = [w @ x for w, x in zip(weight, design, strict=True)]
    crosses = np.array([x.T @ wx for x, wx in zip(design, pulls, strict=True)])
    bread = np.linalg.inv(crosses.sum(axis=0))
    inner = np.array([wx.T @ phi @ wx for wx, phi in zip(pulls, working, strict=True)])
    meat = bread @ inner.sum(axis=0) @ bread
    core = _core(meat, bread)
    parts = [
        _dense_part(x, wx, phi, e, bread, meat, kind)
        for x, wx, phi, e in zip(design, pulls, working, residual, strict=True)
    ]
    return _joined(parts, core, _alone_in(crosses, bread))


_Part: TypeAlias = "tuple[Floats, Floats, Floats]"
"""What one cluster adds: score, diagonal, factor."""


def _weighted_part(x: Floats, w: Floats, e: Floats, bread: Floats, core: Floats, kind: Kind) -> _Part:
    wx = x * w[:, np.newaxis]
    pull = wx @ bread
    if kind == "CR2":
        basis, triangle = np.linalg.qr(np.hstack([x, wx]))
        share, vectors = np.linalg.eigh(triangle @ core @ triangle.T)
        turned = basis @ vectors
        reach = pull + turned @ ((_power(1 + share, kind) - 1)[:, np.newaxis] * (turned.T @ pull))
    elif kind == "CR3":
        reach = pull + wx @ np.linalg.pinv(np.linalg.inv(bread) - x.T @ wx) @ (x.T @ pull)
    else:
        reach = pull
    factor = np.hstack([reach.T @ x, reach.T @ wx])
    return reach.T @ e, reach.T @ reach, factor


def _dense_part(x: Floats, wx: Floats, phi: Floats, e: Floats, bread: Floats, meat: Floats, kind: Kind) -> _Part:
    pull = wx @ bread
    if kind == "CR2":
        upper = np.linalg.cholesky(phi).T
        fitted = x @ pull.T @ phi
        spread = upper @ (phi - fitted - fitted.T + x @ meat @ x.T) @ upper.T
        share, vectors = np.linalg.eigh((spread + spread.T) / 2)
        largest = float(np.abs(share).max(initial=0.0))
        root = np.where(share > _NOTHING * largest, share, np.inf) ** -0.5
        adjusting = upper.T @ (vectors * root) @ vectors.T @ upper
        reach = adjusting.T @ pull
    elif kind == "CR3":
        reach = np.linalg.pinv(np.eye(len(x)) - x @ pull.T).T @ pull
    else:
        reach = pull
    factor = np.hstack([reach.T @ x, reach.T @ phi @ wx])
    return reach.T @ e, reach.T @ phi @ reach, factor


def _core(meat: Floats, bread: Floats) -> Floats:
    return np.asarray(np.block([[meat, -bread], [-bread, np.zeros_like(bread)]]), dtype=np.float64)


def _joined(parts: Sequence[_Part], core: Floats, alone: NDArray[np.bool_]) -> ClusterParts:
    scores, diagonal, factor = (np.array(part) for part in zip(*parts, strict=True))
    return ClusterParts(scores, diagonal, factor, core, alone)


def _power(left: Floats, kind: Kind) -> Floats:
    """What an eigenvalue of 1 - H is raised to; nothing is left of a direction that the cluster fits exactly."""
    if kind not in ("CR2", "CR3"):
        return np.ones_like(left)
    power = -0.5 if kind == "CR2" else -1.0
    return np.asarray(np.where(left > _NOTHING, left, np.inf) ** power)


def _alone(share: Floats, vectors: Floats, to_estimates: Floats) -> NDArray[np.bool_]:
    """Coefficients that have a part in a direction which one cluster alone speaks about."""
    group, direction = np.nonzero(share > 1 - 1e-9)
    reach = np.abs(vectors[group, :, direction] @ to_estimates)
    return np.asarray((reach > 1e-8 * np.linalg.norm(to_estimates, axis=0)).any(axis=0))


def _alone_in(crosses: Floats, bread: Floats) -> NDArray[np.bool_]:
    root = np.asarray(np.linalg.cholesky(bread), dtype=np.float64)
    share, vectors = np.linalg.eigh(root.T @ crosses @ root)
    return _alone(np.asarray(share, dtype=np.float64), np.asarray(vectors, dtype=np.float64), root.T)
