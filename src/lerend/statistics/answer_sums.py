"""Number, sum and sum of squares of answers, from how often each answer was given."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class AnswerSums:
    """Whole numbers below 2**53, so nothing is lost; each of the shape that the counts have but for their last axis.

    Attributes:
        n: how many answered.
        total: the sum of their answers, 1 to A.
        squares: the sum of the squares.
    """

    n: Values
    total: Values
    squares: Values

    @property
    def mean(self) -> Values:
        """NaN where nobody answered."""
        return np.asarray(np.divide(self.total, self.n, out=np.full(self.n.shape, np.nan), where=self.n > 0))

    @property
    def variance(self) -> Values:
        """Divisor n - 1; NaN for fewer than two answers."""
        scatter = self.n * self.squares - self.total**2
        out = np.full(self.n.shape, np.nan)
        return np.asarray(np.divide(scatter, self.n * (self.n - 1), out=out, where=self.n > 1))


def answer_sums(counts: NDArray[np.int64]) -> AnswerSums:
    """From (…, A) counts: one product with a narrow matrix, which is quicker than summing over a short axis."""
    answers = np.arange(1.0, counts.shape[-1] + 1)
    weights = np.stack([np.ones_like(answers), answers, answers**2], axis=1)
    sums = (counts.reshape(-1, counts.shape[-1]).astype(np.float64) @ weights).T
    n, total, squares = (np.ascontiguousarray(part).reshape(counts.shape[:-1]) for part in sums)
    return AnswerSums(n, total, squares)
