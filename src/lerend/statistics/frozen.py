"""What survives a closed wave, and nothing else: sums too coarse for any person's answers to be recovered from them.

The fields are the guarantee. There is no place here for a row, for a product of items of different scales, for the sum
of one item among those who answered another (take that from the sum over all, and what is left can be one person), or
for counts of what was skipped. A value that breaks the limits cannot be made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import combinations
from typing import Final, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import Path

FORMAT: Final = 1
LEAST_PEOPLE: Final = 50
"""Answers behind any second-order sum."""
LEAST_ORGANISATIONS: Final = 3
"""Organisations in a pool, where none of them has that many answers itself."""
STEP: Final = 2.5
"""Second-order sums are kept in steps this large (in squared answer categories), so that each leaves at least two whole
numbers open for the sum of products behind it. An exact one gives away the answers of whoever skipped another item."""

Group: TypeAlias = tuple[Path, ...]
"""Units whose people are counted together, sorted."""
_Name = TypeVar("_Name", Path, Group)


@dataclass(frozen=True, slots=True, eq=False)
class ScoreScatter:
    """How the scale scores of people go together, before rounding: a value that is passed on and never stored.

    Attributes:
        organisations: whose people, sorted.
        people: how many.
        scale_people: (S,) how many answered each scale.
        scatter: (S, S) sum over people of products of distances to their own organisation's mean, 1 to 5 scale.
        degrees: (S, S) degrees of freedom behind each.
    """

    organisations: tuple[Path, ...]
    people: int
    scale_people: NDArray[np.int64]
    scatter: NDArray[np.float64]
    degrees: NDArray[np.float64]

    def pooled_with(self, others: Sequence[ScoreScatter]) -> ScoreScatter:
        """The scatter of people around the means of their own organisations, over all these organisations.

        Raises:
            ValueError: together they are too few organisations or people, or an organisation is there twice.
        """
        parts = (self, *others)
        organisations = tuple(sorted(name for part in parts for name in part.organisations))
        people = sum(part.people for part in parts)
        if len(set(organisations)) < len(organisations):
            raise ValueError("an organisation can be in a pool once")
        if len(organisations) < LEAST_ORGANISATIONS or people < LEAST_PEOPLE:
            raise ValueError(f"a pool takes {LEAST_ORGANISATIONS} organisations and {LEAST_PEOPLE} people")
        return ScoreScatter(
            organisations,
            people,
            reduce(np.add, [part.scale_people for part in parts]),
            reduce(np.add, [part.scatter for part in parts]),
            reduce(np.add, [part.degrees for part in parts]),
        )

    def kept(self) -> ScoreScatter:
        """What of it may be kept: covariances of two scales that each have enough people, and variances in pools only.

        The variance of a score within one organisation follows from the pairs of its items.
        """
        enough = self.scale_people >= LEAST_PEOPLE
        mask = np.outer(enough, enough)
        if len(self.organisations) == 1:
            mask &= ~np.eye(len(mask), dtype=bool)
        return replace(self, scatter=self.scatter * mask, degrees=self.degrees * mask)


@dataclass(frozen=True, slots=True, eq=False)
class FrozenStatistics:
    """Sums of closed waves.

    Attributes:
        k: every group holds at least this many people who answered, for every scale that it holds.
        items: ids (k of them); categories_of: how many answers each has; scale_of: its row in `scales`.
        scales: ids of the scales (S of them).
        groups: (G) units counted together, sorted: the atoms of people, and what scales with too few answers in one
            of those had to be joined to.
        people: (G,) people who gave an answer; zero for groups that only some scales use.
        scale_people: (G, S) people who answered the scale; zero where the scale is counted in another group.
        counts: (G, k, A) how often each category was chosen; zero likewise.
        paired: organisations (C of them), sorted, of `LEAST_PEOPLE` or more.
        pair_n: (C, Q) people who answered both items of a pair (see `pairs`), only pairs within one scale.
        pair_steps: (C, Q) scatter of each pair around the organisation's means, in steps of `STEP`.
        shares: (B) organisations behind each block of scores, sorted: one of fifty people or more, or a pool.
        share_people: (B,) people of each.
        score_degrees: (B, S, S) degrees of freedom of each covariance of scores; the diagonal only for pools.
        score_steps: (B, S, S) scatter of the scores, in steps of `score_unit`.

    All arrays are int64. The variance of an item is in `counts`, so that pairs hold two different items only.
    """

    k: int
    items: tuple[str, ...]
    categories_of: tuple[int, ...]
    scale_of: tuple[int, ...]
    scales: tuple[str, ...]
    groups: tuple[Group, ...]
    people: NDArray[np.int64]
    scale_people: NDArray[np.int64]
    counts: NDArray[np.int64]
    paired: tuple[Path, ...]
    pair_n: NDArray[np.int64]
    pair_steps: NDArray[np.int64]
    shares: tuple[tuple[Path, ...], ...]
    share_people: NDArray[np.int64]
    score_degrees: NDArray[np.int64]
    score_steps: NDArray[np.int64]
    format: int = field(default=FORMAT, init=False)

    def __post_init__(self) -> None:
        _check_shapes(self)
        _check_limits(self)

    @property
    def organisations(self) -> tuple[Path, ...]:
        return tuple(sorted({group[0][:1] for group in self.groups}))

    @property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """(Q) the two items of each pair."""
        return pairs_within(self.scale_of)

    @property
    def score_unit(self) -> NDArray[np.float64]:
        """(S, S) what one step of a scatter of scores is worth (`score_units`)."""
        return score_units(self.categories_of, self.scale_of, len(self.scales))

    def people_of(self, organisation: Path) -> int:
        inside = [group[0][:1] == organisation for group in self.groups]
        return int(self.people[inside].sum())

    def __add__(self, other: FrozenStatistics) -> FrozenStatistics:
        """Both together, by path. Each organisation comes from one of the two: waves of one organisation never mix."""
        return _added(self, other)


def pairs_within(scale_of: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Every two items of one scale, the first one before the second."""
    return tuple((i, j) for i, j in combinations(range(len(scale_of)), 2) if scale_of[i] == scale_of[j])


def score_units(categories_of: Sequence[int], scale_of: Sequence[int], scales: int) -> NDArray[np.float64]:
    """(S, S) what one step of a scatter of scores is worth, in squared points of the 1 to 5 scale.

    It is `STEP` for the sum over all pairs of items of both scales, of which the scatter of the scores is the mean.
    """
    belongs = np.array(scale_of, dtype=np.intp)
    slope, items = np.zeros(scales), np.zeros(scales)
    np.maximum.at(slope, belongs, 4 / (np.array(categories_of, dtype=np.float64) - 1))
    np.add.at(items, belongs, 1)
    return STEP * np.outer(slope / items, slope / items)


def _check_shapes(frozen: FrozenStatistics) -> None:
    g, k, s, c, b = (len(part) for part in (frozen.groups, frozen.items, frozen.scales, frozen.paired, frozen.shares))
    a, q = max(frozen.categories_of, default=0), len(frozen.pairs)
    wanted = {
        "people": (g,),
        "scale_people": (g, s),
        "counts": (g, k, a),
        "pair_n": (c, q),
        "pair_steps": (c, q),
        "share_people": (b,),
        "score_degrees": (b, s, s),
        "score_steps": (b, s, s),
    }
    wrong = [name for name, shape in wanted.items() if getattr(frozen, name).shape != shape]
    if wrong or len(frozen.scale_of) != k or len(frozen.categories_of) != k:
        raise ValueError(f"sizes do not go together: {', '.join(wrong) or 'items'}")


def _check_limits(frozen: FrozenStatistics) -> None:
    held = np.concatenate([frozen.people, frozen.scale_people.ravel()])
    if ((held > 0) & (held < frozen.k)).any():
        raise ValueError(f"a group holds fewer than {frozen.k} people")
    if any(frozen.people_of(organisation) < LEAST_PEOPLE for organisation in frozen.paired):
        raise ValueError(f"pairs of items take {LEAST_PEOPLE} people of one organisation")
    for organisations, people in zip(frozen.shares, frozen.share_people, strict=True):
        if people < LEAST_PEOPLE or 1 < len(organisations) < LEAST_ORGANISATIONS:
            raise ValueError(f"scores go together from {LEAST_PEOPLE} people, in pools of {LEAST_ORGANISATIONS}")


def _added(one: FrozenStatistics, other: FrozenStatistics) -> FrozenStatistics:
    about = ("items", "categories_of", "scale_of", "scales", "format")
    if any(getattr(one, name) != getattr(other, name) for name in about):
        raise ValueError("only statistics of the same items and scales can be added")
    if set(one.organisations) & set(other.organisations):
        raise ValueError("an organisation is in both")
    groups, by_group = _sorted((*one.groups, *other.groups))
    paired, by_organisation = _sorted((*one.paired, *other.paired))
    shares, by_share = _sorted((*one.shares, *other.shares))
    order = dict.fromkeys(("people", "scale_people", "counts"), by_group)
    order |= dict.fromkeys(("pair_n", "pair_steps"), by_organisation)
    order |= dict.fromkeys(("share_people", "score_degrees", "score_steps"), by_share)
    arrays = {name: np.concatenate([getattr(one, name), getattr(other, name)])[rows] for name, rows in order.items()}
    return FrozenStatistics(
        k=min(one.k, other.k),
        items=one.items,
        categories_of=one.categories_of,
        scale_of=one.scale_of,
        scales=one.scales,
        groups=groups,
        paired=paired,
        shares=shares,
        **arrays,
    )


def _sorted(names: tuple[_Name, ...]) -> tuple[tuple[_Name, ...], list[int]]:
    order = sorted(range(len(names)), key=names.__getitem__)
    return tuple(names[index] for index in order), order
