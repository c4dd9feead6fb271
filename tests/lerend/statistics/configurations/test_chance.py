"""Noise must look like noise; and what stays of a path when choices or cases change."""

from __future__ import annotations

from typing import Final

import numpy as np
import pytest
from hypothesis import given, settings

from lerend.statistics.configurations.calibrating import Anchors, direct
from lerend.statistics.configurations.cases import Cases, cases_of
from lerend.statistics.configurations.chance import chance_of_paths
from lerend.statistics.configurations.clusters import cluster_consistency
from lerend.statistics.configurations.robustness import Varied, over_anchors, over_cases, over_consistencies
from lerend.statistics.configurations.saying import told
from lerend.statistics.configurations.solving import SolutionKind, solve
from lerend.statistics.configurations.truth_table import Cuts, truth_table
from tests.lerend.statistics.configurations.made_cases import made_cases

CUTS: Final = Cuts(consistency=0.8, pri=0.5)
ANCHORS: Final = Anchors(1, 3, 5, "the middle of the scale is neither")


def noise(seed: int, cases: int = 20, conditions: int = 3) -> Cases:
    drawn = np.random.default_rng(seed).uniform(0.02, 0.98, (cases, conditions + 1)).round(3) + 0.0001
    return cases_of(drawn[:, :-1], drawn[:, -1], conditions=tuple("ABCD"[:conditions]))


def real_path(cases: int = 20) -> Cases:
    rng = np.random.default_rng(8)
    values = rng.uniform(0.05, 0.95, (cases, 3)).round(2) + 0.001
    outcome = np.clip(values[:, :2].min(axis=1) + rng.normal(0, 0.03, cases), 0.01, 0.99)
    return cases_of(values, outcome, conditions=("A", "B", "C"))


@given(made_cases(least=8))
@settings(max_examples=25, deadline=None)
def test_the_best_path_is_the_best_over_all_paths_of_all_models(cases: Cases) -> None:
    solutions = solve(cases, truth_table(cases, CUTS))
    for kind, solution in (
        (SolutionKind.PARSIMONIOUS, solutions.parsimonious),
        (SolutionKind.COMPLEX, solutions.complex),
    ):
        chance = chance_of_paths(cases, CUTS, rng=np.random.default_rng(1), draws=1, kind=kind)
        paths = [path.fit for model in solution.models for path in model.paths]
        best = max(((fit.consistency or 0) * (fit.coverage or 0) for fit in paths), default=0.0)
        assert chance.best >= best - 1e-12
        if set(solution.primes) == {path.expression for model in solution.models for path in model.paths}:
            assert chance.best == pytest.approx(best)


def test_dealing_out_many_outcomes_at_once_counts_as_one_by_one() -> None:
    cases = noise(5)
    chance = chance_of_paths(cases, CUTS, rng=np.random.default_rng(3), draws=40)
    dealt = np.random.default_rng(3).permuted(np.broadcast_to(cases.outcome, (40, 20)), axis=1)
    each = [
        chance_of_paths(
            cases_of(cases.memberships, outcome, conditions=cases.conditions),
            CUTS,
            rng=np.random.default_rng(1),
            draws=1,
        ).best
        for outcome in dealt
    ]
    assert chance.p == pytest.approx((sum(one >= chance.best - 1e-10 for one in each) + 1) / 41)
    assert chance.noise_with_a_path == pytest.approx(np.mean([one > 0 for one in each]))


def test_noise_often_has_a_path_and_is_still_told_to_be_noise() -> None:
    rng = np.random.default_rng(1)
    found = [chance_of_paths(noise(seed), CUTS, rng=rng, draws=99) for seed in range(150)]
    assert np.mean([chance.best > 0 for chance in found]) > 0.25
    assert np.mean([chance.p <= 0.05 for chance in found]) <= 0.09  # .05, and two standard errors of 150 worlds
    text = told(solve(noise(1), truth_table(noise(1), CUTS)).parsimonious, found[1], 20)[0].in_language("en")
    assert "no better than what chance gives" in text or "No combination" in text


def test_a_path_that_is_there_is_better_than_chance_and_called_a_hypothesis() -> None:
    cases = real_path()
    chance = chance_of_paths(cases, CUTS, rng=np.random.default_rng(1), draws=199)
    assert chance.p < 0.02
    sentences = told(solve(cases, truth_table(cases, CUTS)).parsimonious, chance, len(cases))
    text = " ".join(sentence.in_language("en") for sentence in sentences)
    assert "no proof" in text
    assert "appears as well" in text


def test_tied_models_are_said_and_no_model_is_said_too() -> None:
    values = (
        np.array([[1, 1, 0], [1, 0, 1], [0, 1, 1], [0, 0, 1], [1, 0, 0], [0, 1, 0], [0, 0, 0], [1, 1, 1]] * 2) * 1.0
    )
    outcome = np.array([1, 1, 1, 1, 1, 1, 0, 0] * 2) * 1.0
    cases = cases_of(values, outcome, conditions=("A", "B", "C"))
    chance = chance_of_paths(cases, CUTS, rng=np.random.default_rng(1), draws=19)
    (_, _, tied) = told(solve(cases, truth_table(cases, CUTS)).parsimonious, chance, 16)
    assert "2 solutions" in tied.in_language("en")
    empty = cases_of(values, np.full(16, 0.1), conditions=("A", "B", "C"))
    (only,) = told(solve(empty, truth_table(empty, CUTS)).parsimonious, chance, 16)
    assert "No combination" in only.in_language("en")


def test_chance_needs_a_draw_and_has_no_intermediate_kind() -> None:
    for wrong in ({"draws": 0}, {"kind": SolutionKind.INTERMEDIATE}):
        with pytest.raises(ValueError, match="chance"):
            chance_of_paths(noise(1), CUTS, rng=np.random.default_rng(1), **wrong)


def test_a_path_that_is_there_comes_back_whatever_is_varied() -> None:
    cases = real_path(32)
    for found, settings_ in ((over_consistencies(cases, CUTS), 4), (over_cases(cases, CUTS), 32)):
        assert found.settings == settings_
        kept = {path.expression: path.related for path in found.paths}
        assert kept["A*B"] > 0.7


def test_leaving_a_case_out_says_whose_leaving_loses_a_path() -> None:
    values = np.array([[0.9, 0.9], [0.9, 0.1], [0.1, 0.9], [0.1, 0.1], [0.2, 0.2], [0.3, 0.8], [0.8, 0.2], [0.2, 0.1]])
    outcome = np.array([0.95, 0.1, 0.1, 0.05, 0.1, 0.2, 0.1, 0.1])
    cases = cases_of(values, outcome, conditions=("A", "B"), names=tuple("abcdefgh"))
    found = over_cases(cases, CUTS, kind=SolutionKind.COMPLEX)
    assert found.varied is Varied.CASES
    assert found.left_out == {"A*B": ("a",)}
    assert found.without == 1


def test_anchors_are_moved_one_at_a_time_both_ways() -> None:
    rng = np.random.default_rng(2)
    values = rng.uniform(1, 5, (24, 2)).round(1) + 0.03
    outcome = np.clip(values.min(axis=1) + 0.2, 1, 5)
    found = over_anchors(values, outcome, {"A": ANCHORS, "B": ANCHORS}, ANCHORS, CUTS)
    assert found.settings == 3 * 2 * 3
    kept = {path.expression: path.exactly for path in found.paths}
    assert kept["A*B"] > 0.9
    members = np.column_stack([direct(column, ANCHORS) for column in values.T])
    as_chosen = cases_of(members, direct(outcome, ANCHORS), conditions=("A", "B"))
    models = solve(as_chosen, truth_table(as_chosen, CUTS)).parsimonious.models
    assert set(kept) == {path.expression for model in models for path in model.paths}


def test_a_path_that_holds_in_one_company_only_is_seen() -> None:
    x = np.array([0.9, 0.8, 0.9, 0.8, 0.9, 0.8])
    y = np.array([0.9, 0.9, 0.9, 0.9, 0.1, 0.1])
    found = cluster_consistency(x, y, cluster=["p", "p", "q", "q", "r", "r"], unit=list("abcdef"))
    assert [round(one.consistency or 0, 3) for one in found.clusters] == [1.0, 1.0, round(0.2 / 1.7, 3)]
    shares = np.array([1, 1, 0.2 / 1.7])
    assert found.between == pytest.approx(np.sqrt(((shares / shares.sum() - 1 / 3) ** 2).sum()))
    same = cluster_consistency(x[:4], y[:4], cluster=["p", "p", "q", "q"], unit=list("abcd"))
    assert same.between == pytest.approx(0)
