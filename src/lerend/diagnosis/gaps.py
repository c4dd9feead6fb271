"""The gap between how management and employees see the organisation, as a result of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import Path
from lerend.diagnosis import sentences
from lerend.diagnosis.result import Gap
from lerend.diagnosis.scales import scales_of
from lerend.diagnosis.scores import score_table, within_companies
from lerend.diagnosis.units import TENTH, Context, estimate_of
from lerend.model.structure import Instrument
from lerend.statistics.sufficient import Statistics

SIGNED: Final = "company_form"
"""`seen_by` of the signed company form; who fills it in is known, and is none of those who are protected."""
INFORMANT_VARIANCE: Final = 0.49
"""Variance of one informant's view of a factor around the organisation's own value (SD .70; our own calculation)."""


@dataclass(frozen=True, slots=True)
class ManagementView:
    """Another group's answers about the same factors, per company.

    `floor` is how many of them must have answered: one for the signed company form, k for leaders' own scan answers.
    """

    seen_by: str
    statistics: Statistics
    instrument: Instrument
    floor: int


def gaps_of(view: ManagementView, context: Context) -> dict[Path, tuple[Gap, ...]]:
    """Gaps per company, largest first; only for factors that employees may see and management was asked about."""
    numbers, model = context.numbers, context.model
    scales = scales_of(model, view.instrument, view.statistics)
    table = score_table(view.statistics, scales, within_companies(view.statistics, scales), depth=1)
    found: dict[Path, tuple[Gap, ...]] = {}
    for row, path in enumerate(table.paths):
        if path not in numbers.companies.table.paths:
            continue
        gaps = [
            _gap(view, context, path, name, float(table.score[row, index]), int(table.people[row, index]))
            for index, name in enumerate(scales.ids[: scales.n_factors])
            if model.factor(name).gap_sensitive and _may_compare(view, context, path, name, table.people[row, index])
        ]
        found[path] = tuple(sorted(gaps, key=lambda gap: -abs(gap.difference.value)))
    return found


def _may_compare(
    view: ManagementView,
    context: Context,
    path: Path,
    factor: str,
    informants: NDArray[np.int64],
) -> bool:
    scales = context.numbers.scales.ids
    if factor not in scales or informants < view.floor:
        return False
    if context.behind is not None and context.behind.words_for(path, factor) is not None:
        return False
    return path in context.visibility.shown(scales.index(factor), 1)


def _gap(
    view: ManagementView,
    context: Context,
    path: Path,
    factor: str,
    management: float,
    informants: int,
) -> Gap:
    numbers = context.numbers
    row = numbers.companies.table.paths.index(path)
    column = numbers.scales.ids.index(factor)
    mean, variance = numbers.companies.pooled.mean[row, column], numbers.companies.pooled.variance[row, column]
    own = INFORMANT_VARIANCE if view.floor == 1 else float(numbers.within.scales[column, column])
    difference = context.rough(estimate_of(management - mean, variance + own / informants), TENTH)
    chance = difference.low <= 0 <= difference.high
    return Gap(
        factor=factor,
        seen_by=view.seen_by,
        management=context.nearest(management, TENTH),
        employees=context.rough(estimate_of(mean, variance, lowest=1, highest=5), TENTH),
        difference=difference,
        can_be_chance=chance,
        sentence=sentences.about_gap(context.model.name_of(factor), difference, can_be_chance=chance),
    )
