"""Whether a stricter model of means and covariances fits worse than a freer one by more than chance.

Scaled statistics are never subtracted. The plain difference is divided by its own scaling, from those of the two models
(Satorra & Bentler 2001); where that comes out negative, which it can by chance, by the trace along what only the freer
model can move (Satorra 2000), which cannot.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.structure.comparison import Difference
from lerend.statistics.structure.continuous.fit import ContinuousFit
from lerend.statistics.structure.continuous.missing import moment_jacobian
from lerend.statistics.structure.indices import rmsea
from lerend.statistics.structure.robust import Scaled, Traces, scaled_test


def continuous_difference(freer: ContinuousFit, stricter: ContinuousFit) -> Difference:
    """Compare two fits to the same samples by the same estimator.

    Raises:
        ValueError: the second has no fewer unknowns, or they are not fits to the same numbers.
    """
    degrees = stricter.degrees - freer.degrees
    same = freer.people == stricter.people and freer.estimator == stricter.estimator
    if degrees < 0 or not same or freer.specification.items != stricter.specification.items:
        raise ValueError("the second model must be the first with restrictions, on the same answers")
    plain = stricter.statistic - freer.statistic
    test = _divided(plain, degrees, _trace(freer, stricter, degrees))
    spread = test.scaling if degrees else 1.0
    return Difference(plain, test, rmsea(plain, degrees, sum(freer.people), len(freer.people), spread=spread))


def _trace(freer: ContinuousFit, stricter: ContinuousFit, degrees: int) -> float:
    """The mean of the plain difference if the stricter model holds."""
    if freer.evidence.squared is None:
        return float(degrees)
    by_models = _mean_of(stricter) - _mean_of(freer)
    return by_models if by_models > 0 else trace_along(freer, stricter, degrees)


def _mean_of(fit: ContinuousFit) -> float:
    return fit.degrees * fit.test.scaling if fit.test is not None and fit.degrees else 0.0


def trace_along(freer: ContinuousFit, stricter: ContinuousFit, degrees: int) -> float:
    """Squared scores over information along what only the freer model can move (Satorra 2000).

    The stricter model's unknowns as combinations of the freer's, by plain least squares; what of the freer's remains
    beside these, in the metric of its information.
    """
    squared = freer.evidence.squared
    if squared is None:
        return float(degrees)
    inside = np.linalg.lstsq(_jacobian(freer), _jacobian(stricter), rcond=None)[0]
    root = np.linalg.cholesky(freer.evidence.information)
    both, _ = np.linalg.qr(root.T @ inside, mode="complete")
    along = np.linalg.solve(root.T, both[:, both.shape[0] - degrees :])
    return float((along * (squared @ along)).sum())


def _jacobian(fit: ContinuousFit) -> NDArray[np.float64]:
    groups = fit.evidence.at.groups
    return np.vstack([moment_jacobian(group.layout, group.matrices, group.unknowns) for group in groups])


def _divided(statistic: float, degrees: int, trace: float) -> Scaled:
    return scaled_test(statistic, degrees, Traces(trace, trace), shifted=False)
