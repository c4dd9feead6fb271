"""What the gate lets through of a round, as far as the loop needs it: chances and scores of companies, means of teams.

A whole release of twenty companies takes seconds, and two hundred programmes need thousands of them. Here the same freeze and the
same gate work on the same answers, but for companies without their teams' pages, and for teams with one scale alone; texts, item
distributions and tables by background question are left out. Nothing of the answers goes around the gate. `benchmarks/loop.py`
sets it beside whole releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import AnswerBatch
from lerend.diagnosis.estimates import ProgrammeEstimates, estimate_from
from lerend.diagnosis.freezing import freeze
from lerend.diagnosis.frozen import LEAST_FOR_A_VARIANCE, basis_of_frozen, visibility_of_frozen
from lerend.diagnosis.gated import gated
from lerend.diagnosis.scales import scales_of
from lerend.disclosure.bands import above, nearest
from lerend.disclosure.cells import Cell
from lerend.disclosure.floors import DEFAULT_FLOOR, FLOOR_FOR_RANKING
from lerend.loop.questionnaire import Questionnaire
from lerend.loop.rounds import by_company
from lerend.release.showing import unit_cells
from lerend.statistics.frozen_sums import statistics_of_frozen

Floats = NDArray[np.float64]

DRAWS: Final = 300
_Z: Final = 1.96


@dataclass(frozen=True, slots=True, eq=False)
class ReleasedCompanies:
    """What is released of C companies.

    Attributes:
        chance: (C, F) that a factor is among the five with most room, in steps of .05; 0 where it may not be ranked.
        high: (C, F) upper end of the interval of the score, in steps of .1; NaN where nothing is shown.
        deviation: (F) points that one standard deviation between people is, in steps of .05.
    """

    chance: Floats
    high: Floats
    deviation: Floats


def released_companies(asked: Questionnaire, table: AnswerBatch, companies: int, *, seed: int) -> ReleasedCompanies:
    """Chances and scores of the companies, from sums that passed the gate.

    Raises:
        TooFewAnswers: nobody answered.
    """
    gate = gated(
        freeze(by_company(table), model=asked.model, instrument=asked.instrument, k=DEFAULT_FLOOR), parts=asked.parts
    )
    statistics = statistics_of_frozen(gate.sums, least=LEAST_FOR_A_VARIANCE)
    basis = basis_of_frozen(gate.sums, statistics, model=asked.model, instrument=asked.instrument, floor=DEFAULT_FLOOR)
    return _rounded(asked, estimate_from(basis, model=asked.model, seed=seed, draws=DRAWS), companies)


def _rounded(asked: Questionnaire, found: ProgrammeEstimates, companies: int) -> ReleasedCompanies:
    known = found.companies
    place = {factor: asked.factors.index(factor) for factor in found.scales.ids[: found.scales.n_factors]}
    columns = list(place.values())
    rows = [int(path[0].split()[-1]) - 1 for path in known.table.paths]
    shape = (companies, len(asked.factors))
    chance, high = np.zeros(shape), np.full(shape, np.nan)
    f = len(columns)
    ends = known.pooled.mean[:, :f] + _Z * np.sqrt(known.pooled.variance[:, :f])
    high[np.ix_(rows, columns)] = np.vectorize(lambda value: above(value, 0.1))(ends)
    if known.ranking is not None:
        ranked = np.isin(columns, asked.ranked) & (known.table.people[:, :f] >= FLOOR_FOR_RANKING)
        steps = np.vectorize(lambda value: nearest(value, 0.05))(known.ranking.top_five)
        chance[np.ix_(rows, columns)] = np.where(ranked, steps, 0.0)
    deviation = np.full(len(asked.factors), np.nan)
    deviation[columns] = [nearest(float(value), 0.05) for value in np.sqrt(found.within.scales.diagonal()[:f])]
    return ReleasedCompanies(chance, high, deviation)


def released_teams(asked: Questionnaire, table: AnswerBatch) -> Mapping[str, Cell]:
    """Means of teams on the one scale in the table, by the name of the team; teams that are no cell of their own are missing."""
    frozen = freeze(table, model=asked.model, instrument=asked.instrument, k=DEFAULT_FLOOR)
    if not frozen.groups:  # of so few that nobody may be kept, nothing is known
        return {}
    gate = gated(frozen, parts=asked.parts)
    statistics = statistics_of_frozen(gate.sums)
    scales = scales_of(asked.model, asked.instrument, statistics)
    seen = visibility_of_frozen(gate.sums, statistics, scales, asked.model, DEFAULT_FLOOR, gate.withheld)
    cells = unit_cells(gate, seen, scales.ids, DEFAULT_FLOOR)
    return {cell.name[1]: cell for cell in cells if len(cell.name) == 2}
