"""Reliability, clustering and agreement by their names on a table: what comes out, and what is said beside it."""

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
from lerend.statistics.chance import critical_deviation, critical_rwg
from lerend.statistics.clustering import one_way, sums_of_rows
from lerend.statistics.distribution_free import distribution_free_alpha
from lerend.statistics.variance_components import restricted

ITEMS = ("a", "b", "c", "d")
SIZES = (6, 9, 3, 8, 12, 6, 7, 5, 10, 9, 6)


def answers() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(8)
    team = np.repeat(np.arange(len(SIZES)), SIZES)
    latent = 3 + rng.normal(0, 0.7, len(SIZES))[team][:, None] + rng.normal(0, 0.5, (len(team), 1))
    return np.clip(np.rint(latent + rng.normal(0, 0.6, (len(team), 4))), 1, 5).astype(int), team


def table() -> Table:
    codes, team = answers()
    columns = {item: [str(code) for code in codes[:, place]] for place, item in enumerate(ITEMS)}
    return Table("made.csv", {**columns, "team": [f"t{number}" for number in team]})


def result(method: str, given: Table, **options: str) -> Any:
    return json.loads(as_json(method_named(method), given, options, estimate(method, given, **options)))["result"]


def said(found: Any) -> str:
    return " ".join(concern["en"] for concern in found["concerns"])


def test_alpha_has_the_interval_that_does_not_take_answers_as_normal() -> None:
    codes, _ = answers()
    found, expected = result("alpha", table(), items=",".join(ITEMS)), distribution_free_alpha(codes.astype(float))
    assert expected is not None
    assert found["distribution_free"]["standard_error"] == expected.standard_error
    assert found["concerns"] == []


def test_an_item_the_other_way_round_few_people_and_no_alpha_at_all_are_said() -> None:
    codes, _ = answers()
    turned = {item: [str(code) for code in codes[:40, place]] for place, item in enumerate(ITEMS)}
    turned["d"] = [str(6 - int(code)) for code in turned["d"]]
    found = result("alpha", Table("made.csv", turned), items=",".join(ITEMS))
    assert "against the others: d." in said(found)
    assert "Fewer than 50 people" in said(found)
    none = result("alpha", Table("made.csv", {"a": ["1", "2", "3"], "b": ["3", "2", "1"]}), items="a,b")
    assert none["coefficient"] is None
    assert "There is no alpha" in said(none)
    assert "There is no omega" in said(
        result("omega", Table("made.csv", {"a": ["1", "2"], "b": ["3", "2"]}), items="a,b")
    )


def test_intervals_of_ordinal_reliability_of_few_people_are_called_too_short() -> None:
    whole = table()
    few = Table("few.csv", {name: column[:100] for name, column in whole.columns.items()})
    assert "too short" in said(result("ordinal-reliability", few, items=",".join(ITEMS)))
    more = Table("more.csv", {name: [*column] * 4 for name, column in whole.columns.items()})
    assert "too short" not in said(result("ordinal-reliability", more, items=",".join(ITEMS)))


def test_ordinal_reliability_has_alpha_and_omega_and_says_why_two_items_have_no_omega() -> None:
    found = result("ordinal-reliability", table(), items=",".join(ITEMS))
    assert 0 < found["omega"]["categorical"] < found["omega"]["latent"] < 1
    two = result("ordinal-reliability", table(), items="a,b")
    assert two["omega"] is None
    assert "two items" in said(two)


def test_intraclass_correlations_are_those_of_the_functions() -> None:
    codes, team = answers()
    sums = sums_of_rows(codes.mean(axis=1), team)
    analysis, fitted = one_way(sums), restricted(sums)
    found = result("icc", table(), items=",".join(ITEMS), group="team")
    assert analysis is not None
    assert fitted is not None
    assert found["analysis"]["icc1"] == pytest.approx(analysis.icc1)
    assert found["restricted"]["icc2"] == pytest.approx(fitted.icc2)
    assert (found["groups"], found["people"]) == (len(SIZES), sum(SIZES))
    assert found["concerns"] == []


def test_few_groups_and_groups_of_one_are_said() -> None:
    few = Table("made.csv", {"a": ["1", "2", "4", "5", "3"], "team": ["x", "x", "y", "y", "z"]})
    found = result("icc", few, items="a", group="team")
    assert found["alone"] == 1
    assert "too few to say" in said(found)
    assert "1 group has one person" in said(found)
    only = result("icc", Table("made.csv", {"a": ["1", "2"], "team": ["x", "x"]}), items="a", group="team")
    assert only["analysis"] is None
    assert "nothing to say" in said(only)
    same = Table("made.csv", {"a": ["1", "5"] * 3, "team": ["x", "x", "y", "y", "z", "z"]})
    assert "no more than chance" in said(result("icc", same, items="a", group="team"))
    with pytest.raises(OptionsAreWrong):
        estimate("icc", few, items="", group="team")


def test_agreement_stands_beside_two_nulls_and_what_chance_makes() -> None:
    found = result("agreement", table(), items="a", group="team")
    groups = {one["group"]: one for one in found["groups"]}
    assert found["too_small"] == 1
    assert "t2" not in groups
    assert set(groups["t0"]["against"]) == {"uniform", "slight_skew"}
    assert groups["t4"]["against"]["uniform"]["by_chance"] == critical_rwg(12, 5)
    assert groups["t4"]["against"]["uniform"]["deviation_by_chance"] == critical_deviation(12, 5)
    for one in groups.values():
        uniform = one["against"]["uniform"]
        assert uniform["beyond_chance"] == (uniform["scale"] >= uniform["by_chance"])
    assert "agree by chance" in said(found)


def test_items_that_go_together_ask_for_more_agreement() -> None:
    own = result("agreement", table(), items="a,b,c", group="team")
    unrelated = result("agreement", table(), items="a,b,c", group="team", correlation="0")
    assert 0.2 < own["correlation"] < 0.8
    for one, other in zip(own["groups"], unrelated["groups"], strict=True):
        assert one["against"]["uniform"]["by_chance"] > other["against"]["uniform"]["by_chance"]
        assert one["against"]["uniform"]["deviation_by_chance"] < other["against"]["uniform"]["deviation_by_chance"]


@pytest.mark.parametrize("options", [{"nulls": "uniform"}, {"nulls": "uniform,odd"}, {"categories": "3"}])
def test_one_null_an_unknown_one_and_too_few_categories_are_refused(options: dict[str, str]) -> None:
    with pytest.raises(OptionsAreWrong):
        estimate("agreement", table(), items="a,b", group="team", **options)


def test_without_a_group_of_five_nothing_is_said_about_agreement() -> None:
    small = Table("made.csv", {"a": ["1", "2", "4", "4"], "team": ["x", "x", "y", "y"]})
    found = result("agreement", small, items="a", group="team")
    assert found["groups"] == []
    assert "No group has 5 people" in said(found)


def test_items_are_compared_between_groups_and_people_are_searched_for_kinds() -> None:
    rng = np.random.default_rng(3)
    latent = rng.normal(size=(300, 1)) + 0.7 * rng.normal(size=(300, 4))
    codes = np.searchsorted([-1.2, -0.4, 0.4, 1.2], latent) + 1
    columns = {item: [str(code) for code in codes[:, place]] for place, item in enumerate(ITEMS)}
    given = Table("made.csv", {**columns, "role": ["x", "y", "y"] * 100})
    compared = result("item-functioning", given, items=",".join(ITEMS), group="role")
    assert compared["found"]["people"] == [100, 200]
    assert [one["size"] for one in compared["found"]["items"]] == ["negligible"] * 4
    kinds = result("profiles", given, values="a,b,c,d", most="2", starts="4")
    assert kinds["answer"]["chosen"] is None
    assert "no profiles" in said(kinds["answer"])
    for options in ({"most": "1"}, {"shapes": "round"}):
        with pytest.raises(OptionsAreWrong):
            estimate("profiles", given, values="a,b", **options)


def test_a_general_factor_over_nine_items_and_none_over_four() -> None:
    rng = np.random.default_rng(6)
    latent = rng.normal(size=(400, 1)) + np.repeat(rng.normal(size=(400, 3)), 3, axis=1) + rng.normal(size=(400, 9))
    nine = {f"x{place}": [f"{value:.3f}" for value in latent[:, place]] for place in range(9)}
    found = result("omega-hierarchical", Table("made.csv", nine), items=",".join(nine))
    assert found["coefficient"]["hierarchical"] == pytest.approx(9 / (9 + 3 + 1), abs=0.1)
    with pytest.raises(LerendError, match="three items each"):
        estimate("omega-hierarchical", table(), items=",".join(ITEMS))


def test_items_of_a_scale_have_curves_and_information_and_nothing_is_said_of_persons() -> None:
    rng = np.random.default_rng(4)
    latent = rng.normal(size=(300, 1)) + 0.7 * rng.normal(size=(300, 4))
    codes = np.searchsorted([-0.7, 0.7], latent)
    columns = {item: [str(code) for code in codes[:, place]] for place, item in enumerate(ITEMS)}
    columns["a"][0] = ""
    found = result("graded-response", Table("made.csv", columns), items=",".join(ITEMS))
    assert (found["people"], found["left_out"], found["fit"]) == (300, 0, None)
    assert found["items"][0]["answers"] == [0, 1, 2]
    assert sum(found["items"][0]["counts"]) == 299
    assert len(found["precision"]["scale"]) == 13
    assert 0.6 < found["marginal_reliability"] < 0.9
    whole = result("graded-response", Table("made.csv", columns), items=",".join(ITEMS), empty="leave-out")
    assert (whole["people"], whole["left_out"]) == (299, 1)
    assert whole["fit"]["degrees"] == 2
    assert max(len(value) for value in whole.values() if isinstance(value, list)) < 10


def test_people_are_searched_for_classes_by_their_answers() -> None:
    rng = np.random.default_rng(5)
    likely = np.where(rng.random((400, 1)) < 0.4, [0.9, 0.9, 0.1, 0.1], [0.1, 0.1, 0.9, 0.1])
    codes = (rng.random((400, 4)) < likely).astype(int)
    columns = {item: [str(code) for code in codes[:, place]] for place, item in enumerate(ITEMS)}
    columns["a"][0] = ""
    found = result("latent-classes", Table("made.csv", columns), items="a,b,c", most="2", starts="4")
    assert found["left_out"] == 1
    assert found["answer"]["codes"] == [[0, 1]] * 3
    assert [one["refused"] for one in found["answer"]["candidates"]] == [[]]
    assert found["answer"]["alone"]["bic"] > found["answer"]["degree"]["bic"]
    for options in ({"most": "1"}, {"starts": "0"}):
        with pytest.raises(OptionsAreWrong):
            estimate("latent-classes", table(), items="a,b,c", **options)
