"""Where a factor model of means and covariances misses most: loadings and residual covariances that it leaves out.

A score test for each, without fitting again (Sörbom 1989). They say where to look, not what to add: whoever adds what
the same answers suggest fits chance as well (MacCallum, Roznowski & Necowitz 1992).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.structure.continuous.elements import elements_of, own_information, shared_information
from lerend.statistics.structure.continuous.fit import ContinuousFit
from lerend.statistics.structure.continuous.likelihood import GroupAt
from lerend.statistics.structure.layout import FIXED, GroupLayout, Kind, Places
from lerend.statistics.structure.robust import chi_square_above


@dataclass(frozen=True, slots=True)
class Hint:
    """A number that the model holds at zero.

    Attributes:
        group: number of the group.
        kind: loading or residual (covariance).
        left, right: item and factor, or two items.
        value: chi-square on one degree of freedom, by which the fit would improve; scaled like the test of the model.
        p_value: chance of a larger one if the number is zero; for one number picked beforehand, not for the largest.
        change: what the number would become, about.
        standardised: the same with items and factors of variance one; None where a variance is negative.
    """

    group: int
    kind: Kind
    left: str
    right: str
    value: float
    p_value: float
    change: float
    standardised: float | None


def continuous_hints(fit: ContinuousFit, *, most: int = 10) -> tuple[Hint, ...]:
    """The largest of them first.

    Args:
        most: how many at most.
    """
    inverse = np.asarray(np.linalg.inv(fit.evidence.at.expected()), dtype=np.float64)
    scaling = fit.test.scaling if fit.test is not None and fit.test.scaling > 0 else 1.0
    found = [
        hint
        for number, group in enumerate(fit.evidence.at.groups)
        for hint in _of_group(fit, number, group, inverse, scaling)
    ]
    return tuple(sorted(found, key=lambda hint: -hint.value)[:most])


def _of_group(
    fit: ContinuousFit, number: int, group: GroupAt, inverse: NDArray[np.float64], scaling: float
) -> list[Hint]:
    measured = {factor.name for factor in fit.specification.factors if factor.measured}
    rows = [row for row, item in enumerate(fit.specification.items) if item in measured]
    layout, places = _left_out(group.layout, rows)
    added = elements_of(layout, group.matrices)
    if not places:
        return []
    leftover, pull = group.leftover()
    slope = added.weight * np.einsum("ke,kl,le->e", added.one, leftover, added.other, optimize=True)
    slope -= added.mean.T @ pull
    own, crossed = np.zeros(len(places)), np.zeros((len(places), group.unknowns))
    for part in group.parts:
        n = part.pattern.people
        own += n * own_information(added, part.inverse)
        beside = shared_information(added, group.elements, part.inverse)
        crossed += n * group.elements.merged(beside, group.unknowns)
    left = own - np.einsum("cq,qr,cr->c", crossed, inverse, crossed, optimize=True)
    known = left > 1e-9 * own
    value = np.where(known, slope**2 / np.where(known, left, 1.0), 0.0) / scaling
    change = np.where(known, -slope / np.where(known, left, 1.0), 0.0)
    unit = _units(group, places)
    return [
        Hint(
            number,
            kind,
            *_names(fit, kind, one, other),
            float(value[row]),
            chi_square_above(float(value[row]), 1),
            float(change[row]),
            float(change[row] * unit[row]) if np.isfinite(unit[row]) else None,
        )
        for row, (kind, one, other) in enumerate(places)
        if known[row]
    ]


def _left_out(layout: GroupLayout, measured: list[int]) -> tuple[GroupLayout, list[tuple[Kind, int, int]]]:
    """A layout in which only what the model holds at zero is unknown, and where these stand; none of measured columns."""
    loading = np.full(layout.loading.unknown.shape, FIXED, dtype=np.intp)
    residual = np.full(layout.residual.unknown.shape, FIXED, dtype=np.intp)
    places: list[tuple[Kind, int, int]] = []
    inside = np.ones(len(loading), dtype=np.bool_)
    inside[measured] = False
    empty = (layout.loading.unknown < 0) & (layout.loading.values == 0) & inside[:, np.newaxis]
    for item, factor in np.argwhere(empty):
        loading[item, factor] = len(places)
        places.append(("loading", int(item), int(factor)))
    for one, other in np.argwhere(np.tril((layout.residual.unknown < 0) & np.outer(inside, inside), -1)):
        residual[one, other] = residual[other, one] = len(places)
        places.append(("residual", int(one), int(other)))
    return (
        replace(
            layout,
            loading=Places(layout.loading.values, loading),
            path=_known(layout.path),
            covariance=_known(layout.covariance),
            residual=Places(layout.residual.values, residual),
            intercept=_known(layout.intercept),
            mean=_known(layout.mean),
        ),
        places,
    )


def _known(places: Places) -> Places:
    return Places(places.values, np.full(places.unknown.shape, FIXED, dtype=np.intp))


def _units(group: GroupAt, places: list[tuple[Kind, int, int]]) -> NDArray[np.float64]:
    """What turns each number into its standardised form; NaN where a variance is negative."""
    item = np.sqrt(group.covariance.diagonal())
    factor, residual = (
        np.sqrt(np.where(variance > 0, variance, np.nan))
        for variance in (group.matrices.factors.diagonal(), group.matrices.residual.diagonal())
    )
    return np.array(
        [
            factor[other] / item[one] if kind == "loading" else 1 / (residual[one] * residual[other])
            for kind, one, other in places
        ]
    )


def _names(fit: ContinuousFit, kind: Kind, one: int, other: int) -> tuple[str, str]:
    items = fit.specification.items
    return items[one], fit.specification.factors[other].name if kind == "loading" else items[other]
