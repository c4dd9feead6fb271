"""Several effects of one study or company: three-level meta-analysis, and correlated effects with robust errors.

y_ij = x_ij'β + u_j + w_ij + e_ij, with u_j between clusters, w_ij within clusters, e_ij sampling error of known variance
(Konstantopoulos 2011). Effects on the same people go together: `correlation` gives their sampling errors one correlation
within a cluster, a working model (CHE) of which robust errors mend the faults (Pustejovsky & Tipton 2022).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lerend.evidence.pooling.blocks import blocks_of, restricted_fit
from lerend.evidence.pooling.problems import ArrayLike, Numbers, design_matrix, effects_and_variances, wrong
from lerend.evidence.pooling.regression import robust_errors
from lerend.evidence.pooling.tails import t_p, t_quantile
from lerend.evidence.pooling.weighing import weighed
from lerend.statistics.interval import Interval
from lerend.statistics.regression.cluster_robust import ClusterRobust
from lerend.wording import say


@dataclass(frozen=True, slots=True, eq=False)
class ThreeLevel:
    """Effects within clusters.

    Attributes:
        names: ("intercept", …), p of them.
        coefficients, standard_errors, p: (p,); t on `df` (p,): clusters − p for what is the same within clusters, else k − p.
        between, within: variances of true effects between clusters, and within them.
        log_likelihood: restricted.
        q: spread under one common effect, effects taken as unrelated.
        prediction: true effect of a new cluster and measure; None with characteristics.
        robust: CR2 errors by cluster: the ones to show.
        converged: False where the search for the variances did not end; do not use the numbers then.
    """

    names: tuple[str, ...]
    effects: int
    clusters: int
    coefficients: Numbers
    standard_errors: Numbers
    df: Numbers
    p: Numbers
    between: float
    within: float
    log_likelihood: float
    q: float
    prediction: Interval | None
    robust: ClusterRobust
    converged: bool


def three_level(
    effects: ArrayLike,
    variances: ArrayLike,
    clusters: Sequence[str] | Sequence[int],
    *,
    characteristics: ArrayLike | None = None,
    names: Sequence[str] = (),
    correlation: float = 0.0,
    level: float = 0.95,
) -> ThreeLevel:
    """Effects within clusters by REML; with `correlation` (such as .6 or .8) the CHE working model.

    Raises:
        EffectsAreWrong: fewer than three effects or two clusters, or numbers that cannot be used.
    """
    y, v = effects_and_variances(effects, variances, least=3)
    X = design_matrix(characteristics, len(y))
    codes = _codes(clusters, len(y))
    if not 0 <= correlation < 1:
        what = say("The correlation of errors is not between 0 and 1.")
        raise wrong("correlation", what, say("Use 0.6 where it is unknown, and see whether 0.4 and 0.8 differ."))
    blocks = blocks_of(y, X, v, codes, correlation)
    fit = restricted_fit(blocks)
    errors = np.sqrt(fit.covariance.diagonal())
    df = _df(X, codes)
    working = _working(v, codes, correlation, fit.between, fit.within)
    all_names = ("intercept", *names)
    total = float(np.sqrt(errors[0] ** 2 + fit.between + fit.within)) * t_quantile(level, float(df[0]))
    mean = float(fit.coefficients[0])
    return ThreeLevel(
        names=all_names,
        effects=len(y),
        clusters=int(codes.max()) + 1,
        coefficients=fit.coefficients,
        standard_errors=errors,
        df=df,
        p=np.array([t_p(c / e, d) for c, e, d in zip(fit.coefficients, errors, df, strict=True)]),
        between=fit.between,
        within=fit.within,
        log_likelihood=fit.log_likelihood,
        q=weighed(y, X, 1 / v).spread,
        prediction=Interval(mean - total, mean + total) if X.shape[1] == 1 else None,
        robust=robust_errors(X, y - X @ fit.coefficients, working, codes, fit.coefficients, all_names),
        converged=fit.converged,
    )


def _codes(clusters: Sequence[str] | Sequence[int], k: int) -> npt.NDArray[np.intp]:
    labels = np.asarray(clusters)
    if labels.shape != (k,):
        what = say("There are {labels} clusters named for {effects} effects.", labels=labels.size, effects=k)
        raise wrong("clusters", what, say("Give one with each effect."))
    codes: npt.NDArray[np.intp] = np.unique(labels, return_inverse=True)[1]
    if codes.max() == 0:
        what = say("All effects are of one cluster.")
        raise wrong("clusters", what, say("Effects of one study cannot tell how studies differ; wait for a second."))
    return codes


def _df(X: Numbers, codes: npt.NDArray[np.intp]) -> Numbers:
    k, p = X.shape
    means = np.array([np.bincount(codes, X[:, j]) / np.bincount(codes) for j in range(p)]).T
    same = np.isclose(X, means[codes], rtol=1e-12, atol=1e-12).all(axis=0)
    return np.asarray(np.where(same, codes.max() + 1 - p, k - p), float)


def _working(v: Numbers, codes: npt.NDArray[np.intp], correlation: float, between: float, within: float) -> Numbers:
    together = codes[:, None] == codes
    root = np.sqrt(v)
    matrix = np.where(together, correlation * np.outer(root, root) + between, 0.0)
    matrix[np.diag_indices(len(v))] = v + between + within
    return matrix
