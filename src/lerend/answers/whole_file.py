"""A file as it is, all of its columns as text, for methods that are not about a questionnaire."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lerend.answers.detection import open_source
from lerend.answers.source import RowSource, wrong
from lerend.wording import say


@dataclass(frozen=True, slots=True, eq=False)
class WholeFile:
    """Every column of a file.

    Attributes:
        name: of the file, without its folder.
        columns: by their name in the header, all equally long.
        digest: SHA-256 of the bytes of the file.
    """

    name: str
    columns: Mapping[str, Sequence[str]]
    digest: str


def read_whole_file(path: Path, *, sheet: str | None = None) -> WholeFile:
    """All columns of a CSV, XLSX or SPSS file.

    Raises:
        AnswersAreWrong: it cannot be read as it stands, has a name twice, or has no row below the header.
    """
    source = open_source(path, sheet=sheet)
    header = tuple(source.header)
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        what = say("There is more than one column called {names}.", names=tuple(twice))
        raise wrong(path, what, say("Give every column a name of its own."))
    columns = _columns(source, len(header))
    if not columns or not columns[0]:
        raise wrong(path, say("There is no row below the header."), say("Choose the file that holds the data."))
    with path.open("rb") as binary:
        digest = hashlib.file_digest(binary, "sha256").hexdigest()
    return WholeFile(path.name, dict(zip(header, columns, strict=True)), digest)


def _columns(source: RowSource, width: int) -> list[list[str]]:
    columns: list[list[str]] = [[] for _ in range(width)]
    for piece in source.pieces(range(width), at_most=4096):
        if piece.ragged:
            line, cells = piece.ragged[0]
            what = say("This row has {cells} cells, the header {wanted}.", cells=cells, wanted=width)
            raise wrong(source.where(line), what, say("Fill up the row, or mend a loose quote."))
        for kept, new in zip(columns, piece.columns, strict=True):
            kept.extend(new)
    return columns
