"""Rows of a table in which every cell that a method asks for is filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.estimate.method import Given
from lerend.estimate.table import Table


@dataclass(frozen=True, slots=True, eq=False)
class CompleteRows:
    """Columns as numbers, and columns as groups, of the rows that are complete.

    Attributes:
        values: (rows, columns) in the order in which columns were asked for.
        groups: per option the (rows,) texts.
        left_out: rows with an empty cell.
    """

    values: NDArray[np.float64]
    groups: dict[str, NDArray[np.str_]]
    left_out: int


def complete_rows(table: Table, given: Given, columns: Sequence[str], groups: Sequence[str]) -> CompleteRows:
    """The complete rows; `groups` names options that hold a column, of which empty ones are passed over.

    Raises:
        AnswersAreWrong: a column is not there, or holds text that is no number.
    """
    values = table.numbers(columns)
    whole = ~np.isnan(values).any(axis=1)
    labels = {option: table.groups(given.text(option)) for option in groups if given.has(option)}
    for of in labels.values():
        whole &= of.codes >= 0
    texts = {option: np.array(of.names)[of.codes[whole]] for option, of in labels.items()}
    return CompleteRows(values[whole], texts, int((~whole).sum()))
