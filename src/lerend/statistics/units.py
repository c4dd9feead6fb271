"""Which unit each finest group belongs to, at any depth of its path. The same paths come back for every scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import Path

_KEPT: Final = 16
"""Sets of paths remembered: waves of one report at their few depths."""


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """Paths cut to some depth.

    Attributes:
        units: the distinct cut paths, sorted; one empty path at depth 0, even where there are no paths at all.
        index: (paths,) the unit of each path.
        unchanged: whether the units are the paths themselves, in their order.
    """

    units: tuple[Path, ...]
    index: NDArray[np.intp]
    unchanged: bool

    def added(self, values: NDArray[np.int64]) -> NDArray[np.int64]:
        """(units, …) sums over the paths of each unit; the values themselves where nothing is to be added."""
        if self.unchanged:
            return values
        if len(self.units) == 1:
            return np.asarray(values.sum(axis=0, keepdims=True))
        sums = np.zeros((len(self.units), *values.shape[1:]), dtype=np.int64)
        np.add.at(sums, self.index, values)
        return sums


@lru_cache(maxsize=_KEPT)
def cut(paths: tuple[Path, ...], depth: int | None) -> Cut:
    """The units that `depth` parts of a path name; None for the paths as they are."""
    shortened = [path if depth is None else path[:depth] for path in paths]
    units = tuple(sorted(set(shortened))) or (((),) if depth == 0 else ())
    position = {path: number for number, path in enumerate(units)}
    index = np.array([position[path] for path in shortened], dtype=np.intp)
    index.setflags(write=False)
    return Cut(units, index, units == paths)


@lru_cache(maxsize=_KEPT)
def block_of(units: tuple[Path, ...], blocks: tuple[Path, ...]) -> NDArray[np.intp]:
    """(units,) the block that each unit lies in: the one with the longest path that the unit's begins with."""
    number = {path: place for place, path in enumerate(blocks)}
    found = [next(number[path[:end]] for end in range(len(path), -1, -1) if path[:end] in number) for path in units]
    index = np.array(found, dtype=np.intp)
    index.setflags(write=False)
    return index


def finer_than_blocks(blocks: Sequence[Path], depth: int) -> bool:
    """Whether units of this depth lie inside blocks, so that no sums of pairs are known of them."""
    return depth > max((len(block) for block in blocks), default=depth)
