"""Whether people fall into classes by what they answered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lerend.estimate.method import Given, Kind, Method, Option, RunsOn, wrong_option
from lerend.estimate.table import Table
from lerend.wording import say

if TYPE_CHECKING:
    from lerend.statistics.latent_classes.choosing import ClassAnswer


@dataclass(frozen=True, slots=True)
class ClassesFound:
    """What was found in the rows without an empty cell; nothing about single persons."""

    answer: ClassAnswer
    left_out: int


def _classes(table: Table, given: Given) -> ClassesFound:
    from lerend.estimate.ordinal_answers import ordinal_answers  # noqa: PLC0415 -- each method loads only what it needs
    from lerend.statistics.latent_classes.choosing import choose_classes  # noqa: PLC0415 -- likewise

    items, most, starts = given.columns("items"), given.whole("most"), given.whole("starts")
    if most < 2 or starts < 1:
        what = say("It takes two classes and one start at least.")
        raise wrong_option("most, starts", what, say("Give larger numbers."))
    answers = ordinal_answers(table, items)
    whole = (answers.codes > 0).all(axis=1)
    found = choose_classes(answers.codes[whole], items, most=most, starts=starts, seed=given.whole("seed"))
    written = tuple(tuple(code + answers.lowest - 1 for code in codes) for codes in found.codes)
    return ClassesFound(replace(found, codes=written), int((~whole).sum()))


METHODS = (
    Method(
        "latent-classes",
        "whether people fall into classes by their answers, with none as an answer",
        (
            Option("items", Kind.COLUMNS, "the columns of the items, commas between them"),
            Option("most", Kind.WHOLE, "the largest number of classes that is tried", "5"),
            Option("starts", Kind.WHOLE, "from how many starts each number is searched", "20"),
            Option("seed", Kind.WHOLE, "where the draws of the starts begin", "1"),
        ),
        RunsOn.FILE,
        "latent-classes",
        _classes,
    ),
)
