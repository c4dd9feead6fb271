"""P-values over many items at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def adjusted(p: Sequence[float | None]) -> tuple[float | None, ...]:
    """The share of false alarms that is accepted when everything up to this p is believed (Benjamini & Hochberg 1995)."""
    known = [place for place, value in enumerate(p) if value is not None]
    ordered = sorted(known, key=lambda place: -(p[place] or 0.0))
    found: list[float | None] = [None] * len(p)
    lowest = 1.0
    for later, place in enumerate(ordered):
        lowest = min(lowest, (p[place] or 0.0) * len(known) / (len(known) - later))
        found[place] = lowest
    return tuple(found)


def upper_tail(chi_square: float, df: int) -> float:
    """How likely a chi-square is this large or larger."""
    from scipy.special import chdtrc  # noqa: PLC0415 -- SciPy costs half a second to import

    return float(np.clip(chdtrc(df, max(chi_square, 0.0)), 0.0, 1.0))
