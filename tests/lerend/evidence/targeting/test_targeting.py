"""Best rules against R and against every rule tried by hand, what they are worth on others, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lerend.estimate.method import OptionsAreWrong
from lerend.estimate.running import estimate
from lerend.estimate.table import Table
from lerend.estimate.writing import plain
from lerend.evidence.effects.measured import EffectCannotBeEstimated
from lerend.evidence.targeting.rule import Trial, learn_rule
from lerend.evidence.targeting.scores import doubly_robust_scores
from lerend.evidence.targeting.tree import Leaf, Node, Split, actions_of, best_tree, leaves_of
from lerend.statistics.regression.problems import CannotBeFitted
from tests.reference.references import numbers, reference

Floats = NDArray[np.float64]
CASES = reference("policy_tree")


def best_by_hand(scores: Floats, columns: Floats, depth: int, least: int) -> float:
    """The largest sum of all rules, one after the other."""
    best = float(scores.sum(axis=0).max(initial=-np.inf))
    if depth == 0:
        return best
    for column in columns.T:
        for at in np.unique(column):
            low = column <= at
            if min(low.sum(), (~low).sum()) >= least:
                sides = [best_by_hand(scores[side], columns[side], depth - 1, least) for side in (low, ~low)]
                best = max(best, sum(sides))
    return best


def sum_of(tree: Node, scores: Floats, columns: Floats) -> float:
    names = tuple(f"x{place}" for place in range(columns.shape[1]))
    return float(scores[np.arange(len(scores)), actions_of(tree, columns, names)].sum())


def nodes_of(tree: Node) -> list[dict[str, Any]]:
    """As R writes them: level by level."""
    found: list[dict[str, Any]] = []
    level = [tree]
    while level:
        for node in level:
            split = isinstance(node, Split)
            found.append(
                {"leaf": False, "var": node.column, "split": pytest.approx(node.at)}
                if isinstance(node, Split)
                else {"leaf": True, "action": node.action + 1}
            )
            assert split or isinstance(node, Leaf)
        level = [side for node in level if isinstance(node, Split) for side in (node.low, node.high)]
    return found


@pytest.mark.parametrize("name", CASES)
def test_the_best_rule_is_that_of_policytree(name: str) -> None:
    params, expected = CASES[name]["params"], CASES[name]["values"]
    values = numbers("jobs_search.csv", [params["y"], params["w"], *params["x"]])
    columns, names = values[:, 2:], tuple(params["x"])
    scores = doubly_robust_scores(values[:, 0], values[:, 1] == 1, columns)
    tree = best_tree(scores, columns, names, depth=params["depth"])
    actions = actions_of(tree, columns, names)
    near = pytest.approx
    assert scores[np.arange(len(scores)), actions].mean() == near(expected["value"], rel=1e-12)
    assert actions.mean() == near(expected["share_treated"], rel=1e-12)
    assert scores.mean(axis=0).tolist() == near([expected["value_none"], expected["value_all"]], rel=1e-12)
    assert nodes_of(tree) == expected["nodes"]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([1, 2]), st.sampled_from([1, 2, 3]), st.integers(2, 3), st.booleans())
def test_no_rule_is_better(seed: int, depth: int, least: int, actions: int, ties: bool) -> None:
    rng = np.random.default_rng(seed)
    columns = rng.standard_normal((14, 2))
    columns = columns.round() if ties else columns
    scores = rng.standard_normal((14, actions))
    tree = best_tree(scores, columns, ("x0", "x1"), depth=depth, least=least)
    assert sum_of(tree, scores, columns) == pytest.approx(best_by_hand(scores, columns, depth, least), abs=1e-9)
    assert min(leaf.units for leaf in leaves_of(tree)) >= least
    assert sum(leaf.units for leaf in leaves_of(tree)) == 14


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_only_the_order_of_a_column_and_the_difference_of_scores_count(seed: int) -> None:
    rng = np.random.default_rng(seed)
    columns, scores = rng.standard_normal((30, 2)), rng.standard_normal((30, 2))
    one = actions_of(best_tree(scores, columns, ("a", "b")), columns, ("a", "b"))
    bent, lifted = np.exp(columns), scores + rng.standard_normal((30, 1))
    np.testing.assert_array_equal(actions_of(best_tree(lifted, bent, ("a", "b")), bent, ("a", "b")), one)


def test_two_questions_find_what_one_cannot() -> None:
    columns = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    scores = np.array([[0.0, 1.0], [0.0, -1.0], [0.0, -1.0], [0.0, 1.0]])
    assert sum_of(best_tree(scores, columns, ("x0", "x1"), depth=2), scores, columns) == 2
    assert sum_of(best_tree(scores, columns, ("x0", "x1"), depth=1), scores, columns) == 0
    with pytest.raises(ValueError, match="1 or 2"):
        best_tree(scores, columns, ("x0", "x1"), depth=3)


def test_where_the_same_is_best_for_everybody_nothing_is_asked() -> None:
    columns = np.arange(20.0)[:, None]
    tree = best_tree(np.column_stack([np.zeros(20), np.ones(20)]), columns, ("age",))
    assert tree == Leaf(1, 20)


def test_scores_are_right_on_average_whatever_the_regression_misses() -> None:
    rng = np.random.default_rng(2)
    x = rng.standard_normal(20_000)
    chance = np.where(x > 0, 0.7, 0.3)
    begun = rng.random(20_000) < chance
    outcome = np.exp(x) + begun * 0.5 + rng.standard_normal(20_000)
    effect = np.diff(doubly_robust_scores(outcome, begun, x[:, None], chance=chance).mean(axis=0))[0]
    assert effect == pytest.approx(0.5, abs=0.08)
    assert abs(outcome[begun].mean() - outcome[~begun].mean() - 0.5) > 0.3


def made(seed: int, n: int, size: float) -> Trial:
    rng = np.random.default_rng(seed)
    columns = rng.standard_normal((n, 2))
    begun = rng.permutation(n) % 2 == 1
    outcome = rng.standard_normal(n) + size * begun * np.sign(columns[:, 0])
    return Trial(outcome, begun, columns, ("motivation", "hours"), columns, ("motivation", "hours"))


def test_a_rule_that_holds_on_others_is_told_from_one_that_does_not() -> None:
    true = learn_rule(made(1, 600, 1.0))
    assert isinstance(true.tree, Split)
    assert true.tree.column == "motivation"
    assert true.tree.at == pytest.approx(0, abs=0.3)
    assert true.gain is not None
    assert true.gain.interval.low < 0.5 < true.gain.interval.high
    assert "new lot" in true.headline.in_language("en")
    chance = learn_rule(made(2, 120, 0.0))
    assert chance.gain is not None
    assert chance.value - max(chance.of_all, chance.of_none) > chance.gain.value
    assert "hypothesis" in chance.headline.in_language("en")
    told = " ".join(one.in_language("en") for one in chance.cautions)
    assert "too high" in told
    assert "120 units" in told


def test_the_same_for_everybody_is_said_where_it_is_best() -> None:
    trial = made(3, 200, 0.0)
    found = learn_rule(replace(trial, outcome=trial.outcome + 9 * trial.begun))
    assert (found.tree, found.gain, found.cautions) == (Leaf(1, 200), None, ())
    assert "same for everybody does best" in found.headline.in_language("en")


def test_teams_drawn_as_a_whole_stay_together_and_make_the_gain_less_sure() -> None:
    rng = np.random.default_rng(4)
    team = np.repeat(np.arange(60), 10)
    columns = np.repeat(rng.standard_normal((60, 1)), 10, axis=0)
    begun = (np.arange(60) % 2 == 1)[team]
    outcome = begun * np.sign(columns[:, 0]) + rng.standard_normal(60)[team] + rng.standard_normal(600)
    trial = Trial(outcome, begun, columns, ("x",), columns, ("x",))
    alone = learn_rule(trial).gain
    together = learn_rule(replace(trial, cluster=team)).gain
    assert alone is not None
    assert together is not None
    assert together.df == 59
    assert together.se > 1.5 * alone.se


def test_what_gives_no_rule_is_refused() -> None:
    trial = made(5, 40, 0.0)
    for folds in (1, 41):
        with pytest.raises(EffectCannotBeEstimated, match="folds cannot be made"):
            learn_rule(trial, folds=folds)
    with pytest.raises(EffectCannotBeEstimated, match="between 0 and 1"):
        doubly_robust_scores(trial.outcome, trial.begun, trial.columns, chance=np.ones(40))
    with pytest.raises(EffectCannotBeEstimated, match="groups is empty"):
        doubly_robust_scores(trial.outcome, np.ones(40, dtype=bool), trial.columns)
    with pytest.raises(CannotBeFitted, match="follows exactly"):
        doubly_robust_scores(trial.outcome, trial.begun, np.column_stack([trial.columns, trial.columns[:, 0]]))
    with pytest.raises(EffectCannotBeEstimated, match="too many rules"):
        best_tree(np.zeros((40_000, 2)), np.arange(80_000.0).reshape(-1, 2), ("a", "b"))


def test_by_name_it_is_the_rule_of_the_library() -> None:
    trial = made(6, 150, 1.0)
    columns = {
        "after": [*map(repr, trial.outcome.tolist()), "1"],
        "begun": [*(str(int(one)) for one in trial.begun), "1"],
        "motivation": [*map(repr, trial.columns[:, 0].tolist()), ""],
        "hours": [*map(repr, trial.columns[:, 1].tolist()), "1"],
        "likely": ["0.5"] * 151,
    }
    options = {"outcome": "after", "begun": "begun", "columns": "motivation,hours"}
    told = plain(estimate("policy-tree", Table("made.csv", columns), chance="likely", **options))
    assert told["left_out"] == 1
    assert told["rule"]["tree"]["column"] == "motivation"
    assert told["rule"]["tree"]["low"] == {"action": 0, "units": told["rule"]["tree"]["low"]["units"]}
    known = replace(trial, chance=np.full(150, 0.5))
    assert told["rule"] == plain(learn_rule(known))
    with pytest.raises(OptionsAreWrong, match="1 or 0"):
        estimate("policy-tree", Table("made.csv", columns | {"begun": ["2"] * 151}), **options)
