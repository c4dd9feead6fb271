"""How groups answered a questionnaire: shares of groups, never of persons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from lerend.errors import Problem
from lerend.estimate.method import Given, Kind, Method, Option, OptionsAreWrong, RunsOn
from lerend.estimate.table import Table
from lerend.wording import say

if TYPE_CHECKING:
    from lerend.statistics.response.groups import ResponseQuality

LEAST_K: Final = 5


def _response(table: Table, given: Given) -> ResponseQuality:
    from lerend.statistics.response.groups import response_quality  # noqa: PLC0415 -- each method loads only what it needs

    k = given.whole("k")
    if k < LEAST_K:
        what = say("Nothing is said about fewer than {least} people here.", least=LEAST_K)
        raise OptionsAreWrong([Problem("k", what, say("Give {least} or more.", least=LEAST_K))])
    items = given.columns("items")
    answers = table.numbers(items)
    turned = answers.copy()
    around = given.number("lowest") + given.number("highest")
    for place in _places(items, "reversed", given.columns("reversed")):
        turned[:, place] = around - turned[:, place]
    groups = table.groups(given.text("group")) if given.has("group") else None
    return response_quality(
        answers,
        np.full(table.rows, -1) if groups is None else groups.codes,
        () if groups is None else groups.names,
        k=k,
        scales=[_places(items, "scales", _names(scale)) for scale in given.text("scales").split(";") if scale.strip()],
        turned=turned,
    )


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _places(items: tuple[str, ...], option: str, names: tuple[str, ...]) -> list[int]:
    unknown = tuple(name for name in names if name not in items)
    if unknown:
        what = say("These are not among the items: {names}.", names=unknown)
        raise OptionsAreWrong([Problem(option, what, say("There are: {names}.", names=items))])
    return [items.index(name) for name in names]


METHODS = (
    Method(
        "response-quality",
        "how groups answered: shares with long strings, little variation and the like, never persons",
        (
            Option("items", Kind.COLUMNS, "the columns of the items in the order of the form, as they were answered"),
            Option("group", Kind.COLUMN, "the column of the team or company", ""),
            Option("reversed", Kind.COLUMNS, "items that are worded the other way round", ""),
            Option("lowest", Kind.NUMBER, "the lowest answer there is", "1"),
            Option("highest", Kind.NUMBER, "the highest answer there is", "5"),
            Option("scales", Kind.TEXT, "items of each scale, a semicolon between scales: a1,a2;b1,b2", ""),
            Option("k", Kind.WHOLE, "the smallest number of people that anything is said about", str(LEAST_K)),
        ),
        RunsOn.FILE,
        "response-quality",
        _response,
    ),
)
