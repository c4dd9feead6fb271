"""What each shown figure says of the mean of its group: between which two numbers it must lie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lerend.attack.shown import UNITS, Cell, Score, Shown

TOP = 5.0


@dataclass(frozen=True, slots=True)
class Limit:
    """The mean over `cell` lies between `low` and `high`.

    `borders` are parts that a number counts as if their mean were at the border of what their word says.
    """

    cell: Cell
    low: float
    high: float
    borders: tuple[Cell, ...] = ()


def limits(cells: Sequence[Cell], shown: Shown) -> list[Limit]:
    """Everything that means, words and scores say about one scale; words say no more than how many times n."""
    in_words = [cell for cell in cells if cell.words]
    found = [
        Limit(cell, cell.mean - cell.half_step, cell.mean + cell.half_step, tuple(_parts(cell, in_words)))
        for cell in cells
        if cell.mean is not None
    ]
    return [*found, *_from_scores([cell for cell in cells if cell.mean is None], shown)]


def _parts(whole: Cell, in_words: Sequence[Cell]) -> Iterator[Cell]:
    """The smallest parts shown in words only; parts of parts count once."""
    inside = [
        part
        for part in in_words
        if part.release == whole.release and part.table == UNITS and part.groups < whole.groups
    ]
    for part in inside:
        if not any(other.groups < part.groups for other in inside):
            yield part


def _from_scores(cells: Sequence[Cell], shown: Shown) -> Iterator[Limit]:
    """A score lies between a group's own mean and what it is pooled towards, when the shown pairs say so."""
    scores = {(score.release, score.name, score.scale): score for score in shown.scores}
    if not scores or not _pooled_between(scores, shown):
        return
    for cell in cells:
        own = scores.get((cell.release, cell.name, cell.scale))
        above = scores.get((cell.release, cell.name[:-1], cell.scale)) if cell.name else None
        if own is None or above is None or cell.table != UNITS:
            continue
        if own.value < above.value - 0.1:
            yield Limit(replace(cell, words=""), 1.0, own.value + 0.05)
        elif own.value > above.value + 0.1:
            yield Limit(replace(cell, words=""), own.value - 0.05, TOP)


def _pooled_between(scores: dict[tuple[int, tuple[str, ...], str], Score], shown: Shown) -> bool:
    for cell in shown.cells:
        own = scores.get((cell.release, cell.name, cell.scale))
        above = scores.get((cell.release, cell.name[:-1], cell.scale)) if cell.name else None
        if own is None or above is None or cell.mean is None or cell.table != UNITS:
            continue
        if not min(cell.mean, above.value) - 0.11 <= own.value <= max(cell.mean, above.value) + 0.11:
            return False
    return True


def too_near(cell: Cell, most: float) -> bool:
    """Whether the mean alone bounds everybody in the group to fewer than two points, even with `most` people in it."""
    if cell.mean is None:
        return False
    room = min(cell.mean + cell.half_step - 1, TOP - cell.mean + cell.half_step)
    return most * room < 2 - 1e-9
