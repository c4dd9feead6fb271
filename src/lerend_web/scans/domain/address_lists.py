"""Reading a list of addresses: typed in a field, or in a CSV or XLSX file with a header."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.translation import get_language, gettext

from lerend.answers.detection import open_source
from lerend.answers.names import squeezed
from lerend.errors import AnswersAreWrong
from lerend.wording import Language

MOST_LINES: Final = 20_000
LARGEST_FILE: Final = 5_000_000
_ADDRESS: Final = {"email", "mail", "emailaddress", "emailadres", "mailadres", "address", "adres"}
_TEAM: Final = {"team", "unit", "afdeling", "eenheid", "department", "onderdeel", "ploeg", "path", "pad"}
_BETWEEN: Final = re.compile(r"[;,\t]")


@dataclass(frozen=True, slots=True)
class ListedAddress:
    """One line as it was written; `team` is empty where the line names none."""

    where: str
    address: str
    team: str


@dataclass(frozen=True, slots=True)
class ListProblem:
    """One thing that is wrong: where, and what."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class AddressList:
    lines: tuple[ListedAddress, ...] = ()
    problems: tuple[ListProblem, ...] = ()


def read_typed(text: str) -> AddressList:
    """One address a line; behind it, after a semicolon, a comma or a tab, the team."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        address, _between, team = _BETWEEN.sub(";", line, count=1).partition(";")
        if line.strip():
            found.append(ListedAddress(gettext("Line %(number)d") % {"number": number}, address.strip(), team.strip()))
    return _limited(found)


def read_file(content: bytes, *, file_name: str) -> AddressList:
    """A column with addresses and, where there is one, a column with teams."""
    if len(content) > LARGEST_FILE:
        return _refused(file_name, gettext("The file is too large. Keep only addresses and teams."))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("list" + (Path(file_name).suffix.lower() if Path(file_name).suffix.isascii() else ""))
        path.write_bytes(content)
        try:
            return _read(path, file_name)
        except AnswersAreWrong as error:
            return AddressList(problems=tuple(_translated(error)))


def _read(path: Path, file_name: str) -> AddressList:
    source = open_source(path, sheet=None)
    columns = _columns(source.header)
    if columns is None:
        return _refused(file_name, gettext("No column holds e-mail addresses. Call it “e-mail”, and the other “team”."))
    found = []
    for piece in source.pieces(columns, at_most=MOST_LINES + 1):
        for line, *cells in zip(piece.lines, *piece.columns, strict=True):
            address, team = cells[0].strip(), cells[1].strip() if len(cells) > 1 else ""
            if address or team:
                found.append(ListedAddress(source.where(line), address, team))
    return _limited(found)


def _columns(header: Sequence[str]) -> list[int] | None:
    names = [squeezed(name) for name in header]
    address = next((place for place, name in enumerate(names) if name in _ADDRESS), None)
    team = next((place for place, name in enumerate(names) if name in _TEAM), None)
    if address is None:
        return None
    return [address] if team is None else [address, team]


def _limited(found: list[ListedAddress]) -> AddressList:
    if len(found) > MOST_LINES:
        return _refused("", gettext("The list has more than %(most)d addresses.") % {"most": MOST_LINES})
    return AddressList(tuple(found))


def _refused(where: str, what: str) -> AddressList:
    return AddressList(problems=(ListProblem(where, what),))


def _translated(error: AnswersAreWrong) -> Iterator[ListProblem]:
    language: Language = "en" if (get_language() or "nl").startswith("en") else "nl"
    for problem in error.problems:
        yield ListProblem(problem.where, problem.what.in_language(language))
