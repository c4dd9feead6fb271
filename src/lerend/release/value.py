"""A release: everything that may be shown of one wave, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from lerend.answers.table import Path
from lerend.diagnosis.result import Diagnosis, Trail
from lerend.disclosure.bands import PeopleBand
from lerend.disclosure.cells import Cell, ItemDistribution
from lerend.statistics.structure.continuous.comparable import Comparable

FORMAT: Final = 1
UNITS: Final = "units"
"""The `table` of cells about units."""


class Collected(StrEnum):
    """Under whose promise the answers were given."""

    HERE = "here"
    ELSEWHERE = "elsewhere"
    """Read from a file: what was promised when they were collected still holds, and is not ours."""


@dataclass(frozen=True, slots=True)
class Wave:
    """Which wave: a code that is in no address, a name for people, and whose it is."""

    code: str
    name: str
    organisation: str


@dataclass(frozen=True, slots=True)
class ReadAlike:
    """Whether people of the whole organisation read the items of a scale as they did in an earlier round.

    Attributes:
        scale: its id.
        comparable: the answer, or why there is none.
        changed: items that they read differently, as far as that can be told.
    """

    scale: str
    comparable: Comparable
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trend:
    """What may be compared with an earlier release.

    Attributes:
        earlier: digest of that release.
        masked: units of which no trend may be shown: too few people came or left to hide in.
        unknown: nobody said how many came or left; then every unit is masked.
        read_alike: per scale with the same questions whether people read them alike; none where the sums of that round
            are not at hand, or nothing may be said.
    """

    earlier: str
    masked: tuple[Path, ...] = ()
    unknown: bool = False
    read_alike: tuple[ReadAlike, ...] = ()

    def reading_of(self, scale: str) -> ReadAlike | None:
        """The answer about one scale; None where none was given."""
        return next((one for one in self.read_alike if one.scale == scale), None)


class Missing(StrEnum):
    """How many of those of whom an item was asked left it open; never how many people those are."""

    FEW = "few"
    """Below one in twenty."""
    SOME = "some"
    """From one in twenty up to and including one in five."""
    MANY = "many"
    """Above one in five."""


@dataclass(frozen=True, slots=True)
class Covariances:
    """How the scores of scales go together over the people of one organisation; from fifty people.

    Attributes:
        organisation: whose people.
        scales: ids of the S scales that may be shown, in the order of the model.
        people: the fewest people behind any of the figures, in a band.
        means: (S) in steps of .1.
        deviations: (S) standard deviations over people in steps of .05.
        correlations: (S, S) in steps of .05, ones on the diagonal. Rounding each by itself can leave the matrix without an
            inverse; whoever computes with it mends that, and says so (`docs/release-format.md`).
    """

    organisation: Path
    scales: tuple[str, ...]
    people: PeopleBand
    means: tuple[float, ...]
    deviations: tuple[float, ...]
    correlations: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class ItemBehaviour:
    """How an item did its work in one organisation; from fifty people.

    Attributes:
        organisation: whose people.
        item: id.
        people: how many answered it, in a band.
        mean: of the answers, on the scale of 1 to 5, in steps of .1; None where it may not be shown.
        deviation: standard deviation of the answers, likewise, in steps of .05; None where it may not be shown.
        with_rest: correlation of the item with the other items of its scale, in steps of .05; None where it may not be
            shown or does not exist.
        missing: how many left it open.
    """

    organisation: Path
    item: str
    people: PeopleBand
    mean: float | None
    deviation: float | None
    with_rest: float | None
    missing: Missing


@dataclass(frozen=True, slots=True)
class Release:
    """Everything that may be shown of one wave.

    Attributes:
        wave: which one.
        made_on: the day, as ``2026-09-18``.
        k: the smallest group.
        collected: here, or elsewhere and not under our promise.
        diagnosis: computed from gated sums only; people in bands, figures rounded.
        cells: means of units and of declared tables.
        distributions: of items.
        covariances: means, standard deviations and correlations of scale scores, per organisation of fifty people or more.
        items: how the items behaved, likewise.
        promise: digest of what people were promised; empty where it was not ours.
        earlier: digests of the releases that this one was judged together with.
        trends: per earlier release of the same organisation, what may be compared.
        digest: SHA-256 of the file (see `lerend.release.writing`); empty until it is sealed.
        format: number of the file's format.
    """

    wave: Wave
    made_on: str
    k: int
    collected: Collected
    diagnosis: Diagnosis
    cells: tuple[Cell, ...]
    distributions: tuple[ItemDistribution, ...] = ()
    covariances: tuple[Covariances, ...] = ()
    items: tuple[ItemBehaviour, ...] = ()
    promise: str = ""
    earlier: tuple[str, ...] = ()
    trends: tuple[Trend, ...] = ()
    digest: str = ""
    format: int = FORMAT

    @property
    def trail(self) -> Trail:
        return self.diagnosis.trail

    @property
    def tables(self) -> tuple[str, ...]:
        """Ids of the background questions by which means are shown."""
        return tuple(dict.fromkeys(cell.table for cell in self.cells if cell.table != UNITS))

    def cells_of(self, table: str) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.table == table)

    def cell(self, name: Path, scale: str, *, table: str = UNITS) -> Cell | None:
        """The cell of one unit or category; None where it is not shown."""
        return next((c for c in self.cells if (c.table, c.name, c.scale) == (table, name, scale)), None)
