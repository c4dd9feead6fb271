"""How far the answers of one person move thresholds and correlations: a table to look up, for each pair of items.

From these follow standard errors, the weights of factor analysis and its robust tests (Muthén 1984), without going
through the people again for anything but fourth-order moments.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.normal import normal_density
from lerend.statistics.ordinal.normal import BEYOND, LEAST, both_below, cells, density, with_margins, with_zeros
from lerend.statistics.ordinal.tables import PairTables
from lerend.statistics.ordinal.thresholds import threshold_influence


@dataclass(frozen=True, slots=True, eq=False)
class Influence:
    """Influences, times the number of people: their variance over people, divided by people, is the estimate's.

    Attributes:
        thresholds: (k, A + 1, A - 1) by the item's answer, row 0 for those who did not answer.
        pairs: (P, A + 1, A + 1) by the answers to both items of the pair, 0 for no answer.
        expected: (P, A, A) share of people that a normal variable behind both items has in each cell.
        threshold_variance: (k, A - 1) mean squared influence on each threshold.
        pair_variance: (P,) mean squared influence on each correlation.
    """

    thresholds: NDArray[np.float64]
    pairs: NDArray[np.float64]
    expected: NDArray[np.float64]
    threshold_variance: NDArray[np.float64]
    pair_variance: NDArray[np.float64]


def influence_of(tables: PairTables, thresholds: NDArray[np.float64], correlation: NDArray[np.float64]) -> Influence:
    """Look-up tables from the tables of pairs, at two-step estimates (correlation: (P,)).

    The score of a pair's correlation, minus what it owes to the thresholds having been estimated, over its
    information; both are means over the people of the table (empirical cross-products).
    """
    first, second = np.triu_indices(len(tables.items), 1)
    counts = tables.tables[first, :, second, :].astype(np.float64)
    both = counts.sum(axis=(1, 2))
    alone = _threshold_influence(tables, thresholds)
    likely, score, owed_first, owed_second = _scores(thresholds[first], thresholds[second], correlation, counts)
    share = counts / both[:, np.newaxis, np.newaxis]
    information = (share * score**2).sum(axis=(1, 2))
    pairs = np.zeros((len(first), score.shape[1] + 1, score.shape[2] + 1))
    pairs[:, 1:, 1:] = score * (tables.people / both)[:, np.newaxis, np.newaxis]
    pairs -= np.matmul(alone[first], owed_first[:, :, np.newaxis])
    pairs -= np.matmul(alone[second], owed_second[:, :, np.newaxis]).transpose(0, 2, 1)
    pairs /= information[:, np.newaxis, np.newaxis]
    answered = tables.counts[:, :, np.newaxis] / tables.people
    return Influence(
        thresholds=alone,
        pairs=pairs,
        expected=likely,
        threshold_variance=(answered * alone[:, 1:] ** 2).sum(axis=1),
        pair_variance=(_with_missing(counts, tables, first, second) * pairs**2).sum(axis=(1, 2)) / tables.people,
    )


def _threshold_influence(tables: PairTables, thresholds: NDArray[np.float64]) -> NDArray[np.float64]:
    own = threshold_influence(tables.counts, thresholds)
    scale = tables.people / tables.counts.sum(axis=1)
    return np.pad(own * scale[:, np.newaxis, np.newaxis], ((0, 0), (1, 0), (0, 0)))


def _with_missing(
    counts: NDArray[np.float64], tables: PairTables, first: NDArray[np.intp], second: NDArray[np.intp]
) -> NDArray[np.float64]:
    """(P, A + 1, A + 1) people by their answers to both items, row and column 0 for no answer to it."""
    whole = np.pad(counts, ((0, 0), (1, 0), (1, 0)))
    whole[:, 1:, 0] = tables.counts[first] - counts.sum(axis=2)
    whole[:, 0, 1:] = tables.counts[second] - counts.sum(axis=1)
    return whole


def _scores(
    first: NDArray[np.float64],
    second: NDArray[np.float64],
    correlation: NDArray[np.float64],
    counts: NDArray[np.float64],
) -> tuple[NDArray[np.float64], ...]:
    """(P, A, A) share and score of the correlation; (P, A - 1) twice, its mean product with those of the thresholds."""
    below = with_margins(both_below(first, second, correlation), first, second)
    expected = cells(below)
    there = expected > LEAST
    likely = np.where(there, expected, 1.0)
    score = np.where(there, cells(with_zeros(density(first, second, correlation)[0])) / likely, 0.0)
    share = counts / counts.sum(axis=(1, 2), keepdims=True)
    weight = share * score / likely
    owed_first = _owed(first, second, correlation, weight)
    owed_second = _owed(second, first, correlation, weight.transpose(0, 2, 1))
    return expected, score, owed_first, owed_second


def _owed(
    own: NDArray[np.float64], other: NDArray[np.float64], correlation: NDArray[np.float64], weight: NDArray[np.float64]
) -> NDArray[np.float64]:
    """(P, A - 1) mean product of the score of the correlation with the score of each threshold of one item.

    A threshold t that moves up takes from answer t + 1 and gives to answer t, in each column of the table, the density
    at t times the share of that column given t.
    """
    from scipy.special import ndtr  # noqa: PLC0415 -- SciPy costs half a second to import

    r = correlation[:, np.newaxis, np.newaxis]
    given = ndtr((other[:, np.newaxis, :] - r * own[:, :, np.newaxis]) / np.sqrt(1 - r * r))
    column = np.diff(given, axis=2, prepend=0.0, append=1.0) * normal_density(own)[:, :, np.newaxis]
    moved = np.where((own < BEYOND)[:, :, np.newaxis], column, 0.0)
    return np.asarray((moved * (weight[:, :-1] - weight[:, 1:])).sum(axis=2), dtype=np.float64)
