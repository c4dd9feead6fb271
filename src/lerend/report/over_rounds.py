"""Two waves side by side in finished words: trend only where the questions stayed the same and nobody shows through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from lerend.answers.table import Path
from lerend.diagnosis.result import Estimate
from lerend.model.structure import Instrument, OrganisationModel
from lerend.release.over_time import NoTrend, ScaleTrend, trends_of
from lerend.release.value import ReadAlike, Release
from lerend.report.words import CHANCE, NOT_CHANCE, interval, number, printable, signed, spoken
from lerend.statistics.structure.continuous.comparable import Comparable
from lerend.wording import Language, Message, say

_WHY_NOT: dict[NoTrend, Message] = {
    NoTrend.NOT_IN_BOTH: say("Not shown in both rounds."),
    NoTrend.OTHER_QUESTIONS: say("The questions changed. So a difference says nothing."),
    NoTrend.FEW_CAME_OR_LEFT: say("Only a few people came or left. A difference would be about them."),
    NoTrend.UNKNOWN_WHO_CAME: say("Nobody said how many people came or left since. So we do not compare."),
    NoTrend.READ_DIFFERENTLY: say(
        "People read these statements differently than before. So a difference is not only about the topic."
    ),
}
_SHORT: Final[dict[Comparable, Message]] = {
    Comparable.ALIKE: say("Yes"),
    Comparable.NEARLY: say("Nearly"),
    Comparable.UNCLEAR: say("Not clear: too few people to say."),
    Comparable.CHANGED: say("No"),
}
_NOT_ASKED: Final = say("Not checked.")


@dataclass(frozen=True, slots=True)
class TrendRow:
    """One factor or outcome in both waves; `why_not` where there is no difference to show.

    `reading` says whether people read the statements as they did before; it stands beside a difference only. `changed` are
    the statements that they read differently.
    """

    scale: str
    name: str
    before: str
    now: str
    difference: str
    difference_interval: str
    can_be_chance: bool
    chance: str
    why_not: str
    reading: str
    changed: tuple[str, ...]


def trend_rows(
    now: Release,
    before: Release,
    path: Path,
    *,
    model: OrganisationModel,
    instrument: Instrument,
    earlier_instrument: Instrument,
    language: Language,
) -> tuple[TrendRow, ...]:
    """Rows in the order of the later release. The arguments are those of `lerend.release.over_time.trends_of`."""
    found = trends_of(now, before, path, instrument=instrument, earlier_instrument=earlier_instrument)
    texts = {item.id: printable(item.text.in_language(language)) for item in instrument.items}
    return tuple(_row(trend, model, texts, language) for trend in found)


def _row(trend: ScaleTrend, model: OrganisationModel, texts: Mapping[str, str], language: Language) -> TrendRow:
    difference = trend.difference
    is_other = trend.why_not is NoTrend.READ_DIFFERENTLY and trend.reading is not None
    return TrendRow(
        scale=trend.scale,
        name=printable(model.name_of(trend.scale).in_language(language)),
        before=_score(trend.before, language),
        now=_score(trend.now, language),
        difference=signed(difference.value, language) if difference else "",
        difference_interval=_from_to(difference, language),
        can_be_chance=trend.can_be_chance,
        chance=spoken(CHANCE if trend.can_be_chance else NOT_CHANCE, language) if difference else "",
        why_not=spoken(_WHY_NOT[trend.why_not], language) if trend.why_not else "",
        reading=spoken(reading_words(trend.reading), language) if difference else "",
        changed=changed_texts(trend.reading, texts) if is_other else (),
    )


def changed_texts(reading: ReadAlike | None, texts: Mapping[str, str]) -> tuple[str, ...]:
    """The statements that people read differently, as far as that can be told."""
    return tuple(texts[item] for item in reading.changed if item in texts) if reading else ()


def reading_words(reading: ReadAlike | None) -> Message:
    """Whether people read the statements of a scale as they did before, as short as stands in a table."""
    if reading is None:
        return _NOT_ASKED
    return _SHORT.get(reading.comparable, reading.comparable.sentence)


def _score(score: Estimate | None, language: Language) -> str:
    return f"{number(score.value, language)} ({interval(score, language)})" if score else "\N{EN DASH}"


def _from_to(difference: Estimate | None, language: Language) -> str:
    if difference is None:
        return ""
    low, high = signed(difference.low, language), signed(difference.high, language)
    return spoken(say("{low} to {high}", low=low, high=high), language)
