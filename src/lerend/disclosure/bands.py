"""Numbers of people in bands, and figures rounded: what is shown of a number instead of the number itself."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

_STARTS: Final = (10, 20, 50, 100, 200, 500)
_TINY: Final = 1e-9
"""So that .30000000000000004 counts as .3 when an end is rounded outwards."""


@dataclass(frozen=True, slots=True)
class PeopleBand:
    """From `low` up to and including `high` people; no `high` means that many or more."""

    low: int
    high: int | None = None

    @property
    def text(self) -> str:
        return f"{self.low}+" if self.high is None else f"{self.low}\N{EN DASH}{self.high}"


def people_band(people: int, *, k: int) -> PeopleBand:
    """The band that a number of people lies in; the lowest band starts at the floor `k`.

    Raises:
        ValueError: about fewer than `k` people nothing is said, not even a band.
    """
    if people < k:
        raise ValueError("no band holds fewer people than the floor")
    starts = (k, *(start for start in _STARTS if start > k))
    place = max(index for index, start in enumerate(starts) if start <= people)
    return PeopleBand(starts[place], starts[place + 1] - 1 if place + 1 < len(starts) else None)


def lowest_of_bands(people: NDArray[np.int64], *, k: int) -> NDArray[np.int64]:
    """The low end of each number's band; numbers below `k` (units that are shown nowhere) stay as they are."""
    starts = np.array((k, *(start for start in _STARTS if start > k)), dtype=np.int64)
    lowest: NDArray[np.int64] = starts[np.maximum(np.searchsorted(starts, people, side="right") - 1, 0)]
    return np.where(people < k, people, lowest)


def nearest(value: float, step: float) -> float:
    """The nearest multiple of a step, without binary noise."""
    return round(round(value / step) * step, 6) + 0.0


def below(value: float, step: float) -> float:
    """The multiple of a step at or below a value: for the low end of an interval."""
    return round(math.floor(value / step + _TINY) * step, 6) + 0.0


def above(value: float, step: float) -> float:
    """The multiple of a step at or above a value: for the high end of an interval."""
    return round(math.ceil(value / step - _TINY) * step, 6) + 0.0
