"""How well a round measured, for a researcher: from the release alone, so that no person can be picked out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lerend.diagnosis.response_quality import TeamResponse
from lerend.release.over_time import unchanged_scales
from lerend.release.plain import read
from lerend.release.value import ItemBehaviour, Missing, Trend
from lerend.report.method import QualityRow, quality_rows, two_decimals
from lerend.report.over_rounds import changed_texts, reading_words
from lerend.report.visible import visible
from lerend.report.words import number, people_text, printable, spoken
from lerend.statistics.structure.continuous.comparable import Comparable
from lerend.wording import Language, Message, say
from lerend_web.scans.domain.questionnaire import instrument_of
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import Wave
from lerend_web.workbench.domain.outcomes.shown import Outcome, reader_language

_MISSING: Final[dict[Missing, Message]] = {
    Missing.FEW: say("fewer than 5 in 100"),
    Missing.SOME: say("5 to 20 in 100"),
    Missing.MANY: say("more than 20 in 100"),
}


@dataclass(frozen=True, slots=True)
class ItemRow:
    scale: str
    text: str
    people: str
    mean: str
    deviation: str
    with_rest: str
    missing: str
    is_weak: bool


@dataclass(frozen=True, slots=True)
class ReadRow:
    """Whether people read the statements of a topic as they did then, and which they did not."""

    name: str
    said: str
    changed: tuple[str, ...]
    is_changed: bool


@dataclass(frozen=True, slots=True)
class ComparedWave:
    """What of this round may be laid beside an earlier one."""

    name: str
    same: tuple[str, ...]
    changed: tuple[str, ...]
    has_trend: bool
    read: tuple[ReadRow, ...]


@dataclass(frozen=True, slots=True)
class TeamRow:
    """How a team of twenty people or more went through the questionnaire."""

    name: str
    same_everywhere: bool
    left_open: bool


@dataclass(frozen=True, slots=True)
class Quality:
    scales: tuple[QualityRow, ...]
    teams: tuple[TeamRow, ...]
    items: tuple[ItemRow, ...]
    compared: tuple[ComparedWave, ...]


WEAK_WITH_REST: Final = 0.3
"""Below this correlation with the rest of its scale an item is worth a look (a usual rule of thumb: .30)."""


def quality_of(wave: Wave, outcome: Outcome) -> Quality:
    language = reader_language()
    return Quality(
        tuple(quality_rows(visible(outcome.release.diagnosis), outcome.model, language)),
        tuple(_teams(wave)),
        tuple(_items(outcome, language)),
        tuple(_compared(wave, outcome, language)),
    )


def _teams(wave: Wave) -> list[TeamRow]:
    kept = [read(TeamResponse, each) for each in wave.frozen.response]
    return [
        TeamRow(" + ".join(printable(path[-1]) for path in team.units), team.same_everywhere, team.left_open)
        for team in kept
    ]


def _items(outcome: Outcome, language: Language) -> list[ItemRow]:
    shown = {each.item: each for each in outcome.release.items}
    rows = []
    for scale in outcome.model.scales:
        name = printable(outcome.model.name_of(scale).in_language(language))
        items = [item for item in outcome.instrument.items_of(scale) if item.id in shown]
        rows += [_row(name, printable(item.text.in_language(language)), shown[item.id], language) for item in items]
    return rows


def _row(scale: str, text: str, item: ItemBehaviour, language: Language) -> ItemRow:
    dash = "\N{EN DASH}"
    return ItemRow(
        scale=scale,
        text=text,
        people=people_text(item.people),
        mean=dash if item.mean is None else number(item.mean, language),
        deviation=two_decimals(item.deviation, language),
        with_rest=two_decimals(item.with_rest, language),
        missing=spoken(_MISSING[item.missing], language),
        is_weak=item.with_rest is not None and item.with_rest < WEAK_WITH_REST,
    )


def _compared(wave: Wave, outcome: Outcome, language: Language) -> list[ComparedWave]:
    earlier = Wave.objects.filter(
        organisation=wave.organisation_id, state=WaveState.CLOSED, closed_at__lt=wave.closed_at
    ).order_by("-closed_at")
    trends = {trend.earlier: trend for trend in outcome.release.trends if not trend.unknown}
    found = []
    for each in earlier:
        same = unchanged_scales(outcome.instrument, instrument_of(each.instrument))
        names = {scale: printable(outcome.model.name_of(scale).in_language(language)) for scale in outcome.model.scales}
        kept = each.releases.values_list("digest", flat=True)
        trend = next((trends[digest] for digest in kept if digest in trends), None)
        found.append(
            ComparedWave(
                each.name,
                tuple(name for scale, name in names.items() if scale in same),
                tuple(name for scale, name in names.items() if scale not in same),
                has_trend=trend is not None,
                read=tuple(_read_alike(trend, names, outcome, language)) if trend else (),
            )
        )
    return found


def _read_alike(trend: Trend, names: dict[str, str], outcome: Outcome, language: Language) -> Iterator[ReadRow]:
    texts = {item.id: printable(item.text.in_language(language)) for item in outcome.instrument.items}
    for one in trend.read_alike:
        yield ReadRow(
            names[one.scale],
            spoken(reading_words(one), language),
            changed_texts(one, texts),
            is_changed=one.comparable is Comparable.CHANGED,
        )
