"""Attacker 5: which scores people can have had, when means of units and the spread of their organisation are laid together.

Unknown is how many people of each class have each score. Every mean and the squared distances to the organisation's mean
are linear in those numbers. Only where everybody answered all items of the scale: else a mean is none of persons' scores.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lerend.attack.bounds import ENOUGH
from lerend.attack.breach import Attacker, Breach, bounded
from lerend.attack.crowd import Crowd, Truth, crowd_of
from lerend.attack.limits import limits
from lerend.attack.shown import Cell, Shown, Spread

_HALF_STEP = 0.025
_MEAN_HALF_STEP = 0.05


def spread_breaches(shown: Shown, known: Truth) -> Iterator[Breach]:
    """Who is bounded to fewer than two points by a spread."""
    for spread in shown.spreads:
        items = known.items.get(spread.scale, ())
        cells = [cell for cell in shown.cells if (cell.release, cell.scale) == (spread.release, spread.scale)]
        whole = next((index for index, cell in enumerate(cells) if cell.name == spread.name), None)
        people = known.answered(spread.scale)
        complete = all(all(item in person.answers for item in items) for person in people)
        if whole is None or not items or not complete:
            continue
        crowd = crowd_of(cells, shown, known)
        question = _question(cells, whole, crowd, spread, shown, len(items))
        for place in np.flatnonzero(crowd.inside[whole]).tolist():
            low, high = question.ends(place)
            if high - low < ENOUGH - 1e-6:
                who = crowd.labels[place]
                how = bounded(who, low, high)
                yield Breach(Attacker.SPREAD, spread.scale, who, int(crowd.most[place]), how, low, high)


@dataclass(frozen=True, slots=True, eq=False)
class _Question:
    """The programme; its columns are classes × scores, and one more block for the person asked about."""

    scores: NDArray[np.float64]
    people: NDArray[np.float64]
    rows: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    def ends(self, place: int) -> tuple[float, float]:
        """The lowest and the highest score that somebody of a class can have had; the whole scale where nothing fits."""
        possible = [score for score in range(len(self.scores)) if self.fits(place, score)]
        if not possible:
            return 1.0, 5.0
        return float(self.scores[possible[0]]), float(self.scores[possible[-1]])

    def fits(self, place: int, score: int) -> bool:
        from scipy.optimize import linprog  # noqa: PLC0415 -- SciPy is loaded only where it is used

        solver: Any = linprog
        size = len(self.scores)
        own = np.kron(np.eye(len(self.people)), np.ones(size))
        bounds = [(0.0, None)] * own.shape[1]
        bounds[place * size + score] = (1.0, None)
        found = solver(
            np.zeros(own.shape[1]),
            A_ub=np.vstack([self.rows, -self.rows]),
            b_ub=np.concatenate([self.high, -self.low]) + 1e-7,
            A_eq=own,
            b_eq=self.people,
            bounds=bounds,
            method="highs",
        )
        return bool(found.status == 0)


def _question(cells: Sequence[Cell], whole: int, crowd: Crowd, spread: Spread, shown: Shown, items: int) -> _Question:
    scores = 1 + np.arange(4 * items + 1) / items
    rows, low, high = [], [], []
    place = {cell.name: index for index, cell in enumerate(cells)}
    for limit in limits(cells, shown):
        if limit.borders or limit.cell.table != cells[whole].table:
            continue
        inside = crowd.inside[place[limit.cell.name]]
        people = float(crowd.most[inside].sum())
        rows.append(np.kron(inside.astype(np.float64), scores))
        low.append(limit.low * people)
        high.append(limit.high * people)
    inside, mean = crowd.inside[whole], cells[whole].mean
    people = float(crowd.most[inside].sum())
    if mean is not None:
        rows.append(np.kron(inside.astype(np.float64), (scores - mean) ** 2))
        low.append((people - 1) * max(spread.deviation - _HALF_STEP, 0.0) ** 2)
        high.append((people - 1) * (spread.deviation + _HALF_STEP) ** 2 + people * _MEAN_HALF_STEP**2)
    return _Question(scores, crowd.most, np.array(rows), np.array(low), np.array(high))
