"""How strong an unmeasured influence must be before a factor would leave the five."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.diagnosis.association import Association

_STRENGTHS: Final = np.concatenate([np.arange(0.1, 3.0, 0.1), np.arange(3.0, 10.5, 0.5)])


def leaves_with(
    association: Association, factor: int, gap: NDArray[np.float64], eligible: NDArray[np.bool_], *, size: int = 5
) -> float | None:
    """Multiple of the strongest measured factor at which this factor's gain drops below those outside the five.

    The influence is taken to explain as many times what the strongest factor explains of the open variance of the outcome
    and of this factor; the bias follows Cinelli & Hazlett (2020), eq. 8. None when the factor is not among the five, and
    10 when even ten times as strong an influence would not do.

    Args:
        association: of all factors with the outcome.
        factor: which one.
        gap: (F) distance to what is attainable in SD, at least zero.
        eligible: (F) factors that are ranked here.
        size: how many are listed.
    """
    gain = np.where(eligible, np.maximum(association.mean, 0) * gap, -1.0)
    order = np.argsort(-gain)
    if factor not in order[:size] or gain[factor] <= 0:
        return None
    next_gain = float(gain[order[size]]) if len(order) > size else 0.0
    with_outcome, with_factor = _strongest(association, factor)
    for strength in _STRENGTHS:
        y = min(strength * with_outcome, 0.99)
        d = min(strength * with_factor, 0.99)
        bias = association.standard_error[factor] * np.sqrt(association.degrees * y * d / (1 - d))
        if max(association.mean[factor] - bias, 0) * gap[factor] < max(next_gain, 1e-12):
            return float(strength)
    return float(_STRENGTHS[-1])


def _strongest(association: Association, factor: int) -> tuple[float, float]:
    """Partial R² of the strongest other factor with the outcome, and with this factor."""
    t2 = (association.mean / association.standard_error) ** 2
    t2[factor] = -1
    strongest = int(np.argmax(t2))
    partial = float(t2[strongest] / (t2[strongest] + association.degrees))
    inverse = np.linalg.inv(association.correlation)
    between = float(inverse[factor, strongest] ** 2 / (inverse[factor, factor] * inverse[strongest, strongest]))
    return partial, max(between, 0.01)
