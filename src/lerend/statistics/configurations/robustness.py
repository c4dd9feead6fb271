"""Whether paths stay when what was chosen is chosen a little otherwise, and when one case is left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

import numpy as np

from lerend.statistics.configurations.calibrating import Anchors, Values, direct
from lerend.statistics.configurations.cases import Cases, Halves, cases_of
from lerend.statistics.configurations.covering import TooManyModels
from lerend.statistics.configurations.solving import Solution, SolutionKind, solve
from lerend.statistics.configurations.truth_table import Cuts, truth_table

CONSISTENCIES: Final = (0.75, 0.80, 0.85, 0.90)
SHIFT: Final = 0.10
"""Share of the distance between the outer anchors."""


class Varied(Enum):
    """What was chosen otherwise."""

    CONSISTENCY = "consistency"
    ANCHORS = "anchors"
    CASES = "cases"


@dataclass(frozen=True, slots=True)
class PathKept:
    """How often a path came back.

    Attributes:
        exactly: share of the settings in which some model has this very path.
        related: share in which some model has it, or a path that is it with fewer or with more conditions.
    """

    expression: str
    exactly: float
    related: float


@dataclass(frozen=True, slots=True)
class Robustness:
    """Every path of the solution as chosen, over other settings.

    Attributes:
        settings: how many were tried.
        ambiguous: in how many of them more than one model was tied, or too many to tell.
        without: in how many of them there was no path at all.
        left_out: for cases: the one that was left out when a path did not come back; by path.
    """

    varied: Varied
    settings: int
    ambiguous: int
    without: int
    paths: tuple[PathKept, ...]
    left_out: Mapping[str, tuple[str, ...]]


def over_consistencies(
    cases: Cases,
    cuts: Cuts,
    *,
    kind: SolutionKind = SolutionKind.PARSIMONIOUS,
    expectations: Mapping[str, bool] | None = None,
    consistencies: Sequence[float] = CONSISTENCIES,
) -> Robustness:
    """The same cases with other cuts of the consistency of a row."""
    settings = [("", cases, replace(cuts, consistency=value)) for value in consistencies]
    return _compared(Varied.CONSISTENCY, cases, cuts, settings, kind, expectations)


def over_cases(
    cases: Cases,
    cuts: Cuts,
    *,
    kind: SolutionKind = SolutionKind.PARSIMONIOUS,
    expectations: Mapping[str, bool] | None = None,
) -> Robustness:
    """All cases but one, for every one of them."""
    settings = [(name, cases.without(place), cuts) for place, name in enumerate(cases.names)]
    return _compared(Varied.CASES, cases, cuts, settings, kind, expectations)


def over_anchors(
    values: Values,
    outcome: Values,
    anchors: Mapping[str, Anchors],
    outcome_anchors: Anchors,
    cuts: Cuts,
    *,
    kind: SolutionKind = SolutionKind.PARSIMONIOUS,
    expectations: Mapping[str, bool] | None = None,
    shift: float = SHIFT,
    limited: bool = True,
) -> Robustness:
    """Every anchor of every set moved down and up by a tenth of the distance between the outer ones, one at a time.

    Args:
        values: (cases, conditions) as measured, in the order of `anchors`.
        outcome: (cases,) as measured.

    Raises:
        CasesAreWrong: as `cases_of`. A case that a moved anchor puts at one half is in no row there.
    """
    sets = [*anchors.values(), outcome_anchors]
    measured = np.column_stack([values, outcome])

    def calibrated(with_anchors: Sequence[Anchors], halves: Halves) -> Cases:
        members = np.column_stack([direct(column, of) for column, of in zip(measured.T, with_anchors, strict=True)])
        return cases_of(members[:, :-1], members[:, -1], conditions=tuple(anchors), halves=halves, limited=limited)

    as_chosen = calibrated(sets, Halves.REFUSED)
    settings = []
    for place, of in enumerate(sets):
        for moved in _moved(of, shift):
            others = [*sets[:place], moved, *sets[place + 1 :]]
            settings.append(("", calibrated(others, Halves.IN_NO_ROW), cuts))
    return _compared(Varied.ANCHORS, as_chosen, cuts, settings, kind, expectations)


def _compared(
    varied: Varied,
    cases: Cases,
    cuts: Cuts,
    settings: Sequence[tuple[str, Cases, Cuts]],
    kind: SolutionKind,
    expectations: Mapping[str, bool] | None,
) -> Robustness:
    chosen = sorted({path for model in _models(cases, cuts, kind, expectations) or () for path in model})
    exactly, related = dict.fromkeys(chosen, 0), dict.fromkeys(chosen, 0)
    lost: dict[str, tuple[str, ...]] = dict.fromkeys(chosen, ())
    ambiguous = without = 0
    for name, other, with_cuts in settings:
        models = _models(other, with_cuts, kind, expectations)
        ambiguous += models is None or len(models) > 1
        without += models is not None and not models
        paths = {path for model in models or () for path in model}
        for path in chosen:
            exactly[path] += path in paths
            kept = any(_related(path, there) for there in paths)
            related[path] += kept
            if not kept and name:
                lost[path] = (*lost[path], name)
    shares = tuple(PathKept(path, exactly[path] / len(settings), related[path] / len(settings)) for path in chosen)
    return Robustness(
        varied, len(settings), ambiguous, without, shares, {path: lost[path] for path in chosen if lost[path]}
    )


def _models(
    cases: Cases, cuts: Cuts, kind: SolutionKind, expectations: Mapping[str, bool] | None
) -> set[frozenset[str]] | None:
    """The models as sets of paths; None where too many are tied."""
    wanted = (expectations or {}) if kind is SolutionKind.INTERMEDIATE else None
    try:
        solutions = solve(cases, truth_table(cases, cuts), wanted)
    except TooManyModels:
        return None
    of_kind: tuple[Solution, ...] = {
        SolutionKind.COMPLEX: (solutions.complex,),
        SolutionKind.PARSIMONIOUS: (solutions.parsimonious,),
        SolutionKind.INTERMEDIATE: solutions.intermediate,
    }[kind]
    return {frozenset(path.expression for path in model.paths) for solution in of_kind for model in solution.models}


def _related(path: str, other: str) -> bool:
    mine, theirs = set(path.split("*")) - {"1"}, set(other.split("*")) - {"1"}
    return mine <= theirs or theirs <= mine


def _moved(anchors: Anchors, shift: float) -> Iterator[Anchors]:
    for by in (-shift, shift):
        yield anchors.shifted(excluded=by)
        yield anchors.shifted(crossover=by)
        yield anchors.shifted(included=by)
