"""The row-space audit: whether any combination of shown totals is about fewer than k people.

People who are in the same shown groups are one class. With M the groups × classes matrix of zeros and ones, and N a basis of
its null space (a row per class), some combination of the shown totals is about exactly the classes S, or some of them, if
and only if the rows N[S] are linearly dependent. All sets S with fewer than k people are tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import comb
from typing import Final

import numpy as np
from numpy.typing import NDArray

MOST_SETS: Final = 200_000
"""More sets than this are not tried: then the answer is that the groups may not be shown together. Trying so many takes a
few tenths of a second, and closing a wave asks this for every scale and question."""
_AT_A_TIME: Final = 200_000
_ZERO: Final = 1e-9


def tells_of_few(groups: NDArray[np.bool_], people: NDArray[np.int64], *, k: int) -> bool:
    """Whether some combination of the totals of groups is about 1 to `k` − 1 people, or too many had to be tried.

    Args:
        groups: (M, C) which class is in which group.
        people: (C) how many people are in each class, at least one.
        k: the smallest number.
    """
    small = np.flatnonzero(people < k)
    if sum(comb(len(_possible(small, people, size, k)), size) for size in range(1, k)) > MOST_SETS:
        return True
    null = _null_space(groups.astype(np.float64))
    return any(_dependent(null, chosen) for size in range(1, k) for chosen in _sets(small, people, size, k))


def _null_space(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """(C, d) orthonormal columns."""
    _, values, right = np.linalg.svd(matrix, full_matrices=True)
    rank = int((values > _ZERO * max(matrix.shape)).sum())
    basis: NDArray[np.float64] = right[rank:].T
    return basis


def _possible(small: NDArray[np.intp], people: NDArray[np.int64], size: int, k: int) -> list[int]:
    """Classes that can be in a set of this size with fewer than `k` people."""
    return [int(c) for c in small if people[c] + size - 1 < k]


def _sets(small: NDArray[np.intp], people: NDArray[np.int64], size: int, k: int) -> Iterator[NDArray[np.intp]]:
    """Sets of classes with fewer than `k` people together, many at a time."""
    batch: list[tuple[int, ...]] = []
    for chosen in combinations(_possible(small, people, size, k), size):
        batch.append(chosen)
        if len(batch) == _AT_A_TIME:
            yield _few(batch, people, k)
            batch = []
    if batch:
        yield _few(batch, people, k)


def _few(batch: list[tuple[int, ...]], people: NDArray[np.int64], k: int) -> NDArray[np.intp]:
    chosen = np.array(batch, dtype=np.intp)
    few: NDArray[np.intp] = chosen[people[chosen].sum(axis=1) < k]
    return few


def _dependent(null: NDArray[np.float64], chosen: NDArray[np.intp]) -> bool:
    """Whether the rows of any of the sets are linearly dependent: the smallest singular value is zero."""
    if not len(chosen):
        return False
    if null.shape[1] < chosen.shape[1]:
        return True
    rows = null[chosen]
    gram = rows @ rows.transpose(0, 2, 1)
    return bool((np.linalg.eigvalsh(gram)[:, 0] < _ZERO).any())
