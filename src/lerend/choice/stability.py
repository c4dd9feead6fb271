"""Whether a choice hangs on one person or one role: leave each of them out once, and see what comes first then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from lerend.choice.value import Firmness, Stability

MOST_CHANGING: Final = 0.2
"""More than one of five, of the people or of the groups, and the choice is not decided."""
_SAME: Final = 1e-9


def mean_over_groups(
    scores: npt.NDArray[np.float64],
    member: npt.NDArray[np.int64],
    shown: npt.NDArray[np.bool_],
    *,
    without: int | None = None,
) -> npt.NDArray[np.float64]:
    """Per option the mean of the groups' means, each group counting the same; nan where no group may be shown.

    Args:
        scores: raters by options, from 1 to 5; nan without an opinion.
        member: the group of each rater.
        shown: groups by options, whether the cell may be shown.
        without: a rater who is left out.
    """
    given = ~np.isnan(scores)
    if without is not None:
        given[without] = False
    one_hot = member[None, :] == np.arange(len(shown))[:, None]
    counts = one_hot.astype(np.float64) @ given
    sums = one_hot.astype(np.float64) @ np.where(given, scores, 0.0)
    return _mean(np.divide(sums, counts, out=np.zeros_like(sums), where=counts > 0), shown & (counts > 0))


def stability_of(
    scores: npt.NDArray[np.float64],
    member: npt.NDArray[np.int64],
    shown: npt.NDArray[np.bool_],
    options: Sequence[str],
) -> Stability:
    """Leave one person out, and one group out, over all; the arguments are those of `mean_over_groups`."""
    people, groups = len(scores), int(shown.any(axis=1).sum())
    now = _first(mean_over_groups(scores, member, shown))
    if not now:
        return Stability(Firmness.TOO_FEW, people, 0, groups, 0, ())
    by_person = [_first(mean_over_groups(scores, member, shown, without=rater)) for rater in range(people)]
    by_group = list(_without_each_group(scores, member, shown)) if groups > 1 else []
    people_changing, groups_changing = (sum(first != now for first in found) for found in (by_person, by_group))
    is_firm = (
        len(now) == 1
        and people_changing <= MOST_CHANGING * people
        and groups_changing <= MOST_CHANGING * max(len(by_group), 1)
    )
    others = set().union(*by_person, *by_group) - now if len(now) == 1 else set(now)
    return Stability(
        firmness=Firmness.DECIDED if is_firm else Firmness.UNDECIDED,
        people=people,
        people_changing=people_changing,
        groups=groups,
        groups_changing=groups_changing,
        rivals=tuple(option for place, option in enumerate(options) if place in others),
    )


def _without_each_group(
    scores: npt.NDArray[np.float64], member: npt.NDArray[np.int64], shown: npt.NDArray[np.bool_]
) -> Iterable[frozenset[int]]:
    for group in np.flatnonzero(shown.any(axis=1)):
        rest = shown.copy()
        rest[group] = False
        yield _first(mean_over_groups(scores, member, rest))


def _first(means: npt.NDArray[np.float64]) -> frozenset[int]:
    """Options that share the first place; none where nothing may be shown."""
    if np.isnan(means).all():
        return frozenset()
    return frozenset(np.flatnonzero(means >= np.nanmax(means) - _SAME).tolist())


def _mean(cells: npt.NDArray[np.float64], counts: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    number = counts.sum(axis=0)
    total = np.where(counts, cells, 0.0).sum(axis=0)
    found: npt.NDArray[np.float64] = np.divide(total, number, out=np.full(total.shape, np.nan), where=number > 0)
    return found
