"""Points of made-up plots, few values so that many are tied, and ceilings drawn over them the slow way."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

Points = tuple[NDArray[np.float64], NDArray[np.float64]]


@st.composite
def plots(draw: st.DrawFn) -> Points:
    """Points with some spread in both directions, from few values or from many."""
    n, values = draw(st.integers(4, 30)), draw(st.sampled_from([3, 6, 1000]))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    x, y = rng.integers(0, values, n) / 4, rng.integers(0, values, n) / 2
    x[:2], y[:2] = (0.0, values / 4), (0.0, values / 2)
    order = rng.permutation(n)
    return x[order], y[order]


def staircase_by_steps(x: NDArray[np.float64], y: NDArray[np.float64]) -> float:
    """The empty area above the staircase: every strip between neighbouring values is as high as the highest point so far."""
    along = np.unique(x)
    zone = 0.0
    for left, right in pairwise(along.tolist()):
        zone += (right - left) * (y.max() - y[x <= left].max())
    return float(zone)
