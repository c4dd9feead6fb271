"""What can be wrong with effects before anything is computed, said in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from lerend.errors import LerendError, Problem
from lerend.wording import Message, say

Numbers: TypeAlias = npt.NDArray[np.float64]
ArrayLike: TypeAlias = Sequence[float] | Numbers


class EffectsAreWrong(LerendError):
    """Effects cannot be taken together as they stand."""


def wrong(where: str, what: Message, mend: Message) -> EffectsAreWrong:
    """The error for one thing that is wrong with effects."""
    return EffectsAreWrong([Problem(where, what, mend)])


def effects_and_variances(effects: ArrayLike, variances: ArrayLike, *, least: int = 1) -> tuple[Numbers, Numbers]:
    """Both as (k,) arrays.

    Raises:
        EffectsAreWrong: they differ in length, there are fewer than `least`, one is not a finite number, or a variance is
            not above zero.
    """
    y, v = np.asarray(effects, float), np.asarray(variances, float)
    if y.ndim != 1 or y.shape != v.shape:
        what = say("There are {effects} effects and {variances} variances.", effects=y.size, variances=v.size)
        raise wrong("effects", what, say("Give one variance with each effect."))
    if len(y) < least:
        what = say("There are {count} effects; this needs {least}.", count=len(y), least=least)
        raise wrong("effects", what, say("Wait until more pilots are finished."))
    for place in np.flatnonzero(~np.isfinite(y)):
        mend = say("Leave out pilots without an effect, or correct the number.")
        raise wrong(f"effects[{place}]", say("This effect is no finite number."), mend)
    for place in np.flatnonzero(~(np.isfinite(v) & (v > 0))):
        mend = say("Give the squared standard error; a pilot without one cannot be weighed and must be left out.")
        raise wrong(f"variances[{place}]", say("This variance is not above zero."), mend)
    return y, v


def design_matrix(columns: ArrayLike | None, k: int) -> Numbers:
    """(k, p) columns of a regression, a constant first.

    Raises:
        EffectsAreWrong: another number of rows, a gap, too many columns, or columns that say the same.
    """
    ones = np.ones((k, 1))
    if columns is None:
        return ones
    given = np.asarray(columns, float)
    given = given[:, None] if given.ndim == 1 else given
    if given.ndim != 2 or len(given) != k:
        what = say("There are {rows} rows of characteristics and {count} effects.", rows=len(given), count=k)
        raise wrong("characteristics", what, say("Give one row with each effect."))
    if not np.isfinite(given).all():
        mend = say("Leave out the effects for which it is unknown.")
        raise wrong("characteristics", say("A characteristic is unknown."), mend)
    matrix = np.hstack([ones, given])
    if matrix.shape[1] >= k:
        what = say("There are {count} characteristics for {effects} effects.", count=given.shape[1], effects=k)
        raise wrong("characteristics", what, say("Use fewer characteristics."))
    spread = np.linalg.norm(matrix - np.where(np.arange(matrix.shape[1]) > 0, matrix.mean(axis=0), 0.0), axis=0)
    scaled = matrix / np.where(spread > 0, spread, 1.0)
    if np.linalg.matrix_rank(scaled) < matrix.shape[1]:
        mend = say("Leave out a characteristic that is the same everywhere, or that follows from the others.")
        raise wrong("characteristics", say("The characteristics cannot be told apart."), mend)
    return matrix
