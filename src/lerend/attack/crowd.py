"""Who the people behind a release can be: classes of people whom no figure tells apart, and how many there are in each."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from lerend.attack.shown import UNITS, Cell, Path, Shown
from lerend.errors import LerendError, Problem
from lerend.wording import say

Place: TypeAlias = "Path | None"
"""The unit in which somebody answered; None for who did not answer then."""


@dataclass(frozen=True, slots=True)
class Person:
    """Where someone answered in each release, the background categories, and (in a made-up world) the answers."""

    places: tuple[Place, ...]
    choices: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, int] = field(default_factory=dict)

    def is_in(self, cell: Cell) -> bool:
        place = self.places[cell.release]
        if place is None:
            return False
        if not cell.groups:
            return place[: len(cell.name)] == cell.name
        if place not in cell.groups:
            return False
        return cell.table == UNITS or self.choices.get(cell.table) in cell.categories


@dataclass(frozen=True, slots=True)
class Truth:
    """Everybody who answered, and which items make up a scale: for made-up people only."""

    people: tuple[Person, ...]
    items: Mapping[str, tuple[str, ...]]

    def answered(self, scale: str) -> list[Person]:
        """Who gave an answer to at least one item of the scale."""
        return [person for person in self.people if any(item in person.answers for item in self.items[scale])]


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many people are known to be (or to have answered) somewhere; of two waves also how many came and went."""

    units: Mapping[Path, int]
    categories: Mapping[tuple[str, str], int]
    joined: Mapping[Path, int]
    left: Mapping[Path, int]


@dataclass(frozen=True, slots=True)
class Crowd:
    """Classes of people for one scale.

    Attributes:
        labels: of each class, for the reader.
        inside: (cells, classes) which class is in which cell.
        most: (classes) the largest number of people that can be in each; the exact one where it is known.
        exact: whether `most` is the exact number.
    """

    labels: tuple[str, ...]
    inside: NDArray[np.bool_]
    most: NDArray[np.float64]
    exact: bool

    def named(self, chosen: Sequence[int]) -> str:
        return ", ".join(self.labels[index] for index in chosen[:4]) + (" …" if len(chosen) > 4 else "")

    def only(self, rows: Sequence[int]) -> Crowd:
        """The same people, with fewer cells."""
        return Crowd(self.labels, self.inside[np.array(rows, dtype=int)], self.most, self.exact)


def read_truth(texts: Sequence[str], releases: int) -> Truth:
    """Made-up people from JSON, one file per release or one for all; the same id is the same person.

    A file holds `scales` (items per scale), `items` and `people`: each with `id`, `path`, `choices` and `answers`, one per
    item, null where there is none.
    """
    found = [json.loads(text) for text in texts]
    files = found * releases if len(found) == 1 else found
    if len(files) != releases:
        what = say(
            "There are {files} files with made-up people for {releases} releases.", files=len(files), releases=releases
        )
        raise LerendError(
            [Problem("--truth", what, say("Give one for all, or one for each release in the same order."))]
        )
    places: dict[str, list[Place]] = {}
    last: dict[str, tuple[Mapping[str, str], Mapping[str, int]]] = {}
    for index, file in enumerate(files):
        for person in file["people"]:
            own = places.setdefault(str(person["id"]), [None] * releases)
            own[index] = tuple(person["path"])
            answers = zip(file["items"], person["answers"], strict=True)
            last[str(person["id"])] = person.get("choices", {}), {item: int(code) for item, code in answers if code}
    people = tuple(Person(tuple(own), *last[name]) for name, own in places.items())
    return Truth(people, {scale: tuple(items) for scale, items in files[0]["scales"].items()})


def read_headcount(text: str) -> Headcount:
    """A table (CSV) with `unit` (names with “ / ” between), `people`, and where there are `table`, `category`, `joined`, `left`."""
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    if not rows or not {"unit", "people"} <= set(rows[0]):
        what = say("The columns “unit” and “people” are missing.")
        raise LerendError([Problem("--people", what, say("Put them in the first line, a comma between them."))])
    units, categories, joined, left = {}, {}, {}, {}
    for number, row in enumerate(rows, start=2):
        path = tuple(part.strip() for part in (row["unit"] or "").split(" / ") if part.strip())
        if row.get("category"):
            categories[row.get("table") or "", row["category"] or ""] = _number(row["people"], number)
            continue
        units[path] = _number(row["people"], number)
        joined[path] = _number(row.get("joined") or "0", number)
        left[path] = _number(row.get("left") or "0", number)
    return Headcount(units, categories, joined, left)


def _number(text: str, line: int) -> int:
    if not (text or "").strip().isdigit():
        what = say("“{text}” is no number of people.", text=text or "")
        raise LerendError([Problem(f"--people:{line}", what, say("Write a whole number."))])
    return int(text)


def crowd_of(cells: Sequence[Cell], shown: Shown, known: Truth | Headcount | None) -> Crowd:
    """The classes that the cells of one scale tell apart."""
    if isinstance(known, Truth):
        members = known.answered(cells[0].scale)
        return _merged(cells, members, np.ones(len(members)), exact=True)
    people = _imagined(cells, shown, known)
    most = _most_by_place(people, known)
    crowd = _merged(cells, people, most, exact=False)
    return Crowd(crowd.labels, crowd.inside, _within_bands(cells, crowd), exact=False)


def _merged(cells: Sequence[Cell], people: Sequence[Person], most: NDArray[np.float64], *, exact: bool) -> Crowd:
    inside = np.array([[person.is_in(cell) for person in people] for cell in cells], dtype=bool)
    inside = inside.reshape(len(cells), len(people))
    columns, which = np.unique(inside, axis=1, return_inverse=True)
    which = which.ravel()
    size = np.bincount(which, most, minlength=columns.shape[1])
    names: list[Counter[str]] = [Counter() for _ in size]
    for person, index in zip(people, which.tolist(), strict=True):
        names[index][_label(person)] += 1
    labels = tuple(" + ".join(list(name)[:3]) + (" + …" if len(name) > 3 else "") for name in names)
    seen = np.flatnonzero(columns.any(axis=0))
    sizes: NDArray[np.float64] = size[seen].astype(np.float64)
    return Crowd(tuple(labels[index] for index in seen), columns[:, seen], sizes, exact)


def _label(person: Person) -> str:
    here = [" / ".join(place) or "*" for place in person.places if place is not None]
    when = (
        "" if None not in person.places else f" [{''.join('-' if place is None else 'x' for place in person.places)}]"
    )
    choices = "".join(f" ({table}={choice})" for table, choice in sorted(person.choices.items()))
    return (here[-1] if here else "") + when + choices


_MANY = 20_000


def _imagined(cells: Sequence[Cell], shown: Shown, known: Headcount | None) -> list[Person]:
    """One for each kind of person whom the file can tell apart: unit × categories × stayed, came or went."""
    leaves = sorted({group for cell in cells for group in cell.groups})
    tables = sorted({cell.table for cell in cells} - {UNITS})
    categories = [
        [*sorted({name for cell in cells if cell.table == table for name in cell.categories}), ""] for table in tables
    ]
    if len(leaves) * int(np.prod([len(names) for names in categories] or [1])) > _MANY:
        tables, categories = [], []
    choices = [dict(zip(tables, names, strict=True)) for names in product(*categories)]
    return [Person(places, choice) for leaf in leaves for choice in choices for places in _stays(leaf, shown, known)]


def _stays(leaf: Path, shown: Shown, known: Headcount | None) -> list[tuple[Place, ...]]:
    """In which waves people of a unit answered; in releases of one wave everybody is the same."""
    waves = list(dict.fromkeys(shown.waves))
    everywhere = (leaf,) * len(shown.waves)
    if len(waves) != 2 or known is None:
        return [everywhere]
    first = tuple(leaf if wave == waves[0] else None for wave in shown.waves)
    second = tuple(leaf if wave == waves[1] else None for wave in shown.waves)
    came, went = known.joined.get(leaf, 0), known.left.get(leaf, 0)
    return [everywhere, *([second] if came else []), *([first] if went else [])]


def _most_by_place(people: Sequence[Person], known: Headcount | None) -> NDArray[np.float64]:
    if known is None:
        return np.full(len(people), np.inf)
    return np.array([_most(person, known) for person in people], dtype=float)


def _most(person: Person, known: Headcount) -> float:
    leaf = next(place for place in person.places if place is not None)
    here: float = known.units.get(leaf, np.inf)
    if person.places[0] is None:
        here = known.joined.get(leaf, 0)
    elif person.places[-1] is None:
        here = known.left.get(leaf, 0)
    elif known.joined.get(leaf):
        here -= known.joined[leaf]
    there = [known.categories.get((table, choice), np.inf) for table, choice in person.choices.items()]
    return float(min([here, *there]))


def _within_bands(cells: Sequence[Cell], crowd: Crowd) -> NDArray[np.float64]:
    """Every class is at most what is left of a cell's largest number when the smallest of shown parts is taken off."""
    low = np.array([cell.low for cell in cells], dtype=float)
    high = np.array([np.inf if cell.high is None else cell.high for cell in cells])
    most = crowd.most.copy()
    for whole in np.flatnonzero(np.isfinite(high)):
        parts = [index for index in range(len(cells)) if (crowd.inside[index] <= crowd.inside[whole]).all()]
        rest = crowd.inside[whole].copy()
        room = high[whole]
        most[rest] = np.minimum(most[rest], room)
        for part in sorted(parts, key=lambda index: -low[index]):
            if part != whole and (crowd.inside[part] <= rest).all() and not crowd.inside[part].all():
                rest &= ~crowd.inside[part]
                room -= low[part]
        most[rest] = np.minimum(most[rest], max(room, 0))
    return most
