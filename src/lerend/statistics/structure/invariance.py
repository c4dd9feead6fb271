"""Measurement invariance of ordinal answers: what may be compared between groups, and with which items.

The order of Wu & Estabrook (2016): first the groups share thresholds, then loadings too, then intercepts, then residual
variances. How a step is judged, and how items are let go, stands in `stepwise`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lerend.statistics.ordinal.sample import OrdinalSample
from lerend.statistics.structure.comparison import difference
from lerend.statistics.structure.fit import Fit
from lerend.statistics.structure.letting_go import candidates
from lerend.statistics.structure.ordinal import fit_ordinal
from lerend.statistics.structure.ordinal_layout import ORDER, Shared, Sharing
from lerend.statistics.structure.ordinal_moments import Parameterisation
from lerend.statistics.structure.specification import Specification
from lerend.statistics.structure.stepwise import Invariance, Ways, walk
from lerend.statistics.structure.trouble import one_group


def ordinal_invariance(
    samples: Mapping[str, OrdinalSample],
    specification: Specification,
    *,
    up_to: Shared = "intercepts",
    partial: bool = True,
    level: float = 0.05,
) -> Invariance[Fit]:
    """Go through the steps until one fails.

    Args:
        samples: the groups by name; scales and means are relative to the first.
        specification: factors get a variance of 1 in the first group, whatever it says.
        up_to: the last step to try.
        partial: whether items may be let go.
        level: chance of a false alarm at each step.

    Raises:
        ModelCannotBeFitted: fewer than two groups, or as `fit_ordinal`.
    """
    if len(samples) < 2:
        raise one_group()
    model = replace(specification, identification="unit")
    order = ORDER[: ORDER.index(up_to) + 1]
    how: Parameterisation = "theta" if "residuals" in order else "delta"

    def fit(before: Fit, sharing: Sharing) -> Fit:
        moments = before.evidence.moments
        return fit_ordinal(samples, model, parameterisation=how, sharing=sharing, moments=moments)

    ways = Ways(fit, difference, lambda fitted, what, least: candidates(fitted, what, least=least))
    return walk(fit_ordinal(samples, model, parameterisation=how), order, ways, partial=partial, level=level)
