from __future__ import annotations

from collections.abc import Mapping
from math import isinf
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lerend.evidence.looks.anytime import (
    anytime_regression,
    asymptotic_reach,
    betting_interval,
    mixture_bound,
    mixture_rho,
    safe_t,
)
from lerend.evidence.looks.multiplicity import (
    benjamini_hochberg,
    benjamini_yekutieli,
    e_benjamini_hochberg,
    hochberg,
    holm,
)
from tests.reference.references import numbers, reference

CASES: Mapping[str, Any] = reference("anytime")
MANY: Mapping[str, Any] = reference("multiplicity")["mult_15"]
NEAR = 1e-9
P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=12)


def named(start: str) -> list[str]:
    return [name for name in CASES if name.startswith(start)]


@pytest.mark.parametrize("name", named("nm_"))
def test_normal_mixture(name: str) -> None:
    params, expected = CASES[name]["params"], CASES[name]["values"]
    rho = mixture_rho(params["v_opt"], params["alpha"])
    assert rho == pytest.approx(expected["rho"], rel=NEAR)
    found = [mixture_bound(variance, rho, params["alpha"]) for variance in params["v"]]
    assert found == pytest.approx(expected["bound"], rel=NEAR)


def test_mean_of_many() -> None:
    params, expected = CASES["asympcs_0.15"]["params"], CASES["asympcs_0.15"]["values"]
    found = [asymptotic_reach(n, params["sd"], params["rho"], params["alpha"]) for n in params["n"]]
    assert found == pytest.approx(expected["radius"], rel=NEAR)


@pytest.mark.parametrize("name", named("avlm_"))
def test_coefficient_of_a_regression(name: str) -> None:
    params, expected = CASES[name]["params"], CASES[name]["values"]
    found = anytime_regression(params["t"], params["nu"], params["n"], prior=params["g"], alpha=params["alpha"])
    assert found.log_e == pytest.approx(expected["log_e"], rel=NEAR)
    assert found.p == pytest.approx(expected["p_anytime"], rel=NEAR)
    assert found.reach == pytest.approx(expected["ci_radius_in_se"], rel=NEAR)


@pytest.mark.parametrize("name", named("safet_"))
def test_t_of_two_groups(name: str) -> None:
    params, expected = CASES[name]["params"], CASES[name]["values"]
    found = safe_t(params["t"], params["n1"], params["n2"], params["deltaS"])
    assert found.two_sided == pytest.approx(expected["e_two_sided"], rel=1e-6)
    assert found.greater == pytest.approx(expected["e_greater"], rel=1e-6)


def test_mean_of_bounded_answers_by_betting() -> None:
    case = CASES["betting_JOBSAT1"]
    answers = numbers("univbct.csv", ["JOBSAT1"])[:, 0]
    sizes = case["params"]["n"]
    values = ((answers[~np.isnan(answers)] - 1) / 4)[: max(sizes)]
    found = betting_interval(values.tolist())
    for n, low, high in zip(sizes, case["values"]["lower"], case["values"]["upper"], strict=True):
        assert (found.low[n - 1], found.high[n - 1]) == pytest.approx((low, high), abs=0.002)


@given(st.floats(-6, 6), st.floats(3, 60), st.floats(4, 80), st.floats(0.5, 20))
def test_interval_leaves_out_nothing_just_where_p_is_at_its_level(t: float, df: float, n: float, prior: float) -> None:
    found = anytime_regression(t, df, n, prior=prior)
    if not isinf(found.reach):
        at_the_end = anytime_regression(found.reach, df, n, prior=prior)
        assert at_the_end.p == pytest.approx(0.05, rel=1e-6)
        assert (abs(t) > found.reach) == (found.p < 0.05)


def test_looking_twelve_times_alarms_less_often_than_planned() -> None:
    rng = np.random.default_rng(2)
    alarms = 0
    for _ in range(600):
        values = rng.normal(size=60)
        seen = [values[: 5 * look] for look in range(1, 13)]
        alarms += any(
            anytime_regression(
                float(part.mean() / part.std(ddof=1) * np.sqrt(len(part))), len(part) - 1, len(part), prior=5
            ).p
            <= 0.05
            for part in seen
        )
    assert alarms / 600 <= 0.05


def test_numbers_that_make_no_test_are_refused() -> None:
    with pytest.raises(ValueError, match="anytime test needs"):
        anytime_regression(1, 0, 10, prior=1)
    for values in ([], [0.5, 1.2]):
        with pytest.raises(ValueError, match="between 0 and 1"):
            betting_interval(values)


def test_adjusted_p_values_are_those_of_the_reference() -> None:
    p, expected = MANY["params"]["p"], MANY["values"]
    pairs = {"holm": holm, "hochberg": hochberg, "BH": benjamini_hochberg, "BY": benjamini_yekutieli}
    for name, adjust in pairs.items():
        assert adjust(p) == pytest.approx(expected[name], rel=NEAR)
    assert e_benjamini_hochberg(MANY["params"]["e"], 0.1).sum() == expected["ebh_rejections_0.1"]


def test_e_values_that_are_large_enough_together_count() -> None:
    assert e_benjamini_hochberg([100, 0.1, 60, 3], 0.1).tolist() == [True, False, True, False]


@given(P_VALUES)
def test_adjusting_keeps_the_order_and_never_makes_p_smaller(p: list[float]) -> None:
    for adjust in (holm, hochberg, benjamini_hochberg, benjamini_yekutieli):
        found = adjust(p)
        assert (found >= np.array(p) - 1e-12).all()
        assert (np.diff(found[np.argsort(p, kind="stable")]) >= -1e-12).all()
    assert (hochberg(p) <= holm(p) + 1e-12).all()


def test_no_p_values_are_refused() -> None:
    for p in ([], [1.2]):
        with pytest.raises(ValueError, match="p-values"):
            holm(p)
