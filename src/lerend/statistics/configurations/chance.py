"""How often noise gives paths as good as these: the outcome dealt out anew over the cases.

Both steps, truth table and primes, are done for all draws at once, on bit sets.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from lerend.statistics.configurations.calibrating import Values
from lerend.statistics.configurations.cases import Cases
from lerend.statistics.configurations.implicants import Flags, Space, memberships_in, primes, space_of
from lerend.statistics.configurations.solving import SolutionKind
from lerend.statistics.configurations.truth_table import (
    Cuts,
    memberships_in_rows,
    reaching,
    row_fit,
    row_of_cases,
)

_AS_GOOD: Final = 1e-10
_AT_ONCE: Final = 250
"""Draws at a time, so that tables stay in the cache of a processor."""


@dataclass(frozen=True, slots=True)
class Chance:
    """How good the best path is, and how often noise gives one as good.

    Attributes:
        best: the largest consistency times coverage of a path; 0 without a path.
        p: (as good or better + 1) / (draws + 1).
        margin: half the width of a 95 % interval around p that comes from drawing.
        draws: how many times the outcome was dealt out anew.
        noise_with_a_path: share of the draws in which some path passed the cuts.
    """

    best: float
    p: float
    margin: float
    draws: int
    noise_with_a_path: float


def chance_of_paths(
    cases: Cases,
    cuts: Cuts,
    *,
    rng: np.random.Generator,
    draws: int = 1_000,
    kind: SolutionKind = SolutionKind.PARSIMONIOUS,
) -> Chance:
    """The permutation p of the best path.

    Paths are all primes of the solution, so every path of every tied model is among them.

    Args:
        kind: complex or parsimonious; an intermediate path lies between one of each.

    Raises:
        ValueError: for the intermediate kind, or fewer than one draw.
    """
    if kind is SolutionKind.INTERMEDIATE or draws < 1:
        raise ValueError("chance is worked out for complex or parsimonious paths, over at least one draw")
    judge = _Judge.of(cases, cuts, kind)
    best = float(judge.best(cases.outcome[:, None])[0])
    drawn = np.concatenate([judge.best(outcomes) for outcomes in _dealt(cases.outcome, draws, rng)])
    p = (int((drawn >= best - _AS_GOOD).sum()) + 1) / (draws + 1)
    return Chance(best, p, 1.96 * float(np.sqrt(p * (1 - p) / draws)), draws, float((drawn > 0).mean()))


@dataclass(frozen=True, slots=True, eq=False)
class _Judge:
    """What stays the same however the outcome is dealt out."""

    space: Space
    belonging: Values
    in_rows: Values
    sizes: Values
    known: Flags
    cuts: Cuts
    kind: SolutionKind

    @classmethod
    def of(cls, cases: Cases, cuts: Cuts, kind: SolutionKind) -> _Judge:
        space = space_of(len(cases.conditions))
        belonging = memberships_in(cases.memberships)
        place = row_of_cases(cases.memberships)
        count = np.bincount(place[place >= 0], minlength=len(space.rows))
        in_rows = memberships_in_rows(cases.memberships)
        return cls(space, belonging, in_rows, belonging.sum(axis=0), count >= max(cuts.cases, 1), cuts, kind)

    def best(self, outcomes: Values) -> Values:
        """(draws,) the largest consistency times coverage among the paths of each outcome (cases, draws)."""
        yes = reaching(*row_fit(self.in_rows, outcomes), self.cuts) & self.known
        forbidden = (self.known & ~yes) if self.kind is SolutionKind.PARSIMONIOUS else ~yes
        draw, path = np.nonzero(primes(self.space, forbidden, yes))
        found = np.zeros(outcomes.shape[1])
        if not len(draw):
            return found
        within = np.minimum(self.belonging.T[path], outcomes.T[draw]).sum(axis=1)
        total = self.sizes[path] * outcomes.sum(axis=0)[draw]
        good = np.divide(within**2, total, out=np.zeros(len(draw)), where=total > 0)
        np.maximum.at(found, draw, good)
        return found


def _dealt(outcome: Values, draws: int, rng: np.random.Generator) -> Iterator[Values]:
    for start in range(0, draws, _AT_ONCE):
        some = min(_AT_ONCE, draws - start)
        dealt = rng.permuted(np.broadcast_to(outcome, (some, len(outcome))), axis=1)
        yield np.ascontiguousarray(dealt.T)
