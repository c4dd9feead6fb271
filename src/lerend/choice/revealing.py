"""From the sheets of a round to what the room sees: means per role with spread, order, differences, stability.

An option's score is the mean of need, influence and feasibility, so that it can be added up on paper. Every group
counts the same, however many people it has. A cell that is hidden counts in nothing, so nothing gives it away.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Final

import numpy as np
import numpy.typing as npt

from lerend.choice.joining import joined_groups
from lerend.choice.stability import mean_over_groups, stability_of
from lerend.choice.value import (
    CRITERIA,
    HIGHEST,
    LEAST_RATERS,
    LOWEST,
    Cell,
    Difference,
    Group,
    Rated,
    Reveal,
    Sheet,
    SheetIsWrong,
    Spread,
)

LEAST_DIFFERENCE: Final = 1.0
"""In marks; smaller ones are not worth the time of a meeting."""
MOST_DIFFERENCES: Final = 3
_APART_FROM: Final = 0.75
_FAR_FROM: Final = 1.25
"""Standard deviation of scores from 1 to 5, of which the largest possible is 2."""
_STEP: Final = 1


def reveal(sheets: Sequence[Sheet], options: Sequence[str], roles: Sequence[str]) -> Reveal:
    """What may be seen of a round.

    Args:
        sheets: one for each person; those without any mark count for nothing.
        options: names or ids, in the order of the marks.
        roles: all roles of the meeting, in the order in which they are shown.

    Raises:
        SheetIsWrong: a sheet does not fit the options or the roles.
    """
    counted = [sheet for sheet in sheets if any(_checked(sheet, options, roles))]
    groups = joined_groups([sheet.role for sheet in counted], roles)
    marks = np.array([_row(sheet) for sheet in counted], dtype=np.float64).reshape(-1, len(options), len(CRITERIA))
    member = np.array([_place(sheet.role, groups) for sheet in counted], dtype=np.int64)
    shown = _shown(marks, member, len(groups))
    rated = _rated(marks, member, shown, options)
    return Reveal(
        groups=groups,
        options=rated,
        differences=_differences(marks, member, shown, options, groups),
        stability=stability_of(marks.mean(axis=2), member, shown, options),
    )


def _checked(sheet: Sheet, options: Sequence[str], roles: Sequence[str]) -> Sequence[bool]:
    """Per option whether it has marks."""
    if len(sheet.marks) != len(options) or sheet.role not in roles:
        raise SheetIsWrong("A sheet has marks or nothing for every option, and a role of the meeting.")
    for marks in sheet.marks:
        if marks is not None and not (len(marks) == len(CRITERIA) and all(LOWEST <= mark <= HIGHEST for mark in marks)):
            raise SheetIsWrong("Marks go from 1 to 5, one for each criterion.")
    return [marks is not None for marks in sheet.marks]


def _row(sheet: Sheet) -> list[tuple[float, ...]]:
    nothing = (np.nan,) * len(CRITERIA)
    return [nothing if marks is None else marks for marks in sheet.marks]


def _place(role: str, groups: Sequence[Group]) -> int:
    return next(number for number, group in enumerate(groups) if role in group.roles)


def _shown(marks: npt.NDArray[np.float64], member: npt.NDArray[np.int64], groups: int) -> npt.NDArray[np.bool_]:
    """Groups by options: whether at least three have an opinion."""
    has_opinion = ~np.isnan(marks[:, :, 0])
    counts = np.array([has_opinion[member == group].sum(axis=0) for group in range(groups)])
    found: npt.NDArray[np.bool_] = counts.reshape(groups, marks.shape[1]) >= LEAST_RATERS
    return found


def _rated(
    marks: npt.NDArray[np.float64],
    member: npt.NDArray[np.int64],
    shown: npt.NDArray[np.bool_],
    options: Sequence[str],
) -> tuple[Rated, ...]:
    scores = mean_over_groups(marks.mean(axis=2), member, shown)
    each = [mean_over_groups(marks[:, :, place], member, shown) for place in range(len(CRITERIA))]
    found = [
        Rated(
            option=option,
            score=None if np.isnan(scores[place]) else _rounded(scores[place]),
            means=None if np.isnan(scores[place]) else _three([one[place] for one in each]),
            cells=tuple(
                _cell(marks[member == group, place]) if is_shown else None
                for group, is_shown in enumerate(shown[:, place])
            ),
        )
        for place, option in enumerate(options)
    ]
    order = sorted(range(len(options)), key=lambda place: (np.isnan(scores[place]), -scores[place], place))
    return tuple(found[place] for place in order)


def _cell(marks: npt.NDArray[np.float64]) -> Cell:
    given = marks[~np.isnan(marks[:, 0])]
    spread = float(given.mean(axis=1).std())
    return Cell(_rounded(given.mean()), _three(list(given.mean(axis=0))), _in_words(spread))


def _in_words(spread: float) -> Spread:
    if spread < _APART_FROM:
        return Spread.CLOSE
    return Spread.APART if spread < _FAR_FROM else Spread.FAR


def _differences(
    marks: npt.NDArray[np.float64],
    member: npt.NDArray[np.int64],
    shown: npt.NDArray[np.bool_],
    options: Sequence[str],
    groups: Sequence[Group],
) -> tuple[Difference, ...]:
    """The largest of each option, from one mark on."""
    found = []
    for place, option in enumerate(options):
        with_cell = [number for number in range(len(groups)) if shown[number, place]]
        means = {number: np.nanmean(marks[member == number, place], axis=0) for number in with_cell}
        by, place_of_criterion, high, low = max(
            (
                (means[one][number] - means[other][number], number, one, other)
                for pair in combinations(with_cell, 2)
                for one, other in _both(pair)
                for number in range(len(CRITERIA))
            ),
            key=lambda each: each[0],
            default=(0.0, 0, 0, 0),
        )
        if by >= LEAST_DIFFERENCE:
            criterion = CRITERIA[place_of_criterion]
            found.append(Difference(option, criterion, groups[high], groups[low], _rounded(by)))
    return tuple(sorted(found, key=lambda one: -one.by)[:MOST_DIFFERENCES])


def _both(pair: tuple[int, int]) -> tuple[tuple[int, int], tuple[int, int]]:
    return pair, (pair[1], pair[0])


def _three(means: Sequence[float]) -> tuple[float, float, float]:
    need, influence, feasibility = (_rounded(mean) for mean in means)
    return need, influence, feasibility


def _rounded(value: float) -> float:
    return round(float(value), _STEP)
