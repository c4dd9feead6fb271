"""The overview of companies or teams: a table that is its own picture. Rows keep the order of the file."""

from __future__ import annotations

from dataclasses import dataclass

from lerend.diagnosis.result import Band, Finding, UnitDiagnosis
from lerend.disclosure.cells import Extreme
from lerend.model.structure import Direction, OrganisationModel
from lerend.report.focus import Focus
from lerend.report.visible import finding_of
from lerend.report.words import EXTREMES, half_width, interval, number, printable
from lerend.wording import Language

MOST_COLUMNS = 12
MOST_PRINTED_ROWS = 60


@dataclass(frozen=True, slots=True)
class HeatCell:
    """`step` is one of six fixed steps on the scale of 1 to 5, or ``hidden``; hidden cells are all equal."""

    step: str
    score: str = ""
    margin: str = ""
    interval: str = ""
    can_be_chance: bool = False


@dataclass(frozen=True, slots=True)
class HeatMap:
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[HeatCell, ...]], ...]
    all_columns: bool

    @property
    def long(self) -> bool:
        return len(self.rows) > MOST_PRINTED_ROWS


HIDDEN = HeatCell("hidden")


def heat_map(focus: Focus, model: OrganisationModel, language: Language) -> HeatMap | None:
    """None where there are fewer than two units to show."""
    if len(focus.parts) < 2:
        return None
    plain = [f.id for f in model.factors if f.measured and f.direction is Direction.PLAIN]
    told = [scale for scale in plain if any(finding_of(part, scale).score for part in focus.parts)]
    chosen = _chosen(focus.unit, told or plain)
    rows = tuple((part.label, tuple(cell_of(part, scale, language) for scale in chosen)) for part in focus.parts)
    names = tuple(printable(model.name_of(scale).in_language(language)) for scale in chosen)
    return HeatMap(names, rows, all_columns=len(chosen) == len(plain))


def heat_map_of(focus: Focus, scales: tuple[str, ...], model: OrganisationModel, language: Language) -> HeatMap:
    """The units under a unit with just these scales, at most `MOST_COLUMNS` of them; rows in the order of the release."""
    chosen = scales[:MOST_COLUMNS]
    rows = tuple((part.label, tuple(cell_of(part, scale, language) for scale in chosen)) for part in focus.parts)
    names = tuple(printable(model.name_of(scale).in_language(language)) for scale in chosen)
    return HeatMap(names, rows, all_columns=len(chosen) == len(scales))


def _chosen(unit: UnitDiagnosis, plain: list[str]) -> list[str]:
    """At most twelve factors: those that the report speaks about first, then by how much the units differ.

    The result is in the order of the model.
    """
    if len(plain) <= MOST_COLUMNS:
        return plain
    spoken_of = {*unit.bottlenecks, *(strength.factor for strength in unit.strengths)}
    findings = {scale: finding_of(unit, scale) for scale in plain}
    first = sorted(plain, key=lambda scale: _weight(findings[scale], spoken_of=scale in spoken_of), reverse=True)
    kept = set(first[:MOST_COLUMNS])
    return [scale for scale in plain if scale in kept]


def _weight(finding: Finding, *, spoken_of: bool) -> tuple[bool, bool, bool, float]:
    possible = finding.room is not None and finding.room.band is not Band.UNLIKELY
    spread = finding.spread.value if finding.spread else 0.0
    return finding.score is not None, spoken_of, possible or finding.differs, spread


def cell_of(unit: UnitDiagnosis, scale: str, language: Language) -> HeatCell:
    """What stands in the map where a unit and a scale meet."""
    finding = finding_of(unit, scale)
    if finding.words is not None:
        step = "low3" if finding.words is Extreme.VERY_LOW else "high3"
        return HeatCell(step, score=EXTREMES[finding.words].in_language(language))
    if finding.score is None:
        return HIDDEN
    return HeatCell(
        step=step_of(finding.score.value),
        score=number(finding.score.value, language),
        margin=number(half_width(finding.score), language),
        interval=interval(finding.score, language),
        can_be_chance=finding.can_be_chance,
    )


def step_of(score: float) -> str:
    """Three steps under the middle of the scale, three above; the borders never move with the data."""
    borders = ((2.0, "low3"), (2.5, "low2"), (3.0, "low1"), (3.5, "high1"), (4.0, "high2"))
    return next((name for border, name in borders if score < border), "high3")
