"""A release: everything that may be shown of one wave, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from lerend.answers.table import Path
from lerend.diagnosis.result import Diagnosis, Trail
from lerend.disclosure.cells import Cell, ItemDistribution

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
class Trend:
    """What may be compared with an earlier release.

    Attributes:
        earlier: digest of that release.
        masked: units of which no trend may be shown: too few people came or left to hide in.
    """

    earlier: str
    masked: tuple[Path, ...] = ()


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
