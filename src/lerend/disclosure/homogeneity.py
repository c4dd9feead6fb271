"""When a mean says too much about each person in it: nearly everybody at the same end of the scale.

A scale has I items; its score M is the mean of the item means, item j answered by n_j people. If everybody else is at the
lowest answer, a person who answered the items J can have scored 1 + I (M − 1) / Σ_{j∈J} 1/n_j, and no more. With

    n_eff = I / max over J of Σ_{j∈J} 1/n_j        (n, where all n people answered everything)

the mean leaves each person's score open over min(4, n_eff (M − 1), n_eff (5 − M)) points or more, from n_eff = 2. It may be
shown where that is two points: half of the scale. Where it is less, the answers are replaced by the nearest ones that pass.
Those depend on the numbers n_j and on the end of the scale alone, so that everything later says no more than *very low* or
*very high*.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.disclosure.cells import Extreme

LEAST_WIDTH: Final = 2.0
"""Points of the scale of 1 to 5 that every person's score must stay open over."""
_TINY: Final = 1e-9


def effective_people(n: NDArray[np.int64], parts: NDArray[np.bool_]) -> NDArray[np.float64]:
    """(G) n_eff of groups, of one scale.

    Args:
        n: (G, I) people who answered each item.
        parts: (J, I) the items that one person can have answered: one row per form, or one row of everything.

    Returns:
        Zero for a group in which nobody answered.
    """
    asked = (n > 0).sum(axis=1).astype(np.float64)
    share = np.divide(1.0, n, out=np.zeros(n.shape), where=n > 0)
    most = (share @ parts.T.astype(np.float64)).max(axis=1)
    effective: NDArray[np.float64] = np.divide(asked, most, out=np.zeros(len(n)), where=most > 0)
    return effective


def width_of(mean: NDArray[np.float64], effective: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points of the scale that each person's score stays open over, at least."""
    ends = effective * np.minimum(mean - 1, 5 - mean)
    return np.where(effective < 2, 0.0, np.clip(ends, 0.0, 4.0))


def extreme_of(mean: float, effective: float) -> Extreme | None:
    """At which end a mean lies too far; None where it may be shown. Below two effective people it says nothing."""
    if effective * (mean - 1) < LEAST_WIDTH - _TINY:
        return Extreme.VERY_LOW
    return Extreme.VERY_HIGH if effective * (5 - mean) < LEAST_WIDTH - _TINY else None


def nearest_that_pass(
    n: NDArray[np.int64], categories: NDArray[np.int64], effective: float, side: Extreme, *, width: int
) -> NDArray[np.int64]:
    """(I, width) counts per answer of the answers nearest to one end of the scale whose mean may be shown.

    They depend on nothing that anybody answered but for the side.

    Args:
        n: (I) people who answered each item.
        categories: (I) how many answers each item has.
        effective: n_eff, at least two.
        side: which end.
        width: of the table of counts, the largest number of answers.
    """
    steps = np.ceil(n * (LEAST_WIDTH / effective) * (categories - 1) / 4 - _TINY).astype(np.int64)
    whole, more = np.divmod(steps, np.maximum(n, 1))
    counts = np.zeros((len(n), width), dtype=np.int64)
    rows = np.arange(len(n))
    away = np.stack([whole, np.minimum(whole + 1, categories - 1)])
    column = away if side is Extreme.VERY_LOW else categories - 1 - away
    np.add.at(counts, (rows, column[0]), n - more)
    np.add.at(counts, (rows, column[1]), more)
    return counts
