"""A release as plain tables in one ZIP, with a codebook that says what every column and every question means."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from lerend.model.structure import Factor, Instrument, OrganisationModel, Outcome
from lerend.release.value import Release
from lerend.report.files.archive import zip_of
from lerend.report.files.inert import inert
from lerend.report.files.measuring import all_tables
from lerend.report.files.origin import day_of, marks_of, origin_rows
from lerend.report.files.table import Column, Table, Value
from lerend.report.words import printable, spoken
from lerend.wording import Language, Message, say

_RELEASE: Final = Column("release", say("Digest of the release"))
_BOM: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"


def csv_of(release: Release, *, model: OrganisationModel, instrument: Instrument, language: Language) -> bytes:
    """A ZIP with README.txt, a CSV file per table, and codebook.csv; the same release gives the same bytes.

    UTF-8 with a mark at the start. Dutch: semicolons and decimal commas. English: commas and decimal points.
    """
    tables = all_tables(release, model, instrument, language)
    files = [(f"{table.id}.csv", list(_rows(table, release.digest))) for table in tables]
    book = _codebook(tables, model, instrument, language)
    readme = _readme(release, tables, model, instrument, language)
    return zip_of(
        [
            ("README.txt", f"{_BOM}{readme}".encode()),
            *((name, csv_text(rows, language).encode()) for name, rows in [*files, ("codebook.csv", book)]),
        ],
        day=day_of(release),
    )


def _rows(table: Table, digest: str) -> Iterable[tuple[Value, ...]]:
    """The table, and in each row which release it is from: files of several rounds get mixed up."""
    yield *(column.id for column in table.columns), _RELEASE.id
    for row in table.rows:
        yield *row, digest


def csv_text(rows: Iterable[Sequence[Value]], language: Language) -> str:
    """The rows as a spreadsheet in this language opens them; no text in it is ever worked out."""
    target = io.StringIO()
    target.write(_BOM)
    writer = csv.writer(target, delimiter=";" if language == "nl" else ",", lineterminator="\r\n")
    writer.writerows([_written(value, language) for value in row] for row in rows)
    return target.getvalue()


def _written(value: Value, language: Language) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return inert(value)
    text = str(value)
    return text.replace(".", ",") if language == "nl" else text


_HEAD: Final = ("file", "variable", "label", "values", "unit", "note")


def _codebook(
    tables: Sequence[Table], model: OrganisationModel, instrument: Instrument, language: Language
) -> list[tuple[Value, ...]]:
    """What each column means, then each scale, then each statement in full."""
    rows: list[tuple[Value, ...]] = [_HEAD]
    for table in tables:
        for column in (*table.columns, _RELEASE):
            values = "; ".join(f"{code} = {spoken(words, language)}" for code, words in column.values)
            unit = spoken(column.unit, language) if column.unit else ""
            note = spoken(column.note, language) if column.note else ""
            rows.append((f"{table.id}.csv", column.id, spoken(column.label, language), values, unit, note))
    return [*rows, *_scales(model, language), *_items(model, instrument, language)]


def _scales(model: OrganisationModel, language: Language) -> Iterable[tuple[Value, ...]]:
    things: list[Factor | Outcome] = [*(factor for factor in model.factors if factor.measured), *model.outcomes]
    layers = {layer.id: layer.name.in_language(language) for layer in model.layers}
    unit = spoken(say("mean of its statements, 1 to 5"), language)
    for thing in things:
        where = layers[thing.layer] if isinstance(thing, Factor) else spoken(say("Outcome"), language)
        parts = [thing.term.in_language(language), thing.definition.in_language(language), where]
        name = printable(thing.name.in_language(language))
        yield "scale", thing.id, name, "", unit, ". ".join(printable(part).rstrip(".") for part in parts if part)


def _items(model: OrganisationModel, instrument: Instrument, language: Language) -> Iterable[tuple[Value, ...]]:
    turned = spoken(say("Asked the other way round; turned back in all figures."), language)
    for item in instrument.items:
        labels = instrument.answer_scale_of(item).labels
        values = "; ".join(f"{place} = {label.in_language(language)}" for place, label in enumerate(labels, 1))
        name = model.name_of(item.measures) if item.measures in model.scales else item.measures
        note = spoken(say("Measures ‘{scale}’.", scale=name), language)
        said = f"{note} {turned}" if item.reversed else note
        unit = spoken(say("answers, 1 to {last}", last=len(labels)), language)
        yield "item", item.id, printable(item.text.in_language(language)), printable(values), unit, said


_SAID: Final = (
    say("Everything here comes from one release: what may be shown of one round, and nothing else."),
    say("Rows of people do not exist. When a round closes, answers become sums, and then the rows are gone."),
    say("Numbers of people are bands. Figures are rounded, and ends of intervals are rounded outwards."),
    say("A figure that is missing stays hidden to protect people. Please do not try to work it out."),
    say("A text that starts like a formula has an apostrophe before it, so that no spreadsheet works it out."),
    say("We see what goes together, at one moment. That does not tell what causes what."),
)
_FORMAT: Final[dict[Language, Message]] = {
    "nl": say("Text is UTF-8, columns are divided by a semicolon, decimals by a comma."),
    "en": say("Text is UTF-8, columns are divided by a comma, decimals by a point."),
}


def _readme(
    release: Release, tables: Sequence[Table], model: OrganisationModel, instrument: Instrument, language: Language
) -> str:
    head = spoken(say("Results of the learning scan: {name}", name=release.wave.organisation), language)
    marks = [spoken(mark, language) for mark in marks_of(release)]
    origin = [f"{what}: {value}" for what, value in origin_rows(release, model, instrument, language)]
    files = [f"{table.id}.csv: {spoken(table.about, language)}" for table in tables]
    meaning = say("What every column, scale and statement means.")
    book = f"codebook.csv: {spoken(meaning, language)}"
    said = [spoken(message, language) for message in (*_SAID, _FORMAT[language])]
    blocks = [[head, *marks], [*files, book], said, origin]
    return "\r\n\r\n".join("\r\n".join(block) for block in blocks) + "\r\n"
