"""What ``lerend model show|check|export|translate`` does, without the printing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lerend.errors import LerendError, ModelIsWrong, Problem
from lerend.model import packaged, sheets
from lerend.model.document import Document, document_of
from lerend.model.document import Path as Place
from lerend.model.exporting import instrument_as_json, model_as_json
from lerend.model.listing import listing
from lerend.model.reading import (
    Opened,
    default_instrument,
    load_instrument,
    load_model,
    load_model_and_instrument,
    model_beside,
    open_file,
    opened,
)
from lerend.model.shape import shape_problems
from lerend.model.structure import OrganisationModel
from lerend.model.translation import changes_between, texts_of, with_changes
from lerend.wording import Language, Text, say


def show(name: str | Path, language: Language) -> str:
    """A model as text to read, with the items of its questionnaire; for a questionnaire: its model with its items.

    Raises:
        ModelIsWrong: the file is wrong.
    """
    file = open_file(name)
    if file.model is None:
        model = model_beside(file)
        return listing(model, load_instrument(name, model), language)
    if file.instrument is None and default_instrument(file, file.model) is None:
        return listing(load_model(name), None, language)
    return listing(*load_model_and_instrument(name), language)


def check(name: str | Path) -> tuple[Problem, ...]:
    """Everything that is wrong with a file; empty when nothing is."""
    try:
        file = open_file(name)
        model = file.model or model_beside(file)
    except LerendError as error:
        return error.problems
    return (*file.model_problems(), *file.instrument_problems(model))


def export(name: str | Path) -> str:
    """The file as JSON, with all defaults filled in.

    Raises:
        ModelIsWrong: the file is wrong.
    """
    problems = check(name)
    if problems:
        raise ModelIsWrong(problems)
    file = open_file(name)
    if file.model is not None:
        return model_as_json(file.model, file.instrument)
    return instrument_as_json(load_instrument(name))


def translate_out(names: Sequence[str | Path], out_path: Path) -> int:
    """Write every text of the files to one XLSX sheet.

    Returns:
        The number of texts.

    Raises:
        ModelIsWrong: one of the files is wrong.
    """
    texts: list[tuple[str, str, Text]] = []
    for name in names:
        file = open_file(name)
        texts += [(_called(file), placed.place, placed.text) for placed in texts_of(file.document)]
    out_path.write_bytes(sheets.sheet_of(texts))
    return len(texts)


def _called(file: Opened) -> str:
    """What the sheet calls a file: its reference when it is packaged, else its path."""
    packed = next((each for each in packaged.packaged_files() if each.path == file.path), None)
    return str(file.path) if packed is None else packed.reference


def translate_in(xlsx_path: Path, out_folder: Path) -> tuple[Path, ...]:
    """Write a new version of every file whose texts were changed in the sheet.

    A version never changes, so the new text gets the next free version number, and a file name with it. A
    questionnaire whose model is in the same sheet and gets a new version goes along with it.

    Returns:
        The files written; none when no text was changed.

    Raises:
        ModelIsWrong: with every problem of the sheet, or of the files as they would become. Then nothing is written.
    """
    translated = _translated(xlsx_path, out_folder)
    _check_all(translated)
    out_folder.mkdir(parents=True, exist_ok=True)
    for new in translated:
        with new.path.open("xb") as target:
            target.write(new.content)
    return tuple(new.path for new in translated)


@dataclass(frozen=True, slots=True)
class _NewVersion:
    path: Path
    content: bytes
    model: OrganisationModel | None
    """The model as it was, for a questionnaire whose model stays the same."""


def _translated(xlsx_path: Path, out_folder: Path) -> list[_NewVersion]:
    by_file = _by_file(sheets.rows_of(xlsx_path))
    files, problems = _opened_sources(by_file, xlsx_path.name)
    for name, file in files.items():
        problems += _row_problems(by_file[name], file.document, xlsx_path.name)
    if problems:
        raise ModelIsWrong(problems)
    changes = {
        name: changes_between(file.document, {row.place: row.text for row in by_file[name]})
        for name, file in files.items()
    }
    return _new_versions(files, changes, out_folder)


def _by_file(rows: Sequence[sheets.Row]) -> dict[str, list[sheets.Row]]:
    by_file: dict[str, list[sheets.Row]] = {}
    for row in rows:
        by_file.setdefault(row.file, []).append(row)
    return by_file


def _opened_sources(by_file: Mapping[str, Sequence[sheets.Row]], sheet: str) -> tuple[dict[str, Opened], list[Problem]]:
    files, problems = {}, []
    for name, rows in by_file.items():
        try:
            files[name] = open_file(name)
        except LerendError as error:
            what = say("The file {file} cannot be read.", file=name)
            problems.append(Problem(f"{sheet}:{rows[0].number}", what, say("Put its name back as it was.")))
            problems += error.problems
    return files, problems


def _row_problems(rows: Sequence[sheets.Row], document: Document, sheet: str) -> list[Problem]:
    known = {placed.place for placed in texts_of(document)}
    problems: list[Problem] = []
    first: dict[str, sheets.Row] = {}
    for row in rows:
        where = f"{sheet}:{row.number}"
        earlier = first.setdefault(row.place, row)
        if row.place not in known:
            what = say("{file} has no text at {path}.", file=document.name, path=row.place)
            problems.append(Problem(where, what, say("Put the path back as it was, or take the row out.")))
        elif earlier.text != row.text:
            what = say("Row {row} has another text for {path}.", row=earlier.number, path=row.place)
            problems.append(Problem(where, what, say("Keep one of the two.")))
    return problems


def _new_versions(
    files: Mapping[str, Opened], changes: Mapping[str, dict[Place, str]], out_folder: Path
) -> list[_NewVersion]:
    renamed: dict[str, str] = {}
    made = []
    # Models first: a questionnaire must know the new version of its model.
    for name, file in sorted(files.items(), key=lambda pair: pair[1].model is None):
        reference = renamed.get(_model_reference(file)) if file.model is None else None
        if not changes[name] and reference is None:
            continue
        thing = file.model or file.instrument
        if thing is None:
            raise AssertionError("a file holds a model or a questionnaire")
        version = _next_version(thing.id, thing.version, (file.path.parent, out_folder))
        renamed[thing.reference] = f"{thing.id}@{version}"
        source = with_changes(file.document, changes[name], version, reference)
        path = out_folder / f"{thing.id}.v{version}{file.path.suffix}"
        unchanged = model_beside(file) if file.model is None and reference is None else None
        made.append(_NewVersion(path, source.encode(), unchanged))
    return made


def _model_reference(file: Opened) -> str:
    return file.instrument.model if file.instrument is not None else ""


def _next_version(id: str, version: int, folders: Sequence[Path]) -> int:
    taken = {version}
    for folder in (*folders, packaged.library()):
        taken |= {file.version for file in packaged.versions_in(folder) if file.id == id}
    return max(taken) + 1


def _check_all(translated: Sequence[_NewVersion]) -> None:
    models: dict[str, OrganisationModel] = {}
    problems: list[Problem] = []
    for new in translated:
        document = document_of(new.content, new.path.name)
        found = shape_problems(document)
        if not found:
            file = opened(new.path, document)
            if file.model is not None:
                models[file.model.reference] = file.model
            model = file.model or new.model or models[_model_reference(file)]
            found = (*file.model_problems(), *file.instrument_problems(model))
        problems += found
    if problems:
        raise ModelIsWrong(problems)
