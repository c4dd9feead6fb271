"""What the wild bootstrap needs of rows, per cluster: after that a pattern of weights costs a few products."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lerend.statistics.regression.least_squares import LeastSquares
from lerend.statistics.regression.problems import as_codes, cannot_be_fitted
from lerend.statistics.regression.wild_weights import (
    ENUMERATED,
    POINTS,
    Floats,
    Weights,
    all_patterns,
    drawn_patterns,
)
from lerend.wording import say


@dataclass(frozen=True, slots=True, eq=False)
class ClusterSums:
    """One coefficient, and all that the bootstrap needs of rows, per cluster.

    Attributes:
        pull: (G, p) each cluster's tested column, freed of the others, times its design.
        fitted: (2, G) that column times residuals of outcome and of itself, under the null.
        residual: (2, G, p) design times these residuals.
        patterns: (patterns, G) weights.
        enumerated: whether these are all.
        estimate, standard_error: the coefficient with its CR1S error.
        factor: what CR1S multiplies a variance with.
    """

    pull: Floats
    fitted: Floats
    residual: Floats
    patterns: Floats
    enumerated: bool
    estimate: float
    standard_error: float
    factor: float

    def t_star(self, null: float) -> Floats:
        """(patterns,) t of each pattern, with residuals as they are if the coefficient is `null`."""
        fitted = self.fitted[0] - null * self.fitted[1]
        residual = self.residual[0] - null * self.residual[1]
        scores = np.diag(fitted) - self.pull @ residual.T
        error = np.sqrt(self.factor * ((scores @ self.patterns.T) ** 2).sum(axis=0))
        shift = self.patterns @ fitted
        t: Floats = np.divide(shift, error, out=np.zeros_like(shift), where=error > 0)
        return t


def summed(
    fit: LeastSquares, clusters: ArrayLike, name: str, weights: Weights, draws: int, seed: int, *, impose_null: bool
) -> ClusterSums:
    """The sums for one coefficient; raises as `wild_bootstrap`."""
    if weights not in POINTS:
        raise ValueError(f"weights must be one of {', '.join(POINTS)}")
    counted = slice(None) if fit.weight is None else fit.weight > 0
    codes = _codes(fit, clusters, counted)
    groups = int(codes.max()) + 1
    enumerated = groups <= ENUMERATED[weights]
    place = fit.place(name)
    basis, direction = fit.basis[counted], np.linalg.inv(fit.triangle)[place]
    residual = fit.residual[counted] * (1.0 if fit.weight is None else np.sqrt(fit.weight[counted]))
    tested = basis @ direction / float(direction @ direction)
    factor = groups / (groups - 1) * (fit.rows - 1) / fit.degrees_of_freedom
    error = float(np.sqrt(factor * (np.bincount(codes, (basis @ direction) * residual) ** 2).sum()))
    if not error > 1e-12 * float(np.linalg.norm(fit.outcome)) * float(np.linalg.norm(direction)):
        what = say("Nothing is left over that varies between clusters, so there is no error to test with.")
        raise cannot_be_fitted("clusters", what, say("Take fewer columns, or a unit of which there are more."))
    under_null = residual + (tested * float(fit.estimate[place]) if impose_null else 0.0)
    order = np.argsort(codes, kind="stable")
    starts = np.concatenate([[0], np.flatnonzero(np.diff(codes[order])) + 1])
    rows, sides, column = basis[order], np.vstack([under_null, tested])[:, order], tested[order]
    return ClusterSums(
        pull=np.add.reduceat(rows * column[:, np.newaxis], starts, axis=0),
        fitted=np.add.reduceat(sides * column, starts, axis=1),
        residual=np.array([np.add.reduceat(rows * side[:, np.newaxis], starts, axis=0) for side in sides]),
        patterns=all_patterns(groups, weights) if enumerated else drawn_patterns(groups, weights, draws, seed),
        enumerated=enumerated,
        estimate=float(fit.estimate[place]),
        standard_error=error,
        factor=factor,
    )


def _codes(fit: LeastSquares, clusters: ArrayLike, counted: NDArray[np.bool_] | slice) -> NDArray[np.int64]:
    labels = as_codes(clusters, len(fit.outcome), "clusters")
    codes = np.unique(labels[counted], return_inverse=True)[1].astype(np.int64)
    if int(codes.max()) < 1:
        what = say("All rows belong to one cluster, so nothing tells how clusters differ.")
        raise cannot_be_fitted("clusters", what, say("Choose a unit of which there are more."))
    if fit.absorbed is not None and not fit.absorbed.nested_in(labels):
        what = say("The fixed effects lie across clusters; the bootstrap needs them as columns then.")
        raise cannot_be_fitted("absorb", what, say("Give them as columns of the design."))
    return codes
