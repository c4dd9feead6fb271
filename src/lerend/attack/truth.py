"""Whether what is shown agrees with made-up people: an attacker who is told lies finds nothing, and that is no defence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from lerend.attack.crowd import Person, Truth
from lerend.attack.limits import limits
from lerend.attack.shown import Cell, Shown


def wrong_figures(shown: Shown, truth: Truth) -> Iterator[str]:
    """Numbers (not those with parts at the border) and bands that are not those of the people behind them."""
    for scale in shown.scales:
        people = truth.answered(scale)
        cells = [cell for cell in shown.cells if cell.scale == scale]
        for limit in limits(cells, shown):
            members = [person for person in people if person.is_in(limit.cell)]
            if limit.borders or not members or _hides_an_end(limit.cell, cells, people, truth.items[scale]):
                continue
            mean = mean_of_items(members, truth.items[scale])
            if not limit.low - 1e-6 <= mean <= limit.high + 1e-6:
                yield f"{limit.cell.label}, {scale}: {mean:.3f}"
        for cell in cells:
            size = sum(person.is_in(cell) for person in people)
            if not cell.low <= size <= (cell.high or size):
                yield f"{cell.label}, {scale}: n = {size}"


def _hides_an_end(whole: Cell, cells: Sequence[Cell], people: Sequence[Person], items: Sequence[str]) -> bool:
    """Whether some unit in it of which no number is shown is at the end of the scale, and may count as at its border."""
    numbers = [cell.groups for cell in cells if cell.mean is not None and cell.groups < whole.groups]
    rest = whole.groups - frozenset().union(*numbers)
    if len({leaf[:-1] for leaf in rest}) > 1:
        return True  # parts may have been taken together in more ways than can be seen
    families = [{leaf for leaf in rest if leaf[:-1] == parent} for parent in {leaf[:-1] for leaf in rest}]
    for groups in (rest, *families, *({leaf} for leaf in rest)):
        members = [person for person in people if person.places[whole.release] in groups]
        if members and _at_an_end(members, items):
            return True
    parts = [cell for cell in cells if cell.mean is not None and cell.groups < whole.groups]
    return any(_hides_an_end(part, cells, people, items) for part in parts)


def _at_an_end(people: Sequence[Person], items: Sequence[str]) -> bool:
    """Whether it can count as such: an item that few answered makes the number that counts small."""
    fewest = min(n for item in items if (n := sum(item in person.answers for person in people)))
    mean = mean_of_items(people, items)
    return fewest * min(5 - mean, mean - 1) < 2


def mean_of_items(people: Sequence[Person], items: Sequence[str]) -> float:
    """The mean of the items' means, each over who answered it."""
    means = []
    for item in items:
        answers = [person.answers[item] for person in people if item in person.answers]
        if answers:
            means.append(float(np.mean(answers)))
    return float(np.mean(means))
