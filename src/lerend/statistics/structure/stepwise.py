"""The walk of measurement invariance: one thing more is shared at each step, and items are let go where that fails.

Each step is compared with the one before by the test of the difference, never by subtracting scaled tests. Where a step
fails, items are let go one by one, the worst first, until the rest holds (partial invariance; Byrne, Shavelson & Muthén
1989) or too few would be left. It is the same walk for ordinal answers and for scores; what differs comes as `Ways`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Generic, Protocol, TypeVar

from lerend.statistics.structure.comparing import fits_badly, may_be_compared
from lerend.statistics.structure.comparison import Difference
from lerend.statistics.structure.indices import Indices
from lerend.statistics.structure.letting_go import Candidate
from lerend.statistics.structure.ordinal_layout import Shared, Sharing
from lerend.wording import Message

SMALL: Final = 0.08
"""RMSEA of the difference above which sharing is said to distort (MacCallum, Browne & Sugawara 1996)."""
LEAST_SHARED: Final = 2
"""Items of each factor that must go on sharing; with fewer there is no common scale."""


class Verdict(StrEnum):
    """What a step has shown."""

    HOLDS = "holds"
    """No difference beyond chance, and one that matters can be ruled out."""
    NEARLY = "nearly"
    """A difference beyond chance, but too small to matter."""
    UNCLEAR = "unclear"
    """No difference beyond chance, but too few people to rule out one that matters."""
    FAILS = "fails"
    """A difference beyond chance, and one that matters cannot be ruled out."""


_GOES_ON: Final = (Verdict.HOLDS, Verdict.NEARLY)


class Fitted(Protocol):
    """What the walk asks of a fit."""

    @property
    def sharing(self) -> Sharing: ...
    @property
    def robust(self) -> Indices | None: ...
    @property
    def concerns(self) -> tuple[Message, ...]: ...


F = TypeVar("F", bound=Fitted)


@dataclass(frozen=True, slots=True, eq=False)
class Step(Generic[F]):
    """One thing more that the groups share.

    Attributes:
        adds: what they share from here on.
        fit: the model, with whatever was let go.
        whole: how much worse sharing it for all items fits than the step before.
        partly: the same after letting go of items; `whole` where none was.
        cfi_falls: by how much the robust CFI falls from the step before, after letting go; None where there is none.
        verdict: of `partly`.
        released: items let go at this step, the worst first, with the test by which they were chosen.
    """

    adds: Shared
    fit: F
    whole: Difference
    partly: Difference
    cfi_falls: float | None
    verdict: Verdict
    released: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Invariance(Generic[F]):
    """What groups share, step by step, up to the first that fails.

    Attributes:
        configural: the same factors with the same items, all numbers apart.
        steps: in the order in which they were tried; after one that fails or is unclear there are no more.
        held: what the groups share, as far as steps hold (or nearly).
        released: items let go in the steps that hold.
        may: what may be compared between the groups, in words.
        concerns: what must be said beside the numbers.
    """

    configural: F
    steps: tuple[Step[F], ...]
    held: tuple[Shared, ...]
    released: tuple[str, ...]
    may: tuple[Message, ...]
    concerns: tuple[Message, ...]

    @property
    def final(self) -> F:
        """The strictest model that holds."""
        return self.steps[len(self.held) - 1].fit if self.held else self.configural


@dataclass(frozen=True, slots=True)
class Ways(Generic[F]):
    """How a kind of answers is fitted, compared and let go.

    Attributes:
        fit: the model with these shared, given the fit of the step before.
        difference: of a freer fit and a stricter one.
        candidates: items that could be let go of one thing shared, where `least` others of their factors go on.
    """

    fit: Callable[[F, Sharing], F]
    difference: Callable[[F, F], Difference]
    candidates: Callable[[F, Shared, int], tuple[Candidate, ...]]


def walk(configural: F, order: Sequence[Shared], ways: Ways[F], *, partial: bool, level: float) -> Invariance[F]:
    """Go through the steps until one fails or is unclear.

    Args:
        configural: the same factors with the same items, all numbers apart.
        order: what to share, one after the other.
        partial: whether items may be let go.
        level: chance of a false alarm at each step.
    """
    steps: list[Step[F]] = []
    before = configural
    for what in order:
        step = _step(before, what, ways, partial=partial, level=level)
        steps.append(step)
        if step.verdict not in _GOES_ON:
            break
        before = step.fit
    held = tuple(step.adds for step in steps if step.verdict in _GOES_ON)
    released = tuple(one.item for step in steps if step.adds in held for one in step.released)
    unclear = bool(steps) and steps[-1].verdict == Verdict.UNCLEAR
    return Invariance(
        configural=configural,
        steps=tuple(steps),
        held=held,
        released=released,
        may=may_be_compared(held, released, unclear=unclear),
        concerns=(*fits_badly(configural.robust), *configural.concerns),
    )


def _step(before: F, what: Shared, ways: Ways[F], *, partial: bool, level: float) -> Step[F]:
    """Share one thing more than the fit before, and let go of items while that fails."""
    sharing = Sharing((*before.sharing.shared, what), before.sharing.released)
    fit = ways.fit(before, sharing)
    whole = partly = ways.difference(before, fit)
    released: list[Candidate] = []
    while partial and verdict_of(partly, level) == Verdict.FAILS:
        found = ways.candidates(fit, what, LEAST_SHARED)
        if not found:
            break
        worst = min(found, key=lambda candidate: candidate.rank)
        released.append(worst)
        sharing = sharing.without(what, worst.item)
        fit = ways.fit(before, sharing)
        partly = ways.difference(before, fit)
    falls = before.robust.cfi - fit.robust.cfi if before.robust and fit.robust else None
    return Step(what, fit, whole, partly, falls, verdict_of(partly, level), tuple(released))


def verdict_of(found: Difference, level: float) -> Verdict:
    """From chance and size: a difference matters where the 90 % interval of its RMSEA goes beyond `SMALL`."""
    if found.test.degrees == 0:
        return Verdict.HOLDS
    by_chance = found.test.p_value >= level
    small = found.rmsea.high <= SMALL
    if by_chance:
        return Verdict.HOLDS if small else Verdict.UNCLEAR
    return Verdict.NEARLY if small else Verdict.FAILS
