"""One row per factor or outcome of one unit: the same words and numbers for picture, table, workbook and terminal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lerend.diagnosis.result import Band, Estimate, Finding, UnitDiagnosis
from lerend.model.structure import Direction, Factor, OrganisationModel, Outcome
from lerend.report.visible import finding_of
from lerend.report.words import (
    BANDS,
    CHANCE,
    DIRECTIONS,
    EXTREMES,
    NOT_CHANCE,
    NOT_SHOWN,
    interval,
    number,
    people_text,
    printable,
    spoken,
)
from lerend.wording import Language, Message, say


class Side(StrEnum):
    """Where a score lies; neutral where higher is not simply better, and for the outcomes."""

    LOW = "low"
    HIGH = "high"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Row:
    """What is said about one scale. `score` is None where no number may be shown; then `why_hidden` has the reason.

    `instead` is what stands in the place of the score: *very low*, *very high* or *not shown*.
    """

    scale: str
    name: str
    term: str
    definition: str
    layer: str
    side: Side
    compared: str
    people: str
    score: Estimate | None
    score_text: str
    interval_text: str
    can_be_chance: bool
    band: Band | None
    band_text: str
    sentence: str
    why_hidden: str
    instead: str = ""

    @property
    def is_outcome(self) -> bool:
        return not self.layer


def rows_of(unit: UnitDiagnosis, model: OrganisationModel, language: Language) -> tuple[Row, ...]:
    """All measured factors in the order of the model (from outside to inside), then the outcomes."""
    order = {layer.id: place for place, layer in enumerate(model.layers)}
    factors = sorted((factor for factor in model.factors if factor.measured), key=lambda factor: order[factor.layer])
    things: tuple[Factor | Outcome, ...] = (*factors, *model.outcomes)
    return tuple(_row(thing, unit, language) for thing in things)


def _row(thing: Factor | Outcome, unit: UnitDiagnosis, language: Language) -> Row:
    finding = finding_of(unit, thing.id)
    score, room = finding.score, finding.room
    factor = thing if isinstance(thing, Factor) else None
    return Row(
        scale=thing.id,
        name=printable(thing.name.in_language(language)),
        term=printable(thing.term.in_language(language)),
        definition=printable(thing.definition.in_language(language)),
        layer=factor.layer if factor else "",
        side=_side(thing, finding, unit.own_mean),
        compared=_compared(thing, finding).in_language(language) if factor and score else "",
        people="" if finding.people is None else people_text(finding.people),
        score=score,
        score_text="" if score is None else number(score.value, language),
        interval_text="" if score is None else interval(score, language),
        can_be_chance=finding.can_be_chance and not _is_neutral(thing),
        band=room.band if room else None,
        band_text=(BANDS[room.band] if room else say("not ranked")).in_language(language) if factor else "",
        sentence=spoken(finding.sentence, language) if finding.sentence else "",
        why_hidden=spoken(_why_hidden(finding), language),
        instead="" if score else spoken(EXTREMES[finding.words] if finding.words else NOT_SHOWN, language),
    )


def _why_hidden(finding: Finding) -> Message:
    if finding.words is not None and finding.sentence is not None:
        return finding.sentence
    return finding.hidden or say("")


def _compared(factor: Factor | Outcome, finding: Finding) -> Message:
    """Whether the difference with the own mean says something; where more is not simply better, what is."""
    if isinstance(factor, Factor) and factor.direction is not Direction.PLAIN:
        return DIRECTIONS[factor.direction]
    return CHANCE if finding.can_be_chance else NOT_CHANCE


def _is_neutral(thing: Factor | Outcome) -> bool:
    return not isinstance(thing, Factor) or thing.direction is not Direction.PLAIN


def _side(thing: Factor | Outcome, finding: Finding, own_mean: float | None) -> Side:
    if _is_neutral(thing) or finding.score is None or own_mean is None:
        return Side.NEUTRAL
    return Side.LOW if finding.score.value < own_mean else Side.HIGH
