"""Standard errors that allow rows of a cluster (a team, a company, a pilot) to go together in any way."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from lerend.statistics.interval import Interval
from lerend.statistics.regression.cluster_parts import (
    KINDS,
    ClusterParts,
    Floats,
    Kind,
    dense_parts,
    plain_parts,
    weighted_parts,
)
from lerend.statistics.regression.least_squares import LeastSquares
from lerend.statistics.regression.problems import as_codes, cannot_be_fitted
from lerend.statistics.regression.tails import f_tail, t_quantile, t_tail
from lerend.wording import Message, say

FEW: Final = 4.0
"""Below this many degrees of freedom the t distribution is no good description (Tipton 2015)."""


@dataclass(frozen=True, slots=True, eq=False)
class ClusterRobust:
    """Coefficients with errors that allow for clusters.

    Attributes:
        names: (p,).
        kind: how the covariance was corrected for the number of clusters.
        estimate, standard_error, t, p: (p,); `p` two-sided, from the t distribution.
        degrees_of_freedom: (p,) Satterthwaite's for CR2 and CR3, clusters minus one for the others.
        covariance: (p, p).
        clusters, rows: how many.
        cautions: what to know before believing a p-value; a coefficient that rests on one cluster has no error (NaN).
    """

    names: tuple[str, ...]
    kind: Kind
    estimate: Floats
    standard_error: Floats
    degrees_of_freedom: Floats
    t: Floats
    p: Floats
    covariance: Floats
    clusters: int
    rows: int
    cautions: tuple[Message, ...] = ()

    def interval(self, name: str, level: float = 0.95) -> Interval:
        """Confidence interval of one coefficient; NaN at both ends where it has no error."""
        place = self.names.index(name)
        reach = t_quantile(level, float(self.degrees_of_freedom[place])) * float(self.standard_error[place])
        return Interval(float(self.estimate[place]) - reach, float(self.estimate[place]) + reach)


@dataclass(frozen=True, slots=True)
class WaldTest:
    """A test of several coefficients at once.

    Attributes:
        f, above, below, p: F with its degrees of freedom; NaN where so few clusters speak that there is no test.
    """

    f: float
    above: int
    below: float
    p: float


def cluster_robust(
    fit: LeastSquares, clusters: ArrayLike, kind: Kind = "CR2", *, inverse_variance: bool = False
) -> ClusterRobust:
    """Cluster-robust errors of all coefficients.

    CR2 with Satterthwaite's degrees of freedom is the one to show (Bell & McCaffrey 2002; Pustejovsky & Tipton 2018):
    with few clusters CR0 and CR1 are too small. CR1S is what most software calls "clustered".

    Args:
        fit: from `least_squares`.
        clusters: (rows,) label of the cluster of each row.
        inverse_variance: the weights of the fit are inverse variances (then CR2 takes rows as spread accordingly);
            else they are weights of any kind, and rows are taken as equally spread.

    Raises:
        CannotBeFitted: fewer than two clusters, or labels do not go with rows.
        ValueError: an unknown kind.
    """
    parts = parts_of(fit, clusters, kind, inverse_variance=inverse_variance)
    return from_parts(parts, fit.estimate, fit.names, kind, rows=fit.rows, columns=fit.rows - fit.degrees_of_freedom)


def contrast(
    fit: LeastSquares, clusters: ArrayLike, combinations: ArrayLike, names: Sequence[str], kind: Kind = "CR2"
) -> ClusterRobust:
    """The same for linear combinations of coefficients, each with degrees of freedom of its own.

    Args:
        combinations: (q, p), one row for each.
        names: of the q combinations.
    """
    chosen = np.atleast_2d(np.asarray(combinations, dtype=np.float64))
    parts = parts_of(fit, clusters, kind).of(chosen)
    columns = fit.rows - fit.degrees_of_freedom
    return from_parts(parts, chosen @ fit.estimate, tuple(names), kind, rows=fit.rows, columns=columns)


def wald_test(fit: LeastSquares, clusters: ArrayLike, terms: Sequence[str], kind: Kind = "CR2") -> WaldTest:
    """Whether all of the named coefficients are zero: the HTZ test, an F with estimated degrees of freedom.

    Pustejovsky & Tipton (2018), equations 11 to 13: the robust covariance is taken as a Wishart matrix whose degrees
    of freedom give its elements the summed variance that they have under the working model.
    """
    chosen = np.eye(len(fit.names))[[fit.place(term) for term in terms]]
    return wald_of_parts(parts_of(fit, clusters, kind).of(chosen), chosen @ fit.estimate)


def wald_of_parts(parts: ClusterParts, estimate: Floats) -> WaldTest:
    """The HTZ test that all q estimates of these parts are zero."""
    q = len(estimate)
    expected = parts.expected()
    size, vectors = np.linalg.eigh(expected)
    if parts.alone.any() or size[0] <= 1e-12 * size[-1]:
        return WaldTest(math.nan, q, math.nan, math.nan)
    turned = parts.of((vectors / np.sqrt(size)) @ vectors.T)
    spread = sum(turned.product(s, t, t, s) + turned.product(s, s, t, t) for s in range(q) for t in range(q))
    freedom = q * (q + 1) / spread
    below = freedom - q + 1
    covariance = parts.scores.T @ parts.scores
    if below <= 0 or np.linalg.matrix_rank(covariance, hermitian=True) < q:
        return WaldTest(math.nan, q, math.nan, math.nan)
    f = below / freedom / q * float(estimate @ np.linalg.solve(covariance, estimate))
    return WaldTest(f, q, below, f_tail(f, q, below))


def parts_of(fit: LeastSquares, clusters: ArrayLike, kind: Kind, *, inverse_variance: bool = False) -> ClusterParts:
    """What each cluster adds; raises as `cluster_robust`."""
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}")
    codes = as_codes(clusters, len(fit.outcome), "clusters")
    basis, triangle, design = fit.basis, fit.triangle, fit.design
    extra = 0
    if fit.absorbed is not None and (fit.weight is not None or not fit.absorbed.nested_in(codes)):
        design = np.hstack([fit.absorbed.indicators(), design])
        extra = design.shape[1] - len(fit.names)
        basis, triangle = np.linalg.qr(design if fit.weight is None else design * np.sqrt(fit.weight)[:, np.newaxis])
    elif fit.absorbed is not None:
        design = fit.absorbed.taken_out(design)
    counted = np.arange(len(codes)) if fit.weight is None else np.flatnonzero(fit.weight > 0)
    order = counted[np.argsort(codes[counted], kind="stable")]
    edges = [0, *(np.flatnonzero(np.diff(codes[order])) + 1).tolist(), len(order)]
    if len(edges) < 3:
        what = say("All rows belong to one cluster, so nothing tells how clusters differ.")
        raise cannot_be_fitted("clusters", what, say("Choose a unit of which there are more."))
    if fit.weight is None:
        parts = plain_parts(basis[order], triangle, fit.residual[order], edges, kind)
    elif not inverse_variance:
        parts = weighted_parts(design[order], fit.weight[order], fit.residual[order], edges, kind)
    else:
        parts = _with_inverse_variances(design[order], fit.weight[order], fit.residual[order], edges, kind)
    return parts.of(np.eye(len(triangle))[extra:]) if extra else parts


def from_parts(
    parts: ClusterParts, estimate: Floats, names: tuple[str, ...], kind: Kind, *, rows: int, columns: int
) -> ClusterRobust:
    """Errors and tests from the parts of the clusters; `columns` counts all coefficients, absorbed ones too."""
    clusters = len(parts.scores)
    covariance = parts.scores.T @ parts.scores * _correction(kind, clusters, rows, columns)
    covariance[parts.alone] = math.nan
    covariance[:, parts.alone] = math.nan
    error = np.sqrt(np.diag(covariance))
    adjusted = kind in ("CR2", "CR3")
    freedom = parts.degrees_of_freedom() if adjusted else np.full(len(names), float(clusters - 1))
    freedom = np.where(parts.alone, math.nan, freedom)
    t = np.divide(estimate, error, out=np.full(len(names), math.nan), where=error > 0)
    return ClusterRobust(
        names=names,
        kind=kind,
        estimate=estimate,
        standard_error=error,
        degrees_of_freedom=freedom,
        t=t,
        p=t_tail(t, freedom),
        covariance=covariance,
        clusters=clusters,
        rows=rows,
        cautions=_cautions(parts, freedom, names),
    )


def _with_inverse_variances(
    design: Floats, weight: Floats, residual: Floats, edges: Sequence[int], kind: Kind
) -> ClusterParts:
    spans = [slice(low, high) for low, high in pairwise(edges)]
    return dense_parts(
        [design[span] for span in spans],
        [np.diag(weight[span]) for span in spans],
        [np.diag(1 / weight[span]) for span in spans],
        [residual[span] for span in spans],
        kind,
    )


def _correction(kind: Kind, clusters: int, rows: int, columns: int) -> float:
    if kind == "CR1":
        return clusters / (clusters - 1)
    if kind == "CR1S":
        return clusters / (clusters - 1) * (rows - 1) / (rows - columns)
    return 1.0


def _cautions(parts: ClusterParts, freedom: Floats, names: tuple[str, ...]) -> tuple[Message, ...]:
    cautions = []
    alone = tuple(name for name, rests in zip(names, parts.alone, strict=True) if rests)
    if alone:
        cautions.append(say("One cluster alone decides about {names}: there is no error to be had.", names=alone))
    few = tuple(name for name, df in zip(names, freedom, strict=True) if df < FEW)
    if few:
        what = say("Too few clusters tell about {names}: take intervals and p-values as rough.", names=few)
        cautions.append(what)
    return tuple(cautions)
