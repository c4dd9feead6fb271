"""Synthetic difference in differences: a mixture of units and a mixture of times, and the change between them.

Arkhangelsky, Athey, Hirshberg, Imbens & Wager (2021), American Economic Review 111: weights of units by their equation 4
and of times by equation 6, the penalty by equation 5; errors by placebos (their algorithm 4), over all sets of controls
instead of a sample where that can be done. Weights are exact optima, not iterations stopped on the way.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.evidence.effects.measured import no_effect
from lerend.evidence.synthetic.following import (
    WORST,
    Following,
    Moment,
    Share,
    cautions_of,
    following,
    moments_of,
    refuse_few_controls,
    shares_of,
)
from lerend.evidence.synthetic.history import History
from lerend.evidence.synthetic.mixture import nearest_mixture
from lerend.evidence.synthetic.placebo import Placebo, compared, sets_of_controls
from lerend.statistics.interval import Interval, normal_quantile
from lerend.wording import Message, say

Floats = NDArray[np.float64]
_TIMES: Final = 1e-6
"""Penalty on weights of times, in deviations of changes: only there to make them unique."""


@dataclass(frozen=True, slots=True)
class SyntheticDifferences:
    """The change of units that began minus that of a mixture of others, between a mixture of times before and those since.

    Attributes:
        estimand: what the number is, in words.
        value: in points of the outcome.
        se: standard deviation of the value over sets of controls treated as if they had begun.
        interval: by the normal distribution.
        begun: the units that began.
        weights, times: of the controls, and of the times before the start, that count.
        moments: the mixture shifted to the units that began, so that the gaps since the start have `value` as their mean.
        following: how well the mixture follows before the start, apart from a constant distance.
        placebo: by the size of the value.
        plain: the plain difference in differences, all units and all times counting the same.
        gap: of the conditions of an optimum, the larger of both mixtures, as in `Mixture`.
        cautions: what to know before using it.
    """

    estimand: Message
    value: float
    se: float
    interval: Interval
    begun: tuple[str, ...]
    weights: tuple[Share, ...]
    times: tuple[Share, ...]
    moments: tuple[Moment, ...]
    following: Following
    placebo: Placebo
    plain: float
    gap: float
    cautions: tuple[Message, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Weighed:
    """Both mixtures, the gap at every time (before the level is taken out), and the value."""

    units: Floats
    times: Floats
    gap: Floats
    value: float
    optimal: float


def synthetic_differences(
    history: History, *, worst: float = WORST, level: float = 0.95, seed: int = 0
) -> SyntheticDifferences:
    """The effect on the units that began, with an error from controls treated as if they had begun.

    Args:
        worst: the largest misfit before the start apart from a constant distance, in standard deviations between controls.
        level: of the interval.
        seed: for drawing sets of controls, where there are more than 1,000.

    Raises:
        EffectCannotBeEstimated: no mixture follows before the start, there are too few controls, or controls
            change by one and the same amount from time to time before the start.
    """
    refuse_few_controls(history)
    before, observed = history.before, history.of_begun.mean(axis=0)
    controls, size = len(history.controls), len(history.begun)
    found = _weighed(observed, history.of_controls, before, size)
    left = found.gap[:before]
    fit = following(history, left - left.mean(), worst)
    others = np.array([_placebo(history, flags) for flags in sets_of_controls(controls, size, seed)])
    placebo = compared(abs(found.value), np.abs(others), controls, size)
    se = float(others.std())
    reach = normal_quantile(level) * se
    even = observed - history.of_controls.mean(axis=0)
    return SyntheticDifferences(
        estimand=say(
            "The change of the units that began minus that of a mixture of others, from a mixture of times before the start "
            "to the mean of those since."
        ),
        value=found.value,
        se=se,
        interval=Interval(found.value - reach, found.value + reach),
        begun=history.begun,
        weights=shares_of(history.controls, found.units),
        times=shares_of(tuple(f"{time:g}" for time in history.times[:before]), found.times),
        moments=moments_of(history, observed, observed - found.gap + float(found.times @ left)),
        following=fit,
        placebo=placebo,
        plain=float(even[before:].mean() - even[:before].mean()),
        gap=found.optimal,
        cautions=(
            *cautions_of(history, placebo),
            say("The error takes the units that began to vary from time to time as the others do."),
        ),
    )


def _placebo(history: History, flags: NDArray[np.bool_]) -> float:
    chosen = history.of_controls[flags]
    return _weighed(chosen.mean(axis=0), history.of_controls[~flags], history.before, len(chosen)).value


def _weighed(observed: Floats, controls: Floats, before: int, size: int) -> _Weighed:
    early, late = controls[:, :before], controls[:, before:]
    noise = float(np.diff(early, axis=1).std(ddof=1))
    if noise == 0:
        raise no_effect(
            say("The units that never begin all change by the same amount before the start."),
            say("Add times, or other units."),
        )
    penalty = before * noise**2 * sqrt(size * late.shape[1])
    units = nearest_mixture(early.T, observed[:before], ridge=penalty, level=True)
    times = nearest_mixture(early, late.mean(axis=1), ridge=len(controls) * (_TIMES * noise) ** 2, level=True)
    gap = observed - units.weight @ controls
    value = float(gap[before:].mean() - times.weight @ gap[:before])
    return _Weighed(units.weight, times.weight, gap, value, max(units.gap, times.gap))
