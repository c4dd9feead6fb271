from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from lerend.evidence.effects.between_teams import change_difference, team_ancova
from lerend.evidence.effects.doubly_robust import effect_on_begun
from lerend.evidence.effects.group_time import GroupTimes, Mean, Means, group_times, pre_test
from lerend.evidence.effects.measured import EffectCannotBeEstimated
from lerend.evidence.effects.panel import Panel, panel_of
from lerend.evidence.effects.two_way import comparisons, event_study, two_way
from tests.reference.references import numbers, reference

CASES: Mapping[str, Any] = reference("staggered_starts")
NEAR = 1e-7
WAYS: Mapping[str, Mapping[str, Any]] = {
    "cs_mpdta_uncond": {},
    "cs_mpdta_lpop_dr": {"adjusted": "dr"},
    "cs_mpdta_notyet_reg": {"adjusted": "reg", "controls": "not_yet"},
    "cs_mpdta_universal": {"base": "universal"},
}


def counties(*, covariate: bool) -> Panel:
    unit, year, log_employed, first, log_people = numbers(
        "mpdta.csv", ["countyreal", "year", "lemp", "first_treat", "lpop"]
    ).T
    return panel_of(log_employed, unit, year, first, log_people if covariate else None)


def states() -> Panel:
    unit, year, homicide, first = numbers("castle.csv", ["sid", "year", "homicide", "first_treat"]).T
    return panel_of(np.log(homicide), unit, year, first)


def same(found: Mean, expected: Mapping[str, Any], near: float = NEAR) -> None:
    assert found.value == pytest.approx(expected["att"], rel=near, abs=1e-9)
    assert (found.se is None) == (expected["se"] is None)
    if found.se is not None:
        assert found.se == pytest.approx(expected["se"], rel=near)


def all_same(found: Means, expected: Mapping[str, Any]) -> None:
    same(found.overall, expected["overall"])
    assert [one.at for one in found.by] == [one["e"] for one in expected["by"]]
    for one, other in zip(found.by, expected["by"], strict=True):
        same(one, other)


def found_for(name: str) -> GroupTimes:
    return group_times(counties(covariate=CASES[name]["params"]["covariates"] != "~1"), **WAYS[name])


@pytest.mark.parametrize("name", WAYS)
def test_effects_by_group_and_time_are_those_of_the_reference(name: str) -> None:
    found, expected = found_for(name), CASES[name]["values"]
    assert [(one.group, one.time) for one in found.effects] == [
        (one["group"], one["time"]) for one in expected["att_gt"]
    ]
    for one, other in zip(found.effects, expected["att_gt"], strict=True):
        same(Mean(one.time, one.value, one.se), other)


@pytest.mark.parametrize("name", WAYS)
def test_their_means_and_the_test_before_the_start_are_those_of_the_reference(name: str) -> None:
    found, expected = found_for(name), CASES[name]["values"]
    same(found.simple, expected["simple"]["overall"])
    all_same(found.by_exposure, expected["dynamic"])
    assert found.by_group.overall.value == pytest.approx(expected["group"]["overall"]["att"], rel=NEAR)
    for one, other in zip(found.by_group.by, expected["group"]["by"], strict=True):
        same(one, other)
    all_same(found.by_time, expected["calendar"])
    test = pre_test(found)
    assert test.statistic == pytest.approx(expected["wald_pretest"]["W"][0][0], rel=NEAR)
    assert test.p == pytest.approx(expected["wald_pretest"]["p"][0][0], abs=1e-5)


@pytest.mark.parametrize("name", WAYS)
def test_error_of_the_mean_over_groups_counts_the_units_of_each_group(name: str) -> None:
    """The reference (did 2.1.2) counts those of the first group for every group, which gives its number and not ours."""
    found = found_for(name)
    by, groups = found.by_group, np.array([one.group for one in found.effects])
    first = [int(np.flatnonzero(groups == mean.at)[0]) for mean in by.by]
    share, values = found.share[first], np.array([mean.value for mean in by.by])
    after = np.array([not one.before for one in found.effects])
    own = np.column_stack([found.influence[:, (groups == mean.at) & after].mean(axis=1) for mean in by.by])

    def error(member: NDArray[np.bool_]) -> float:
        moved = member - share
        weights = moved / share.sum() - np.outer(moved.sum(axis=1), share) / share.sum() ** 2
        influence = own @ (share / share.sum()) + weights @ values
        return float(np.sqrt((influence**2).mean() / len(influence)))

    assert by.overall.se == pytest.approx(error(found.member[:, first]), rel=1e-12)
    assert CASES[name]["values"]["group"]["overall"]["se"] == pytest.approx(
        error(found.member[:, range(len(first))]), rel=NEAR
    )


@pytest.mark.parametrize("year", [2004, 2007])
def test_two_times_and_two_groups_in_all_ways(year: int) -> None:
    panel, expected = counties(covariate=True), CASES[f"did2x2_mpdta_{year}"]["values"]
    rows = np.isinf(panel.first) | (panel.first == year)
    begun = panel.first[rows] == year
    before, after = (panel.outcome[rows, int(np.flatnonzero(panel.times == time)[0])] for time in (year - 1, year))
    assert rows.sum() == expected["n_units"]
    assert after[begun].mean() == pytest.approx(expected["means"]["t_post"], rel=1e-9)
    assert change_difference(before, after, begun).value == pytest.approx(expected["ols_cluster"]["est"], rel=NEAR)
    ancova = team_ancova(after, begun, before[:, None])
    assert ancova.value == pytest.approx(expected["ancova"]["est"], rel=NEAR)
    assert ancova.se == pytest.approx(expected["ancova"]["se_hc2"], rel=NEAR)
    for adjusted, values in expected["drdid"].items():
        found = effect_on_begun(after - before, begun, panel.covariates[rows], adjusted)
        assert found.value == pytest.approx(values["att"], rel=1e-6)
        assert found.se == pytest.approx(values["se"], rel=1e-6)
    pair = Panel(np.column_stack([before, after]), np.array([0.0, 1.0]), np.where(begun, 1, np.inf), np.empty((0, 0)))
    assert two_way(pair).se == pytest.approx(expected["twoway_fe"]["se"], rel=NEAR)


@pytest.mark.parametrize(("name", "panel"), [("twfe_mpdta", counties(covariate=False)), ("twfe_castle", states())])
def test_two_way_levels_with_their_comparisons(name: str, panel: Panel) -> None:
    expected = CASES[name]["values"]
    found, parts = two_way(panel), comparisons(panel)
    assert (found.value, found.se, found.p) == pytest.approx(
        [expected["twfe"][part] for part in ("est", "se", "p")], rel=NEAR
    )
    assert sum(one.value * one.weight for one in parts) == pytest.approx(found.value, rel=1e-9)
    weights = {(one.treated, one.untreated): (one.value, one.weight) for one in parts}
    for one in expected["bacon"]:
        other = np.inf if one["untreated"] == 99999 else one["untreated"]
        assert weights[one["treated"], other] == pytest.approx((one["estimate"], one["weight"]), rel=NEAR)


@pytest.mark.parametrize(("name", "panel"), [("twfe_mpdta", counties(covariate=False)), ("twfe_castle", states())])
def test_time_since_the_start_compared_with_units_that_never_begin(name: str, panel: Panel) -> None:
    expected, found = CASES[name]["values"], event_study(panel)
    by = {f"tt::{one.at:.0f}": one for one in found.by}
    assert set(by) == set(expected["sunab_event"])
    for key, one in expected["sunab_event"].items():
        assert (by[key].value, by[key].se) == pytest.approx((one["est"], one["se"]), rel=NEAR)
    assert (found.overall.value, found.overall.se) == pytest.approx(
        (expected["sunab_att"]["est"], expected["sunab_att"]["se"]), rel=NEAR
    )


def grown(units: int = 60, times: int = 5) -> Panel:
    """Effects that grow by 1 each time since the start, without any noise; units and times have levels of their own."""
    first = np.repeat([1.0, 2.0, 3.0, np.inf], units // 4)
    since = np.arange(times)[None, :] - first[:, None]
    level = np.linspace(0, 3, units)[:, None] + np.array([0.0, 2, 1, 4, 3])[None, :]
    return Panel(level + np.where(since >= 0, since + 1, 0), np.arange(times, dtype=float), first, np.empty((units, 0)))


def test_effects_that_grow_are_found_where_two_way_levels_mix_them_up() -> None:
    panel = grown()
    found = group_times(panel, controls="not_yet")
    assert [one.value for one in found.by_exposure.by if one.at >= 0] == pytest.approx([1, 2, 3, 4])
    since = panel.times[None, :] - panel.first[:, None]
    true = float((since[since >= 0] + 1).mean())
    assert found.simple.value == pytest.approx(true)
    assert two_way(panel).value < true - 0.3


def test_anticipation_moves_the_base_back() -> None:
    panel = grown()
    early = Panel(panel.outcome, panel.times, panel.first + 1, panel.covariates)
    found = group_times(early, anticipation=1)
    assert found.by_exposure.by[-1].value == pytest.approx(4)


def test_units_not_measured_at_every_time_are_left_out() -> None:
    outcome, units, times = [1.0, 2, 3, 4, 5], ["a", "a", "b", "b", "c"], [0, 1, 0, 1, 0]
    panel = panel_of(outcome, units, times, [1, 1, 0, 0, 0])
    assert panel.outcome.tolist() == [[1, 2], [3, 4]]
    assert panel.first.tolist() == [1, np.inf]


def test_a_unit_twice_in_one_time_is_refused() -> None:
    with pytest.raises(EffectCannotBeEstimated, match="twice"):
        panel_of([1.0, 2.0], ["a", "a"], [0, 0], [0, 0])


def test_without_anybody_to_compare_with_it_says_so() -> None:
    everybody = Panel(np.zeros((4, 2)), np.arange(2.0), np.ones(4), np.empty((4, 0)))
    with pytest.raises(EffectCannotBeEstimated, match="left to compare"):
        group_times(everybody)
    with pytest.raises(EffectCannotBeEstimated, match="begins at some time"):
        event_study(everybody)


def test_covariates_that_tell_the_groups_apart_are_refused() -> None:
    rng = np.random.default_rng(3)
    begun = np.arange(40) < 20
    covariate = np.where(begun, 1.0, -1.0)[:, None] + rng.uniform(-0.2, 0.2, (40, 1))
    for adjusted in ("dr", "drimp"):
        with pytest.raises(EffectCannotBeEstimated, match="apart"):
            effect_on_begun(rng.normal(size=40), begun, covariate, adjusted)
