"""Whether items work alike in groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np

from lerend.estimate.method import Given, Kind, Method, Option, RunsOn
from lerend.estimate.table import Table

if TYPE_CHECKING:
    from lerend.statistics.functioning.items import Functioning, Matching


@dataclass(frozen=True, slots=True)
class ItemsCompared:
    """Items compared between groups, on rows without an empty cell."""

    found: Functioning
    left_out: int


def _functioning(table: Table, given: Given) -> ItemsCompared:
    from lerend.estimate.ordinal_answers import ordinal_answers  # noqa: PLC0415 -- each method loads only what it needs
    from lerend.statistics.functioning.items import item_functioning  # noqa: PLC0415 -- likewise

    items, groups = given.columns("items"), table.groups(given.text("group"))
    codes = ordinal_answers(table, items).codes.astype(np.int64)
    whole = (codes > 0).all(axis=1) & (groups.codes >= 0)
    found = item_functioning(
        codes[whole],
        items,
        groups.codes[whole].astype(np.intp),
        groups.names,
        matching=cast("Matching", given.text("matching")),
    )
    return ItemsCompared(found, int((~whole).sum()))


METHODS = (
    Method(
        "item-functioning",
        "whether people of the same score answer an item alike, whatever their group",
        (
            Option("items", Kind.COLUMNS, "the columns of the items of one scale, larger meaning more on each"),
            Option(
                "group", Kind.COLUMN, "the column of the groups; the first that occurs is what others are compared with"
            ),
            Option(
                "matching",
                Kind.CHOICE,
                "people are matched on the rest of the items, or on all",
                "rest",
                ("rest", "total"),
            ),
        ),
        RunsOn.FILE,
        "item-functioning",
        _functioning,
    ),
)
