"""Measurement invariance of means and covariances: what may be compared between groups, and with which items.

Groups first share loadings (metric), then intercepts too (scalar), then residual variances (strict). Each step is
compared with the one before by the test of the difference, and weighed as in `stepwise`: by chance and by size.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lerend.statistics.structure.continuous.comparison import continuous_difference
from lerend.statistics.structure.continuous.fit import ContinuousEstimator, ContinuousFit
from lerend.statistics.structure.continuous.layout import ORDER
from lerend.statistics.structure.continuous.letting_go import continuous_candidates
from lerend.statistics.structure.continuous.model import fit_continuous
from lerend.statistics.structure.continuous.sample import ContinuousSample
from lerend.statistics.structure.ordinal_layout import Shared, Sharing
from lerend.statistics.structure.specification import Specification
from lerend.statistics.structure.stepwise import Invariance, Ways, walk
from lerend.statistics.structure.trouble import one_group


def continuous_invariance(
    samples: Mapping[str, ContinuousSample],
    specification: Specification,
    *,
    estimator: ContinuousEstimator = "MLR",
    up_to: Shared = "residuals",
    partial: bool = True,
    level: float = 0.05,
) -> Invariance[ContinuousFit]:
    """Go through the steps until one fails.

    Args:
        samples: the groups by name; variances and means of factors are relative to the first.
        specification: factors get a variance of 1 in the first group, whatever it says, so that no item is a marker.
        estimator: errors and tests.
        up_to: the last step to try.
        partial: whether items may be let go.
        level: chance of a false alarm at each step.

    Raises:
        ModelCannotBeFitted: fewer than two groups, or as `fit_continuous`.
    """
    if len(samples) < 2:
        raise one_group()
    model = replace(specification, identification="unit")

    def fit(_before: ContinuousFit, sharing: Sharing) -> ContinuousFit:
        return fit_continuous(samples, model, estimator=estimator, sharing=sharing)

    ways = Ways(
        fit, continuous_difference, lambda fitted, what, least: continuous_candidates(fitted, what, least=least)
    )
    configural = fit_continuous(samples, model, estimator=estimator)
    return walk(configural, ORDER[: ORDER.index(up_to) + 1], ways, partial=partial, level=level)
