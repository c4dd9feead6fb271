"""What is held likely before any pilot has finished. Always shown beside a result, with the share that it still carries."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from lerend.evidence.pooling.problems import Numbers, wrong
from lerend.wording import say


class Shape(StrEnum):
    """How the prior of the spread falls off."""

    HALF_NORMAL = "half-normal"
    HALF_CAUCHY = "half-Cauchy"
    """Leaves room for a far larger spread than its scale."""


@dataclass(frozen=True, slots=True)
class SpreadPrior:
    """The prior of tau, the standard deviation between true effects; `scale` in the unit of the effects.

    Raises:
        EffectsAreWrong: the scale is not above zero.
    """

    scale: float = 0.3
    shape: Shape = Shape.HALF_NORMAL

    def __post_init__(self) -> None:
        if not (np.isfinite(self.scale) and self.scale > 0):
            what = say("The prior of the spread has no scale above zero.")
            raise wrong("prior", what, say("Use 0.3 for effects in standard deviations."))

    def log_density(self, tau: Numbers) -> Numbers:
        """(n,) of the logarithm of the density, normed."""
        ratio = (tau / self.scale) ** 2
        if self.shape is Shape.HALF_NORMAL:
            return np.asarray(0.5 * np.log(2 / np.pi) - np.log(self.scale) - 0.5 * ratio)
        return np.asarray(np.log(2 / np.pi) - np.log(self.scale) - np.log1p(ratio))

    def quantile(self, probability: Numbers) -> Numbers:
        """(n,) values of tau below which the prior holds so much."""
        if self.shape is Shape.HALF_CAUCHY:
            return np.asarray(self.scale * np.tan(0.5 * np.pi * probability))
        from scipy.special import ndtri  # noqa: PLC0415 -- SciPy costs half a second to import

        return np.asarray(self.scale * ndtri(0.5 * (1 + probability)))


@dataclass(frozen=True, slots=True)
class Prior:
    """mu ~ N(mean, deviation²), tau ~ `spread`. The default says: between −1 and 1 standard deviation, most likely small.

    Raises:
        EffectsAreWrong: the deviation is not above zero.
    """

    mean: float = 0.0
    deviation: float = 0.5
    spread: SpreadPrior = field(default_factory=SpreadPrior)

    def __post_init__(self) -> None:
        if not (np.isfinite(self.mean) and np.isfinite(self.deviation) and self.deviation > 0):
            what = say("The prior of the mean has no deviation above zero.")
            raise wrong("prior", what, say("Use mean 0 and deviation 0.5 for effects in standard deviations."))


FROM_PRACTICE = Prior(0.15, 0.2, SpreadPrior(0.3))
"""Where published effects, halved for the field (docs/methods/grading.md), say roughly what to expect."""
