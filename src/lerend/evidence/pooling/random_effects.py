"""Random-effects meta-analysis: mean, intervals, prediction, shrunken effects, leave-one-out, small-study check."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from lerend.evidence.pooling.heterogeneity import Estimator, heterogeneity, q_profile
from lerend.evidence.pooling.problems import ArrayLike, Numbers, design_matrix, effects_and_variances
from lerend.evidence.pooling.tails import normal_p, t_p, t_quantile
from lerend.evidence.pooling.weighing import Weighed, weighed
from lerend.statistics.interval import Interval, normal_quantile


class Test(StrEnum):
    """How doubt about the mean is counted.

    `NORMAL` takes tau² as known: too sure below some 40 effects. `HARTUNG_KNAPP` rescales by the observed spread q and uses
    t (Hartung & Knapp 2001; Sidik & Jonkman 2002). `AT_LEAST_ONE` is the same with max(1, q), so that effects that happen to
    lie close together do not narrow the interval (Röver, Knapp & Friede 2015): the house's choice.
    """

    __test__ = False

    NORMAL = "z"
    HARTUNG_KNAPP = "knha"
    AT_LEAST_ONE = "adhoc"


@dataclass(frozen=True, slots=True)
class RandomEffects:
    """The mean of true effects over pilots like these, and how much these differ.

    Attributes:
        effects: how many.
        mean, standard_error, interval: of the mean.
        statistic, p: for a mean of zero; `df` degrees of freedom, None where the normal distribution is used.
        tau2, tau2_error, tau2_interval: variance between true effects; the interval by Q-profile.
        i2: share of the spread (0 to 1) that is not noise of single effects; h2: total over noise.
        q, q_p: spread under one common effect, and its p.
        prediction: where the true effect of a new pilot may lie; on `prediction_df`, None for normal.
    """

    estimator: Estimator
    test: Test
    level: float
    effects: int
    mean: float
    standard_error: float
    interval: Interval
    statistic: float
    df: int | None
    p: float
    tau2: float
    tau2_error: float
    tau2_interval: Interval
    i2: float
    h2: float
    q: float
    q_p: float
    prediction: Interval


@dataclass(frozen=True, slots=True, eq=False)
class Shrunken:
    """(k,) each effect drawn towards the mean by its own noise, with the standard error of that guess."""

    effect: Numbers
    standard_error: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class LeftOut:
    """(k,) mean, its standard error, and tau² with each effect left out once."""

    mean: Numbers
    standard_error: Numbers
    tau2: Numbers


@dataclass(frozen=True, slots=True)
class SmallStudies:
    """Egger's check: do noisy effects lie higher than precise ones? `slope` per unit of standard error, t on k − 2."""

    slope: float
    standard_error: float
    statistic: float
    df: int
    p: float


def random_effects(
    effects: ArrayLike,
    variances: ArrayLike,
    *,
    estimator: Estimator = Estimator.REML,
    test: Test = Test.AT_LEAST_ONE,
    level: float = 0.95,
) -> RandomEffects:
    """Effects taken together, each with its known sampling variance.

    Raises:
        EffectsAreWrong: fewer than two effects, or numbers that cannot be used.
    """
    y, v = effects_and_variances(effects, variances, least=2)
    k, X = len(y), np.ones((len(y), 1))
    spread = heterogeneity(y, v, X, estimator)
    fit = weighed(y, X, 1 / (v + spread.value))
    error = mean_errors(fit, test)[0]
    df = None if test is Test.NORMAL else k - 1
    reach = normal_quantile(level) if df is None else t_quantile(level, df)
    mean = float(fit.coefficients[0])
    statistic = mean / error
    around = reach * float(np.hypot(error, np.sqrt(spread.value)))
    common = weighed(y, X, 1 / v)
    typical = (k - 1) / common.trace()
    return RandomEffects(
        estimator=estimator,
        test=test,
        level=level,
        effects=k,
        mean=mean,
        standard_error=error,
        interval=Interval(mean - reach * error, mean + reach * error),
        statistic=statistic,
        df=df,
        p=normal_p(statistic) if df is None else t_p(statistic, df),
        tau2=spread.value,
        tau2_error=spread.standard_error,
        tau2_interval=q_profile(y, v, X, level=level),
        i2=spread.value / (spread.value + typical),
        h2=1 + spread.value / typical,
        q=common.spread,
        q_p=_chi_square_p(common.spread, k - 1),
        prediction=Interval(mean - around, mean + around),
    )


def mean_errors(fit: Weighed, test: Test) -> Numbers:
    """(p,) standard errors of the coefficients of a fit with weights 1/(v + τ²)."""
    errors = np.sqrt(fit.covariance.diagonal())
    if test is Test.NORMAL:
        return errors
    q = fit.spread / (len(fit.weights) - fit.design.shape[1])
    return np.asarray(errors * np.sqrt(max(q, 1.0) if test is Test.AT_LEAST_ONE else q))


def shrunken(effects: ArrayLike, variances: ArrayLike, *, estimator: Estimator = Estimator.REML) -> Shrunken:
    """Best linear unbiased predictions of the true effects (Raudenbush & Bryk 1985)."""
    y, v = effects_and_variances(effects, variances, least=2)
    X = np.ones((len(y), 1))
    tau2 = heterogeneity(y, v, X, estimator).value
    fit = weighed(y, X, 1 / (v + tau2))
    own = tau2 / (tau2 + v)
    variance = own * v + (1 - own) ** 2 * fit.covariance[0, 0]
    return Shrunken(own * y + (1 - own) * fit.coefficients[0], np.sqrt(variance))


def leave_one_out(
    effects: ArrayLike, variances: ArrayLike, *, estimator: Estimator = Estimator.REML, test: Test = Test.NORMAL
) -> LeftOut:
    """The analysis without each effect: shows whether one of them carries everything.

    Raises:
        EffectsAreWrong: fewer than three effects.
    """
    y, v = effects_and_variances(effects, variances, least=3)
    X = np.ones((len(y) - 1, 1))
    rows = []
    for place in range(len(y)):
        other_y, other_v = np.delete(y, place), np.delete(v, place)
        tau2 = heterogeneity(other_y, other_v, X, estimator).value
        fit = weighed(other_y, X, 1 / (other_v + tau2))
        rows.append((float(fit.coefficients[0]), float(mean_errors(fit, test)[0]), tau2))
    mean, error, spread = np.array(rows).T
    return LeftOut(mean, error, spread)


def small_studies(effects: ArrayLike, variances: ArrayLike) -> SmallStudies:
    """Egger's regression of the effect on its standard error, weights 1/v, spread estimated (Egger and others 1997).

    With fewer than ten effects it finds little; all standard errors alike leave it without an answer.

    Raises:
        EffectsAreWrong: fewer than three effects, or standard errors that do not differ.
    """
    y, v = effects_and_variances(effects, variances, least=3)
    fit = weighed(y, design_matrix(np.sqrt(v), len(y)), 1 / v)
    df = len(y) - 2
    error = float(np.sqrt(fit.covariance[1, 1] * fit.spread / df))
    slope = float(fit.coefficients[1])
    return SmallStudies(slope, error, slope / error, df, t_p(slope / error, df))


def _chi_square_p(value: float, df: int) -> float:
    from scipy.special import chdtrc  # noqa: PLC0415 -- SciPy costs half a second to import

    return float(chdtrc(df, value))
