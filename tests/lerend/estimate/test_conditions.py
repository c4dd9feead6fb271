"""Necessity, configurations, response quality, missing answers and differences by their names, on a file."""

from __future__ import annotations

import json

import numpy as np
import pytest
from numpy.typing import NDArray

from lerend.errors import AnswersAreWrong, LerendError
from lerend.estimate.method import OptionsAreWrong
from lerend.estimate.running import estimate, method_named
from lerend.estimate.table import Table
from lerend.estimate.writing import as_json, plain
from lerend.statistics.configurations.cases import TooManyConditions
from lerend.statistics.differences import difference_of, summary_of
from lerend.statistics.necessity.pair import necessity
from lerend.statistics.response.missing import little_test

RNG = np.random.default_rng(12)
X, OTHER, NOISE = RNG.normal(size=(3, 60)).round(3)
Y = np.minimum(NOISE, X + 0.3)


def table(**columns: NDArray[np.float64] | list[str]) -> Table:
    return Table("made.csv", {name: [str(value) for value in values] for name, values in columns.items()})


FACTORS = table(x=X, other=OTHER, y=Y)
SCALES = np.clip(np.rint(3 + RNG.normal(size=(24, 3)) + np.array([0.1, 0, 0])), 1, 5) + 0.01
CASES = table(a=SCALES[:, 0], b=SCALES[:, 1], success=SCALES[:, :2].min(axis=1), case=[f"p{n}" for n in range(24)])
ANCHORED = {
    "outcome": "success",
    "conditions": "a,b",
    "names": "case",
    "anchors": "a:1/3/5,b:1/3/5,success:1/3/5",
    "why": "the middle of the scale is neither",
    "draws": "49",
}


def test_necessity_describes_every_factor_with_its_bottleneck_tables() -> None:
    found = plain(estimate("necessity", FACTORS, outcome="y", factors="x,other", permutations="49", draws="49"))
    assert [one["finding"]["factor"] for one in found] == ["x", "other"]
    expected = plain(necessity(X, Y))
    assert found[0]["finding"]["necessity"] == expected
    assert [len(one["levels"]) for one in found[0]["bottleneck"]] == [11, 11, 11]
    assert set(found[0]["says"]) == {"nl", "en"}


def test_necessity_takes_a_scope_a_corner_and_a_wanted_outcome() -> None:
    given = {"outcome": "y", "factors": "x", "permutations": "9", "draws": "9"}
    found = plain(
        estimate("necessity", FACTORS, **given, scope="-5,5,-5,5", corner="lower right", wanted="0.5", steps="4")
    )
    assert found[0]["finding"]["necessity"]["scope"]["x_high"] == 5
    assert found[0]["finding"]["below"]["outcome"] == 0.5
    assert len(found[0]["bottleneck"][0]["levels"]) == 5
    with pytest.raises(OptionsAreWrong, match="four numbers"):
        estimate("necessity", FACTORS, **given, scope="1,5")


def test_configurations_stand_beside_what_chance_gives_and_their_anchors() -> None:
    found = plain(estimate("configurations", CASES, **ANCHORED, expected="a,b"))
    (model,) = found["solutions"]["parsimonious"]["models"]
    assert {path["expression"] for path in model["paths"]} == {"a*b"}
    assert found["anchors"]["a"]["reason"] == ANCHORED["why"]
    assert found["chance"]["p"] <= 0.05
    assert [one["varied"] for one in found["robustness"]] == ["consistency", "cases", "anchors"]
    assert found["cuts"]["cases"] == 2
    assert found["solutions"]["intermediate"]


def test_configurations_of_memberships_need_no_anchors() -> None:
    memberships = table(a=np.array([0.9, 0.8, 0.1, 0.2]), y=np.array([0.9, 0.9, 0.1, 0.1]))
    found = plain(estimate("configurations", memberships, outcome="y", conditions="a", draws="19", kind="complex"))
    assert found["anchors"] == {}
    assert found["cuts"]["cases"] == 1
    assert len(found["robustness"]) == 2


@pytest.mark.parametrize(
    ("changed", "piece"),
    [
        ({"anchors": "a:1/3/5"}, "no anchors for: b and success"),
        ({"anchors": "a:1/3"}, "no set of anchors"),
        ({"why": ""}, "no reason"),
        ({"expected": "a,z"}, "not among the conditions"),
    ],
)
def test_what_is_wrong_with_anchors_or_expectations_is_said(changed: dict[str, str], piece: str) -> None:
    with pytest.raises(LerendError, match=piece):
        estimate("configurations", CASES, **(ANCHORED | changed))


def test_more_conditions_than_cases_can_bear_are_refused() -> None:
    few = table(**{name: np.array([0.9, 0.8, 0.1, 0.2]) for name in "aby"})
    with pytest.raises(TooManyConditions, match="4 cases can bear 1 condition,"):
        estimate("configurations", few, outcome="y", conditions="a,b")


def test_response_quality_tells_groups_and_turns_items_round() -> None:
    rows = RNG.integers(1, 6, (60, 8)).astype(float)
    columns = {f"q{number}": rows[:, number] for number in range(8)}
    made = Table("made.csv", {k: [str(v) for v in c] for k, c in columns.items()} | {"team": ["one", "two"] * 30})
    items = ",".join(columns)
    found = plain(
        estimate("response-quality", made, items=items, group="team", reversed="q1", scales="q0,q1;q2,q3;q4,q5")
    )
    assert [(group["group"], group["people"]) for group in found["groups"]] == [("one", 30), ("two", 30)]
    assert "even-odd" in found["all"]["beyond"]
    alone = plain(estimate("response-quality", made, items=items))
    assert alone["groups"] == []
    assert alone["all"]["people"] == 60
    with pytest.raises(OptionsAreWrong, match="not among the items"):
        estimate("response-quality", made, items=items, reversed="q9")
    with pytest.raises(OptionsAreWrong, match="fewer than 5 people"):
        estimate("response-quality", made, items=items, k="1")


def test_missing_answers_are_tested() -> None:
    x = X.astype(object).copy()
    x[:9] = ""
    found = plain(estimate("missing-answers", table(x=x, y=Y, other=OTHER), items="x,y,other"))
    values = np.column_stack([X, Y, OTHER])
    values[:9, 0] = np.nan
    assert found["statistic"] == pytest.approx(little_test(values).statistic)
    assert (found["df"], found["patterns"]) == (2, 2)


def test_estimates_of_filled_in_data_are_put_together_whatever_the_order_of_the_rows() -> None:
    whole = table(
        set=["1", "2", "1", "2"], parameter=["a", "b", "b", "a"], estimate=["1", "4", "2", "3"], error=["1"] * 4
    )
    found = plain(
        estimate("imputed-estimates", whole, set="set", parameter="parameter", estimate="estimate", error="error")
    )
    assert [(one["parameter"], one["pooled"]["estimate"]) for one in found] == [("a", 2.0), ("b", 3.0)]
    twice = table(set=["1", "1"], parameter=["a", "a"], estimate=["1", "4"], error=["1", "1"])
    with pytest.raises(AnswersAreWrong, match="each parameter once"):
        estimate("imputed-estimates", twice, set="set", parameter="parameter", estimate="estimate", error="error")


def test_two_groups_are_compared_and_three_are_not_guessed_at() -> None:
    made = table(value=X, group=["a", "b", "c"] * 20)
    found = plain(estimate("difference", made, value="value", group="group", groups="a,c"))
    assert found["difference"] == plain(difference_of(summary_of(X[::3]), summary_of(X[2::3])))
    assert (found["first"], found["second"], found["left_out"]) == ("a", "c", 20)
    with pytest.raises(OptionsAreWrong, match="Two groups"):
        estimate("difference", made, value="value", group="group")


@pytest.mark.parametrize("name", ["necessity", "configurations", "missing-answers", "difference"])
def test_every_result_can_be_written(name: str) -> None:
    options = {
        "necessity": {"outcome": "y", "factors": "x", "permutations": "9", "draws": "9"},
        "configurations": ANCHORED,
        "missing-answers": {"items": "x,y"},
        "difference": {"value": "a", "group": "half"},
    }[name]
    halves = table(a=X, half=["a", "b"] * 30)
    of = {"configurations": CASES, "difference": halves}.get(name, FACTORS)
    method = method_named(name)
    text = as_json(method, of, options, estimate(name, of, **options))
    assert json.loads(text)["page"] == f"docs/methods/{method.page}.md"
