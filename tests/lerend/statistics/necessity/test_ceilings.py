"""Ceilings, effect sizes and bottleneck tables: those of the reference, and the laws that they keep."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import linprog

from lerend.statistics.necessity.bottleneck import Need, TableUnit, bottleneck_table, need_at
from lerend.statistics.necessity.ceilings import CeilingKind, peers_of
from lerend.statistics.necessity.corner import Corner, NoCeilingPossible, Scope
from lerend.statistics.necessity.pair import necessity
from tests.lerend.statistics.necessity.plots import Points, plots, staircase_by_steps
from tests.reference.references import numbers, reference

FILE = "klein2000_necessity.csv"
FACTORS: tuple[str, ...] = tuple(reference("necessity")["x"])
NEAR = 1e-9
HALF_A_TENTH = 0.0501
"""The reference prints its tables in tenths."""
LAWS = settings(max_examples=60, deadline=None)


def points(factor: str) -> Points:
    values = numbers(FILE, [factor, "JOBSAT"])
    return values[:, 0], values[:, 1]


@pytest.mark.parametrize("kind", CeilingKind)
@pytest.mark.parametrize("factor", FACTORS)
def test_a_ceiling_is_that_of_the_reference(factor: str, kind: CeilingKind) -> None:
    case = reference("necessity")["cases"][factor]
    found = necessity(*points(factor))
    ceiling, expected = found.by(kind), case[kind.value]
    assert (found.n, ceiling.above) == (case["n"], expected["n_above"])
    assert found.scope.area == pytest.approx(case["scope"], rel=NEAR)
    assert ceiling.zone == pytest.approx(expected["ceiling_zone"], rel=NEAR)
    assert ceiling.effect_size == pytest.approx(expected["effect_size"], rel=NEAR)
    assert ceiling.accuracy == pytest.approx(expected["ceiling_accuracy_pct"], rel=NEAR)
    assert ceiling.fit == pytest.approx(expected["fit_pct"], rel=NEAR)
    assert set(ceiling.peers) == {tuple(peer) for peer in expected["peers"]}
    if ceiling.slope is not None:
        assert (ceiling.slope, ceiling.intercept) == pytest.approx((expected["slope"], expected["intercept"]), rel=NEAR)


@pytest.mark.parametrize("kind", CeilingKind)
@pytest.mark.parametrize("factor", FACTORS)
def test_what_a_ceiling_does_not_speak_about_is_that_of_the_reference(factor: str, kind: CeilingKind) -> None:
    expected = reference("necessity")["cases"][factor][kind.value]
    found = necessity(*points(factor)).by(kind).inefficiency
    assert found is not None
    assert (found.condition, found.outcome, found.relative, found.absolute) == pytest.approx(
        [expected[name] for name in ("cond_ineff_pct", "outcome_ineff_pct", "rel_ineff_pct", "abs_ineff")], rel=NEAR
    )


@pytest.mark.parametrize("kind", CeilingKind)
@pytest.mark.parametrize("factor", FACTORS)
def test_a_bottleneck_table_is_that_of_the_reference(factor: str, kind: CeilingKind) -> None:
    expected = reference("necessity")["cases"]["bottleneck_table"][kind.value]
    found = bottleneck_table(*points(factor), kind)
    assert [level.outcome for level in found.levels] == pytest.approx(expected["JOBSAT"])
    for level, required in zip(found.levels, expected[factor], strict=True):
        if required == "NN":
            assert level.need is Need.NOT_NECESSARY
        else:
            assert level.required == pytest.approx(required, abs=HALF_A_TENTH)


@given(plots())
@LAWS
def test_the_staircase_is_the_empty_area_and_nobody_lies_above_it(some: Points) -> None:
    ceiling = necessity(*some).by(CeilingKind.CE_FDH)
    assert ceiling.zone == pytest.approx(staircase_by_steps(*some), abs=1e-9)
    assert ceiling.above == 0
    assert 0 <= ceiling.effect_size <= 1


@given(plots())
@LAWS
def test_the_tightest_line_lies_over_everybody_and_no_line_lies_closer(some: Points) -> None:
    x, y = some
    ceiling = necessity(x, y).by(CeilingKind.C_LP)
    assert ceiling.above == 0
    peers = peers_of(x, y)
    if ceiling.slope is None or ceiling.intercept is None:
        assert len(peers) < 2
        return
    by_programme = linprog(
        [len(peers), peers.x.sum()],
        A_ub=np.column_stack([-np.ones(len(peers)), -peers.x]),
        b_ub=-peers.y,
        bounds=[(None, None)] * 2,
    )
    mine = float((ceiling.intercept + ceiling.slope * peers.x).sum())
    assert mine == pytest.approx(by_programme.fun, rel=1e-7, abs=1e-7)


@given(plots())
@LAWS
def test_the_regression_line_is_that_through_all_points_at_the_peers(some: Points) -> None:
    x, y = some
    peers = peers_of(x, y)
    line = necessity(x, y).by(CeilingKind.CR_FDH)
    if len(peers) < 2:
        assert line.slope is None
        return
    at_a_peer = [
        place
        for place in range(len(x))
        if any((x[place], y[place]) == peer for peer in zip(peers.x, peers.y, strict=True))
    ]
    slope, intercept = np.polyfit(x[at_a_peer], y[at_a_peer], 1)
    assert (line.slope, line.intercept) == pytest.approx((slope, intercept), rel=1e-7, abs=1e-7)


@given(plots(), st.floats(0.1, 20), st.floats(-50, 50), st.sampled_from(Corner))
@LAWS
def test_effect_sizes_do_not_depend_on_units(some: Points, stretch: float, move: float, corner: Corner) -> None:
    x, y = some
    one, other = necessity(x, y, corner=corner), necessity(stretch * x + move, y / stretch - move, corner=corner)
    for kind in (CeilingKind.CE_FDH, CeilingKind.CR_FDH):
        assert one.by(kind).effect_size == pytest.approx(other.by(kind).effect_size, abs=1e-8)


@given(plots(), st.sampled_from(Corner))
@LAWS
def test_every_corner_is_the_upper_left_one_of_a_turned_plot(some: Points, corner: Corner) -> None:
    x, y = some
    turned = necessity(corner.x_sign * x, corner.y_sign * y)
    found = necessity(x, y, corner=corner)
    for kind in CeilingKind:
        assert found.by(kind).effect_size == pytest.approx(turned.by(kind).effect_size, abs=1e-12)
        back = {(corner.x_sign * one, corner.y_sign * other) for one, other in turned.by(kind).peers}
        assert set(found.by(kind).peers) == back


@given(plots())
@LAWS
def test_a_wider_scope_never_takes_a_point_away_and_its_table_agrees_with_one_outcome(some: Points) -> None:
    x, y = some
    wide = Scope(x.min() - 1, x.max() + 1, y.min() - 1, y.max() + 1)
    assert necessity(x, y, scope=wide).by(CeilingKind.CE_FDH).zone >= staircase_by_steps(x, y) - 1e-9
    table = bottleneck_table(x, y, CeilingKind.CR_FDH, x_unit=TableUnit.ACTUAL, y_unit=TableUnit.ACTUAL, scope=wide)
    for level in table.levels:
        assert need_at(x, y, CeilingKind.CR_FDH, level.outcome_value, scope=wide) == (level.need, level.required_value)


@given(plots(), st.sampled_from(CeilingKind))
@LAWS
def test_more_of_the_outcome_never_asks_for_less_of_the_factor(some: Points, kind: CeilingKind) -> None:
    levels = bottleneck_table(*some, kind).levels
    required = [level.required for level in levels if level.required is not None]
    assert required == sorted(required)


def test_values_and_percentiles_say_the_same_as_shares_of_the_range() -> None:
    x, y = np.array([1.0, 2, 3, 4, 5]), np.array([1.0, 2, 5, 3, 9])
    by_range = bottleneck_table(x, y, CeilingKind.CE_FDH, steps=4).levels
    as_values = bottleneck_table(x, y, CeilingKind.CE_FDH, x_unit=TableUnit.ACTUAL, steps=4).levels
    as_places = bottleneck_table(x, y, CeilingKind.CE_FDH, x_unit=TableUnit.PERCENTILE, steps=4).levels
    assert [level.required for level in by_range] == [None, 50.0, 50.0, 100.0, 100.0]
    assert [level.required for level in as_values] == [None, 3.0, 3.0, 5.0, 5.0]
    assert [level.required for level in as_places] == [None, 40.0, 40.0, 80.0, 80.0]


@pytest.mark.parametrize(
    ("x", "y", "scope"),
    [
        ([1.0], [2.0], None),
        ([1.0, 2.0], [1.0, 2.0, 3.0], None),
        ([1.0, np.nan], [1.0, 2.0], None),
        ([1.0, 1.0], [1.0, 2.0], None),
        ([1.0, 2.0], [3.0, 3.0], None),
        ([1.0, 7.0], [1.0, 2.0], Scope(1, 5, 1, 5)),
    ],
    ids=["one point", "unequal lengths", "a value missing", "factor all the same", "outcome all the same", "outside"],
)
def test_there_is_no_ceiling_where_the_data_cannot_say(x: list[float], y: list[float], scope: Scope | None) -> None:
    with pytest.raises(NoCeilingPossible):
        necessity(np.array(x), np.array(y), scope=scope)


def test_a_full_corner_has_no_zone_and_no_line() -> None:
    x: NDArray[np.float64] = np.array([0.0, 1.0, 1.0])
    found = necessity(x, np.array([1.0, 0.0, 1.0]))
    assert [ceiling.effect_size for ceiling in found.ceilings] == [0.0, 0.0, 0.0]
    assert found.by(CeilingKind.CR_FDH).slope is None
