"""The comparison as a table in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Final

from lerend.evidence.figures import decimal
from lerend.loop.comparing import Compared, Comparison, Figure
from lerend.loop.practice import LEREND, ONLY_CHOICE, ONLY_DIAGNOSIS, ONLY_JUDGEMENT, STRICT, TODAY
from lerend.loop.world.numbers import Stress
from lerend.wording import Language, Message, Text, say, say_many

AIMED_RATIO: Final = 1.5
AIMED_USELESS: Final = 0.05
_NOTHING: Final = Text("–", "–")

_PRACTICES: Final[Mapping[str, Message]] = {
    TODAY.name: say("today's practice"),
    STRICT.name: say("today's practice, with a test"),
    LEREND.name: say("lerend"),
    ONLY_DIAGNOSIS.name: say("today, only the diagnosis by lerend"),
    ONLY_CHOICE.name: say("today, only the choice by lerend"),
    ONLY_JUDGEMENT.name: say("today, only the judgement by lerend"),
}
_WORLDS: Final[Mapping[Stress, Message]] = {
    Stress.NONE: say("The world as it is written down"),
    Stress.NO_EFFECTS: say("A world in which no approach does anything"),
    Stress.ATTRITION: say("People who score low stay away from the measurement after a start"),
    Stress.HUNCH: say("Half of the companies accept no lot, and leaders choose by hunch"),
    Stress.GROWING: say("Effects grow: half as large at first"),
    Stress.CEILING: say("Most people already answer near the top"),
}
_COLUMNS: Final = (
    say("practice"),
    say("improvement of the outcome"),
    say("times today's"),
    say("in the last half year"),
    say("tried"),
    say("adopted"),
    say("of those without a trial"),
    say("adopted, but does nothing or harm"),
    say("the same in that company"),
    say("hours an employee"),
)


def table_of(found: Comparison, language: Language) -> str:
    """A Markdown table with a heading; every mean with its 95 % interval over programmes."""
    title = _WORLDS[found.stress].in_language(language)
    count = say_many("{count} programme", "{count} programmes", found.programmes)
    rows = [[column.in_language(language) for column in _COLUMNS], ["---"] * len(_COLUMNS)]
    rows += [[cell.in_language(language) for cell in _cells(row)] for row in found.rows]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([f"{title} ({count.in_language(language)})", "", *lines])


def aim_told(found: Comparison) -> Message:
    """Whether the aims were reached by lerend as a whole; in the ordinary world only.

    Raises:
        ValueError: lerend as a whole is not among the practices.
    """
    row = next((one for one in found.rows if one.practice == LEREND), None)
    if row is None:
        raise ValueError("the aims are about the whole of lerend")
    far = row.ratio.value >= AIMED_RATIO
    few = row.useless.value <= AIMED_USELESS
    return say(
        "Aims: at least {times} times today's improvement: {first}. At most {percent}% of what is adopted does nothing or harm: "
        "{second}.",
        times=decimal(AIMED_RATIO, 1),
        percent=round(100 * AIMED_USELESS),
        first=_reached(there=far),
        second=_reached(there=few),
    )


def _reached(*, there: bool) -> Message:
    return say("reached") if there else say("not reached")


def _cells(row: Compared) -> list[Message | Text]:
    return [
        _PRACTICES[row.practice.name],
        _figure(row.improvement, 4),
        _figure(row.ratio, 2),
        _figure(row.at_end, 4),
        decimal(row.tried, 0),
        decimal(row.adopted, 1),
        decimal(row.straight, 1),
        _share(row.useless),
        _share(row.useless_here),
        decimal(row.hours, 0),
    ]


def _figure(figure: Figure, places: int) -> Message | Text:
    if not isfinite(figure.value):
        return _NOTHING
    return say(
        "{value} ({low} to {high})",
        value=decimal(figure.value, places),
        low=decimal(figure.interval.low, places),
        high=decimal(figure.interval.high, places),
    )


def _share(figure: Figure) -> Message | Text:
    """In percent; the interval of a share never leaves 0 to 100."""
    if not isfinite(figure.value):
        return _NOTHING
    low, high = max(figure.interval.low, 0.0), min(figure.interval.high, 1.0)
    return say(
        "{value}% ({low} to {high})",
        value=decimal(100 * figure.value, 1),
        low=decimal(100 * low, 0),
        high=decimal(100 * high, 0),
    )
