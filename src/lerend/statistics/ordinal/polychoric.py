"""Polychoric correlations: what the answers' correlations would be if each answer were a cut of a normal variable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.ordinal.corners import CornerCell, contradictions
from lerend.statistics.ordinal.influence import Influence, influence_of
from lerend.statistics.ordinal.solving import EDGE, solve
from lerend.statistics.ordinal.tables import PairTables
from lerend.statistics.ordinal.thresholds import thresholds_of
from lerend.statistics.ordinal.trouble import (
    ModelCannotBeFitted,
    nobody_answered_both,
    not_two_categories,
    same_answers,
)


@dataclass(frozen=True, slots=True, eq=False)
class Polychoric:
    """Correlations of the normal variables behind answers, with thresholds (two steps: Olsson 1979).

    Attributes:
        items: ids (k).
        thresholds: (k, A - 1); `normal.BEYOND` where an item has fewer categories.
        correlations: (k, k).
        standard_errors: (k, k), from the influence of each answer, so without assuming that the model holds; 0 on the
            diagonal.
        threshold_errors: (k, A - 1) standard errors of the thresholds.
        influence: how far one person's answers move each estimate.
        last_step: largest last step of the search over the pairs.
        positive_definite: whether the matrix is a possible one of one set of people; from pairs it need not be.
        corners: a handful of people who contradict everybody else and move a correlation.
        gaps: items with a category between others that nobody chose; the others were kept in order.
    """

    items: tuple[str, ...]
    thresholds: NDArray[np.float64]
    correlations: NDArray[np.float64]
    standard_errors: NDArray[np.float64]
    threshold_errors: NDArray[np.float64]
    influence: Influence
    last_step: float
    positive_definite: bool
    corners: tuple[CornerCell, ...]
    gaps: tuple[str, ...]


def pairs_of(k: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Both items of each pair, in the order (1, 2), (1, 3) … (k - 1, k) that every axis of pairs has."""
    first, second = np.triu_indices(k, 1)
    return first, second


def polychoric(tables: PairTables) -> Polychoric:
    """All polychoric correlations at once, by Newton steps on the likelihood of each pair's table.

    Thresholds come from each item alone; a correlation maximises the likelihood of its table with these fixed. Where
    people skipped items, a pair counts those who answered both, and the standard errors allow for that.

    Raises:
        ModelCannotBeFitted: two items that go together perfectly, or a pair that fewer than two people answered.
    """
    first, second = pairs_of(len(tables.items))
    counts = tables.tables[first, :, second, :].astype(np.float64)
    thresholds = thresholds_of(tables.counts)
    _refuse(tables, counts.sum(axis=(1, 2)) < 2, nobody_answered_both)
    found, step = solve(thresholds[first], thresholds[second], counts)
    _refuse(tables, np.abs(found) >= EDGE, same_answers)
    influence = influence_of(tables, thresholds, found)
    matrix, errors = np.eye(len(tables.items)), np.zeros((len(tables.items),) * 2)
    matrix[first, second] = matrix[second, first] = found
    errors[first, second] = errors[second, first] = np.sqrt(influence.pair_variance / (tables.people - 1))
    return Polychoric(
        items=tables.items,
        thresholds=thresholds,
        correlations=matrix,
        standard_errors=errors,
        threshold_errors=np.sqrt(influence.threshold_variance / (tables.people - 1)),
        influence=influence,
        last_step=step,
        positive_definite=bool(np.linalg.eigvalsh(matrix)[0] > 1e-8),
        corners=contradictions(tables, influence, found),
        gaps=tuple(i for i, c in zip(tables.items, tables.chosen, strict=True) if c[-1] - c[0] >= len(c)),
    )


def tetrachoric(tables: PairTables) -> Polychoric:
    """The same for items with two categories.

    Raises:
        ModelCannotBeFitted: also for an item with more than two.
    """
    more = [item for item, codes in zip(tables.items, tables.chosen, strict=True) if len(codes) > 2]
    if more:
        raise not_two_categories(more)
    return polychoric(tables)


def _refuse(
    tables: PairTables, wrong: NDArray[np.bool_], error: Callable[[Sequence[tuple[str, str]]], ModelCannotBeFitted]
) -> None:
    first, second = pairs_of(len(tables.items))
    pairs = [(tables.items[first[pair]], tables.items[second[pair]]) for pair in np.flatnonzero(wrong)]
    if pairs:
        raise error(pairs)
