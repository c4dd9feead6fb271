"""What is in a file that was collected elsewhere: read in memory, judged, and nothing of it kept."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lerend.answers.columns import Plan, plan_of
from lerend.answers.conventions import Convention
from lerend.answers.detection import convention_of, open_source
from lerend.answers.names import plain, shortened, squeezed
from lerend.answers.reading import open_answers
from lerend.answers.source import RowSource
from lerend.answers.table import AnswerBatch, joined
from lerend.diagnosis.files import SIMULATED_COLUMN
from lerend.errors import LerendError
from lerend.model.structure import Instrument
from lerend_web.instruments.domain.faults import Fault, language
from lerend_web.scans.domain.memory_file import in_memory
from lerend_web.scans.domain.personal_columns import Personal, is_about_persons, personal
from lerend_web.scans.domain.questionnaire import model_of

LARGEST_FILE: Final = 20_000_000
"""Bytes of an upload: some ten thousand people with the answers written out."""
_LARGEST_UNPACKED: Final = 100_000_000
_MOST_COLUMNS: Final = 2_000
_COMPANY: Final = frozenset(["company", "organisation", "organization", "bedrijf", "organisatie"])
_TRAITS: Final = frozenset(
    [
        *("gender", "sex", "geslacht", "age", "agegroup", "leeftijd", "leeftijdsgroep", "leeftijdsklasse"),
        *("education", "opleiding", "opleidingsniveau", "nationality", "nationaliteit", "contract", "dienstverband"),
    ]
)
"""What somebody is, not where somebody works: a file's teams must not be made of it."""
_WHAT: Final[dict[Personal, Promise]] = {
    Personal.NAMES: gettext_lazy("Column “%(column)s” looks like names of people."),
    Personal.MAIL: gettext_lazy("Column “%(column)s” holds mail addresses."),
    Personal.MARK: gettext_lazy(
        "Column “%(column)s” looks like a personnel number, or another mark that differs from person to person."
    ),
    Personal.TEXT: gettext_lazy("Column “%(column)s” looks like text in people's own words."),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """How a file is to be read.

    `team` is the column that says the team, empty where there is none; `columns` says per item which column holds it,
    where the names differ. A demo takes `made_up` answers and no others: its outcomes say that nobody gave them.
    """

    instrument: Instrument
    team: str
    columns: Mapping[str, str]
    made_up: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """A factor or an outcome: how many of its statements the file has a column for."""

    name: str
    found: int
    asked: int


@dataclass(frozen=True, slots=True)
class LookedAt:
    """What a file holds.

    Attributes:
        digest: SHA-256 of its bytes.
        rows: below the header.
        batch: everybody's answers with the team as the file has it; None where there are problems.
        faults: what must be mended first.
    """

    digest: str
    rows: int = 0
    batch: AnswerBatch | None = field(default=None, repr=False)
    topics: tuple[Topic, ...] = ()
    notes: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


def looked_at(content: bytes, *, file_name: str, asked: Asked) -> LookedAt:
    """Read a file. It is refused as a whole where anything in it says who somebody is."""
    digest = hashlib.sha256(content).hexdigest()
    if _is_too_large(content):
        what = _("This workbook is too large to be read here.")
        mend = _("Keep only the sheet with the answers, save it as “CSV UTF-8” and choose that file.")
        return LookedAt(digest, faults=(Fault(file_name, what, mend),))
    with in_memory(content) as path:
        try:
            return _read(path, digest, file_name, asked)
        except LerendError as error:
            return LookedAt(digest, faults=tuple(_told(error, path.name, file_name)))


def _is_too_large(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return sum(part.file_size for part in archive.infolist()) > _LARGEST_UNPACKED
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def _read(path: FilePath, digest: str, file_name: str, asked: Asked) -> LookedAt:
    source = open_source(path, sheet=None)
    convention = convention_of(source.header)
    by = (asked.team,) if asked.team else ()
    plan = plan_of(
        source.header,
        file_name=path.name,
        instrument=asked.instrument,
        by=by,
        leaders=None,
        mapping=asked.columns,
        convention=convention,
    )
    faults = tuple(_faults(source, plan, convention, file_name, made_up=asked.made_up))
    if faults:
        return LookedAt(digest, faults=faults)
    file = open_answers(path, instrument=asked.instrument, by=by, mapping=asked.columns)
    batch = joined(list(file.batches()))
    notes = tuple(note.in_language(language()) for note in file.notes)
    return LookedAt(digest, batch.reading.rows, batch, _topics(asked.instrument, file.items), notes)


def _told(error: LerendError, handle: str, file_name: str) -> Iterator[Fault]:
    """The library's problems; it knows the file by a name that says nothing to a person."""
    for problem in error.problems:
        where = problem.where
        if where == handle or where.startswith((f"{handle}:", f"{handle},")):
            where = file_name + where[len(handle) :]
        yield Fault(where, problem.what.in_language(language()), problem.mend.in_language(language()))


def _faults(source: RowSource, plan: Plan, convention: Convention, file_name: str, *, made_up: bool) -> Iterator[Fault]:
    """Columns for which a file is refused."""
    if len(source.header) > _MOST_COLUMNS:
        what = _("This file has too many columns.")
        yield Fault(file_name, what, _("Keep the columns with answers and the one with the team."))
        return
    says_made_up = any(plain(name) == SIMULATED_COLUMN for name in source.header)
    if says_made_up and not made_up:
        what = _("The answers in this file were made up by a computer.")
        yield Fault(file_name, what, _("Choose a file with answers of people."))
        return
    if made_up and not says_made_up:
        what = _("This is a demo: answers of real people do not belong here.")
        mend = _(
            "Choose a file with made-up answers. It has a column “simulated”; the command “lerend simulate” makes one."
        )
        yield Fault(file_name, what, mend)
        return
    yield from _about_teams(source, plan, file_name)
    answers = {*(column for column in plan.items if column is not None), *plan.groups, plan.form}
    for column, cells in _cells(source, [c for c in range(len(source.header)) if c not in answers]):
        name = source.header[column]
        yield from _about_column(name, cells, convention, file_name)


def _about_teams(source: RowSource, plan: Plan, file_name: str) -> Iterator[Fault]:
    for column, cells in _cells(source, plan.groups):
        name = source.header[column]
        if column in plan.items:
            what = _("Column “%(column)s” holds answers, so it cannot be the team.")
        elif squeezed(name) in _TRAITS:
            what = _("Column “%(column)s” says what people are, not in which team they work.")
        elif is_about_persons(cells):
            what = _("Column “%(column)s” does not look like teams: it looks like persons.")
        else:
            continue
        mend = _("Say which column is the team. Is there none? Leave that field empty.")
        yield Fault(file_name, what % {"column": shortened(name)}, mend)


def _about_column(name: str, cells: Sequence[str], convention: Convention, file_name: str) -> Iterator[Fault]:
    if squeezed(name) in _COMPANY:
        if len({plain(cell) for cell in cells if cell.strip()}) > 1:
            what = _("Column “%(column)s” names more than one organisation.")
            mend = _("Keep only the rows of this organisation.")
            yield Fault(file_name, what % {"column": shortened(name)}, mend)
        return
    its_own = plain(name) in convention.own_columns or plain(name).split(". ")[0] in convention.own_columns
    kind = personal((name, *convention.names_in(name)), cells, header_only=its_own)
    if kind is not None:
        mend = _("Remove this column from the file, save it, and choose it again.")
        yield Fault(file_name, str(_WHAT[kind]) % {"column": shortened(name)}, mend)


def _cells(source: RowSource, columns: Sequence[int]) -> Iterator[tuple[int, list[str]]]:
    """Each of the columns with everything below its header."""
    found: list[list[str]] = [[] for _column in columns]
    if columns:
        for piece in source.pieces(columns, at_most=50_000):
            for cells, more in zip(found, piece.columns, strict=True):
                cells += more
    yield from zip(columns, found, strict=True)


def _topics(instrument: Instrument, items: Sequence[str]) -> tuple[Topic, ...]:
    model, there = model_of(instrument), set(items)
    names = {factor.id: factor.name for factor in model.factors} | {one.id: one.name for one in model.outcomes}
    of = {scale: [item.id for item in instrument.items if item.measures == scale] for scale in model.scales}
    return tuple(
        Topic(names[scale].in_language(language()), sum(item in there for item in asked), len(asked))
        for scale, asked in of.items()
        if asked
    )
