"""What a meeting chooses between, what people rate, and what may be revealed of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

LOWEST: Final = 1
HIGHEST: Final = 5
LEAST_RATERS: Final = 3
"""A role with fewer raters is joined with another before anything is revealed, and a cell with fewer is hidden."""


class Criterion(StrEnum):
    """What an option is rated on: how much it is needed, whether we can change it, whether it can be done soon."""

    NEED = "need"
    INFLUENCE = "influence"
    FEASIBILITY = "feasibility"


CRITERIA: Final = tuple(Criterion)

Marks: TypeAlias = tuple[int, int, int]
"""Need, influence and feasibility, each from 1 to 5."""


class Spread(StrEnum):
    """How far the raters of a role lie apart, in words: a figure beside the mean of three people gives their marks."""

    CLOSE = "close"
    APART = "apart"
    FAR = "far"


class Firmness(StrEnum):
    """Whether the choice hangs on one person or one role."""

    DECIDED = "decided"
    UNDECIDED = "undecided"
    TOO_FEW = "too few"  # nothing may be revealed at all


class SheetIsWrong(ValueError):
    """A sheet has another number of options than the meeting, or a mark that is not from 1 to 5."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one person rated: per option the marks, None where they have no opinion."""

    role: str
    marks: tuple[Marks | None, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A role, or roles taken together because one has fewer than three raters."""

    roles: tuple[str, ...]
    raters: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One group about one option: means from 1 to 5 in steps of .1, over everybody in it who has an opinion."""

    score: float
    means: tuple[float, float, float]
    spread: Spread


@dataclass(frozen=True, slots=True)
class Rated:
    """An option with its place in the order.

    Attributes:
        score: the mean over the groups, each counting the same, in steps of .1; None where no group may be shown.
        means: the same for each criterion.
        cells: per group, in the order of the groups; None where fewer than three have an opinion.
    """

    option: str
    score: float | None
    means: tuple[float, float, float] | None
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Two groups that lie far apart on one criterion of one option; `by` is in marks, in steps of .1."""

    option: str
    criterion: Criterion
    higher: Group
    lower: Group
    by: float


@dataclass(frozen=True, slots=True)
class Stability:
    """How often the first option is another one when one person, or one group, is left out.

    Attributes:
        people_changing: of `people` so many whose absence changes the first option.
        groups_changing: the same for groups, of `groups`; none while there is one group.
        rivals: options that come first then, or share the first place now.
    """

    firmness: Firmness
    people: int
    people_changing: int
    groups: int
    groups_changing: int
    rivals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reveal:
    """All that may be seen of a round of rating."""

    groups: tuple[Group, ...]
    options: tuple[Rated, ...]
    differences: tuple[Difference, ...]
    stability: Stability
