"""The files opened again by readers that share no code with their makers."""

from __future__ import annotations

import csv
import io
import tempfile
import zipfile
from pathlib import Path as File
from typing import Any

from pptx import Presentation
from pptx.presentation import Presentation as Deck
from python_calamine import CalamineWorkbook

from lerend.answers.table import Path
from lerend.wording import Language

Figure = tuple[Path, str, float | str]


def unzipped(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def csv_rows(text: str, language: Language) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), delimiter=";" if language == "nl" else ","))


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def sheet_rows(content: bytes, place: int) -> list[dict[str, Any]]:
    head, *rows = list(sheets(content).values())[place]
    return [dict(zip(head, row, strict=True)) for row in rows]


def sav(content: bytes, *, user_missing: bool = True) -> tuple[dict[str, list[Any]], Any]:
    """Values by variable, and the dictionary of the file."""
    import pyreadstat  # noqa: PLC0415 -- an extra

    with tempfile.TemporaryDirectory() as folder:
        file = File(folder) / "made.sav"
        file.write_bytes(content)
        data, facts = pyreadstat.read_sav(file, output_format="dict", user_missing=user_missing)
    return {name: list(values) for name, values in data.items()}, facts


def deck(content: bytes) -> Deck:
    return Presentation(io.BytesIO(content))


def every_text(content: bytes) -> str:
    """Everything in a ZIP of texts or XML, one after the other."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def unit_of(organisation: str, unit: str) -> Path:
    """The path behind the two columns."""
    return tuple(part for part in (organisation, *unit.split(" / ")) if part)
