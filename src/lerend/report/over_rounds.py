"""Two waves side by side in finished words: trend only where the questions stayed the same and nobody shows through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lerend.answers.table import Path
from lerend.diagnosis.result import Estimate
from lerend.model.structure import Instrument, OrganisationModel
from lerend.release.over_time import NoTrend, ScaleTrend, trends_of
from lerend.release.value import ReadAlike, Release
from lerend.report.words import CHANCE, NOT_CHANCE, interval, number, printable, signed, spoken
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
_NOT_ASKED: Final = say("Not checked.")


@dataclass(frozen=True, slots=True)
class TrendRow:
    """One factor or outcome in both waves; `why_not` where there is no difference to show.

    `reading` says whether people read the statements as they did before; it stands beside a difference only.
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
    return tuple(_row(trend, model, language) for trend in found)


def _row(trend: ScaleTrend, model: OrganisationModel, language: Language) -> TrendRow:
    difference = trend.difference
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
    )


def reading_words(reading: ReadAlike | None) -> Message:
    """Whether people read the statements of a scale as they did before, in one sentence."""
    return reading.comparable.sentence if reading else _NOT_ASKED


def _score(score: Estimate | None, language: Language) -> str:
    return f"{number(score.value, language)} ({interval(score, language)})" if score else "\N{EN DASH}"


def _from_to(difference: Estimate | None, language: Language) -> str:
    if difference is None:
        return ""
    low, high = signed(difference.low, language), signed(difference.high, language)
    return spoken(say("{low} to {high}", low=low, high=high), language)
