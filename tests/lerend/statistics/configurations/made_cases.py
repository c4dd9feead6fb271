"""Made-up cases, and truth tables solved the slow way: by looking at every combination and every set of them."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from lerend.statistics.configurations.cases import Cases, cases_of
from lerend.statistics.configurations.truth_table import TruthTable

Combination = tuple[str, ...]
"""Of each condition: 1, 0, or - for either."""


@st.composite
def made_cases(draw: st.DrawFn, *, conditions: int = 3, least: int = 4, most: int = 16) -> Cases:
    """Cases that belong somewhere by more than half; the outcome partly follows the first condition."""
    n = draw(st.integers(least, most))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    whole = rng.integers(0, 10, (n, conditions + 1)) / 10 + 0.05
    if draw(st.booleans()):
        whole[:, -1] = 0.7 * whole[:, 0] + 0.3 * whole[:, -1]
    whole = np.where(np.abs(whole - 0.5) < 1e-9, 0.51, whole)
    return cases_of(whole[:, :-1], whole[:, -1], conditions=tuple("ABCDEFGH"[:conditions]), limited=False)


def written(combination: Combination, conditions: tuple[str, ...]) -> str:
    parts = [
        name if sign == "1" else f"~{name}" for name, sign in zip(conditions, combination, strict=True) if sign != "-"
    ]
    return "*".join(parts) or "1"


def membership(path: str, cases: Cases) -> NDArray[np.float64]:
    """How far each case belongs to a path, by its written form."""
    column = dict(zip(cases.conditions, cases.memberships.T, strict=True))
    parts = [] if path == "1" else path.split("*")
    values = [1 - column[part[1:]] if part.startswith("~") else column[part] for part in parts]
    least: NDArray[np.float64] = np.min([np.ones(len(cases)), *values], axis=0)
    return least


def rows_held(combination: Combination) -> frozenset[int]:
    rows = product("01", repeat=len(combination))
    return frozenset(
        place
        for place, row in enumerate(rows)
        if all(sign in ("-", value) for sign, value in zip(combination, row, strict=True))
    )


def models_by_trying(table: TruthTable, *, with_remainders: bool) -> tuple[set[str], set[frozenset[str]]]:
    """Primes and all smallest models of a truth table."""
    wanted = frozenset(np.flatnonzero(table.yes).tolist())
    forbidden = frozenset(np.flatnonzero(table.no if with_remainders else ~table.yes).tolist())
    m = len(table.conditions)
    allowed = {one: rows for one in product("01-", repeat=m) if not (rows := rows_held(one)) & forbidden}
    primes = {
        one: rows & wanted
        for one, rows in allowed.items()
        if rows & wanted and not any(rows < wider for wider in allowed.values())
    }
    names = {one: written(one, table.conditions) for one in primes}
    for size in range(1, len(primes) + 1):
        covers = {
            frozenset(names[one] for one in some)
            for some in combinations(primes, size)
            if frozenset().union(*(primes[one] for one in some)) == wanted
        }
        if covers:
            return set(names.values()), covers
    return set(names.values()), set()
