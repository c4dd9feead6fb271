"""The diagnosis as a workbook. What comes from a file is always written as text, never as a formula or a link."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from os import PathLike
from typing import Final, TypeAlias

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from lerend.diagnosis.result import Diagnosis, UnitDiagnosis
from lerend.disclosure.bands import PeopleBand
from lerend.model.structure import OrganisationModel
from lerend.report.left_out import left_out_rows
from lerend.report.participation import file_sentences
from lerend.report.rows import Row, rows_of
from lerend.report.visible import finding_of, visible
from lerend.report.warnings import warnings_of
from lerend.report.words import CHANCE, NOT_SHOWN, out_of_hundred, printable, spoken
from lerend.wording import Language, Message, say, say_many

Cell: TypeAlias = str | int | float | None

_MADE: Final = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_PLAIN_TEXT: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_HEADS: Final = (
    (say("Topic"), 34), (say("Layer"), 24), (say("People"), 9), (say("Score 1–5"), 10), (say("Low (95 %)"), 10),
    (say("High (95 %)"), 10), (say("Score 0–100"), 11), (say("Difference with own mean"), 24), (say("Most room"), 16),
    (say("Spread between groups"), 14), (say("Groups differ"), 14), (say("What this means"), 70),
)  # fmt: skip


def write_workbook(
    diagnosis: Diagnosis, model: OrganisationModel, language: Language, path: str | PathLike[str]
) -> None:
    """Writes five sheets: Read me, Programme, Companies, Teams, Quality. The same diagnosis gives the same bytes.

    Raises:
        OSError: when the file cannot be written.
    """
    seen = visible(diagnosis)
    book = xlsxwriter.Workbook(path, _PLAIN_TEXT)
    book.set_properties({"created": _MADE})
    sheets = _Sheets(book, language)
    sheets.text(say("Read me"), _read_me(seen, model, language))
    sheets.table(say("Programme"), _HEADS, _unit_rows((seen.programme,), model, language, names=0))
    sheets.table(
        say("Companies"), ((say("Company"), 24), *_HEADS), _unit_rows(seen.companies, model, language, names=1)
    )
    heads = ((say("Company"), 24), (say("Team"), 24), *_HEADS)
    sheets.table(say("Teams"), heads, _unit_rows(seen.teams, model, language, names=2))
    sheets.table(say("Quality"), _QUALITY_HEADS, _quality_rows(seen, model, language))
    try:
        book.close()
    except xlsxwriter.exceptions.FileCreateError as problem:
        raise OSError(str(problem)) from problem


class _Sheets:
    """One book that is being written, in one language."""

    def __init__(self, book: xlsxwriter.Workbook, language: Language) -> None:
        self._book = book
        self._language = language
        self._head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._number = book.add_format({"num_format": "0.00", "valign": "top"})
        self._words = book.add_format({"text_wrap": True, "valign": "top"})

    def text(self, name: Message, lines: Sequence[str]) -> None:
        sheet = self._sheet(name)
        sheet.set_column(0, 0, 110)
        for place, line in enumerate(lines):
            sheet.write_string(place, 0, line, self._head if place == 0 else self._words)

    def table(self, name: Message, heads: Sequence[tuple[Message, int]], rows: Sequence[Sequence[Cell]]) -> None:
        sheet = self._sheet(name)
        for column, (head, width) in enumerate(heads):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, head.in_language(self._language), self._head)
        for place, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                self._write(sheet, place, column, value)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(heads) - 1)

    def _sheet(self, name: Message) -> Worksheet:
        return self._book.add_worksheet(name.in_language(self._language)[:31])

    def _write(self, sheet: Worksheet, row: int, column: int, value: Cell) -> None:
        if isinstance(value, str):
            sheet.write_string(row, column, value, self._words)
        elif value is not None:
            sheet.write_number(row, column, value, self._style(value))

    def _style(self, value: float) -> Format:
        return self._number if isinstance(value, float) else self._words


def _read_me(diagnosis: Diagnosis, model: OrganisationModel, language: Language) -> list[str]:
    trail = diagnosis.trail
    said = [
        say("Results of the learning scan: {name}", name=diagnosis.programme.label or model.name),
        *warnings_of(diagnosis),
        *diagnosis.programme.headline,
        *diagnosis.notes,
        say("We see what goes together, at one moment. That does not tell what causes what."),
        say("The rows stand in the order of the file and are no ranking. Please do not make one."),
        say("‘{words}’ stands where too few people answered. That differs per topic.", words=NOT_SHOWN),
        say_many(
            "‘Most room’ says how sure we are that a topic is the one with most room. It has three steps.",
            "‘Most room’ says how sure we are that a topic is among the {count} with most room. It has three steps.",
            diagnosis.listed,
        ),
    ]
    left_out = [
        say("Left out: {reason}: {count}", reason=reason, count=count)
        for reason, count in left_out_rows(diagnosis.reading, language)
    ]
    origin = say(
        "Model {model} ({model_digest}), questionnaire {instrument}, answers {answers}, lerend {version}, seed {seed}, "
        "draws {draws}, smallest group {k}.",
        model=trail.model,
        model_digest=trail.model_digest,
        instrument=trail.instrument,
        answers=trail.inputs_digest,
        version=trail.code_version,
        seed=trail.seed,
        draws=trail.draws,
        k=trail.k,
    )
    lines = [spoken(message, language) for message in said]
    more = [spoken(message, language) for message in (*left_out, origin)]
    return [*lines, *file_sentences(diagnosis.reading, language), *more, printable(model.purpose.in_language(language))]


def _unit_rows(
    units: Sequence[UnitDiagnosis], model: OrganisationModel, language: Language, *, names: int
) -> list[list[Cell]]:
    """A row per unit and scale; `names` is how many names of the path stand before it."""
    layers = {layer.id: printable(layer.name.in_language(language)) for layer in model.layers}
    return [
        [*_names(unit, names), *_cells(row, unit, layers, language)]
        for unit in units
        for row in rows_of(unit, model, language)
    ]


def _names(unit: UnitDiagnosis, count: int) -> list[Cell]:
    if count == 0:
        return []
    *before, _ = ("",) if not unit.path else unit.path
    outer = [printable(name) for name in before][: count - 1]
    return [*outer, *[""] * (count - 1 - len(outer)), unit.label]


def _cells(row: Row, unit: UnitDiagnosis, layers: dict[str, str], language: Language) -> list[Cell]:
    layer = layers.get(row.layer, say("Outcome").in_language(language))
    finding = finding_of(unit, row.scale)
    score, spread = finding.score, finding.spread
    if score is None:
        why = spoken(unit.hidden, language) if unit.hidden else row.why_hidden
        if finding.words is not None:
            return [row.name, layer, _people(finding.people), row.instead, *[None] * 4, row.band_text, *[None] * 2, why]
        return [row.name, layer, None, NOT_SHOWN.in_language(language), *[None] * 7, why]
    differ = (say("yes") if finding.differs else CHANCE).in_language(language)
    return [
        row.name,
        layer,
        _people(finding.people),
        *(round(value, 2) for value in (score.value, score.low, score.high)),
        out_of_hundred(score.value),
        row.compared,
        row.band_text,
        round(spread.value, 2) if spread else None,
        differ if spread else None,
        row.sentence,
    ]


def _people(people: int | PeopleBand | None) -> Cell:
    return people.text if isinstance(people, PeopleBand) else people


_QUALITY_HEADS: Final = (
    (say("Topic"), 34), (say("Statements"), 11), (say("People"), 9), (say("alpha"), 9), (say("Low (95 %)"), 10),
    (say("High (95 %)"), 10), (say("omega"), 9), (say("Low (95 %)"), 10), (say("High (95 %)"), 10), (say("ICC(1)"), 9),
    (say("ICC(2)"), 9), (say("rwg(j), even answers"), 14), (say("rwg(j), skewed answers"), 14),
)  # fmt: skip


def _quality_rows(diagnosis: Diagnosis, model: OrganisationModel, language: Language) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for quality in diagnosis.quality:
        numbers = [
            *((e.value, e.low, e.high) if (e := quality.alpha) else (None,) * 3),
            *((e.value, e.low, e.high) if (e := quality.omega) else (None,) * 3),
            *(quality.icc1, quality.icc2, quality.rwg_uniform, quality.rwg_skewed),
        ]
        name = printable(model.name_of(quality.scale).in_language(language))
        rows.append(
            [name, quality.items, _people(quality.people), *(None if n is None else round(n, 3) for n in numbers)]
        )
    return rows
