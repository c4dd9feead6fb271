"""Solutions of a truth table: complex, parsimonious, and intermediate by stated expectations; all tied models of each.

Ragin & Sonnett (2005); Ragin (2008). *Complex* uses only rows that were seen; *parsimonious* any remainder that makes a path
shorter; *intermediate* only those remainders that agree with what is expected of a condition (easy counterfactuals).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache, reduce
from itertools import product
from operator import or_

import numpy as np

from lerend.statistics.configurations.calibrating import Values
from lerend.statistics.configurations.cases import Cases
from lerend.statistics.configurations.covering import smallest_covers
from lerend.statistics.configurations.fit import Sufficiency, sufficiency
from lerend.statistics.configurations.implicants import (
    EITHER,
    Flags,
    Space,
    expression,
    memberships_in,
    primes,
    space_of,
)
from lerend.statistics.configurations.truth_table import TruthTable


class SolutionKind(Enum):
    """Which remainders may be used."""

    COMPLEX = "complex"
    PARSIMONIOUS = "parsimonious"
    INTERMEDIATE = "intermediate"


@dataclass(frozen=True, slots=True)
class Path:
    """One combination that goes with the outcome, such as ``A*~B``."""

    expression: str
    fit: Sufficiency


@dataclass(frozen=True, slots=True)
class Model:
    """Paths that together hold in every row with the outcome."""

    paths: tuple[Path, ...]
    fit: Sufficiency


@dataclass(frozen=True, slots=True)
class Solution:
    """Everything that is equally short.

    Attributes:
        primes: all combinations that a model could use.
        essential: those that every model uses.
        models: all with the fewest paths; more than one means that the data cannot tell them apart. Empty where no row has
            the outcome.
        counterfactuals: numbers of the remainders that were used as if the outcome went with them.
        of: for an intermediate solution, the places of the complex and the parsimonious model it lies between.
    """

    kind: SolutionKind
    primes: tuple[str, ...]
    essential: tuple[str, ...]
    models: tuple[Model, ...]
    counterfactuals: tuple[int, ...] = ()
    of: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Solutions:
    """All three kinds; one intermediate solution for every pair of a complex and a parsimonious model."""

    complex: Solution
    parsimonious: Solution
    intermediate: tuple[Solution, ...]


def solve(cases: Cases, table: TruthTable, expectations: Mapping[str, bool] | None = None) -> Solutions:
    """All solutions of a truth table.

    Args:
        cases: those the table was made of; for consistency and coverage.
        expectations: conditions that should help by being present (true) or absent (false); none are left out of it.

    Raises:
        TooManyModels: so many are tied that none says anything.
    """
    solver = _Solver.of(cases, table)
    nothing = np.zeros_like(table.unknown)
    complex_, complex_models = solver.solution(SolutionKind.COMPLEX, nothing)
    parsimonious, parsimonious_models = solver.solution(SolutionKind.PARSIMONIOUS, table.unknown)
    between: list[Solution] = []
    if expectations is not None:
        found: dict[int, Solution] = {}
        easy = solver.easy(expectations)
        for (first, narrow), (second, wide) in product(enumerate(complex_models), enumerate(parsimonious_models)):
            bits = reduce(or_, (easy(mine, theirs) for mine in narrow for theirs in wide))
            if bits not in found:
                found[bits] = solver.intermediate(bits)
            between.append(replace(found[bits], of=(first, second)))
    return Solutions(complex_, parsimonious, tuple(between))


@dataclass(frozen=True, slots=True, eq=False)
class _Solver:
    space: Space
    table: TruthTable
    belonging: Values
    outcome: Values
    paths: dict[int, Path]
    """Those that were told already, by their place."""

    @classmethod
    def of(cls, cases: Cases, table: TruthTable) -> _Solver:
        space = space_of(len(cases.conditions))
        return cls(space, table, memberships_in(cases.memberships), cases.outcome, {})

    def solution(self, kind: SolutionKind, free: Flags) -> tuple[Solution, tuple[tuple[int, ...], ...]]:
        """The solution when these rows may have the outcome or not, and its models as places of combinations."""
        yes = self.table.yes
        found = np.flatnonzero(primes(self.space, ~(yes | free), yes)).tolist()
        bits = {prime: _bits(self.space.covers[prime] & yes) for prime in found}
        models = smallest_covers(bits, _bits(yes))
        essential = [prime for prime in found if models and all(prime in model for model in models)]
        solution = Solution(kind, self._told(found), self._told(essential), self._models(models))
        return solution, models

    def intermediate(self, easy: int) -> Solution:
        """The solution when these remainders, as bits, may have the outcome."""
        free = self._flags(easy)
        solution, _ = self.solution(SolutionKind.INTERMEDIATE, free)
        return replace(solution, counterfactuals=tuple((np.flatnonzero(free) + 1).tolist()))

    def easy(self, expectations: Mapping[str, bool]) -> Callable[[int, int], int]:
        """Remainders, as bits, that a complex path reaches by letting go of conditions, towards a parsimonious one, as expected."""
        wanted = np.array([expectations.get(name, EITHER) for name in self.table.conditions], dtype=np.int8)
        power = 3 ** np.arange(len(wanted) - 1, -1, -1)

        @cache
        def reached(narrow: int, wide: int) -> int:
            mine, theirs = self.space.literals[narrow], self.space.literals[wide]
            if not ((theirs == EITHER) | (theirs == mine)).all():
                return 0
            against = (wanted != EITHER) & (mine != wanted)
            kept = np.where((theirs == EITHER) & against, EITHER, mine)
            return _bits(self.space.covers[int(kept @ power)] & self.table.unknown)

        return reached

    def _models(self, models: tuple[tuple[int, ...], ...]) -> tuple[Model, ...]:
        """All tied models, which have equally many paths, worked out at once."""
        if not models:
            return ()
        total = self.outcome.sum()
        inside = self.belonging[:, np.array(models)]
        whole = inside.max(axis=2)
        fits = [sufficiency(column, self.outcome) for column in whole.T]
        if inside.shape[2] == 1:
            alone = ((self._path(model[0], None) for model in models), fits)
            return tuple(Model((path,), fit) for path, fit in zip(*alone, strict=True))
        second = np.partition(inside, -2, axis=2)[:, :, -2]
        rest = np.where(inside == whole[:, :, None], second[:, :, None], whole[:, :, None])
        covered = np.minimum(whole, self.outcome[:, None]).sum(axis=0)
        unique = (covered[:, None] - np.minimum(rest, self.outcome[:, None, None]).sum(axis=0)) / total
        return tuple(
            Model(tuple(map(self._path, model, shares)), fit)
            for model, shares, fit in zip(models, unique.tolist(), fits, strict=True)
        )

    def _path(self, place: int, unique: float | None) -> Path:
        if place not in self.paths:
            fit = sufficiency(self.belonging[:, place], self.outcome)
            self.paths[place] = Path(self._written(place), fit)
        path = self.paths[place]
        if unique is None:
            return path
        return Path(path.expression, Sufficiency(path.fit.consistency, path.fit.pri, path.fit.coverage, unique))

    def _told(self, places: list[int]) -> tuple[str, ...]:
        return tuple(self._written(place) for place in places)

    def _written(self, place: int) -> str:
        return expression(self.space, place, self.table.conditions)

    def _flags(self, bits: int) -> Flags:
        rows = len(self.table.unknown)
        octets = np.frombuffer(bits.to_bytes((rows + 7) // 8, "big"), dtype=np.uint8)
        return np.unpackbits(octets, count=rows).astype(np.bool_)


def _bits(flags: Flags) -> int:
    return int.from_bytes(np.packbits(flags).tobytes(), "big")
