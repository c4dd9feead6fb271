"""Meta-regression: do effects go with a characteristic of the pilots? With model-based and with robust errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lerend.evidence.pooling.heterogeneity import Estimator, heterogeneity
from lerend.evidence.pooling.problems import ArrayLike, Numbers, design_matrix, effects_and_variances
from lerend.evidence.pooling.random_effects import Test, mean_errors
from lerend.evidence.pooling.tails import f_p, normal_p, t_p, t_quantile
from lerend.evidence.pooling.weighing import weighed
from lerend.statistics.interval import normal_quantile
from lerend.statistics.regression.cluster_parts import dense_parts
from lerend.statistics.regression.cluster_robust import ClusterRobust, from_parts


@dataclass(frozen=True, slots=True, eq=False)
class MetaRegression:
    """Coefficients of effects on characteristics; what goes together, not what causes.

    Attributes:
        names: ("intercept", …), p of them.
        coefficients, standard_errors, p: (p,).
        low, high: (p,) ends of their intervals.
        df: k − p; None where the normal distribution is used.
        tau2: variance between true effects that the characteristics leave; `r2` the share that they take away (0 to 1).
        together, together_p: F (or chi-square over its df) that all slopes are zero.
        q: spread that is left under tau² = 0.
        robust: the same coefficients with CR2 errors, each effect (or each given cluster) a cluster.
    """

    names: tuple[str, ...]
    effects: int
    estimator: Estimator
    test: Test
    coefficients: Numbers
    standard_errors: Numbers
    p: Numbers
    low: Numbers
    high: Numbers
    df: int | None
    tau2: float
    r2: float
    together: float
    together_p: float
    q: float
    robust: ClusterRobust


def meta_regression(
    effects: ArrayLike,
    variances: ArrayLike,
    characteristics: ArrayLike,
    names: Sequence[str],
    *,
    clusters: Sequence[str] | None = None,
    estimator: Estimator = Estimator.REML,
    test: Test = Test.AT_LEAST_ONE,
    level: float = 0.95,
) -> MetaRegression:
    """Effects on (k, c) characteristics, a constant added. Robust errors from `clusters`, or else one cluster an effect.

    Raises:
        EffectsAreWrong: too few effects, unknown values, or characteristics that cannot be told apart.
    """
    y, v = effects_and_variances(effects, variances, least=3)
    X = design_matrix(characteristics, len(y))
    k, p = X.shape
    tau2 = heterogeneity(y, v, X, estimator).value
    before = heterogeneity(y, v, X[:, :1], estimator).value
    fit = weighed(y, X, 1 / (v + tau2))
    errors = mean_errors(fit, test)
    df = None if test is Test.NORMAL else k - p
    statistics = fit.coefficients / errors
    ps = np.array([normal_p(each) if df is None else t_p(each, df) for each in statistics])
    reach = normal_quantile(level) if df is None else t_quantile(level, df)
    scale = (errors[0] ** 2) / fit.covariance[0, 0]
    slopes = fit.coefficients[1:]
    together = float(slopes @ np.linalg.solve(fit.covariance[1:, 1:] * scale, slopes)) / (p - 1)
    all_names = ("intercept", *names)
    codes = np.unique(np.arange(k) if clusters is None else np.asarray(clusters), return_inverse=True)[1]
    return MetaRegression(
        names=all_names,
        effects=k,
        estimator=estimator,
        test=test,
        coefficients=fit.coefficients,
        standard_errors=errors,
        p=ps,
        low=fit.coefficients - reach * errors,
        high=fit.coefficients + reach * errors,
        df=df,
        tau2=tau2,
        r2=max(1 - tau2 / before, 0.0) if before > 0 else 0.0,
        together=together,
        together_p=f_p(together, p - 1, np.inf if df is None else df),
        q=weighed(y, X, 1 / v).spread,
        robust=robust_errors(X, fit.residuals, np.diag(v + tau2), codes, fit.coefficients, all_names),
    )


def robust_errors(
    X: Numbers,
    residuals: Numbers,
    working: Numbers,
    codes: npt.NDArray[np.intp],
    coefficients: Numbers,
    names: tuple[str, ...],
) -> ClusterRobust:
    """CR2 with Satterthwaite's df for weights that are the inverse of a working covariance, block by cluster.

    Args:
        working: (k, k); only what is within clusters counts.
        codes: (k,) which cluster, from 0.
    """
    places = [np.flatnonzero(codes == code) for code in np.unique(codes)]
    blocks = [working[np.ix_(place, place)] for place in places]
    parts = dense_parts(
        [X[place] for place in places],
        [np.asarray(np.linalg.inv(block), float) for block in blocks],
        blocks,
        [residuals[place] for place in places],
        "CR2",
    )
    return from_parts(parts, coefficients, names, "CR2", rows=len(X), columns=X.shape[1])
