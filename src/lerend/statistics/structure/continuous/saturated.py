"""The models that a factor model is held against: means and covariances of their own, and items that do not go together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.structure.continuous.elements import expected_information
from lerend.statistics.structure.continuous.layout import saturated_layout
from lerend.statistics.structure.continuous.likelihood import At, GroupAt, at_estimate
from lerend.statistics.structure.continuous.sample import ContinuousSample

_LOG_CIRCLE: Final = float(np.log(2 * np.pi))
_ROWS_AT_A_TIME: Final = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Apart:
    """The items of one group as if each stood alone.

    Attributes:
        mean, variance: (k,) over everybody who answered the item.
        people: (k,) these.
        fourth: (k,) mean fourth power of the distance from the mean in standard deviations; 0 where only sums are known.
    """

    mean: NDArray[np.float64]
    variance: NDArray[np.float64]
    people: NDArray[np.int64]
    fourth: NDArray[np.float64]

    def log_likelihood(self) -> float:
        return -float((self.people * (_LOG_CIRCLE + np.log(self.variance) + 1)).sum()) / 2

    def only(self, rows: Sequence[int]) -> Apart:
        """Some of the items."""
        which = list(rows)
        return Apart(self.mean[which], self.variance[which], self.people[which], self.fourth[which])

    def trace(self) -> float:
        """Squared scores over information, summed over means and variances."""
        return float((1 + (self.fourth - 1) / 2).sum())


def apart(sample: ContinuousSample) -> Apart:
    """The independence model of one group, which needs no search."""
    k = len(sample.items)
    people, total, squares, fourth = np.zeros(k, dtype=np.int64), np.zeros(k), np.zeros(k), np.zeros(k)
    for pattern in sample.patterns:
        people += pattern.people * pattern.seen
        total += pattern.people * pattern.mean
    mean = total / people
    for pattern in sample.patterns:
        distance = (pattern.mean - mean) * pattern.seen
        squares += pattern.people * (pattern.scatter.diagonal() + distance**2)
    variance = squares / people
    for pattern in sample.patterns:
        distance = (sample.values[pattern.rows] - mean) * pattern.seen
        fourth += (distance**4).sum(axis=0)
    return Apart(mean, variance, people, fourth / people / variance**2)


def saturated_at(sample: ContinuousSample) -> At:
    """Means and covariances of their own, at their maximum likelihood: k means, then covariances by rows."""
    layout = saturated_layout(len(sample.items))
    one, other = np.tril_indices(len(sample.items))
    estimate = np.concatenate([sample.mean, sample.covariance[one, other]])
    return at_estimate([sample], replace(layout, start=estimate), estimate)


@dataclass(frozen=True, slots=True, eq=False)
class OwnMoments:
    """Means and covariances of their own in one group: k means, then covariances by rows (p in all).

    Attributes:
        information: (p, p) observed, of all people.
        squared: (p, p) sum over people of the products of their scores.
        complete: (p, p) information that as many complete rows would give.
    """

    information: NDArray[np.float64]
    squared: NDArray[np.float64]
    complete: NDArray[np.float64]

    def trace(self) -> float:
        """Squared scores over information."""
        return float((self.squared * np.linalg.inv(self.information)).sum())


def own_moments(sample: ContinuousSample) -> OwnMoments:
    """What is known of the means and covariances of one group."""
    group = saturated_at(sample).groups[0]
    complete = expected_information(group.elements, inverse_of(sample.covariance))
    return OwnMoments(
        information=own_observed(group),
        squared=group.squared_scores(),
        complete=sample.people * group.elements.merged_both(complete, group.unknowns),
    )


def own_observed(group: GroupAt) -> NDArray[np.float64]:
    """(p, p) what `group.observed()` gives, by one product over all patterns: nothing there depends on a model."""
    k = len(group.mean)
    people = np.array([part.pattern.people for part in group.parts])
    inverse = np.stack([part.inverse for part in group.parts])
    rest = np.stack([part.around for part in group.parts]) - inverse / 2
    apart = np.stack([part.inverse @ part.distance for part in group.parts])
    weighted = (people[:, np.newaxis, np.newaxis] * inverse).reshape(len(people), k * k).T
    both = (weighted @ rest.reshape(len(people), k * k)).reshape(k, k, k, k)
    beside = (weighted @ apart).reshape(k, k, k)
    one, other = np.tril_indices(k)
    half = np.where(one == other, 0.5, 1.0)
    first, second = one[:, np.newaxis], other[:, np.newaxis]
    square = both[first, one, second, other] + both[second, other, first, one]
    square += both[first, other, second, one] + both[second, one, first, other]
    crossed = (beside[:, one, other] + beside[:, other, one]) * half
    return np.block([[weighted.sum(axis=1).reshape(k, k), crossed], [crossed.T, square * np.outer(half, half)]])


def inverse_of(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """(k, k)."""
    return np.asarray(np.linalg.inv(matrix), dtype=np.float64)


def fourth_order(sample: ContinuousSample, inverse: NDArray[np.float64]) -> float:
    """tr(W Gamma): fourth-order moments weighted as for normal answers with these inverse covariances.

    Without forming either: tr(AS) + (mean of (d'Ad)^2 - tr(ASAS)) / 2, with d each person's distance from the mean, A
    the inverse and S the observed covariances. Nothing may be missing.
    """
    total = 0.0
    for start in range(0, sample.people, _ROWS_AT_A_TIME):
        distance = sample.values[start : start + _ROWS_AT_A_TIME] - sample.mean
        total += float((((distance @ inverse) * distance).sum(axis=1) ** 2).sum())
    moved = inverse @ sample.covariance
    return float(np.trace(moved)) + (total / sample.people - float((moved * moved.T).sum())) / 2


def complete_discrepancy(sample: ContinuousSample, covariance: NDArray[np.float64], mean: NDArray[np.float64]) -> float:
    """People times the likelihood misfit of these moments to those of the sample, as if nothing were missing."""
    inverse = np.linalg.inv(covariance)
    distance = sample.mean - mean
    sizes = float(np.linalg.slogdet(covariance)[1] - np.linalg.slogdet(sample.covariance)[1])
    misfit = sizes + float((inverse * sample.covariance).sum()) - len(mean) + float(distance @ inverse @ distance)
    return sample.people * misfit


def root_mean_square_residual(samples: Sequence[ContinuousSample], at: At) -> float:
    """SRMR (Bentler 1995): residual covariances and means in observed standard deviations, groups by their people."""
    found = []
    for sample, group in zip(samples, at.groups, strict=True):
        deviation = np.sqrt(sample.covariance.diagonal())
        left = (sample.covariance - group.covariance) / np.outer(deviation, deviation)
        means = (sample.mean - group.mean) / deviation
        lower = left[np.tril_indices(len(left))]
        found.append(np.sqrt((float((lower**2).sum()) + float((means**2).sum())) / (len(lower) + len(means))))
    return float(np.average(found, weights=[sample.people for sample in samples]))
