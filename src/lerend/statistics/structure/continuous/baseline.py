"""The model in which no items go together, held against a factor model; measured predictors go together as they do."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.structure.continuous.sample import ContinuousSample, part_of
from lerend.statistics.structure.continuous.saturated import (
    Apart,
    apart,
    fourth_order,
    inverse_of,
    own_moments,
    saturated_at,
)
from lerend.statistics.structure.specification import Specification


class Unrelated:
    """The baseline of one group, which needs no search.

    Attributes:
        predictors: (g,) rows of the measured predictors among the items.
    """

    def __init__(self, sample: ContinuousSample, predictors: Sequence[int] = ()) -> None:
        self.sample, self.predictors = sample, list(predictors)
        self.others = [row for row in range(len(sample.items)) if row not in self.predictors]

    @cached_property
    def _alone(self) -> Apart:
        return apart(self.sample).only(self.others)

    @cached_property
    def _together(self) -> ContinuousSample | None:
        return part_of(self.sample, self.predictors) if self.predictors else None

    @property
    def degrees(self) -> int:
        """Pairs of items that do not go together."""
        k, g = len(self.sample.items), len(self.predictors)
        return (k * (k - 1) - g * (g - 1)) // 2

    @cached_property
    def of_predictors(self) -> float:
        """Log likelihood of the measured predictors, with means and covariances of their own."""
        return saturated_at(self._together).log_likelihood() if self._together else 0.0

    def log_likelihood(self) -> float:
        return self._alone.log_likelihood() + self.of_predictors

    def trace(self) -> float:
        """Squared scores over information, summed over its numbers."""
        return self._alone.trace() + (_trace(self._together) if self._together else 0.0)

    @cached_property
    def moments(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """(k,) means and (k, k) covariances."""
        k = len(self.sample.items)
        mean, covariance = np.zeros(k), np.zeros((k, k))
        mean[self.others] = self._alone.mean
        covariance[self.others, self.others] = self._alone.variance
        if self._together:
            mean[self.predictors] = self._together.mean
            covariance[np.ix_(self.predictors, self.predictors)] = self._together.covariance
        return mean, covariance

    def jacobian(self) -> NDArray[np.float64]:
        """(p, q) how means, then covariances by rows, move with the numbers of this model."""
        k = len(self.sample.items)
        one, other = np.tril_indices(k)
        free = (one == other) | (np.isin(one, self.predictors) & np.isin(other, self.predictors))
        return np.eye(k + len(one))[:, np.concatenate([np.ones(k, dtype=np.bool_), free])]


def baselines(samples: Sequence[ContinuousSample], specification: Specification) -> tuple[Unrelated, ...]:
    """Of each group."""
    rows = [specification.items.index(name) for name in specification.predictors]
    return tuple(Unrelated(sample, rows) for sample in samples)


def _trace(sample: ContinuousSample) -> float:
    return fourth_order(sample, inverse_of(sample.covariance)) if sample.complete else own_moments(sample).trace()
