"""Where shown shares of answers give away counts of fewer than k people."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from lerend.attack.breach import Attacker, Breach, counted
from lerend.attack.counting import certain_small_counts, classes_of, small_counts_left
from lerend.attack.crowd import Headcount, Truth
from lerend.attack.shown import UNITS, Cell, Distribution, Shown


def count_breaches(shown: Shown, known: Truth | Headcount | None) -> Iterator[Breach]:
    """From the shares alone; and with made-up people from the counts behind them and what parts leave of them."""
    behind: dict[Distribution, NDArray[np.int64]] = {}
    for each in shown.distributions:
        group = group_of(each, shown, known)
        if isinstance(known, Truth) and group is not None:
            behind[each] = _answers(each, group, known)
        people = int((behind[each] > 0).sum()) if each in behind else None
        if certain_small_counts(each, shown.k, people):
            yield Breach(Attacker.SUBTRACTION, each.item, each.label, shown.k - 1, counted(each.label, None))
    yield from _in_truth(behind, shown)


def group_of(each: Distribution, shown: Shown, known: Truth | Headcount | None) -> Cell | None:
    """The people of a distribution, as the file says; else those of the unit's mean of the scale, or everybody in it.

    None when none of these fits the band of the made-up people.
    """
    if each.groups:
        return Cell(each.release, UNITS, each.name, "", each.groups)
    everybody = Cell(each.release, UNITS, each.name, "", frozenset())
    if not isinstance(known, Truth):
        return everybody
    scales = [scale for scale, items in known.items.items() if each.item in items]
    place = (each.release, UNITS, each.name)
    same = [cell for cell in shown.cells if (cell.release, cell.table, cell.name) == place and cell.scale in scales]
    for group in (*same, everybody):
        people = int((_answers(each, group, known) > 0).sum())
        if each.low <= people <= (each.high or people):
            return group
    return None


def _answers(each: Distribution, group: Cell, known: Truth) -> NDArray[np.int64]:
    """One place per person: the answer, or 0 for who is outside the group or gave none."""
    return np.array([person.answers.get(each.item, 0) if person.is_in(group) else 0 for person in known.people])


def _in_truth(behind: dict[Distribution, NDArray[np.int64]], shown: Shown) -> Iterator[Breach]:
    for whole, answers in behind.items():
        parts = _shown_parts(whole, behind)
        counts = classes_of(answers, whole.detail)
        for label, taken in ((whole.label, []), (f"{whole.label} −", parts)):
            if label == whole.label or taken:
                off = [classes_of(part, whole.detail) for part in taken]
                for place in small_counts_left(counts, off, shown.k):
                    people = int(counts[place] - sum(int(part[place]) for part in off))
                    yield Breach(Attacker.SUBTRACTION, whole.item, label, people, counted(label, people), right=True)


def _shown_parts(whole: Distribution, behind: dict[Distribution, NDArray[np.int64]]) -> list[NDArray[np.int64]]:
    """The largest shown parts of a unit, in the same or finer detail, that do not overlap."""
    inside = behind[whole] > 0
    taken = np.zeros_like(inside)
    parts = []
    for each, answers in sorted(behind.items(), key=lambda pair: -int((pair[1] > 0).sum())):
        own = answers > 0
        alike = each.item == whole.item and each.release == whole.release and whole.detail in (each.detail, "three")
        if alike and each is not whole and (own <= inside).all() and (own != inside).any() and not (own & taken).any():
            taken |= own
            parts.append(answers)
    return parts
