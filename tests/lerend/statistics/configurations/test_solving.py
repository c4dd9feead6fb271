"""Truth tables and solutions: as looking at every combination gives them, and the laws that they keep."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lerend.statistics.configurations.cases import (
    Cases,
    CasesAreWrong,
    Halves,
    NeitherInNorOut,
    TooManyConditions,
    cases_of,
    most_conditions,
)
from lerend.statistics.configurations.covering import MOST_MODELS, TooManyModels, smallest_covers
from lerend.statistics.configurations.sets import conditions_one_by_one, necessary_sets, sufficient_sets
from lerend.statistics.configurations.solving import Model, Solution, solve
from lerend.statistics.configurations.truth_table import Cuts, Outcome, truth_table
from tests.lerend.statistics.configurations.made_cases import made_cases, membership, models_by_trying, rows_held

CUTS = Cuts(consistency=0.7, pri=0.4)
LAWS = settings(max_examples=30, deadline=None)


def paths_of(model: Model) -> frozenset[str]:
    return frozenset(path.expression for path in model.paths)


def rows_of(model: Model) -> set[int]:
    """Numbers of the rows in which some path of a model holds, of three conditions."""
    held: set[int] = set()
    for path in paths_of(model):
        parts = path.split("*")
        signs = tuple("1" if name in parts else "0" if f"~{name}" in parts else "-" for name in "ABC")
        held |= {row + 1 for row in rows_held(signs)}
    return held


def models_of(solution: Solution) -> set[frozenset[str]]:
    return {paths_of(model) for model in solution.models}


@given(made_cases(), st.sampled_from([1, 2]))
@LAWS
def test_a_row_holds_the_cases_that_belong_to_it_and_says_what_the_formulas_say(cases: Cases, least: int) -> None:
    table = truth_table(cases, Cuts(0.7, 0.4, least))
    y = cases.outcome
    for number, values in enumerate(product((0, 1), repeat=3), start=1):
        inside = np.min([1 - abs(value - x) for value, x in zip(values, cases.memberships.T, strict=True)], axis=0)
        names = tuple(name for name, belongs in zip(cases.names, inside > 0.5, strict=True) if belongs)
        found = [row for row in table.rows if row.number == number]
        assert [row.cases for row in found] == ([names] if names else [])
        for row in found:
            both = np.minimum(inside, y).sum()
            torn = np.minimum(np.minimum(inside, y), 1 - y).sum()
            consistency, pri = both / inside.sum(), (both - torn) / (inside.sum() - torn)
            assert row.values == values
            assert row.consistency == pytest.approx(consistency)
            assert row.pri == pytest.approx(pri, abs=1e-9)
            says_yes = consistency >= 0.7 - 1e-9 and pri >= 0.4 - 1e-9
            known = Outcome.YES if says_yes else Outcome.NO
            assert row.outcome is (known if len(names) >= least else Outcome.UNKNOWN)


@given(made_cases())
@LAWS
def test_primes_and_all_tied_models_are_those_that_trying_everything_finds(cases: Cases) -> None:
    table = truth_table(cases, CUTS)
    solutions = solve(cases, table)
    for solution, with_remainders in ((solutions.complex, False), (solutions.parsimonious, True)):
        primes, models = models_by_trying(table, with_remainders=with_remainders)
        assert set(solution.primes) == primes
        assert models_of(solution) == models
        assert set(solution.essential) == (set.intersection(*map(set, models)) if models else set())


@given(made_cases(), st.dictionaries(st.sampled_from("ABC"), st.booleans()))
@LAWS
def test_an_intermediate_solution_lies_between_a_complex_and_a_parsimonious_one(
    cases: Cases, expectations: dict[str, bool]
) -> None:
    table = truth_table(cases, CUTS)
    solutions = solve(cases, table, expectations)
    assert len(solutions.intermediate) == len(solutions.complex.models) * len(solutions.parsimonious.models)
    seen = set((np.flatnonzero(table.yes) + 1).tolist())
    for solution in solutions.intermediate:
        assert solution.of is not None
        assumed = set(solution.counterfactuals)
        assert assumed <= set((np.flatnonzero(table.unknown) + 1).tolist())
        assert assumed <= rows_of(solutions.parsimonious.models[solution.of[1]])
        for model in solution.models:
            assert seen <= rows_of(model) <= seen | assumed
        if not assumed:
            assert models_of(solution) == models_of(solutions.complex)


def test_a_remainder_is_used_only_where_it_agrees_with_what_is_expected() -> None:
    values = np.array([[0.9, 0.9], [0.9, 0.9], [0.1, 0.1], [0.1, 0.1]])
    outcome = np.array([0.9, 0.9, 0.1, 0.1])
    cases = cases_of(values, outcome, conditions=("A", "B"), limited=False)
    table = truth_table(cases, Cuts())
    assert models_of(solve(cases, table).parsimonious) == {frozenset({"A"}), frozenset({"B"})}
    between = {}
    for expected in ({}, {"A": True, "B": True}, {"B": False}, {"A": False, "B": False}):
        solutions = solve(cases, table, expected)
        between[tuple(expected.items())] = [models_of(one) for one in solutions.intermediate]
    both, a, b = {frozenset({"A*B"})}, {frozenset({"A"})}, {frozenset({"B"})}
    assert list(between.values()) == [[both, both], [both, both], [a, both], [a, b]]


@given(made_cases())
@LAWS
def test_fit_of_paths_and_models_is_that_of_their_memberships(cases: Cases) -> None:
    y = cases.outcome
    for model in solve(cases, truth_table(cases, CUTS)).parsimonious.models:
        inside = [membership(path.expression, cases) for path in model.paths]
        whole = np.max(inside, axis=0)
        assert model.fit.consistency == pytest.approx(np.minimum(whole, y).sum() / whole.sum())
        assert model.fit.coverage == pytest.approx(np.minimum(whole, y).sum() / y.sum())
        for path, mine in zip(model.paths, inside, strict=True):
            assert path.fit.consistency == pytest.approx(np.minimum(mine, y).sum() / mine.sum())
            others = [one for one in inside if one is not mine]
            if not others:
                assert path.fit.unique is None
                continue
            rest = np.minimum(np.max(others, axis=0), y).sum()
            assert path.fit.unique == pytest.approx((np.minimum(whole, y).sum() - rest) / y.sum(), abs=1e-12)


@given(made_cases(), st.integers(0, 2**32))
@LAWS
def test_order_of_the_cases_does_not_matter(cases: Cases, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(cases))
    other = cases_of(cases.memberships[order], cases.outcome[order], conditions=cases.conditions, limited=False)
    one, two = (solve(some, truth_table(some, CUTS)) for some in (cases, other))
    assert models_of(one.parsimonious) == models_of(two.parsimonious)


@given(made_cases())
@LAWS
def test_a_condition_turned_around_turns_its_sign_in_every_path(cases: Cases) -> None:
    turned = cases_of(
        np.column_stack([1 - cases.memberships[:, 0], cases.memberships[:, 1:]]),
        cases.outcome,
        conditions=("~A", *cases.conditions[1:]),
        limited=False,
    )
    straight = solve(cases, truth_table(cases, CUTS)).complex
    back = solve(turned, truth_table(turned, CUTS)).complex
    assert {frozenset(path.replace("~~", "") for path in model) for model in models_of(back)} == models_of(straight)


def test_all_models_are_told_where_cases_cannot_tell_them_apart() -> None:
    values = np.array([[1, 1, 0], [1, 0, 1], [0, 1, 1], [0, 0, 1], [1, 0, 0], [0, 1, 0], [0, 0, 0], [1, 1, 1]])
    outcome = np.array([1, 1, 1, 1, 1, 1, 0, 0])
    cases = cases_of(values * 1.0, outcome * 1.0, conditions=("A", "B", "C"), limited=False)
    found = solve(cases, truth_table(cases, Cuts())).complex
    assert models_of(found) == {frozenset({"A*~B", "B*~C", "~A*C"}), frozenset({"A*~C", "~B*C", "~A*B"})}
    assert found.essential == ()


def test_nothing_is_found_where_no_row_has_the_outcome_and_everything_where_all_do() -> None:
    values = np.array([[0.9, 0.1], [0.1, 0.9], [0.8, 0.8], [0.2, 0.1]])
    none = cases_of(values, np.full(4, 0.1), conditions=("A", "B"), limited=False)
    everything = cases_of(values, np.full(4, 0.9), conditions=("A", "B"), limited=False)
    assert solve(none, truth_table(none, Cuts())).parsimonious.models == ()
    assert models_of(solve(everything, truth_table(everything, Cuts())).parsimonious) == {frozenset({"1"})}


def test_too_many_tied_models_are_an_error_and_not_a_choice_among_them() -> None:
    pairs = {prime: 1 << (prime // 50) for prime in range(150)}
    with pytest.raises(TooManyModels):
        smallest_covers(pairs, 0b111)
    assert MOST_MODELS < 50**3
    assert len(smallest_covers(dict.fromkeys(range(9), 1), 1)) == 9


@pytest.mark.parametrize(("cases", "most"), [(1, 0), (3, 0), (4, 1), (10, 2), (20, 3), (40, 4), (64, 5)])
def test_so_many_cases_bear_so_many_conditions(cases: int, most: int) -> None:
    assert most_conditions(cases) == most
    rng = np.random.default_rng(1)
    values = rng.uniform(0.51, 0.99, (cases, most + 1))
    with pytest.raises(TooManyConditions):
        cases_of(values, values[:, 0], conditions=tuple("ABCDEFGH"[: most + 1]))


@pytest.mark.parametrize("value", [np.nan, -0.1, 1.2])
def test_a_membership_that_is_none_is_refused(value: float) -> None:
    with pytest.raises(CasesAreWrong):
        cases_of(np.array([[0.2], [value], [0.3], [0.9]]), np.full(4, 0.3), conditions=("A",))


def test_shapes_that_do_not_fit_and_nine_conditions_are_refused() -> None:
    with pytest.raises(CasesAreWrong):
        cases_of(np.full((4, 1), 0.3), np.full(5, 0.3), conditions=("A",))
    with pytest.raises(CasesAreWrong):
        cases_of(np.full((4, 9), 0.3), np.full(4, 0.3), conditions=tuple("ABCDEFGHI"), limited=False)


def test_a_membership_of_one_half_is_refused_by_name_or_is_in_no_row() -> None:
    values, outcome = np.array([[0.5], [0.9], [0.1], [0.8]]), np.array([0.2, 0.9, 0.1, 0.8])
    with pytest.raises(NeitherInNorOut, match="“b1”"):
        cases_of(values, outcome, conditions=("A",), names=("b1", "b2", "b3", "b4"))
    kept = cases_of(values, outcome, conditions=("A",), halves=Halves.IN_NO_ROW)
    assert [row.cases for row in truth_table(kept, Cuts()).rows] == [("3",), ("2", "4")]


@given(made_cases())
@LAWS
def test_necessary_and_sufficient_sets_reach_what_was_asked(cases: Cases) -> None:
    y = cases.outcome
    for necessary in necessary_sets(cases, consistency=0.8, coverage=0.3):
        parts = necessary.expression.split(" + ")
        inside = np.max([membership(part, cases) for part in parts], axis=0)
        assert np.minimum(inside, y).sum() / y.sum() == pytest.approx(necessary.fit.consistency)
        assert (necessary.fit.consistency or 0) >= 0.8 - 1e-8
    found = [set(one.expression.split("*")) for one in sufficient_sets(cases, consistency=0.8)]
    assert not any(one < other for one in found for other in found)
    names = [one.expression for one in conditions_one_by_one(cases)]
    assert names == ["A", "B", "C", "~A", "~B", "~C"]


@given(made_cases())
@LAWS
def test_what_is_necessary_for_the_absence_of_an_outcome_is_a_question_of_its_own(cases: Cases) -> None:
    absence = replace(cases, outcome=1 - cases.outcome)
    for x, one, other in zip(
        np.column_stack([cases.memberships, 1 - cases.memberships]).T,
        conditions_one_by_one(cases),
        conditions_one_by_one(absence),
        strict=True,
    ):
        y = cases.outcome
        for fit, of in ((one.fit, y), (other.fit, 1 - y)):
            both = np.minimum(x, of).sum()
            assert fit.consistency == (pytest.approx(both / of.sum()) if of.sum() > 0 else None)
            assert fit.coverage == (pytest.approx(both / x.sum()) if x.sum() > 0 else None)
