"""What is wrong with data that no model can be fitted to, in words."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lerend.errors import LerendError, Problem
from lerend.wording import Message, say


class CannotBeFitted(LerendError):
    """Data that leave a model without an answer, and what would mend them."""


def cannot_be_fitted(where: str, what: Message, mend: Message) -> CannotBeFitted:
    """The error for one problem; `where` names the column, or the part of the model."""
    return CannotBeFitted([Problem(where, what, mend)])


def as_design(
    outcome: ArrayLike, design: ArrayLike, names: tuple[str, ...] | None
) -> tuple[NDArray[np.float64], NDArray[np.float64], tuple[str, ...]]:
    """(rows,) outcome, (rows, columns) design and names of the columns, all of them checked.

    Raises:
        CannotBeFitted: lengths differ, a value is missing or without end, or names do not go with columns.
    """
    y = np.asarray(outcome, dtype=np.float64).reshape(-1)
    x = np.asarray(design, dtype=np.float64)
    x = x[:, np.newaxis] if x.ndim == 1 else x
    if len(x) != len(y):
        what = say("The outcome has {rows} rows, the design {others}.", rows=len(y), others=len(x))
        raise cannot_be_fitted("design", what, say("Give one row of the design for each outcome."))
    names = tuple(f"x{place}" for place in range(1, x.shape[1] + 1)) if names is None else tuple(names)
    if len(names) != x.shape[1] or len(set(names)) != len(names):
        what = say("{names} names for {columns} columns, or a name twice.", names=len(names), columns=x.shape[1])
        raise cannot_be_fitted("names", what, say("Give every column a name of its own."))
    for name, column in (("outcome", y[:, np.newaxis]), *((name, x[:, [j]]) for j, name in enumerate(names))):
        known(name, column)
    return y, x, names


def known(name: str, values: NDArray[np.float64]) -> None:
    """Raises: CannotBeFitted where a value is missing or without end."""
    bad = np.flatnonzero(~np.isfinite(values).all(axis=tuple(range(1, values.ndim))))
    if len(bad):
        what = say(
            "{count} values are missing or no numbers, the first in row {row}.", count=len(bad), row=int(bad[0]) + 1
        )
        raise cannot_be_fitted(name, what, say("Leave those rows out, or fill them in before."))


def as_codes(labels: ArrayLike, rows: int, where: str) -> NDArray[np.int64]:
    """(rows,) group of each row from 0 on, in the order of the sorted labels.

    Raises:
        CannotBeFitted: not one label for each row, or a label that is not a number.
    """
    values = np.asarray(labels).reshape(-1)
    if len(values) != rows:
        what = say("There are {labels} labels for {rows} rows.", labels=len(values), rows=rows)
        raise cannot_be_fitted(where, what, say("Say for each row which group it belongs to."))
    if values.dtype.kind == "f":
        known(where, values)
    return _numbered(values) if values.dtype.kind in "iu" else _sorted(values)


def _sorted(values: NDArray[Any]) -> NDArray[np.int64]:
    return np.asarray(np.unique(values, return_inverse=True)[1].reshape(-1), dtype=np.int64)


def _numbered(values: NDArray[Any]) -> NDArray[np.int64]:
    """The same for whole numbers that lie close together, without sorting."""
    low, high = (int(values.min()), int(values.max())) if len(values) else (0, 0)
    if high - low > 4 * len(values) + 1000:
        return _sorted(values)
    present = np.zeros(high - low + 1, dtype=np.bool_)
    shifted = values.astype(np.int64) - low
    present[shifted] = True
    return np.asarray(np.cumsum(present)[shifted] - 1, dtype=np.int64)
