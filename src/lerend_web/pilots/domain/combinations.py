"""Combinations that go with success (configurations): a second way of looking, with how easily chance gives as much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lerend.evidence.pooling.pilot import PilotEffect
from lerend.evidence.success_factors.averaging import SuccessFactors
from lerend.evidence.success_factors.lenses import Seen, both_lenses
from lerend.report.words import spoken
from lerend.statistics.configurations.calibrating import Anchors, Values, direct
from lerend.statistics.configurations.cases import Halves, cases_of, most_conditions
from lerend.statistics.configurations.chance import Chance, chance_of_paths
from lerend.statistics.configurations.covering import TooManyModels
from lerend.statistics.configurations.robustness import Robustness, over_cases, over_consistencies
from lerend.statistics.configurations.saying import told
from lerend.statistics.configurations.solving import Path, Solution, solve
from lerend.statistics.configurations.truth_table import Cuts, truth_table
from lerend_web.instruments.domain.faults import language
from lerend_web.pilots.domain.course import Course
from lerend_web.pilots.domain.differences import Difference

LEAST_CONDITIONS: Final = 2
ENOUGH_FOR_TWO: Final = 20
"""Pilots from which on a combination must be seen twice to count."""
SEED: Final = 1
"""Of dealing out success anew: the same pilots always give the same answer."""
SUCCESS: Final = (0.0, 0.15, 0.30)
SUCCESS_WHY: Final = _(
    "An effect of 0.15 standard deviations, the smallest worth having, is neither; none is fully out, twice as much fully in."
)


@dataclass(frozen=True, slots=True)
class Condition:
    """A factor that was looked at in combinations, and from when on it counts as there."""

    name: Promise
    from_when: float
    why: Promise


@dataclass(frozen=True, slots=True)
class Combination:
    """Factors that are there, or are not, together; shares in percent.

    Attributes:
        consistent: how far pilots with the combination had success.
        covers: how much of the success it holds.
    """

    parts: tuple[str, ...]
    consistent: int
    covers: int


@dataclass(frozen=True, slots=True)
class Combinations:
    """All of them in the first of the equally good solutions, and what may be said of them.

    `seen`: by factor, under which lens.
    """

    conditions: tuple[Condition, ...]
    paths: tuple[Combination, ...]
    says: tuple[str, ...]
    seen: tuple[tuple[str, Seen], ...]


def combinations_of(
    effects: tuple[PilotEffect, ...],
    factors: Sequence[Difference],
    courses: Sequence[Course],
    found: SuccessFactors,
) -> Combinations | None:
    """The first factors of the list, as many as so many pilots bear; None below two."""
    looked_at = list(factors)[: most_conditions(len(effects))]
    if len(looked_at) < LEAST_CONDITIONS:
        return None
    sets = tuple(
        _Set(one.id, one.anchors, str(one.why), tuple(float(one.value(course) or 0.0) for course in courses))
        for one in looked_at
    )
    try:
        solution, chance, checks = _solved(sets, tuple(each.value for each in effects))
    except TooManyModels:
        return None
    lenses = both_lenses(found, checks, chance)
    names = {one.id: one.name for one in looked_at}
    paths = solution.models[0].paths if solution.models else ()
    return Combinations(
        conditions=tuple(Condition(one.name, one.anchors[1], one.why) for one in looked_at),
        paths=tuple(_combination(path, names) for path in paths),
        says=tuple(spoken(one, language()) for one in (*told(solution, chance, len(effects)), lenses.sentence)),
        seen=tuple((each.factor.factor.id, each.seen) for each in lenses.factors if each.factor.factor.id in names),
    )


@dataclass(frozen=True, slots=True)
class _Set:
    """One condition with its value in each pilot."""

    id: str
    anchors: tuple[float, float, float]
    why: str
    values: tuple[float, ...]


@lru_cache(maxsize=16)
def _solved(sets: tuple[_Set, ...], effects: tuple[float, ...]) -> tuple[Solution, Chance, list[Robustness]]:
    """Kept, as the same pilots give the same answer.

    Raises:
        TooManyModels: so many solutions are equally good that none says anything.
    """
    cases = cases_of(
        np.column_stack([_membership(one.values, one.anchors, one.why) for one in sets]),
        _membership(effects, SUCCESS, str(SUCCESS_WHY)),
        conditions=[one.id for one in sets],
        halves=Halves.IN_NO_ROW,
    )
    cuts = Cuts(cases=1 if len(effects) < ENOUGH_FOR_TWO else 2)
    solution = solve(cases, truth_table(cases, cuts)).parsimonious
    chance = chance_of_paths(cases, cuts, rng=np.random.default_rng(SEED))
    return solution, chance, [over_consistencies(cases, cuts), over_cases(cases, cuts)]


def _membership(values: Sequence[float], anchors: tuple[float, float, float], why: str) -> Values:
    return direct(np.asarray(values, float), Anchors(*anchors, reason=why))


def _combination(path: Path, names: dict[str, Promise]) -> Combination:
    parts = []
    for part in path.expression.split("*"):
        name = str(names[part.removeprefix("~")])
        parts.append(gettext("not: %(name)s") % {"name": name} if part.startswith("~") else name)
    return Combination(
        parts=tuple(parts),
        consistent=round(100 * (path.fit.consistency or 0.0)),
        covers=round(100 * (path.fit.coverage or 0.0)),
    )
