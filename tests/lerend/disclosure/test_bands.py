"""Bands of people and rounding."""

from __future__ import annotations

import numpy as np
import pytest

from lerend.disclosure.bands import PeopleBand, above, below, lowest_of_bands, nearest, people_band


def test_the_lowest_band_starts_at_the_floor() -> None:
    assert people_band(5, k=5) == PeopleBand(5, 9)
    assert people_band(12, k=12) == PeopleBand(12, 19)
    assert people_band(10, k=10) == PeopleBand(10, 19)
    assert people_band(700, k=5) == PeopleBand(500, None)
    with pytest.raises(ValueError, match="fewer people"):
        people_band(4, k=5)


def test_low_ends_are_those_of_the_bands() -> None:
    n = np.arange(5, 800)
    assert lowest_of_bands(n, k=5).tolist() == [people_band(int(one), k=5).low for one in n]


def test_intervals_round_outwards() -> None:
    assert (nearest(3.449, 0.1), below(3.41, 0.1), above(3.41, 0.1)) == (3.4, 3.4, 3.5)
    assert (below(0.3, 0.1), above(0.1 + 0.2, 0.1)) == (0.3, 0.3)
