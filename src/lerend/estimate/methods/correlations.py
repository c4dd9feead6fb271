"""Polychoric and tetrachoric correlations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.estimate.method import Given, Kind, Method, Option, RunsOn
from lerend.estimate.table import Table
from lerend.wording import Message

ITEMS = Option("items", Kind.COLUMNS, "the columns of the items, commas between them")


@dataclass(frozen=True, slots=True, eq=False)
class Correlations:
    """Correlations of the normal variables behind ordinal answers; see docs/methods/polychoric.md.

    Attributes:
        people: rows with any answer or none; a pair of items counts those who answered both.
        thresholds, threshold_errors: of each item, and their standard errors.
        correlations, standard_errors: (k, k).
        last_step: by how much the last step of the search moved any correlation.
        positive_definite: whether the matrix is a possible one of one set of people.
        corners: a handful of people who contradict everybody else.
        concerns: what must be said beside the numbers.
    """

    items: tuple[str, ...]
    people: int
    thresholds: Mapping[str, tuple[float, ...]]
    threshold_errors: Mapping[str, tuple[float, ...]]
    correlations: NDArray[np.float64]
    standard_errors: NDArray[np.float64]
    last_step: float
    positive_definite: bool
    corners: tuple[object, ...]
    concerns: tuple[Message, ...]


def _polychoric(table: Table, given: Given) -> Correlations:
    return _correlations(table, given, two_categories=False)


def _tetrachoric(table: Table, given: Given) -> Correlations:
    return _correlations(table, given, two_categories=True)


def _correlations(table: Table, given: Given, *, two_categories: bool) -> Correlations:
    from lerend.estimate.ordinal_answers import ordinal_answers  # noqa: PLC0415 -- each method loads what it needs
    from lerend.statistics.ordinal.polychoric import polychoric, tetrachoric  # noqa: PLC0415 -- likewise
    from lerend.statistics.ordinal.tables import pair_tables  # noqa: PLC0415 -- likewise
    from lerend.statistics.structure.concerns import concerns_of_correlations  # noqa: PLC0415 -- likewise

    items = given.columns("items")
    answers = ordinal_answers(table, items)
    tables, _ = pair_tables(answers.codes, items, lowest=answers.lowest)
    found = tetrachoric(tables) if two_categories else polychoric(tables)
    categories = dict(zip(items, tables.categories, strict=True))
    each = list(enumerate(items))
    return Correlations(
        items=items,
        people=tables.people,
        thresholds={item: tuple(found.thresholds[row, : categories[item] - 1].tolist()) for row, item in each},
        threshold_errors={
            item: tuple(found.threshold_errors[row, : categories[item] - 1].tolist()) for row, item in each
        },
        correlations=found.correlations,
        standard_errors=found.standard_errors,
        last_step=found.last_step,
        positive_definite=found.positive_definite,
        corners=found.corners,
        concerns=concerns_of_correlations(found),
    )


METHODS = (
    Method(
        "polychoric",
        "how the normal variables behind ordinal answers go together",
        (ITEMS,),
        RunsOn.BOTH,
        "polychoric",
        _polychoric,
    ),
    Method(
        "tetrachoric",
        "the same for items with two answers",
        (ITEMS,),
        RunsOn.BOTH,
        "polychoric",
        _tetrachoric,
    ),
)
