"""Everything that the HTML report shows, in finished words; the templates only lay it out."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from lerend.diagnosis.result import Diagnosis, UnitDiagnosis
from lerend.diagnosis.sentences import in_a_sentence
from lerend.disclosure.floors import FLOOR_FOR_RANKING, floor_of
from lerend.model.structure import Instrument, OrganisationModel
from lerend.report.charts.gap_picture import GapPicture, GapRow, narrow_gaps, wide_gaps
from lerend.report.charts.model_picture import Frame, ModelPicture, narrow_picture, wide_picture
from lerend.report.focus import Focus
from lerend.report.heat import HeatMap, heat_map
from lerend.report.left_out import left_out_rows
from lerend.report.method import QualityRow, quality_rows, trail_rows
from lerend.report.participation import facts, file_sentences, sentences
from lerend.report.priorities import BandGroup, Bottleneck, band_groups, bottlenecks, gap_rows
from lerend.report.rows import Row, rows_of
from lerend.report.words import LEVELS, NOT_SHOWN, number, out_of_hundred, printable, spoken
from lerend.wording import Language, Message, Text, say


@dataclass(frozen=True, slots=True)
class Gaps:
    """The differences with one way of asking management, drawn twice and as rows for the table."""

    id: str
    heading: str
    wide: Markup
    narrow: Markup
    rows: tuple[GapRow, ...]

    @property
    def told(self) -> tuple[GapRow, ...]:
        """The differences that are worth a sentence: at most three that are probably not chance."""
        return tuple(row for row in self.rows if not row.can_be_chance)[:3]


@dataclass(frozen=True, slots=True)
class Page:
    """See the templates, part by part."""

    label: str
    level: str
    is_programme: bool
    has_ranking: bool
    hidden: str
    model_name: str
    purpose: str
    outcomes: tuple[Text, ...]
    headline: list[str]
    facts: list[tuple[str, str]]
    participation: list[str]
    file: list[str]
    left_out: list[tuple[str, int]]
    notes: list[str]
    wide: Markup
    narrow: Markup
    rows: list[tuple[Row, str]]
    not_asked: list[str]
    strengths: list[tuple[str, str, str, str]]
    bands: list[BandGroup]
    bottlenecks: list[Bottleneck]
    why_not_ranked: str
    gaps: list[Gaps]
    heat: HeatMap | None
    trail: list[tuple[str, str]]
    quality: list[QualityRow]
    floor_about_a_manager: int
    floor_for_ranking: int


def page_of(
    diagnosis: Diagnosis, focus: Focus, model: OrganisationModel, instrument: Instrument, language: Language
) -> Page:
    """The page of one unit. The diagnosis must be what `visible` let through."""
    unit, rows = focus.unit, rows_of(focus.unit, model, language)
    drawing = _model_picture(unit, rows, model, language)
    names = {row.scale: row for row in rows}
    return Page(
        label=unit.label,
        level=LEVELS[unit.level].in_language(language),
        is_programme=unit is diagnosis.programme,
        has_ranking=any(row.band for row in rows),
        hidden=spoken(unit.hidden, language) if unit.hidden else "",
        model_name=printable(model.name.in_language(language)),
        purpose=printable(model.purpose.in_language(language)),
        outcomes=tuple(in_a_sentence(outcome.name) for outcome in model.outcomes),
        headline=[spoken(message, language) for message in unit.headline],
        facts=facts(focus, language),
        participation=sentences(diagnosis, focus, language),
        file=file_sentences(diagnosis.reading, language),
        left_out=left_out_rows(diagnosis.reading, language),
        notes=[spoken(message, language) for message in diagnosis.notes],
        wide=wide_picture(drawing),
        narrow=narrow_picture(drawing),
        rows=[(row, str(out_of_hundred(row.score.value)) if row.score else "") for row in rows],
        not_asked=[printable(f.name.in_language(language)) for f in model.factors if not f.measured],
        strengths=[
            (names[s.factor].name, spoken(s.sentence, language), names[s.factor].score_text, names[s.factor].interval_text)
            for s in unit.strengths[:3]
        ],
        bands=band_groups(rows, language),
        bottlenecks=bottlenecks(unit, rows, model, language),
        why_not_ranked=spoken(unit.why_not_ranked, language) if unit.why_not_ranked else "",
        gaps=_gaps(unit, model, language),
        heat=heat_map(focus, model, language),
        trail=trail_rows(diagnosis, model, instrument, language),
        quality=quality_rows(diagnosis, model, language),
        floor_about_a_manager=floor_of(about_manager=True, k=diagnosis.trail.k),
        floor_for_ranking=max(FLOOR_FOR_RANKING, diagnosis.trail.k),
    )  # fmt: skip


def _model_picture(
    unit: UnitDiagnosis, rows: tuple[Row, ...], model: OrganisationModel, language: Language
) -> ModelPicture:
    def in_words(message: Message) -> str:
        return spoken(message, language)

    layers = tuple(
        Frame(printable(layer.name.in_language(language)), held)
        for layer in model.layers
        if (held := tuple(row for row in rows if row.layer == layer.id))
    )
    mean = "" if unit.own_mean is None else number(unit.own_mean, language)
    return ModelPicture(
        title=in_words(say("The scores in the organisation model, from outside to inside")),
        description=in_words(
            say(
                "{count} topics in {layers} layers on a scale of 1 to 5, each with what we do not know. "
                "The table below the picture has the same numbers.",
                count=len(rows),
                layers=len(layers),
            )
        ),
        layers=layers,
        outcomes=Frame(in_words(say("What it is for")), tuple(r for r in rows if r.is_outcome)),
        own_mean=unit.own_mean,
        mean_text=in_words(say("own mean {mean}", mean=mean)),
        not_shown=in_words(NOT_SHOWN),
    )


_SEEN_BY: tuple[tuple[str, Message], ...] = (
    ("company_form", say("The company form beside what employees answered")),
    ("leaders", say("The answers of managers beside those of employees")),
)


def _gaps(unit: UnitDiagnosis, model: OrganisationModel, language: Language) -> list[Gaps]:
    found = ((seen_by, heading, gap_rows(unit, seen_by, model, language)) for seen_by, heading in _SEEN_BY)
    return [_drawn_gaps(seen_by, spoken(heading, language), rows, language) for seen_by, heading, rows in found if rows]


def _drawn_gaps(seen_by: str, heading: str, rows: tuple[GapRow, ...], language: Language) -> Gaps:
    description = say(
        "{count} topics on a scale of 1 to 5, each with the view of management and of employees. "
        "The table below the picture has the same numbers.",
        count=len(rows),
    )
    drawing = GapPicture(seen_by.replace("_", "-"), heading, spoken(description, language), rows)
    return Gaps(drawing.id, heading, wide_gaps(drawing), narrow_gaps(drawing), rows)
