"""How often each answer to one item was given, by score on the other items and by group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class ScoreTable:
    """One row for each score and group that occur together.

    Attributes:
        score: (R,) sum of the other items.
        group: (R,) number of the group.
        counts: (R, A) how often each answer was given, of those that anybody gave.
    """

    score: NDArray[np.float64]
    group: NDArray[np.intp]
    counts: NDArray[np.float64]


def table_of(answers: NDArray[np.int64], score: NDArray[np.int64], group: NDArray[np.intp]) -> ScoreTable:
    """Count the answers to one item; every argument (people,)."""
    low = int(score.min())
    width = int(score.max()) - low + 1
    rows, row = np.unique(group * width + (score - low), return_inverse=True)
    chosen, answer = np.unique(answers, return_inverse=True)
    counts = np.bincount(row * len(chosen) + answer, minlength=len(rows) * len(chosen))
    return ScoreTable(
        score=(rows % width + low).astype(np.float64),
        group=rows // width,
        counts=counts.reshape(len(rows), len(chosen)).astype(np.float64),
    )
