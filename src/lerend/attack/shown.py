"""What a release says, as an outsider reads it from the file (`docs/release-format.md`); nothing else of lerend is used."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from lerend.errors import LerendError, Problem
from lerend.wording import say

Path: TypeAlias = tuple[str, ...]

UNITS = "units"


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure about one group and one scale.

    Attributes:
        release: which of the given releases it stands in, from 0.
        table: ``units``, or a background question.
        name: path, with at the end of a table's the categories.
        scale: what it is about.
        groups: units whose people are in it; empty for everybody in the unit called `name`.
        categories: answers to the background question; empty for units.
        low, high: ends of the band of people.
        mean: as shown; None where there are only words, or only a score in the diagnosis.
        half_step: how far the exact mean can lie from the one shown.
        words: ``very_low``, ``very_high`` or empty.
    """

    release: int
    table: str
    name: Path
    scale: str
    groups: frozenset[Path]
    categories: frozenset[str] = frozenset()
    low: int = 0
    high: int | None = None
    mean: float | None = None
    half_step: float = 0.05
    words: str = ""

    @property
    def label(self) -> str:
        return " / ".join(self.name) or "*"


@dataclass(frozen=True, slots=True)
class Distribution:
    """How a unit answered one item: shares in percent (`full`), or the low ends of quarters (`three`).

    `groups` are the units whose people are in it; empty where the file does not say.
    """

    release: int
    name: Path
    item: str
    detail: str
    shares: tuple[float, ...]
    low: int = 0
    high: int | None = None
    groups: frozenset[Path] = frozenset()

    @property
    def label(self) -> str:
        return " / ".join(self.name) or "*"


@dataclass(frozen=True, slots=True)
class Score:
    """A partly pooled score of a unit in the diagnosis."""

    release: int
    name: Path
    scale: str
    value: float


@dataclass(frozen=True, slots=True)
class ItemMean:
    """The mean of the answers of an organisation to one item, in steps of .1."""

    release: int
    name: Path
    item: str
    mean: float


@dataclass(frozen=True, slots=True)
class Spread:
    """The standard deviation of a scale's scores in an organisation, in steps of .05."""

    release: int
    name: Path
    scale: str
    deviation: float


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that several releases say, for whoever lays them side by side.

    Attributes:
        waves: code of the wave per release.
        k: the smallest number of people that the releases promise.
        masked: per release the units of which no trend is shown.
    """

    waves: tuple[str, ...]
    k: int
    cells: tuple[Cell, ...]
    distributions: tuple[Distribution, ...]
    scores: tuple[Score, ...]
    masked: tuple[frozenset[Path], ...]
    items: tuple[ItemMean, ...] = ()
    spreads: tuple[Spread, ...] = ()

    @property
    def scales(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(cell.scale for cell in self.cells))


def read_shown(texts: Sequence[str], names: Sequence[str] = ()) -> Shown:
    """The releases in the given files, oldest first."""
    found = [_parsed(text, name) for text, name in zip(texts, names or [""] * len(texts), strict=True)]
    cells = tuple(cell for index, release in enumerate(found) for cell in _cells(index, release))
    return Shown(
        waves=tuple(str(release.get("wave", {}).get("code", "")) for release in found),
        k=max(int(release.get("k", 5)) for release in found),
        cells=(*cells, *_only_in_diagnosis(found, cells)),
        distributions=tuple(each for index, release in enumerate(found) for each in _distributions(index, release)),
        scores=tuple(score for index, release in enumerate(found) for score in _scores(index, release)),
        masked=tuple(_masked(release) for release in found),
        items=tuple(each for index, release in enumerate(found) for each in _items(index, release)),
        spreads=tuple(each for index, release in enumerate(found) for each in _spreads(index, release)),
    )


def _parsed(text: str, name: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict) or found.get("kind") != "lerend/release":
        what = say("This is not a release.")
        raise LerendError([Problem(name, what, say("Give the file that “lerend diagnose --release” wrote."))])
    return found


def _path(names: Sequence[str]) -> Path:
    return tuple(str(name) for name in names)


def _band(found: Mapping[str, Any]) -> tuple[int, int | None]:
    band = found.get("people", {})
    return int(band.get("low", 0)), int(band["high"]) if "high" in band else None


def half_step(mean: float) -> float:
    """A mean with one decimal lies within .05; whoever shows more decimals shows more."""
    return 0.05 if abs(mean * 10 - round(mean * 10)) < 1e-9 else 0.0005


def _cells(index: int, release: Mapping[str, Any]) -> Iterator[Cell]:
    for found in release.get("cells", ()):
        name = _path(found.get("name", ()))
        table = str(found.get("table", UNITS))
        low, high = _band(found)
        mean = found.get("mean")
        yield Cell(
            release=index,
            table=table,
            name=name,
            scale=str(found["scale"]),
            groups=frozenset(_path(group) for group in found.get("groups", ())),
            categories=frozenset() if table == UNITS else frozenset(name[-1].split("+")),
            low=low,
            high=high,
            mean=None if mean is None else float(mean),
            half_step=0.05 if mean is None else half_step(float(mean)),
            words=str(found.get("words", "")),
        )


def _distributions(index: int, release: Mapping[str, Any]) -> Iterator[Distribution]:
    for found in release.get("distributions", ()):
        low, high = _band(found)
        shares = tuple(float(share) for share in found["shares"])
        name, groups = _path(found.get("name", ())), frozenset(_path(group) for group in found.get("groups", ()))
        yield Distribution(index, name, str(found["item"]), str(found["detail"]), shares, low, high, groups)


def _items(index: int, release: Mapping[str, Any]) -> Iterator[ItemMean]:
    for found in release.get("items", ()):
        if found.get("mean") is not None:
            yield ItemMean(index, _path(found["organisation"]), str(found["item"]), float(found["mean"]))


def _spreads(index: int, release: Mapping[str, Any]) -> Iterator[Spread]:
    for found in release.get("covariances", ()):
        for scale, deviation in zip(found["scales"], found["deviations"], strict=True):
            yield Spread(index, _path(found["organisation"]), str(scale), float(deviation))


def _units(release: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    diagnosis = release.get("diagnosis") or {}
    programme = diagnosis.get("programme")
    yield from [programme] if programme else []
    yield from diagnosis.get("companies", ())
    yield from diagnosis.get("teams", ())


def _findings(release: Mapping[str, Any]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    for unit in _units(release):
        path = _path(unit.get("path", ()))
        for part in ("findings", "strengths", "bottlenecks"):
            for finding in unit.get(part, ()):
                if isinstance(finding, dict) and "scale" in finding:
                    yield path, finding


def _scores(index: int, release: Mapping[str, Any]) -> Iterator[Score]:
    for path, finding in _findings(release):
        if isinstance(finding.get("score"), dict):
            yield Score(index, path, str(finding["scale"]), float(finding["score"]["value"]))


def _only_in_diagnosis(found: Sequence[Mapping[str, Any]], cells: Sequence[Cell]) -> Iterator[Cell]:
    """A score of which there is no mean says something all the same: of the whole unit, as far as anybody knows."""
    known = {(cell.release, cell.name, cell.scale) for cell in cells if cell.table == UNITS}
    for index, release in enumerate(found):
        for path, finding in _findings(release):
            place = (index, path, str(finding["scale"]))
            if place not in known and isinstance(finding.get("score"), dict):
                known.add(place)
                low, high = _band(finding)
                yield Cell(index, UNITS, path, place[2], _below(path, place[2], index, cells), low=low, high=high)


def _below(path: Path, scale: str, release: int, cells: Sequence[Cell]) -> frozenset[Path]:
    """Everybody of whom something is shown below a unit; everybody in it when that is nobody."""
    same = [cell for cell in cells if (cell.release, cell.scale, cell.table) == (release, scale, UNITS)]
    return frozenset(group for cell in same for group in cell.groups if cell.name[: len(path)] == path)


def _masked(release: Mapping[str, Any]) -> frozenset[Path]:
    return frozenset(_path(path) for trend in release.get("trends", ()) for path in trend.get("masked", ()))
