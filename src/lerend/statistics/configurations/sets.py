"""Searching for sets that are necessary or sufficient for an outcome: conditions, and their combinations by *and* and *or*."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from lerend.statistics.configurations.cases import Cases
from lerend.statistics.configurations.fit import Necessity, Sufficiency, necessity, sufficiency
from lerend.statistics.configurations.implicants import EITHER, Space, expression, memberships_in, space_of

_AS_HIGH = 1e-9


@dataclass(frozen=True, slots=True)
class NecessarySet:
    """A set that the outcome lies within, such as ``A`` or ``A + ~B``."""

    expression: str
    fit: Necessity


@dataclass(frozen=True, slots=True)
class SufficientSet:
    """A combination that lies within the outcome."""

    expression: str
    fit: Sufficiency


def conditions_one_by_one(cases: Cases) -> tuple[NecessarySet, ...]:
    """Every condition, and then its absence, as necessary for the outcome, whatever the consistency."""
    present = [
        NecessarySet(name, necessity(column, cases.outcome))
        for name, column in zip(cases.conditions, cases.memberships.T, strict=True)
    ]
    absent = [
        NecessarySet(f"~{name}", necessity(1 - column, cases.outcome))
        for name, column in zip(cases.conditions, cases.memberships.T, strict=True)
    ]
    return (*present, *absent)


def necessary_sets(
    cases: Cases, *, consistency: float = 0.9, coverage: float = 0.6, relevance: float = 0.0
) -> tuple[NecessarySet, ...]:
    """All combinations by *and* that reach the cuts, then the shortest ones by *or*.

    A set by *or* is told only where no part of it is necessary already, since adding to a necessary set changes nothing.
    """
    space = space_of(len(cases.conditions))
    inside = memberships_in(cases.memberships)
    both = [
        NecessarySet(expression(space, place, cases.conditions), fit)
        for place in _by_length(space)
        if _reaches(fit := necessity(inside[:, place], cases.outcome), consistency, coverage, relevance)
    ]
    told: list[frozenset[int]] = []
    either = []
    for place in _by_length(space):
        parts = frozenset(np.flatnonzero(space.literals[place] != EITHER).tolist())
        signed = frozenset(3 * part + int(space.literals[place, part]) for part in parts)
        if any(smaller <= signed for smaller in told):
            continue
        fit = necessity(1 - inside[:, _opposite(space, place)], cases.outcome)
        if _reaches(fit, consistency, coverage, relevance):
            told.append(signed)
            if len(parts) > 1:
                either.append(NecessarySet(expression(space, place, cases.conditions).replace("*", " + "), fit))
    return (*both, *either)


def sufficient_sets(
    cases: Cases, *, consistency: float = 0.9, pri: float = 0.0, coverage: float = 0.0
) -> tuple[SufficientSet, ...]:
    """The shortest combinations by *and* that reach the cuts: none contains a shorter one that does."""
    space = space_of(len(cases.conditions))
    inside = memberships_in(cases.memberships)
    told: set[int] = set()
    found = []
    for place in _by_length(space):
        if _wider_ones(space, place) & told:
            continue
        fit = sufficiency(inside[:, place], cases.outcome)
        if _at_least(fit.consistency, consistency) and _at_least(fit.pri, pri) and _at_least(fit.coverage, coverage):
            told.add(place)
            found.append(SufficientSet(expression(space, place, cases.conditions), fit))
    return tuple(found)


def _by_length(space: Space) -> list[int]:
    """All combinations but the one that holds everywhere, shortest first."""
    length = (space.literals != EITHER).sum(axis=1)
    order = np.argsort(length, kind="stable").tolist()
    return [place for place in order if length[place]]


def _opposite(space: Space, place: int) -> int:
    literals = space.literals[place]
    turned = np.where(literals == EITHER, EITHER, 1 - literals)
    return int(turned @ 3 ** np.arange(len(turned) - 1, -1, -1))


def _wider_ones(space: Space, place: int) -> set[int]:
    """All combinations that come of letting go of some conditions."""
    held = np.flatnonzero(space.literals[place] != EITHER).tolist()
    power = 3 ** np.arange(space.conditions - 1, -1, -1)
    found = set()
    for number in range(1, len(held)):
        for gone in combinations(held, number):
            wider = space.literals[place].astype(np.int64)
            wider[list(gone)] = EITHER
            found.add(int(wider @ power))
    return found


def _reaches(fit: Necessity, consistency: float, coverage: float, relevance: float) -> bool:
    return (
        _at_least(fit.consistency, consistency)
        and _at_least(fit.coverage, coverage)
        and _at_least(fit.relevance, relevance)
    )


def _at_least(value: float | None, cut: float) -> bool:
    return value is not None and value >= cut - _AS_HIGH
