"""What stands in the way of a fit, and what must be said beside one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.ordinal.polychoric import Polychoric
from lerend.statistics.ordinal.sample import OrdinalSample
from lerend.statistics.structure.estimates import Estimate, name_of_unknown
from lerend.statistics.structure.layout import Layout
from lerend.statistics.structure.ordinal_layout import Sharing
from lerend.statistics.structure.ordinal_moments import Parameterisation
from lerend.statistics.structure.ordinal_task import OrdinalTask
from lerend.statistics.structure.search import LEAST_CURVATURE, Search, curvature
from lerend.statistics.structure.specification import Specification
from lerend.statistics.structure.trouble import (
    contradicted,
    drawn_rows,
    empty_category,
    factors_alike,
    few_people,
    heywood,
    no_paths,
    not_converged,
    not_identified,
    not_positive_definite,
    only_theta,
    other_categories,
    other_items,
    too_many_unknowns,
    two_answers,
    two_items,
)
from lerend.wording import Message

FEW_PEOPLE: Final = 200
"""Below this, the simulations of docs/methods show tests and intervals that are not yet right."""


def refuse_before(
    samples: Mapping[str, OrdinalSample],
    specification: Specification,
    sharing: Sharing,
    parameterisation: Parameterisation,
) -> None:
    """Raise what can be seen before the search."""
    if "residuals" in sharing.shared and parameterisation != "theta":
        raise only_theta()
    if specification.paths:
        raise no_paths()
    first = next(iter(samples.values()))
    for name, sample in samples.items():
        if sample.items != specification.items:
            raise other_items(name)
        for row, item in enumerate(sample.items):
            if not sharing.holds("thresholds", item):
                continue
            if sample.tables.chosen[row] != first.tables.chosen[row]:
                differ = set(sample.tables.chosen[row]) ^ set(first.tables.chosen[row])
                raise other_categories(name, item, sorted(differ))
            if len(sample.tables.chosen[row]) == 2:
                raise two_answers(item)


def refuse_unidentified(task: OrdinalTask, specification: Specification) -> None:
    """Raise where no answers could pin the unknowns down: at a point picked by lot near the start."""
    layout, known = task.layout, sum(len(observed) for observed in task.observed)
    if layout.unknowns > known:
        raise too_many_unknowns(layout.unknowns, known)
    lot = np.random.default_rng(0)
    point = layout.start * lot.uniform(0.9, 1.1, layout.unknowns) + lot.uniform(-0.05, 0.05, layout.unknowns)
    _refuse_loose(task.root[:, np.newaxis] * np.concatenate(task.jacobians(point)), layout, specification)


def refuse_unproven(search: Search, layout: Layout, specification: Specification) -> None:
    """Raise where the end of the search is no minimum, or no single one."""
    _refuse_loose(search.jacobian, layout, specification)
    if not search.converged:
        raise not_converged()


def _refuse_loose(jacobian: NDArray[np.float64], layout: Layout, specification: Specification) -> None:
    if curvature(jacobian) > LEAST_CURVATURE:
        return
    length = np.sqrt((jacobian**2).sum(axis=0))
    scaled = jacobian / np.where(length > 0, length, 1.0)
    weakest = np.abs(np.linalg.eigh(scaled.T @ scaled)[1][:, 0])
    loose = np.flatnonzero(weakest > 0.3 * weakest.max())[:5]
    raise not_identified([name_of_unknown(layout, specification, int(unknown)) for unknown in loose])


def concerns_of(
    samples: Mapping[str, OrdinalSample], specification: Specification, estimates: Sequence[Estimate]
) -> tuple[Message, ...]:
    """What must be said beside the numbers, the gravest first."""
    of_correlations = [concern for s in samples.values() for concern in concerns_of_correlations(s.estimates)]
    return (
        *_impossible(estimates),
        *dict.fromkeys(of_correlations),
        *(two_items(factor.name) for factor in specification.factors if len(factor.items) == 2),
        *(few_people(s.people) for s in samples.values() if s.people < FEW_PEOPLE),
        *(drawn_rows(s.rows.shape[1]) for s in samples.values() if s.drawn),
    )


def concerns_of_correlations(found: Polychoric) -> tuple[Message, ...]:
    """What must be said beside correlations."""
    return (
        *(() if found.positive_definite else (not_positive_definite(),)),
        *((contradicted(found.corners),) if found.corners else ()),
        *(empty_category(item) for item in found.gaps),
    )


def _impossible(estimates: Sequence[Estimate]) -> list[Message]:
    negative = [
        e.left
        for e in estimates
        if e.kind == "residual" and e.left == e.right and e.standardised is not None and e.standardised <= 0
    ]
    alike = [
        name
        for e in estimates
        if e.kind == "covariance" and e.left != e.right and e.standardised is not None and abs(e.standardised) >= 1
        for name in (e.right, e.left)
    ]
    found = [heywood(tuple(dict.fromkeys(negative)))] if negative else []
    return found + ([factors_alike(tuple(dict.fromkeys(alike)))] if alike else [])
