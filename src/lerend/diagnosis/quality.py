"""How well each scale measures, from the same sums."""

from __future__ import annotations

import numpy as np

from lerend.diagnosis.estimates import ProgrammeEstimates
from lerend.diagnosis.result import Estimate, ScaleQuality
from lerend.statistics.agreement import Null, agreement, summary
from lerend.statistics.clustering import clustering
from lerend.statistics.interval import Interval
from lerend.statistics.reliability import alpha, omega
from lerend.statistics.sufficient import Statistics


def quality_of(statistics: Statistics, numbers: ProgrammeEstimates) -> tuple[ScaleQuality, ...]:
    """Reliability within companies, differences between and agreement within the finest units."""
    return tuple(_quality(statistics, numbers, index) for index in range(len(numbers.scales.ids)))


def _quality(statistics: Statistics, numbers: ProgrammeEstimates, index: int) -> ScaleQuality:
    scales = numbers.scales
    members = np.flatnonzero(scales.belongs[index])
    items = [statistics.items[member] for member in members]
    categories = {statistics.items[member]: int(scales.categories[member]) for member in members}
    depth = len(statistics.units[0])
    found_alpha = alpha(statistics, items, within=min(1, depth), categories_of=categories)
    found_omega = omega(statistics, items, within=min(1, depth), categories_of=categories)
    groups = clustering(statistics, items, depth=depth, categories_of=categories) if depth else None
    return ScaleQuality(
        scale=scales.ids[index],
        items=len(items),
        people=int(numbers.programme.table.people[0, index]),
        alpha=None if found_alpha is None else _estimate(found_alpha.value, found_alpha.bonett),
        omega=None if found_omega is None else _estimate(found_omega.value, found_omega.interval),
        icc1=None if groups is None else groups.icc1,
        icc2=None if groups is None else groups.icc2,
        rwg_uniform=_agreement(statistics, items, categories, Null.UNIFORM) if depth else None,
        rwg_skewed=_agreement(statistics, items, categories, Null.SLIGHT_SKEW) if depth else None,
    )


def _agreement(statistics: Statistics, items: list[str], categories: dict[str, int], null: Null) -> float | None:
    """Median rwg(j) over the units with enough raters."""
    found = summary(agreement(statistics, items, null=null, categories_of=categories))
    return None if found is None else found.median


def _estimate(value: float, interval: Interval) -> Estimate:
    return Estimate(value, interval.low, interval.high)
