"""What second-order sums of a block say about the units inside it, of which only first-order sums are known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.answer_sums import answer_sums
from lerend.statistics.sufficient import Statistics
from lerend.statistics.units import block_of, cut

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class FinerUnits:
    """Units inside blocks, for k chosen items.

    Attributes:
        block: (G,) the block of each unit.
        n: (C, k, k) how many people of each block answered both items.
        item_n: (G, k) how many answered each item.
        people: (G,) how many gave at least one answer, to any item.
        code: (G, k) mean codes; 0 where nobody answered.
    """

    block: NDArray[np.intp]
    n: NDArray[np.int64]
    item_n: NDArray[np.int64]
    people: NDArray[np.int64]
    code: Values

    @property
    def complete(self) -> bool:
        """Whether whoever answered one of the items answered them all."""
        return same_people(self.n)


def chosen_pairs(sums: NDArray[np.int64], chosen: list[int]) -> NDArray[np.int64]:
    """(C, k, k) the entries of some items from sums over pairs of all items."""
    return sums[:, chosen][:, :, chosen]


def same_people(n: NDArray[np.int64]) -> bool:
    """Whether in each block the same people answered all items: as many both of any two as either of them (C, k, k)."""
    return bool((n == n[:, :1, :1]).all())


def finer_units(statistics: Statistics, chosen: list[int], depth: int) -> FinerUnits:
    """The units that `depth` parts of a path name, which lies deeper than the blocks."""
    units = cut(statistics.units, depth)
    sums = answer_sums(units.added(np.take(statistics.counts, chosen, axis=1)))
    return FinerUnits(
        block=block_of(units.units, statistics.blocks),
        n=chosen_pairs(statistics.pair_n, chosen),
        item_n=sums.n.astype(np.int64),
        people=units.added(statistics.people),
        code=sums.total / np.maximum(sums.n, 1),
    )


def shared_pairs(finer: FinerUnits) -> Values:
    """(G, k, k) how many people of each unit answered both items, adding up to what is known of its block.

    Shared out in proportion to the two numbers who answered each item over the unit's people; what was counted where
    nothing is missing.
    """
    k = finer.item_n.shape[1]
    if finer.complete:
        return np.broadcast_to(finer.item_n[:, :, np.newaxis], (len(finer.item_n), k, k)).astype(np.float64)
    pairs = np.zeros((len(finer.item_n), k, k))
    for members, n in _by_block(finer):
        pairs[members] = _shared_out(n, finer.item_n[members], finer.people[members])
    return pairs


def between_units(finer: FinerUnits) -> tuple[Values, Values]:
    """(k, k) scatter between the units of the same block, and how many degrees of freedom it takes."""
    if finer.complete:
        return _between_complete(finer)
    scatter, lost = np.zeros((2, *finer.n.shape[1:]))
    for members, n in _by_block(finer):
        more, further = _between(n, finer.item_n[members], finer.people[members], finer.code[members])
        scatter += more
        lost += further
    return scatter, lost


def _by_block(finer: FinerUnits) -> Iterator[tuple[NDArray[np.intp], NDArray[np.int64]]]:
    """Numbers of the units of each block, and its pairs."""
    order = np.argsort(finer.block, kind="stable")
    edges = np.searchsorted(finer.block[order], np.arange(len(finer.n) + 1))
    for number, n in enumerate(finer.n):
        yield order[edges[number] : edges[number + 1]], n


def _between_complete(finer: FinerUnits) -> tuple[Values, Values]:
    """The textbook scatter of unit means about those of their blocks."""
    size = finer.item_n[:, 0].astype(np.float64) if finer.item_n.shape[1] else np.zeros(len(finer.item_n))
    of_block = np.bincount(finer.block, size, len(finer.n))
    sums = [np.bincount(finer.block, size * code, len(finer.n)) for code in finer.code.T]
    apart = finer.code - (np.stack(sums, axis=1) / np.maximum(of_block, 1)[:, np.newaxis])[finer.block]
    freedom = int((size > 0).sum()) - int((of_block > 0).sum())
    return (size[:, np.newaxis] * apart).T @ apart, np.full(finer.n.shape[1:], float(freedom))


def _shared_out(n: NDArray[np.int64], item_n: NDArray[np.int64], people: NDArray[np.int64]) -> Values:
    """(units, k, k) expected numbers who answered both items, adding up to `n` over the units."""
    share = item_n[:, :, np.newaxis] * item_n[:, np.newaxis, :] / np.maximum(people, 1)[:, np.newaxis, np.newaxis]
    diagonal = np.arange(item_n.shape[1])
    share[:, diagonal, diagonal] = item_n
    total = share.sum(axis=0)
    return np.asarray(share * np.divide(n, total, out=np.zeros(n.shape), where=total > 0))


def _between(
    n: NDArray[np.int64], item_n: NDArray[np.int64], people: NDArray[np.int64], code: Values
) -> tuple[Values, Values]:
    """Scatter between the units of a block, and how many degrees of freedom it takes.

    With n_g people of unit g answering both items, share a_g = n_g / n and overlap r_g = n_g / (n_gi n_gj), the
    expected scatter of unit means within people's own covariance W is n W times the sum of a_g r_g (1 - a_g).
    """
    pairs = _shared_out(n, item_n, people)
    share = pairs / np.maximum(n, 1)
    overlap = pairs / np.maximum(item_n[:, :, np.newaxis] * item_n[:, np.newaxis, :], 1)
    middle = np.einsum("gij,gi->ij", share, code)
    from_middle = code[:, :, np.newaxis] - middle
    scatter = (pairs * from_middle * from_middle.transpose(0, 2, 1)).sum(axis=0)
    return scatter, n * (share * overlap * (1 - share)).sum(axis=0)
