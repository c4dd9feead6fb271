"""How well a round measured, for a researcher: from the release alone, so that no person can be picked out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lerend.diagnosis.response_quality import TeamResponse
from lerend.release.over_time import unchanged_scales
from lerend.release.plain import read
from lerend.release.value import ItemBehaviour, Missing
from lerend.report.method import QualityRow, quality_rows, two_decimals
from lerend.report.visible import visible
from lerend.report.words import number, people_text, printable, spoken
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
class ComparedWave:
    """What of this round may be laid beside an earlier one."""

    name: str
    same: tuple[str, ...]
    changed: tuple[str, ...]
    has_trend: bool


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
    digests = {trend.earlier for trend in outcome.release.trends if not trend.unknown}
    found = []
    for each in earlier:
        same = unchanged_scales(outcome.instrument, instrument_of(each.instrument))
        names = {scale: printable(outcome.model.name_of(scale).in_language(language)) for scale in outcome.model.scales}
        found.append(
            ComparedWave(
                each.name,
                tuple(name for scale, name in names.items() if scale in same),
                tuple(name for scale, name in names.items() if scale not in same),
                has_trend=bool(digests & set(each.releases.values_list("digest", flat=True))),
            )
        )
    return found
