"""The least-squares problem of a factor model of ordinal answers: what was observed, with which weight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.ordinal.sample import OrdinalSample
from lerend.statistics.structure.layout import Layout
from lerend.statistics.structure.ordinal_layout import Sharing, ordinal_layout
from lerend.statistics.structure.ordinal_moments import (
    Moments,
    Parameterisation,
    implied_moments,
    moments_jacobian,
    with_scale,
)
from lerend.statistics.structure.specification import Specification
from lerend.statistics.structure.starting import starting_values


@dataclass(frozen=True, slots=True, eq=False)
class OrdinalTask:
    """The moments of all groups.

    Attributes:
        samples: in order.
        layout: where the unknowns stand.
        which: the thresholds and correlations of each group.
        with_thresholds: whether thresholds are among them. In delta, thresholds of one group are what they are whatever
            the model, and are left out.
        observed, weights: (p,) of each group; weights as if for one person.
    """

    samples: tuple[OrdinalSample, ...]
    layout: Layout
    which: tuple[Moments, ...]
    with_thresholds: bool
    observed: tuple[NDArray[np.float64], ...]
    weights: tuple[NDArray[np.float64], ...]
    parameterisation: Parameterisation

    @property
    def people(self) -> tuple[int, ...]:
        return tuple(sample.people for sample in self.samples)

    @property
    def root(self) -> NDArray[np.float64]:
        """(p,) what turns residuals into roots of chi-square: n - 1 in each group."""
        return np.concatenate([np.sqrt(w * (n - 1)) for w, n in zip(self.weights, self.people, strict=True)])

    def residuals(self, at: NDArray[np.float64]) -> list[NDArray[np.float64]]:
        """Implied minus observed, per group."""
        return [
            implied_moments(with_scale(group.filled(at), self.parameterisation), which) - observed
            for group, which, observed in zip(self.layout.groups, self.which, self.observed, strict=True)
        ]

    def jacobians(self, at: NDArray[np.float64]) -> list[NDArray[np.float64]]:
        """(p, q) how the implied moments move, per group."""
        q, how = self.layout.unknowns, self.parameterisation
        return [
            moments_jacobian(group, with_scale(group.filled(at), how), which, q, how)
            for group, which in zip(self.layout.groups, self.which, strict=True)
        ]

    def weighted(self, at: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Residuals whose sum of squares is the statistic, and how they move."""
        root = self.root
        return root * np.concatenate(self.residuals(at)), root[:, np.newaxis] * np.concatenate(self.jacobians(at))


def ordinal_task(
    samples: Mapping[str, OrdinalSample],
    specification: Specification,
    *,
    equal_weights: bool,
    parameterisation: Parameterisation,
    sharing: Sharing,
) -> OrdinalTask:
    """Set up the problem, with its starting point."""
    with_thresholds = parameterisation == "theta" or len(samples) > 1
    groups = tuple(samples.values())
    which = tuple(_which(sample, with_thresholds=with_thresholds) for sample in groups)
    weights = tuple(_precision(sample, moments) for sample, moments in zip(groups, which, strict=True))
    people = np.array([sample.people for sample in groups])
    pooled = np.einsum("g,gij->ij", people / people.sum(), np.stack([s.estimates.correlations for s in groups]))
    loading, between = starting_values(specification, pooled)
    layout = ordinal_layout(
        specification,
        [sample.estimates.thresholds for sample in groups],
        loading,
        between,
        sharing=sharing,
        parameterisation=parameterisation,
        with_thresholds=with_thresholds,
    )
    return OrdinalTask(
        samples=groups,
        layout=layout,
        which=which,
        with_thresholds=with_thresholds,
        observed=tuple(_observed(sample, moments) for sample, moments in zip(groups, which, strict=True)),
        weights=tuple(np.ones_like(weight) for weight in weights) if equal_weights else weights,
        parameterisation=parameterisation,
    )


def _which(sample: OrdinalSample, *, with_thresholds: bool) -> Moments:
    none = np.zeros(0, dtype=np.intp)
    item, step = sample.thresholds if with_thresholds else (none, none)
    first, second = sample.pairs
    return Moments(item, step, first, second)


def _observed(sample: OrdinalSample, which: Moments) -> NDArray[np.float64]:
    found = sample.estimates
    return np.concatenate([found.thresholds[which.item, which.step], found.correlations[which.first, which.second]])


def _precision(sample: OrdinalSample, which: Moments) -> NDArray[np.float64]:
    influence = sample.estimates.influence
    return 1 / np.concatenate([influence.threshold_variance[which.item, which.step], influence.pair_variance])
