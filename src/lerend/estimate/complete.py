"""Rows of a table in which every cell that a method asks for is filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.estimate.method import Given
from lerend.estimate.table import Groups, Table


@dataclass(frozen=True, slots=True, eq=False)
class CompleteRows:
    """Columns as numbers, and columns as groups, of the rows that are complete.

    Attributes:
        values: (rows, columns) in the order in which columns were asked for.
        groups: per option the (rows,) texts.
        listed: per column of the options that name several columns of groups, the (rows,) texts.
        left_out: rows with an empty cell.
    """

    values: NDArray[np.float64]
    groups: dict[str, NDArray[np.str_]]
    listed: dict[str, NDArray[np.str_]]
    left_out: int


def complete_rows(
    table: Table, given: Given, columns: Sequence[str], groups: Sequence[str], lists: Sequence[str] = ()
) -> CompleteRows:
    """The complete rows.

    Args:
        columns: of numbers.
        groups: options that hold a column of groups; empty ones are passed over.
        lists: options that hold several such columns.

    Raises:
        AnswersAreWrong: a column is not there, or holds text that is no number.
    """
    values = table.numbers(columns)
    whole = np.asarray(~np.isnan(values).any(axis=1))
    labels = {option: table.groups(given.text(option)) for option in groups if given.has(option)}
    listed = {column: table.groups(column) for option in lists for column in given.columns(option)}
    for of in (*labels.values(), *listed.values()):
        whole &= of.codes >= 0
    return CompleteRows(values[whole], _texts(labels, whole), _texts(listed, whole), int((~whole).sum()))


def _texts(labels: dict[str, Groups], whole: NDArray[np.bool_]) -> dict[str, NDArray[np.str_]]:
    return {name: np.array(of.names)[of.codes[whole]] for name, of in labels.items()}
