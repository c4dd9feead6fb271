"""What a mixed model with crossed groupings needs to know of rows: sums per group, and counts per cell of two groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lerend.statistics.mixed.sums import Floats, Prepared, labelled, refuse_groups
from lerend.statistics.regression.problems import cannot_be_fitted
from lerend.wording import say

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_MOST: Final = 5_000
"""Groups beside the largest grouping: a dense matrix of that size has 200 megabytes, and a handful are needed."""


@dataclass(frozen=True, slots=True, eq=False)
class CrossedSums:
    """Sums for intercepts of groupings that cut across each other; the first has most groups (q_1; the others q_2).

    Attributes:
        size: (q_1,) rows per group of the first grouping.
        first: (q_1, m) sums of design and outcome over them.
        cells: (q_1, q_2) rows per pair of a first group and a group of another grouping.
        others: (q_2, q_2) rows per pair of groups of the other groupings.
        rest: (q_2, m) sums of design and outcome over these.
        grouping: (q_2,) which of the other groupings each belongs to, from 0 on.
        starts: where each of the other groupings begins among q_2, and q_2 itself.
        products: (m, m) of design and outcome.
        rows: how many.
    """

    size: Floats
    first: Floats
    cells: csr_array[Any]
    others: Floats
    rest: Floats
    grouping: NDArray[np.int64]
    starts: tuple[int, ...]
    products: Floats
    rows: int


def crossed_codes(groupings: Mapping[str, ArrayLike], rows: int) -> dict[str, NDArray[np.int64]]:
    """Codes of every grouping, the one with most groups first.

    Raises:
        CannotBeFitted: fewer than two groupings, one group only or groups of one only, two groupings that are one,
            or too many groups beside the largest grouping.
    """
    if len(groupings) < 2:
        what = say("It takes two groupings or more to cut across each other.")
        raise cannot_be_fitted("groups", what, say("Use a model with one level of groups."))
    codes = {name: labelled(labels, rows, name) for name, labels in groupings.items()}
    for name, of in codes.items():
        refuse_groups(np.bincount(of).astype(np.float64), name)
    for (one, left), (other, right) in combinations(codes.items(), 2):
        _refuse_same(one, left, other, right)
    ordered = sorted(codes.items(), key=lambda item: -int(item[1].max()))
    many = sum(int(of.max()) + 1 for _, of in ordered[1:])
    if many > _MOST:
        what = say(
            "The groupings beside the largest have {many} groups together; {most} can be borne.", many=many, most=_MOST
        )
        raise cannot_be_fitted("groups", what, say("Leave out a grouping, or fit a part of the rows."))
    return dict(ordered)


def crossed_sums(ready: Prepared, codes: Mapping[str, NDArray[np.int64]]) -> CrossedSums:
    """The sums of checked groupings, in their order."""
    from scipy.sparse import csr_array, hstack  # noqa: PLC0415 -- SciPy costs half a second to import

    rows = ready.rows
    first, *others = codes.values()
    row, ones = np.arange(rows), np.ones(rows)
    indicators = [csr_array((ones, (row, of)), shape=(rows, int(of.max()) + 1)) for of in (first, *others)]
    beside = hstack(indicators[1:], format="csr")
    counts = [part.shape[1] for part in indicators[1:]]
    return CrossedSums(
        size=np.bincount(first).astype(np.float64),
        first=np.asarray(indicators[0].T @ ready.columns),
        cells=(indicators[0].T @ beside).tocsr(),
        others=(beside.T @ beside).toarray(),
        rest=np.asarray(beside.T @ ready.columns),
        grouping=np.repeat(np.arange(len(counts)), counts),
        starts=(0, *np.cumsum(counts).tolist()),
        products=ready.products,
        rows=rows,
    )


def _refuse_same(one: str, left: NDArray[np.int64], other: str, right: NDArray[np.int64]) -> None:
    """Two groupings that divide the rows alike have variances that no data can tell apart."""
    width = int(right.max()) + 1
    if len(np.unique(left * width + right)) == int(left.max()) + 1 == width:
        what = say(
            "This grouping divides the rows as {other} does, so their variances cannot be told apart.", other=one
        )
        raise cannot_be_fitted(other, what, say("Leave one of the two out."))
