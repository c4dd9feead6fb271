"""What the gate lets through, as small values: a mean about a group, and how the answers to an item are spread."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lerend.answers.table import Path
from lerend.disclosure.bands import PeopleBand


class Extreme(StrEnum):
    """Said in place of a mean that lies so near an end of the scale that it would tell what each person answered."""

    VERY_LOW = "very_low"
    VERY_HIGH = "very_high"


class Detail(StrEnum):
    """How finely the answers to an item are told apart."""

    THREE = "three"
    """Disagree, in between, agree; as quarters."""
    FULL = "full"
    """Every answer; as steps of five percent."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One mean about one group of people.

    Attributes:
        table: ``units`` for the tree of units, else the id of the background question.
        name: the unit's path, or the organisation's path and then the categories taken together, joined by ``+``.
        scale: which scale.
        groups: the units whose people are in it; for a category, those of them who chose it.
        people: how many people answered this scale, in a band.
        mean: 1 to 5 in steps of .1; None where `words` stands in its place.
    """

    table: str
    name: Path
    scale: str
    groups: tuple[Path, ...]
    people: PeopleBand
    mean: float | None
    words: Extreme | None = None


@dataclass(frozen=True, slots=True)
class ItemDistribution:
    """How the answers to one item are spread over one unit.

    Attributes:
        name: the unit's path.
        people: how many answered the item, in a band.
        shares: percent per class from low to high: the low end of a quarter (0, 25, 50, 75) where only three classes
            are told apart, else the nearest multiple of five.
        groups: the units whose people are in it: those of the unit's mean of the scale.
    """

    name: Path
    item: str
    people: PeopleBand
    detail: Detail
    shares: tuple[int, ...]
    groups: tuple[Path, ...] = ()
