"""How well each scale measures, from the same sums."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lerend.diagnosis.estimates import ProgrammeEstimates
from lerend.diagnosis.result import Estimate, ScaleQuality
from lerend.diagnosis.rounding import rough
from lerend.disclosure.bands import nearest, people_band
from lerend.statistics.agreement import agreements, summary
from lerend.statistics.clustering import clustering
from lerend.statistics.interval import Interval
from lerend.statistics.nulls import Null
from lerend.statistics.omega import omega
from lerend.statistics.reliability import alpha
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
    uniform, skewed = _agreement(statistics, items, categories) if depth else (None, None)
    return ScaleQuality(
        scale=scales.ids[index],
        items=len(items),
        people=int(numbers.programme.table.people[0, index]),
        alpha=None if found_alpha is None else _estimate(found_alpha.value, found_alpha.bonett),
        omega=None if found_omega is None else _estimate(found_omega.value, found_omega.interval),
        icc1=None if groups is None else groups.icc1,
        icc2=None if groups is None else groups.icc2,
        rwg_uniform=uniform,
        rwg_skewed=skewed,
    )


def _agreement(
    statistics: Statistics, items: list[str], categories: dict[str, int]
) -> tuple[float | None, float | None]:
    """Median rwg(j) over the units with enough raters, against a uniform and a slightly skewed null."""
    nulls = (Null.UNIFORM, Null.SLIGHT_SKEW)
    found = [summary(one) for one in agreements(statistics, items, nulls=nulls, categories_of=categories)]
    uniform, skewed = (None if one is None else one.median for one in found)
    return uniform, skewed


def rough_quality(quality: tuple[ScaleQuality, ...], *, k: int, enough: bool) -> tuple[ScaleQuality, ...]:
    """As it may be said behind the gate: in steps of .05, and agreement within units not at all.

    Agreement is a median over units, so one unit's own.

    Args:
        quality: in full.
        k: where the lowest band of people starts.
        enough: an organisation was large enough to keep how its items go together.
    """
    return tuple(_rough(one, k, enough=enough) for one in quality if isinstance(one.people, int) and one.people >= k)


def _rough(one: ScaleQuality, k: int, *, enough: bool) -> ScaleQuality:
    assert isinstance(one.people, int)  # noqa: S101 -- tells the type checker what the caller looked at
    kept = one if enough else ScaleQuality(one.scale, one.items, one.people, None, None, None, None, None, None)
    return replace(
        kept,
        people=people_band(one.people, k=k),
        alpha=None if kept.alpha is None else rough(kept.alpha, 0.05),
        omega=None if kept.omega is None else rough(kept.omega, 0.05),
        icc1=_nearest(kept.icc1),
        icc2=_nearest(kept.icc2),
        rwg_uniform=None,
        rwg_skewed=None,
    )


def _nearest(value: float | None) -> float | None:
    return None if value is None or not np.isfinite(value) else nearest(value, 0.05)


def _estimate(value: float, interval: Interval) -> Estimate:
    return Estimate(value, interval.low, interval.high)
