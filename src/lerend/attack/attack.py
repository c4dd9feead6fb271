"""All attackers on all given releases of one organisation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from lerend.attack import breach as words
from lerend.attack.breach import Attacker, Breach, Outcome
from lerend.attack.crowd import Crowd, Headcount, Truth, crowd_of
from lerend.attack.distributions import count_breaches
from lerend.attack.limits import too_near
from lerend.attack.panel import changes
from lerend.attack.person import person_breaches
from lerend.attack.row_space import small_groups
from lerend.attack.shown import Cell, Shown
from lerend.attack.spread import spread_breaches
from lerend.attack.subtraction import leftovers
from lerend.attack.truth import wrong_figures


def attack(shown: Shown, known: Truth | Headcount | None = None) -> Outcome:
    """Everything that the attackers find.

    Args:
        shown: the releases, read together.
        known: made-up people, or numbers of people, for whoever has them.
    """
    breaches = [*derivable(shown, known), *count_breaches(shown, known)]
    unsure = asked = 0
    for cells, crowd in _by_scale(shown, known):
        unsure += 0 if crowd.exact else int((crowd.most >= shown.k).sum())
        found, kinds = _persons(cells, crowd, shown, known)
        breaches += found
        asked += kinds
    breaches += list(spread_breaches(shown, known)) if isinstance(known, Truth) else []
    figures = sum(len(part) for part in (shown.cells, shown.distributions, shown.items, shown.spreads))
    wrong = tuple(wrong_figures(shown, known)) if isinstance(known, Truth) else ()
    return Outcome(tuple(breaches), unsure, figures, asked, wrong)


def derivable(shown: Shown, known: Truth | Headcount | None = None) -> Iterator[Breach]:
    """What can be computed by adding and subtracting; one after the other, for whoever needs only the first."""
    for cells, crowd in _by_scale(shown, known):
        yield from _sums(cells, crowd, shown)


def bounded(shown: Shown, known: Truth | Headcount | None = None) -> Iterator[Breach]:
    """Who is bounded to fewer than two points; one after the other, for whoever needs only the first."""
    for cells, crowd in _by_scale(shown, known):
        yield from _persons(cells, crowd, shown, known)[0]


def _by_scale(shown: Shown, known: Truth | Headcount | None) -> Iterator[tuple[list[Cell], Crowd]]:
    for scale in shown.scales:
        cells = [cell for cell in shown.cells if cell.scale == scale]
        yield cells, crowd_of(cells, shown, known)


def _persons(
    cells: Sequence[Cell], crowd: Crowd, shown: Shown, known: Truth | Headcount | None
) -> tuple[list[Breach], int]:
    alone = list(_alone(cells, crowd, shown))
    if known is None:
        return alone, 0
    found, kinds = person_breaches(cells[0].scale, cells, shown, known)
    return [*alone, *found], kinds


def _sums(cells: Sequence[Cell], crowd: Crowd, shown: Shown) -> Iterator[Breach]:
    """What can be computed about fewer than k people: within each wave, and from both together."""
    right = True if crowd.exact else None
    for wave in dict.fromkeys(shown.waves):
        rows = [index for index, cell in enumerate(cells) if shown.waves[cell.release] == wave]
        own, part = [cells[index] for index in rows], crowd.only(rows)
        for classes in small_groups(part, shown.k):
            who, people = crowd.named(classes), _people(crowd, classes)
            yield Breach(Attacker.ROW_SPACE, cells[0].scale, who, people, words.computed(who, people), right=right)
        for (first, second), classes in leftovers(own, part, shown.k):
            who, people = crowd.named(classes), _people(crowd, classes)
            how = words.subtracted(first, second, who, people)
            yield Breach(Attacker.SUBTRACTION, cells[0].scale, who, people, how, right=right)
    for classes in changes(cells, crowd, shown):
        who, people = crowd.named(classes), _people(crowd, classes)
        yield Breach(Attacker.PANEL, cells[0].scale, who, people, words.changed(who, people), right=right)


def _alone(cells: Sequence[Cell], crowd: Crowd, shown: Shown) -> Iterator[Breach]:
    """Single means near the end of the scale, even if as many people are behind them as can be."""
    for index, cell in enumerate(cells):
        most = float(crowd.most[crowd.inside[index]].sum())
        most = min(most, np.inf if cell.high is None else cell.high)
        if np.isfinite(most) and too_near(cell, most) and not _has_words_inside(cell, shown):
            how = words.too_near_the_end(cell.label)
            yield Breach(Attacker.PROGRAMME, cell.scale, cell.label, int(most), how, 1.0, 5.0)


def _has_words_inside(cell: Cell, shown: Shown) -> bool:
    return any(
        part.words and part.scale == cell.scale and part.release == cell.release and part.groups < cell.groups
        for part in shown.cells
    )


def _people(crowd: Crowd, classes: Sequence[int]) -> int:
    return int(crowd.most[list(classes)].sum())
