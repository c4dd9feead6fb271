"""Columns of a table as ordinal answers, and the factor model that is written on a command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.errors import AnswersAreWrong, Problem
from lerend.estimate.method import Given, Kind, Option, wrong_option
from lerend.estimate.table import MISSING, Table
from lerend.statistics.ordinal.tables import MOST_CATEGORIES
from lerend.statistics.structure.specification import Identification, Specification, specification_of
from lerend.wording import say

MODEL = Option("model", Kind.TEXT, "factors with their items, such as “trust: a1,a2,a3; safety: b1,b2,b3”")
TOGETHER = Option("together", Kind.TEXT, "pairs of items that may share more than factors, such as “a1,a2; b1,b3”", "")
PATHS = Option(
    "paths", Kind.TEXT, "outcomes and what they take from, such as “safety ~ trust, age; learning ~ safety”", ""
)

_EMPTY: Final = -1
_CODE_OF: Final = {**dict.fromkeys(MISSING, _EMPTY), **{str(code): code for code in range(MOST_CATEGORIES + 1)}}


@dataclass(frozen=True, slots=True, eq=False)
class OrdinalAnswers:
    """Answers as codes.

    Attributes:
        codes: (rows, k) from 1; 0 where a cell is empty.
        lowest: what code 1 is called in the file: 0 where answers are counted from 0.
    """

    codes: NDArray[np.uint8]
    lowest: int


def ordinal_answers(table: Table, items: Sequence[str]) -> OrdinalAnswers:
    """Raises: AnswersAreWrong, for a value that is no whole number from 0 to 20."""
    found = _plain_codes(table, items)
    return _from_numbers(table, items) if found is None else found


def _plain_codes(table: Table, items: Sequence[str]) -> OrdinalAnswers | None:
    """The same by looking each text up, ten times as fast; None where a text is written another way."""
    try:
        columns = [list(map(_CODE_OF.__getitem__, table.texts(item))) for item in items]
    except KeyError:
        return None
    found = np.array(columns, dtype=np.int16).T
    if (found == 0).any():
        if (found == MOST_CATEGORIES).any():
            return None
        return OrdinalAnswers((found + 1).astype(np.uint8), 0)
    return OrdinalAnswers(np.maximum(found, 0).astype(np.uint8), 1)


def _from_numbers(table: Table, items: Sequence[str]) -> OrdinalAnswers:
    values = table.numbers(items)
    known = ~np.isnan(values)
    plain = np.where(known, values, 1.0)
    wrong = (plain != np.round(plain)) | (plain < 0) | (plain > MOST_CATEGORIES)
    lowest = 0 if (plain == 0).any() else 1
    if lowest == 0:
        wrong |= plain >= MOST_CATEGORIES
    if wrong.any():
        columns = [item for item, found in zip(items, wrong.any(axis=0), strict=True) if found]
        raise AnswersAreWrong(
            [
                Problem(
                    f"{table.name}, {column}",
                    say("Ordinal answers are whole numbers, from 1 to {most}.", most=MOST_CATEGORIES),
                    say("Number the answers in their order, or leave the column out."),
                )
                for column in columns
            ]
        )
    return OrdinalAnswers(np.where(known, plain + 1 - lowest, 0).astype(np.uint8), lowest)


def model_given(given: Given, identification: Identification) -> Specification:
    """The factor model of the options `model` and `together`, and of `paths` where the method has them.

    Raises:
        OptionsAreWrong: a part that is not “name: item, item”, a name twice, a pair that is not two items, or a path that
            is not “outcome ~ predictor, predictor”.
        ModelCannotBeFitted: as `specification_of`.
    """
    factors: dict[str, tuple[str, ...]] = {}
    for part in _parts(given.text("model"), ";"):
        name, colon, items = part.partition(":")
        if not colon or not name.strip() or name.strip() in factors:
            raise wrong_option(
                "model", say("“{part}” names no factor of its own.", part=part), say("Write “name: item, item, item”.")
            )
        factors[name.strip()] = _parts(items, ",")
    pairs, paths = _pairs(given), _paths(given)
    known = factors.keys() | {name for path in paths for name in path}
    of_factors = [pair for pair in pairs if known.issuperset(pair)]
    return specification_of(
        factors,
        residual_covariances=[pair for pair in pairs if pair not in of_factors],
        identification=identification,
        paths=paths,
        factor_covariances=of_factors,
    )


def _paths(given: Given) -> list[tuple[str, str]]:
    paths = []
    for part in _parts(given.texts.get("paths", ""), ";"):
        outcome, mark, predictors = part.partition("~")
        names = _parts(predictors, ",")
        if not mark or not outcome.strip() or not names:
            what = say("“{part}” is no outcome with what it takes from.", part=part)
            raise wrong_option("paths", what, say("Write “outcome ~ predictor, predictor”."))
        paths += [(outcome.strip(), name) for name in names]
    return paths


def _pairs(given: Given) -> list[tuple[str, str]]:
    pairs = []
    for part in _parts(given.text("together"), ";"):
        items = _parts(part, ",")
        if len(items) != 2:
            raise wrong_option("together", say("“{part}” is no pair of items.", part=part), say("Write “item, item”."))
        pairs.append((items[0], items[1]))
    return pairs


def _parts(text: str, mark: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(mark) if part.strip())
