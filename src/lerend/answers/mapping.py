"""Mapping files: which column of a file is which item or group.

Two ways to write one. CSV, with a header of two columns (comma, semicolon or tab between)::

    item,column
    pfr1,LEAD01
    company,COMPID

or YAML::

    pfr1: LEAD01
    company: COMPID
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lerend.answers.columns import limited
from lerend.answers.detection import open_source
from lerend.answers.names import plain, shortened
from lerend.answers.source import wrong
from lerend.errors import AnswersAreWrong, LerendError, Problem
from lerend.wording import say

LARGEST: Final = 5_000_000
_YAML: Final = (".yaml", ".yml", ".json")
_HOW: Final = say("Write a header “item,column” and below it, on each line, an item or group and its column.")


def read_mapping(path: Path | str) -> dict[str, str]:
    """Item or group id → column, as `open_answers` takes it.

    Raises:
        AnswersAreWrong: the file is no mapping; each problem names its line.
    """
    path = Path(path)
    pairs = list(_from_yaml(path) if path.suffix.lower() in _YAML else _from_table(path))
    if not pairs:
        raise wrong(path, say("The mapping file is empty."), _HOW)
    problems: list[Problem] = []
    mapping: dict[str, str] = {}
    for line, item, column in pairs:
        if not item or not column:
            problems.append(Problem(f"{path.name}:{line}", say("An item or its column is missing here."), _HOW))
        elif item in mapping:
            what = say("{item} is there more than once.", item=shortened(item))
            problems.append(Problem(f"{path.name}:{line}", what, say("Keep one of the lines.")))
        mapping[item] = column
    if problems:
        raise AnswersAreWrong(limited(problems, path.name))
    return mapping


def _from_table(path: Path) -> Iterator[tuple[int, str, str]]:
    file = open_source(path, sheet=None)
    header = [plain(name) for name in file.header]
    if "item" not in header or "column" not in header:
        raise wrong(file.where(1), say("The header of a mapping file names the columns item and column."), _HOW)
    for piece in file.pieces([header.index("item"), header.index("column")], at_most=10_000):
        for line, cells in piece.ragged:
            what = say("This row has {cells} cells, and the header has {width}.", cells=cells, width=len(header))
            raise wrong(file.where(line), what, _HOW)
        for line, item, column in zip(piece.lines, *piece.columns, strict=True):
            yield line, item.strip(), column.strip()


def _from_yaml(path: Path) -> Iterator[tuple[int, str, str]]:
    from lerend.model.document import document_of  # noqa: PLC0415 -- PyYAML is needed for such a file only

    try:
        content = path.read_bytes()
    except OSError as error:
        raise wrong(path, say("The file cannot be opened ({reason}).", reason=str(error.strerror)), _HOW) from error
    try:
        document = document_of(content, path.name)
    except LerendError as error:
        raise AnswersAreWrong(error.problems) from error
    if document.problems:
        raise AnswersAreWrong(document.problems)
    if not isinstance(document.data, dict):
        raise wrong(path, say("A mapping in YAML is a list of lines such as “pfr1: LEAD01”."), _HOW)
    for item, column in document.data.items():
        line = document.line((item,))
        if not isinstance(column, str):
            raise wrong(f"{path.name}:{line}", say("An item or its column is missing here."), _HOW)
        yield line, item, column
