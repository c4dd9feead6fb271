"""One linear programme for many questions at once: the smallest and largest score that one person can have had."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lerend.attack.shown import Distribution

CODES = np.arange(1, 6)
ENDS = np.array([1, 5])
"""A sum lies anywhere between all lowest and all highest answers; the codes between add nothing."""


@dataclass(frozen=True, slots=True)
class Sum:
    """The mean over a group of classes lies between two numbers; `borders` count as if at the border of their word.

    It is the mean of all items, or of one where `item` says which.
    """

    group: int
    low: float
    high: float
    borders: tuple[tuple[int, str], ...] = ()
    item: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """One question: which score somebody of class `asked` who answered the items `met` can have had.

    Attributes:
        count: (classes, items) how many answered.
        inside: (groups, classes).
        sums: what means say.
        counts: (group, item, distribution).
        asked, met: of the person; -1 and nothing where nobody is asked about.
    """

    count: NDArray[np.int64]
    inside: NDArray[np.bool_]
    sums: Sequence[Sum]
    counts: Sequence[tuple[int, int, Distribution]]
    asked: int
    met: tuple[bool, ...]


@dataclass(slots=True)
class _Rows:
    """A sparse programme in the making: columns are how many people of a class gave a code to an item."""

    columns: list[tuple[int, int, int]]
    """Class (-1 is the person asked about), item, code."""
    lines: list[tuple[NDArray[np.float64], float, float]]


def solved(blocks: Sequence[Block]) -> list[tuple[float, float]]:
    """Bounds per question; 1 to 5 where no people at all fit the figures."""
    from scipy.optimize import linprog  # noqa: PLC0415 -- SciPy is loaded only where it is used
    from scipy.sparse import block_diag, csr_array  # noqa: PLC0415 -- SciPy is loaded only where it is used

    solver: Any = linprog  # its types know no sparse matrices
    matrices, goals, upper, bounds = [], [], [], []
    for block in blocks:
        rows = _rows(block)
        lines = np.array([line for line, _, _ in rows.lines])
        ends = np.array([[high, -low] for _, low, high in rows.lines]).T.ravel()
        met = max(sum(block.met), 1)
        goal = np.array([code / met if group < 0 else 0.0 for group, _, code in rows.columns])
        for sign in (1, -1):
            matrices.append(csr_array(np.vstack([lines, -lines])))
            upper.append(ends)
            goals.append(sign * goal)
            bounds.append(len(goal))
    answer: Any = solver(
        np.concatenate(goals),
        A_ub=block_diag(matrices, format="csr"),
        b_ub=np.concatenate(upper) + 1e-7,
        bounds=(0, None),
        method="highs",
    )
    if answer.status != 0:
        return [_alone(block) for block in blocks] if len(blocks) > 1 else [(1.0, 5.0)]
    parts = np.split(answer.x, np.cumsum(bounds)[:-1])
    values = [float(goal @ part) for goal, part in zip(goals, parts, strict=True)]
    return [(values[index], -values[index + 1]) for index in range(0, len(values), 2)]


def possible_totals(block: Block) -> NDArray[np.float64] | None:
    """Sums of answers per class and item with which all figures hold, far from their ends; None where no people fit.

    The halfway point of the solution with the smallest sums and the one with the largest is a solution too.

    Args:
        block: asks about nobody.
    """
    from scipy.optimize import linprog  # noqa: PLC0415 -- SciPy is loaded only where it is used

    solver: Any = linprog
    rows = _rows(block)
    lines = np.array([line for line, _, _ in rows.lines])
    ends = np.array([[high, -low] for _, low, high in rows.lines]).T.ravel() + 1e-7
    code = np.array([code for _, _, code in rows.columns], dtype=float)
    people = np.zeros(len(code))
    for sign in (1, -1):
        answer = solver(sign * code, A_ub=np.vstack([lines, -lines]), b_ub=ends, bounds=(0, None), method="highs")
        if answer.status != 0:
            return None
        people += answer.x / 2
    totals = np.zeros(block.count.shape)
    np.add.at(totals, tuple(zip(*((group, item) for group, item, _ in rows.columns), strict=True)), people * code)
    return totals


def _alone(block: Block) -> tuple[float, float]:
    return solved([block])[0]


def _rows(block: Block) -> _Rows:
    whole = {item for _, item, _ in block.counts}
    classes, items = block.count.shape
    rows = _Rows([], [])
    for group in (*range(classes), -1):
        for item in range(items):
            if group >= 0 or block.met[item]:
                rows.columns += [(group, item, int(code)) for code in (CODES if item in whole else ENDS)]
    place = {(group, item): [] for group, item, _ in rows.columns}  # type: dict[tuple[int, int], list[int]]
    for index, (group, item, _) in enumerate(rows.columns):
        place[group, item].append(index)
    for (group, item), columns in place.items():
        people = 1 if group < 0 else int(block.count[group, item]) - (group == block.asked and block.met[item])
        rows.lines.append((_line(len(rows.columns), columns, 1.0), people, people))
    code = np.array([code for _, _, code in rows.columns], dtype=float)
    owner = np.array([block.asked if group < 0 else group for group, _, _ in rows.columns])
    about = np.array([item for _, item, _ in rows.columns])
    rows.lines += [line for each in block.sums if (line := _sum(block, each, code, owner, about)) is not None]
    for group, item, distribution in block.counts:
        rows.lines += list(_shares(block, group, item, distribution, code, owner, about))
    return rows


def _line(size: int, columns: Sequence[int], value: float) -> NDArray[np.float64]:
    line = np.zeros(size)
    line[list(columns)] = value
    return line


def _sum(
    block: Block, each: Sum, code: NDArray[np.float64], owner: NDArray[np.intp], about: NDArray[np.intp]
) -> tuple[NDArray[np.float64], float, float] | None:
    inside = block.inside[each.group]
    people = block.count[inside].sum(axis=0)
    if each.item is not None:
        people = np.where(np.arange(len(people)) == each.item, people, 0)
    if not people.any():
        return None
    weight = np.where(people > 0, 1 / np.maximum(people, 1), 0) / (people > 0).sum()
    known = np.zeros(len(inside), dtype=bool)
    low, high = each.low, each.high
    for part, words in each.borders:
        known |= block.inside[part]
        share = float(block.count[block.inside[part]].sum(axis=0) @ weight)
        least, most = _border(block.count[block.inside[part]].sum(axis=0), words)
        low, high = low - share * most, high - share * least
    line = np.where(inside[owner] & ~known[owner], weight[about] * code, 0)
    return line, low, high


def _border(people: NDArray[np.int64], words: str) -> tuple[float, float]:
    """Where the border of a word lies, seen from outside, where it is not known how skipped items count."""
    from_end = sorted((min(2 / max(int(people.max()), 1), 4.0), min(2 / max(int(people.min()) / 2, 0.5), 4.0)))
    return (1 + from_end[0], 1 + from_end[1]) if words == "very_low" else (5 - from_end[1], 5 - from_end[0])


def _shares(
    block: Block,
    group: int,
    item: int,
    distribution: Distribution,
    code: NDArray[np.float64],
    owner: NDArray[np.intp],
    about: NDArray[np.intp],
) -> Iterator[tuple[NDArray[np.float64], float, float]]:
    inside = block.inside[group]
    people = int(block.count[inside, item].sum())
    full = distribution.detail != "three"
    half = 0.05 if distribution.detail == "exact" else 2.5
    classes: list[tuple[int, ...]] = [(step,) for step in range(1, 6)] if full else [(1, 2), (3,), (4, 5)]
    for codes, share in zip(classes, distribution.shares, strict=True):
        low, high = (share - half, share + half) if full else (share, share + 25)
        line = np.where(inside[owner] & (about == item) & np.isin(code, codes), 1.0, 0.0)
        yield line, max(low, 0) * people / 100, min(high, 100) * people / 100
