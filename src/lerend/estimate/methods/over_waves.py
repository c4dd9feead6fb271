"""Whether people read the items of one scale alike in two or more waves, as a closed round can tell it: from sums."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from lerend.estimate.method import Given, Kind, Method, Option, RunsOn
from lerend.estimate.table import Table
from lerend.wording import Message

ITEMS: Final = Option("items", Kind.COLUMNS, "columns with the items of one scale, keyed the same way round")
WAVE: Final = Option("group", Kind.COLUMN, "the column that says which wave each row is of, the earliest first")
LEVEL: Final = Option("level", Kind.NUMBER, "chance of a false alarm at each of the two steps", "0.01")
MATTERS: Final = Option(
    "matters", Kind.NUMBER, "points of the scale's mean that a shift of one item may not move it by unseen", "0.1"
)


@dataclass(frozen=True, slots=True)
class ScaleReading:
    """Whether a scale may be compared between waves; see docs/methods/compare-rounds.md.

    Attributes:
        people: in each wave, of those who gave all answers.
        left_out: rows that lack an answer, or a wave.
        comparable: alike, nearly, unclear, changed, or why there is no answer; `says` puts it in words.
        changed: items that are read differently.
        unseen: points by which one item's shift could move the mean of the scale and be missed in one of five.
        steps: loadings, then intercepts.
    """

    waves: tuple[str, ...]
    people: tuple[int, ...]
    left_out: int
    comparable: str
    says: Message
    changed: tuple[str, ...]
    unseen: float | None
    steps: tuple[object, ...]


def _over_waves(table: Table, given: Given) -> ScaleReading:
    from lerend.statistics.structure.continuous.over_waves import compare_scale  # noqa: PLC0415 -- loads only what it needs
    from lerend.statistics.structure.continuous.sums import sums_of_values  # noqa: PLC0415 -- likewise
    from lerend.statistics.structure.trouble import one_group  # noqa: PLC0415 -- likewise

    items = given.columns("items")
    values, groups = table.numbers(items), table.groups(given.text("group"))
    if len(groups.names) < 2:
        raise one_group()
    whole = ~np.isnan(values).any(axis=1) & (groups.codes >= 0)
    waves = {
        name: sums_of_values(values[whole & (groups.codes == code)], items) for code, name in enumerate(groups.names)
    }
    found = compare_scale(waves, level=given.number("level"), matters=given.number("matters"))
    return ScaleReading(
        waves=found.waves,
        people=found.people,
        left_out=int(len(values) - whole.sum()),
        comparable=found.comparable,
        says=found.sentence,
        changed=found.changed,
        unseen=found.unseen,
        steps=found.steps,
    )


METHODS = (
    Method(
        "scale-over-waves",
        "whether people read the items of a scale alike in two or more waves, from means and covariances",
        (ITEMS, WAVE, LEVEL, MATTERS),
        RunsOn.BOTH,
        "compare-rounds",
        _over_waves,
    ),
)
