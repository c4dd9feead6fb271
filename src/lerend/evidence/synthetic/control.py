"""Synthetic control: the mixture of other units that went as these did until they began.

Abadie, Diamond & Hainmueller (2010), Journal of the American Statistical Association 105; weights from the outcomes before
the start alone, so that nothing is chosen (Doudchenko & Imbens 2016 compare such choices).
"""

from __future__ import annotations

from dataclasses import dataclass

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
    root_mean_square,
    shares_of,
)
from lerend.evidence.synthetic.history import History
from lerend.evidence.synthetic.mixture import nearest_mixture
from lerend.evidence.synthetic.placebo import Placebo, compared, sets_of_controls
from lerend.wording import Message, say

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SyntheticControl:
    """What became of units that began, against the mixture that went as they did before.

    Attributes:
        estimand: what the number is, in words.
        value: mean gap over the times since the start, in points of the outcome.
        begun: the units that began; their mean is followed where there are more.
        weights: of the controls that count.
        moments: observed and mixture, time by time: first see how well they go together before the start.
        following: the same in numbers.
        after: root of the mean squared gap since the start.
        ratio: that over the one before the start.
        placebo: by the ratio.
        gap: of the conditions of an optimum, as in `Mixture`.
        cautions: what to know before using it.
    """

    estimand: Message
    value: float
    begun: tuple[str, ...]
    weights: tuple[Share, ...]
    moments: tuple[Moment, ...]
    following: Following
    after: float
    ratio: float
    placebo: Placebo
    gap: float
    cautions: tuple[Message, ...]


def synthetic_control(history: History, *, worst: float = WORST, seed: int = 0) -> SyntheticControl:
    """The effect on the units that began, and its place among controls treated as if they had begun.

    Args:
        worst: the largest misfit before the start, in standard deviations between controls.
        seed: for drawing sets of controls, where there are more than 1,000.

    Raises:
        EffectCannotBeEstimated: no mixture follows before the start, more than one does so exactly, or there are too few
            controls.
    """
    refuse_few_controls(history)
    before, observed = history.before, history.of_begun.mean(axis=0)
    mixture = nearest_mixture(history.of_controls[:, :before].T, observed[:before])
    if not mixture.unique:
        raise no_effect(
            say("More than one mixture of the others goes as these units did, and each may give another effect."),
            say("Take more times before the start or fewer controls, or use synthetic differences."),
        )
    synthetic = mixture.weight @ history.of_controls
    gap = observed - synthetic
    fit = following(history, gap[:before], worst)
    controls, size = len(history.controls), len(history.begun)
    others = np.array([_ratio_of(history, flags) for flags in sets_of_controls(controls, size, seed)])
    ratio = _ratio(gap, before, exact=mixture.exact)
    placebo = compared(ratio, others, controls, size)
    return SyntheticControl(
        estimand=say(
            "The mean difference since the start between the units that began and a mixture of others that went as they "
            "did before."
        ),
        value=float(gap[before:].mean()),
        begun=history.begun,
        weights=shares_of(history.controls, mixture.weight),
        moments=moments_of(history, observed, synthetic),
        following=fit,
        after=root_mean_square(gap[before:]),
        ratio=ratio,
        placebo=placebo,
        gap=mixture.gap,
        cautions=cautions_of(history, placebo),
    )


def _ratio_of(history: History, flags: NDArray[np.bool_]) -> float:
    """The same ratio as if these controls had begun, against the other controls."""
    observed, others, before = history.of_controls[flags].mean(axis=0), history.of_controls[~flags], history.before
    mixture = nearest_mixture(others[:, :before].T, observed[:before])
    return _ratio(observed - mixture.weight @ others, before, exact=mixture.exact)


def _ratio(gap: Floats, before: int, *, exact: bool) -> float:
    return np.inf if exact else root_mean_square(gap[before:]) / root_mean_square(gap[:before])
