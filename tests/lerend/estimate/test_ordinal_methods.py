"""Correlations, factor models and invariance by their names on a table: what comes out, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from lerend.errors import AnswersAreWrong, LerendError
from lerend.estimate.method import OptionsAreWrong
from lerend.estimate.ordinal_answers import ordinal_answers
from lerend.estimate.running import estimate, method_named
from lerend.estimate.table import Table
from lerend.estimate.writing import as_json
from lerend.statistics.ordinal.polychoric import polychoric
from lerend.statistics.ordinal.polyserial import polyserial
from lerend.statistics.ordinal.sample import sample_of
from lerend.statistics.ordinal.tables import pair_tables
from lerend.statistics.structure.ordinal import fit_ordinal
from lerend.statistics.structure.specification import specification_of
from tests.lerend.statistics.structure.factor_answers import TWO, Codes, answers

MODEL = "; ".join(f"{factor}: {','.join(items)}" for factor, items in TWO.items())
ITEMS = [item for items in TWO.values() for item in items]


def table_of(found: Codes, **more: list[str]) -> Table:
    columns = {item: [str(code) if code else "NA" for code in found[:, place]] for place, item in enumerate(ITEMS)}
    return Table("made.csv", {**columns, **more})


def result(method: str, table: Table, **options: str) -> Any:
    return json.loads(as_json(method_named(method), table, options, estimate(method, table, **options)))["result"]


def test_a_number_is_correlated_with_each_item_for_people_who_have_both() -> None:
    found = answers(300, 1)
    found[:20, 0] = 0
    hours = found[:, 1] + np.random.default_rng(1).standard_normal(300)
    told = result(
        "polyserial",
        table_of(found, hours=[repr(float(hour)) for hour in hours]),
        variable="hours",
        items=",".join(ITEMS[:2]),
    )
    expected = polyserial(hours, found, ITEMS[:2])
    assert [one["people"] for one in told["correlations"]] == [280, 300]
    for one, other in zip(told["correlations"], expected, strict=True):
        assert one["two_step"]["correlation"] == pytest.approx(other.two_step.correlation)
        assert one["likelihood"]["standard_error"] == pytest.approx(other.likelihood.standard_error)
    assert told["intervals"][1]["low"] == pytest.approx(expected[1].two_step.interval().low)


def test_correlations_are_those_of_the_function_and_leave_out_empty_cells() -> None:
    found = answers(300, 1)
    found[:20, 0] = 0
    expected = polychoric(pair_tables(found, ITEMS)[0])
    got = result("polychoric", table_of(found), items=",".join(ITEMS))
    np.testing.assert_array_equal(got["correlations"], expected.correlations)
    assert got["thresholds"]["x1"] == expected.thresholds[0].tolist()
    assert got["people"] == 300


def test_answers_counted_from_zero_keep_their_names() -> None:
    found = answers(400, 1)
    found[:, 0] = np.where(found[:, 0] == 3, 4, found[:, 0])
    zero = Table("made.csv", {item: [str(code - 1) for code in found[:, place]] for place, item in enumerate(ITEMS)})
    read = ordinal_answers(zero, ITEMS)
    np.testing.assert_array_equal(read.codes, found)
    assert pair_tables(read.codes, ITEMS, lowest=read.lowest)[0].chosen[0] == (0, 1, 3)


def test_numbers_written_with_decimals_are_the_same_answers() -> None:
    found = answers(60, 1)
    written = Table("made.csv", {item: [f"{code}.0" for code in found[:, row]] for row, item in enumerate(ITEMS)})
    np.testing.assert_array_equal(ordinal_answers(written, ITEMS).codes, found)


@pytest.mark.parametrize("wrong", ["1.5", "-1", "21", "1e3"])
def test_what_is_no_ordinal_answer_is_refused_with_its_column(wrong: str) -> None:
    table = Table("made.csv", {"a": ["1", "2", wrong], "b": ["1", "2", "3"]})
    with pytest.raises(AnswersAreWrong, match=r"made.csv, a.*whole numbers"):
        ordinal_answers(table, ["a", "b"])


def test_tetrachoric_correlations_want_two_answers() -> None:
    with pytest.raises(LerendError, match="two categories"):
        estimate("tetrachoric", table_of(answers(100, 1)), items="x1,x2")


def test_a_factor_model_shows_robust_indices_and_no_naive_ones() -> None:
    found = answers(500, 1)
    fit = fit_ordinal(sample_of(found, ITEMS), specification_of(TWO))
    got = result("ordinal-factors", table_of(found), model=MODEL)
    assert fit.robust is not None
    assert fit.test is not None
    assert got["robust"]["cfi"] == fit.robust.cfi
    assert got["test"]["value"] == fit.test.value
    assert got["proof"]["slope"] < 1e-8
    assert "naive" not in json.dumps(got)
    assert next(e for e in got["estimates"] if e["kind"] == "loading")["value"] == 1


def test_pairs_that_share_more_get_a_residual_covariance() -> None:
    plain = result("ordinal-factors", table_of(answers(500, 1)), model=MODEL)
    more = result("ordinal-factors", table_of(answers(500, 1)), model=MODEL, together="x1,x2; x5,x6")
    assert plain["degrees"] - more["degrees"] == 2


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"model": "x1,x2,x3"}, "names no factor"),
        ({"model": "f: x1,x2,x3; f: x4,x5,x6"}, "names no factor of its own"),
        ({"model": MODEL, "together": "x1"}, "no pair"),
    ],
)
def test_a_model_written_wrongly_is_refused(options: dict[str, str], words: str) -> None:
    with pytest.raises(OptionsAreWrong, match=words):
        estimate("ordinal-factors", table_of(answers(100, 1)), **options)


def test_invariance_says_what_may_be_compared_between_groups_of_a_column() -> None:
    found = np.concatenate([answers(700, 1), answers(600, 2, mean=0.5)])
    table = table_of(found, wave=["2025"] * 700 + ["2026"] * 600)
    got = result("ordinal-invariance", table, model=MODEL, group="wave")
    assert got["groups"] == ["2025", "2026"]
    assert got["people"] == [700, 600]
    assert got["held"] == ["thresholds", "loadings", "intercepts"]
    assert got["may"][0]["en"].startswith("Means of factors may be compared")
    assert [mean["left"] for mean in got["means"]] == ["f1", "f2"]


def test_a_group_of_one_is_named() -> None:
    table = table_of(answers(301, 1), team=["a"] * 300 + ["night shift"])
    with pytest.raises(LerendError, match="night shift"):
        estimate("ordinal-invariance", table, model=MODEL, group="team")
