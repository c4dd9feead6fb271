"""The chance that each of several options is the best one, when what is thought of each is normal."""

from __future__ import annotations

from typing import Final

import numpy as np

from lerend.evidence.pooling.problems import Numbers

_PLACES: Final = 400
_AT_LEAST: Final = 1e-9


def chances_of_best(means: Numbers, deviations: Numbers) -> Numbers:
    """(n,) probability that each is the largest; they sum to one, and equal options share.

    ∫ φ_a(x) Π_b≠a Φ_b(x) dx at 400 equally likely places of a: no chance in it.
    """
    from scipy.special import log_ndtr, ndtri  # noqa: PLC0415 -- SciPy costs half a second to import

    places = ndtri((np.arange(_PLACES) + 0.5) / _PLACES)
    spread = np.maximum(deviations, _AT_LEAST)
    at = means[:, None] + spread[:, None] * places
    below = log_ndtr((at[:, :, None] - means) / spread)
    below[np.arange(len(means)), :, np.arange(len(means))] = 0.0
    chance = np.exp(below.sum(axis=2)).mean(axis=1)
    return np.asarray(chance / chance.sum())
