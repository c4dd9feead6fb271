"""How reliable ordinal answers are: of the normal variables behind them, and of the sum score that is reported.

These are two questions. Ordinal alpha and ordinal omega say how well the *variables behind* the answers would measure,
which no report shows; categorical omega (Green & Yang 2009) says how well the *sum of the answers* does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.errors import Problem
from lerend.statistics.distribution_free import around_one_minus
from lerend.statistics.interval import Interval
from lerend.statistics.ordinal.normal import both_below
from lerend.statistics.ordinal.sample import OrdinalSample
from lerend.statistics.ordinal.trouble import ModelCannotBeFitted
from lerend.statistics.structure.indices import Rmsea
from lerend.statistics.structure.ordinal import fit_ordinal
from lerend.statistics.structure.robust import sandwich
from lerend.statistics.structure.specification import specification_of
from lerend.wording import say

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class OrdinalAlpha:
    """Alpha of the polychoric correlations (Zumbo, Gadermann & Zeisser 2007).

    Attributes:
        value: of the variables behind the answers, not of the score that is reported.
        standard_error: from the influence of each person's answers, so without taking the model for true.
        interval: even around log(1 - alpha).
        items, people: how many.
    """

    value: float
    standard_error: float
    interval: Interval
    items: int
    people: int


@dataclass(frozen=True, slots=True)
class OrdinalOmega:
    """Omega of one factor behind ordinal answers, fitted by WLSMV.

    Attributes:
        categorical: of the sum of the answers: what the factor accounts for over the variance that the model implies.
        categorical_of_observed: the same over the variance that the polychoric correlations imply.
        latent: of the sum of the variables behind the answers, by the variance that the model implies.
        latent_of_observed: the same over the sum of the polychoric correlations.
        latent_error, latent_interval: of `latent`, from the robust errors of the loadings; even around log(1 - omega).
        robust_cfi, robust_rmsea: how well one factor fits; None where they cannot be had (three items).
        items, people: how many.
    """

    categorical: float
    categorical_of_observed: float
    latent: float
    latent_of_observed: float
    latent_error: float
    latent_interval: Interval
    robust_cfi: float | None
    robust_rmsea: Rmsea | None
    items: int
    people: int


def ordinal_alpha(sample: OrdinalSample, *, level: float = 0.95) -> OrdinalAlpha:
    """Alpha of the correlations behind ordinal answers."""
    correlations = sample.estimates.correlations
    k, total = len(correlations), float(correlations.sum())
    value = k / (k - 1) * (1 - k / total)
    steepness = k / (k - 1) * k / total**2
    moved = 2 * _moved_together(sample)
    error = steepness * float(np.sqrt((moved**2).mean() / (sample.people - 1)))
    return OrdinalAlpha(value, error, around_one_minus(value, error, level=level), k, sample.people)


def ordinal_omega(sample: OrdinalSample, *, level: float = 0.95) -> OrdinalOmega:
    """Omega of one factor behind ordinal answers.

    Raises:
        ModelCannotBeFitted: fewer than three items, a fit that is not proven, or an item that the factor accounts for
            more than wholly (a Heywood case).
    """
    fit = fit_ordinal(sample, specification_of({"common": sample.items}, identification="unit"))
    loadings = np.array([one.value for one in fit.estimates if one.kind == "loading"])
    if np.abs(loadings).max() >= 1:
        raise _more_than_everything([item for item, one in zip(sample.items, loadings, strict=True) if abs(one) >= 1])
    covariance = sandwich(fit.evidence.whitened, fit.evidence.across)
    latent, slope = _latent(loadings)
    error = float(np.sqrt(slope @ covariance @ slope))
    observed = sample.estimates.correlations
    common = np.outer(loadings, loadings)
    true = _covariances(sample, common).sum()
    return OrdinalOmega(
        categorical=float(true / _with_own(sample, common).sum()),
        categorical_of_observed=float(true / _with_own(sample, observed).sum()),
        latent=latent,
        latent_of_observed=float(loadings.sum() ** 2 / observed.sum()),
        latent_error=error,
        latent_interval=around_one_minus(latent, error, level=level),
        robust_cfi=None if fit.robust is None else fit.robust.cfi,
        robust_rmsea=None if fit.robust is None else fit.robust.rmsea,
        items=len(loadings),
        people=sample.people,
    )


def _more_than_everything(items: Sequence[str]) -> ModelCannotBeFitted:
    return ModelCannotBeFitted(
        [
            Problem(
                item,
                say("One factor would account for more than all there is to this item."),
                say("Wait for more answers, or leave the item out: there is no omega of these."),
            )
            for item in items
        ]
    )


def _moved_together(sample: OrdinalSample) -> Values:
    """(n,) how far each person moves the sum of the correlations of all pairs."""
    pairs = sample.estimates.influence.pairs
    moved = np.zeros(sample.rows.shape[1])
    for pair, (first, second) in enumerate(zip(*sample.pairs, strict=True)):
        moved += pairs[pair][sample.rows[first], sample.rows[second]]
    return moved


def _latent(loadings: Values) -> tuple[float, Values]:
    """Omega of the variables behind the answers, and how it moves with each loading."""
    common, own = loadings.sum() ** 2, (1 - loadings**2).sum()
    slope = (2 * loadings.sum() * own + 2 * common * loadings) / (common + own) ** 2
    return float(common / (common + own)), slope


def _covariances(sample: OrdinalSample, correlations: Values) -> Values:
    """(k, k) covariances of answers 1 to A whose variables correlate so; the diagonal as between two twin items.

    An answer is 1 plus the number of thresholds below its variable, so covariances are sums over pairs of thresholds.
    """
    from scipy.special import ndtr  # noqa: PLC0415 -- SciPy costs half a second to import

    thresholds = sample.estimates.thresholds
    first, second = (axis.ravel() for axis in np.indices(correlations.shape))
    together = both_below(thresholds[first], thresholds[second], correlations[first, second])
    apart = ndtr(thresholds[first])[:, :, np.newaxis] * ndtr(thresholds[second])[:, np.newaxis, :]
    return np.asarray((together - apart).sum(axis=(1, 2)).reshape(correlations.shape))


def _with_own(sample: OrdinalSample, correlations: Values) -> Values:
    """(k, k) the same with each item's own variance on the diagonal."""
    apart = correlations.copy()
    np.fill_diagonal(apart, 0.0)
    found = _covariances(sample, apart)
    answers = np.arange(sample.tables.counts.shape[1])
    shares = sample.tables.counts / sample.people
    np.fill_diagonal(found, shares @ answers**2 - (shares @ answers) ** 2)
    return found
