"""Small made-up waves for the tests of the gate, and an attacker that shares no code with it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from lerend.answers.table import NOT_APPLICABLE, SKIPPED, AnswerBatch, Path, Reading
from lerend.diagnosis.diagnose import Origin
from lerend.diagnosis.freezing import freeze
from lerend.disclosure.cells import Cell, Extreme
from lerend.release.gate import Ledger, release_of
from lerend.release.value import Collected, Release, Wave
from tests.lerend.diagnosis.made_up import INSTRUMENT, MODEL

SCALES = ("workload", "coworker_support")
ITEMS = tuple(item.id for item in INSTRUMENT.items if item.measures in SCALES)
ORIGIN = Origin(Reading(), "0" * 64, ("company", "team"), simulated=True)


def wave_of(teams: Sequence[NDArray[np.uint8]], company: str = "Voorbeeld") -> AnswerBatch:
    """A company of these teams; each is (people, items)."""
    paths = tuple((company, f"Team {place:02d}") for place in range(len(teams)))
    group = np.repeat(np.arange(len(teams)), [len(team) for team in teams]).astype(np.int32)
    return AnswerBatch(ITEMS, np.concatenate(list(teams)), paths, group)


def released(
    batch: AnswerBatch,
    *,
    k: int = 5,
    code: str = "w1",
    ledger: Ledger | None = None,
    collected: Collected = Collected.ELSEWHERE,
) -> Release:
    frozen = freeze(batch, model=MODEL, instrument=INSTRUMENT, k=k)
    return release_of(
        frozen,
        model=MODEL,
        instrument=INSTRUMENT,
        wave=Wave(code, "Najaar", "Voorbeeld"),
        made_on="2026-09-18",
        origin=ORIGIN,
        k=k,
        collected=collected,
        ledger=ledger or Ledger(),
        draws=100,
    )


def members(batch: AnswerBatch, cell: Cell) -> NDArray[np.bool_]:
    """The people in a cell who answered its scale."""
    units: set[Path] = set(cell.groups)
    there = np.array([path in units for path in batch.paths])[batch.group]
    return there & answers(batch, cell.scale)[1].any(axis=1)


def answers(batch: AnswerBatch, scale: str) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """Codes of the items of a scale, and which of them are answers."""
    columns = [place for place, name in enumerate(batch.items) if _measures(name) == scale]
    codes = batch.codes[:, columns]
    return codes, (codes > SKIPPED) & (codes < NOT_APPLICABLE)


def _measures(item: str) -> str:
    return next(one.measures for one in INSTRUMENT.items if one.id == item)


def widths(batch: AnswerBatch, release: Release, scale: str) -> list[float]:
    """Points over which an attacker must leave each person's score open, who knows who skipped what.

    Unknown is every answer, between 1 and 5. A mean in figures holds the exact one within .05; "very low" says that the
    one person who may have lifted it lifted it by less than two points.
    """
    _, given = answers(batch, scale)
    cells = [cell for cell in release.cells if cell.scale == scale]
    spoken = [cell for cell in cells if cell.words is not None]
    place = {cell: number for number, cell in enumerate(zip(*np.nonzero(given), strict=True))}
    rows, limits = [], []
    for cell in cells:
        inside = members(batch, cell)
        row = _row(given, inside, place)
        if cell.words is Extreme.VERY_LOW:
            rows.append(row)
            limits.append(1 + 2 / _lifted_by_one(given[inside]))
        elif cell.words is Extreme.VERY_HIGH:
            rows.append(-row)
            limits.append(-(5 - 2 / _lifted_by_one(given[inside])))
        elif not any(set(other.groups) <= set(cell.groups) for other in spoken):
            assert cell.mean is not None
            rows += [row, -row]
            limits += [cell.mean + 0.05, -(cell.mean - 0.05)]
    return [_width(given, int(who), place, rows, limits) for who in np.flatnonzero(given.any(axis=1))]


def _row(given: NDArray[np.bool_], inside: NDArray[np.bool_], place: dict[tuple[int, int], int]) -> NDArray[np.float64]:
    """The mean of item means as a sum over answers."""
    n = given[inside].sum(axis=0)
    row = np.zeros(len(place))
    for (who, item), number in place.items():
        if inside[who]:
            row[number] = 1 / n[item] / (n > 0).sum()
    return row


def _lifted_by_one(given: NDArray[np.bool_]) -> float:
    """How much of the mean one person who answered everything makes up, the other way round."""
    n = given.sum(axis=0)
    return float((n > 0).sum() / (1 / n[n > 0]).sum())


def _width(
    given: NDArray[np.bool_],
    who: int,
    place: dict[tuple[int, int], int],
    rows: Sequence[NDArray[np.float64]],
    limits: Sequence[float],
) -> float:
    goal = np.zeros(len(place))
    for item in np.flatnonzero(given[who]):
        goal[place[who, int(item)]] = 1 / given[who].sum()
    if not rows:
        return 4.0
    bounds = [(1.0, 5.0)] * len(place)
    low = linprog(goal, A_ub=np.array(rows), b_ub=limits, bounds=bounds)
    high = linprog(-goal, A_ub=np.array(rows), b_ub=limits, bounds=bounds)
    assert low.status == high.status == 0, "what is shown contradicts what was answered"
    assert low.fun is not None
    assert high.fun is not None
    return -float(high.fun) - float(low.fun)
