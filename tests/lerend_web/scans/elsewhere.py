"""Files of a scan that was held elsewhere, made for the tests: as CSV, as workbook, as LimeSurvey exports them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import xlsxwriter

from lerend.answers.table import NOT_ASKED
from lerend.model import load_instrument, load_model
from lerend.simulate.programme import simulate_programme
from lerend.simulate.world import WorldSettings
from tests.lerend.answers.sav_file import write_sav

PROMISED = "We told everybody: only the company sees outcomes of groups. Nobody sees your own answers."
TEAMS = (("Packing day", 14), ("Packing night", 3), ("Cheese", 12), ("Temps", 9))
"""Three teams of the dairy, one of them too small, and one that the dairy does not have."""
Rows = list[list[str]]


@cache
def _codes(people: int, seed: int) -> tuple[tuple[str, ...], np.ndarray]:
    instrument = load_instrument("employee-scan@1")
    settings = WorldSettings(companies=1, people=(people, people))
    batch = simulate_programme(load_model(instrument.model), instrument, settings, seed=seed).filled.batch
    return batch.items, batch.codes


def rows_of(
    teams: Sequence[tuple[str, int]] = TEAMS,
    *,
    more: Mapping[str, Callable[[int], str]] | None = None,
    header: Callable[[str], str] = str,
    answer: Callable[[int], str] = str,
    seed: int = 4,
) -> Rows:
    """Header and a row for each person.

    Args:
        more: further columns: name and, for the number of a person, what stands in it.
        header: how an item is called in the file.
        answer: how 1 to 5 is written.
    """
    instrument = load_instrument("employee-scan@1")
    items, codes = _codes(sum(people for _team, people in teams), seed)
    turned = {item.id: item.reversed for item in instrument.items}
    extra = more or {}
    rows: Rows = [["team", *extra, *map(header, items)]]
    named = [team for team, people in teams for _person in range(people)]
    for person, (team, given) in enumerate(zip(named, codes, strict=True)):
        cells = [
            answer(6 - int(code) if turned[item] else int(code)) if 1 <= code <= 5 else ""
            for item, code in zip(items, given, strict=True)
        ]
        assert (given != NOT_ASKED).any()
        rows.append([team, *(made(person) for made in extra.values()), *cells])
    return rows


def as_csv(rows: Rows) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode()


def as_workbook(rows: Rows) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Answers")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return content.getvalue()


def as_limesurvey() -> bytes:
    """With the columns that LimeSurvey adds, its headers and its answer codes."""
    own = {
        "id": lambda person: str(person + 11),
        "submitdate": lambda person: f"2024-03-0{person % 9 + 1} 08:00:{person:02}",
        "lastpage": lambda _person: "7",
        "startlanguage": lambda _person: "nl",
        "token": lambda _person: "",
    }
    return as_csv(rows_of(more=own, header=lambda item: f"G01Q01[{item}]", answer=lambda code: f"A{code}"))


def as_spss(folder: Path) -> bytes:
    """With numbers for the teams and the words behind them; variable names of eight signs at most are what it can hold."""
    rows = rows_of()
    names = [team for team, _people in TEAMS]
    columns: dict[str, list[float | str | None]] = {"team": [float(names.index(row[0]) + 1) for row in rows[1:]]}
    for place, item in enumerate(rows[0][1:], start=1):
        if len(item) <= 8:
            columns[item] = [float(row[place]) if row[place] else None for row in rows[1:]]
    labels = {"team": {float(number): name for number, name in enumerate(names, start=1)}}
    return write_sav(folder / "answers.sav", columns, labels=labels).read_bytes()
