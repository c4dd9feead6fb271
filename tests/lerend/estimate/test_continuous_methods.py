"""Factor analysis and invariance of measurements by their names on a table: what comes out, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from lerend.errors import LerendError
from lerend.estimate.method import OptionsAreWrong
from lerend.estimate.running import estimate, method_named
from lerend.estimate.table import Table
from lerend.estimate.writing import as_json
from lerend.statistics.structure.continuous.model import fit_continuous
from lerend.statistics.structure.continuous.sample import continuous_sample
from tests.lerend.statistics.structure.continuous_answers import TWO, Values, measured, two_factors

MODEL = "; ".join(f"{factor}: {','.join(items)}" for factor, items in TWO.items())
ITEMS = [item for items in TWO.values() for item in items]


def table_of(values: Values, **more: list[str]) -> Table:
    columns = {
        item: ["" if np.isnan(value) else repr(float(value)) for value in values[:, place]]
        for place, item in enumerate(ITEMS)
    }
    return Table("made.csv", {**columns, **more})


def result(method: str, table: Table, **options: str) -> Any:
    return json.loads(as_json(method_named(method), table, options, estimate(method, table, **options)))["result"]


def test_factors_are_those_of_the_function_with_everybody_or_with_who_answered_all() -> None:
    values = measured(300, 1)
    values[:30, 2] = np.nan
    for missing, use in (("use", True), ("leave_out", False)):
        expected = fit_continuous(continuous_sample(values, ITEMS, use_incomplete=use), two_factors())
        got = result("factors", table_of(values), model=MODEL, missing=missing, scale="unit", hints="3")
        assert got["people"] == (300 if use else 270) == expected.people[0]
        assert got["left_out"] == 300 - got["people"]
        assert got["test"]["value"] == expected.test.value if expected.test else False
        assert [e["value"] for e in got["estimates"]] == [e.value for e in expected.estimates]
        assert len(got["hints"]) == 3
        assert "naive" not in got


def test_invariance_names_the_item_that_moved_and_the_means_that_may_be_compared() -> None:
    shift = np.zeros(8)
    shift[4] = 0.8
    values = np.vstack([measured(600, 1), measured(600, 2, shift=shift)])
    wave = ["before"] * 600 + ["after"] * 600
    got = result("invariance", table_of(values, wave=wave), model=MODEL, group="wave", up_to="intercepts")
    assert got["groups"] == ["before", "after"]
    assert got["released"] == ["x5"]
    assert {mean["left"] for mean in got["means"]} == {"f1", "f2"}
    assert [step["adds"] for step in got["steps"]] == ["loadings", "intercepts"]


def test_paths_may_lead_between_factors_and_columns() -> None:
    values = measured(300, 4)
    age = values[:, 0] + np.random.default_rng(4).standard_normal(300)
    table = table_of(values, age=[repr(float(value)) for value in age])
    got = result("factors", table, model=MODEL, paths="f2 ~ f1, age", together="x1,x5; f1,age")
    paths = [(e["left"], e["right"]) for e in got["estimates"] if e["kind"] == "path"]
    assert paths == [("f2", "f1"), ("f2", "age")]
    assert [one["outcome"] for one in got["explained"]] == ["f2"]
    assert 0 < got["explained"][0]["share"] < 1
    for wrong in ("f2: f1", "~ f1", "f2 ~"):
        with pytest.raises(OptionsAreWrong, match="no outcome with what it takes from"):
            estimate("factors", table, model=MODEL, paths=wrong)
    with pytest.raises(LerendError, match="round in a circle"):
        estimate("factors", table, model=MODEL, paths="f2 ~ f1; f1 ~ f2")


def test_a_scale_over_waves_names_the_item_that_is_read_differently_and_leaves_out_who_lacks_an_answer() -> None:
    shift = np.zeros(8)
    shift[1] = 0.8
    values = np.vstack([measured(300, 1), measured(300, 2, shift=shift)])
    values[:4, 0] = np.nan
    table = table_of(values, wave=["before"] * 300 + ["after"] * 300)
    got = result("scale-over-waves", table, items="x1,x2,x3,x4", group="wave")
    assert (got["waves"], got["people"], got["left_out"]) == (["before", "after"], [296, 300], 4)
    assert (got["comparable"], got["changed"]) == ("changed", ["x2"])
    assert [step["adds"] for step in got["steps"]] == ["loadings", "intercepts"]
    assert "x2" in got["says"]["en"]
    few = result(
        "scale-over-waves",
        table_of(values[:340], wave=list(table.columns["wave"][:340])),
        items="x1,x2,x3,x4",
        group="wave",
    )
    assert (few["comparable"], few["steps"]) == ("too_few_people", [])


def test_two_levels_may_hold_other_factors() -> None:
    teams = np.repeat(np.arange(60), 8)
    values = measured(480, 3) + 0.5 * np.random.default_rng(3).standard_normal((60, 1))[teams]
    table = table_of(values, team=[str(team) for team in teams])
    got = result("two-level-factors", table, model=MODEL, between=f"all: {','.join(ITEMS)}", group="team", scale="unit")
    assert (got["people"], got["groups"]) == (480, 60)
    assert len(got["within"]["omega"]) == 2
    assert len(got["between"]["omega"]) == 1


def test_two_levels_may_have_paths_from_columns_of_people_and_of_groups() -> None:
    teams = np.repeat(np.arange(60), 8)
    rng = np.random.default_rng(5)
    size = rng.standard_normal(60)
    values = measured(480, 5) + (0.5 * size + 0.5 * rng.standard_normal(60))[teams, np.newaxis]
    age = values[:, 0] + rng.standard_normal(480)
    columns = {"age": age, "size": size[teams]}
    table = table_of(
        values, team=[str(t) for t in teams], **{k: [repr(float(v)) for v in c] for k, c in columns.items()}
    )
    whole = f"all: {','.join(ITEMS)}"
    got = result(
        "two-level-factors",
        table,
        model=MODEL,
        between=whole,
        group="team",
        paths="f1 ~ age",
        between_paths="all ~ size",
    )
    paths = [
        [(e["left"], e["right"]) for e in got[level]["estimates"] if e["kind"] == "path"]
        for level in ("within", "between")
    ]
    assert paths == [[("f1", "age")], [("all", "size")]]
    assert len(got["within"]["omega"]) == 2
    with pytest.raises(LerendError, match="age: It differs between people of one group"):
        estimate("two-level-factors", table, model=whole, group="team", between_paths="all ~ age")


def test_what_cannot_be_is_refused_in_words() -> None:
    table = table_of(measured(100, 1), wave=["one"] * 100)
    with pytest.raises(LerendError, match="at least two groups"):
        estimate("invariance", table, model=MODEL, group="wave")
    with pytest.raises(LerendError, match="at least two groups"):
        estimate("scale-over-waves", table, items="x1,x2,x3", group="wave")
    with pytest.raises(OptionsAreWrong):
        estimate("factors", table, model=MODEL, estimator="GLS")
    with pytest.raises(LerendError, match="x9"):
        estimate("factors", table, model="f: x1,x2,x9")
