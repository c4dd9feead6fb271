"""Synthetic control and synthetic differences against R, laws that they obey, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lerend.estimate.running import estimate
from lerend.estimate.table import Table
from lerend.estimate.writing import plain
from lerend.evidence.effects.measured import EffectCannotBeEstimated
from lerend.evidence.synthetic.control import synthetic_control
from lerend.evidence.synthetic.differences import synthetic_differences
from lerend.evidence.synthetic.history import History, history_of
from tests.reference.references import column, numbers, reference

CASE: Mapping[str, Any] = reference("synthetic_control")["sc_prop99"]
R: Mapping[str, Any] = CASE["values"]


def states() -> History:
    names = column("prop99.csv", "state")
    year, packs = numbers("prop99.csv", ["year", "cigsale"]).T
    first = [CASE["start"] if name == CASE["treated"] else 0 for name in names]
    return history_of(packs, names, year, first)


def made(seed: int, controls: int = 8, before: int = 12, begun: int = 1, effect: float = 0.0) -> History:
    """Units on two common paths, of which the first lie in the middle and get an effect since the start."""
    rng = np.random.default_rng(seed)
    paths = rng.standard_normal((2, before + 4)).cumsum(axis=1)
    load = rng.standard_normal((controls + begun, 2))
    load[:begun] *= 0.2
    y = load @ paths + 0.2 * rng.standard_normal((controls + begun, before + 4))
    y[:begun, before:] += effect
    names = tuple(f"unit {place:02}" for place in range(len(y)))
    times = np.arange(before + 4.0)
    return History(names[:begun], names[begun:], times, float(before), y[:begun], y[begun:], ())


def test_synthetic_control_is_that_of_quadratic_programming_in_r() -> None:
    found = synthetic_control(states())
    assert found.value == pytest.approx(R["ATT_mean_post"], rel=1e-6)
    assert (found.following.error, found.after) == pytest.approx((R["pre_rmspe"], R["post_rmspe"]), rel=1e-6)
    assert found.ratio == pytest.approx(R["rmspe_ratio_treated"], rel=1e-6)
    assert found.placebo.rank == R["placebo_ratio_rank"]
    assert found.placebo.p == pytest.approx(R["placebo_p"])
    assert {one.name: one.weight for one in found.weights} == pytest.approx(R["weights"], abs=1e-6)
    assert {f"{one.time:g}": one.gap for one in found.moments} == pytest.approx(R["gap"], abs=1e-5)
    assert found.gap < 1e-13
    assert found.cautions == ()


def test_synthetic_differences_are_those_of_synthdid_and_their_weights_lie_nearer() -> None:
    history = states()
    found, theirs = synthetic_differences(history), R["synthdid"]
    assert found.value == pytest.approx(theirs["estimate"], rel=2e-4)
    assert found.plain == pytest.approx(theirs["did_estimate"], rel=1e-12)
    assert {one.name: one.weight for one in found.times} == pytest.approx(
        {year: weight for year, weight in theirs["lambda"].items() if weight}, abs=1e-5
    )
    early = history.of_controls[:, : history.before]
    penalty = history.before * np.diff(early, axis=1).var(ddof=1) * np.sqrt(12)

    def objective(weights: Mapping[str, float]) -> float:
        weight = np.array([weights.get(name, 0.0) for name in history.controls])
        left = weight @ early - history.of_begun[0, : history.before]
        return float(((left - left.mean()) ** 2).sum() + penalty * weight @ weight)

    own = objective({one.name: one.weight for one in found.weights})
    assert own <= objective(theirs["omega"])
    assert own == pytest.approx(objective(theirs["omega"]), rel=3e-3)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.floats(-5, 5))
def test_an_effect_comes_back_whatever_units_points_are_in(seed: int, effect: float) -> None:
    plain_one, moved = made(seed), made(seed, effect=effect)
    twice = replace(moved, of_begun=2 * moved.of_begun + 7, of_controls=2 * moved.of_controls + 7)
    for method in (synthetic_control, synthetic_differences):
        base = method(plain_one, worst=np.inf).value
        assert method(moved, worst=np.inf).value == pytest.approx(base + effect, abs=1e-6)
        assert method(twice, worst=np.inf).value == pytest.approx(2 * (base + effect), abs=1e-5)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_levels_of_units_and_a_trend_of_all_do_not_move_synthetic_differences(seed: int) -> None:
    rng, history = np.random.default_rng(seed), made(seed, begun=2)
    trend = rng.standard_normal() * history.times
    other = replace(
        history,
        of_begun=history.of_begun + trend + rng.standard_normal((2, 1)),
        of_controls=history.of_controls + trend + rng.standard_normal((8, 1)),
    )
    one, two = (synthetic_differences(each, worst=np.inf) for each in (history, other))
    assert two.value == pytest.approx(one.value, abs=1e-6)
    since = [moment.gap for moment in one.moments if moment.begun]
    assert np.mean(since) == pytest.approx(one.value, abs=1e-9)


def test_every_set_of_as_many_controls_takes_the_place_of_the_units_that_began() -> None:
    found = synthetic_control(made(1, controls=7, begun=2), worst=np.inf)
    assert (found.placebo.sets, found.placebo.drawn) == (21, False)
    many = synthetic_differences(made(1, controls=20, begun=4), worst=np.inf)
    assert (many.placebo.sets, many.placebo.drawn) == (1000, True)
    assert any("were drawn" in one.in_language("en") for one in many.cautions)
    assert synthetic_differences(made(1, controls=20, begun=4), worst=np.inf) == many


def test_a_strong_effect_stands_out_and_few_controls_or_times_are_said() -> None:
    found = synthetic_control(made(3, controls=9, before=8, effect=8.0), worst=1.0)
    assert found.placebo.rank == 1
    assert found.placebo.p == found.placebo.smallest == pytest.approx(0.1)
    told = " ".join(one.in_language("en") for one in found.cautions)
    assert "no p below 10 in 100" in told
    assert "8 times before" in told


def test_units_that_no_mixture_follows_are_refused() -> None:
    history = made(2)
    far = replace(history, of_begun=history.of_begun + 50)
    with pytest.raises(EffectCannotBeEstimated, match="No mixture of the others follows"):
        synthetic_control(far)
    assert synthetic_differences(far, worst=1.0).value == pytest.approx(
        synthetic_differences(history, worst=1.0).value, abs=1e-6
    )
    swings = replace(history, of_begun=history.of_begun + 20 * (-1.0) ** np.arange(len(history.times)))
    with pytest.raises(EffectCannotBeEstimated, match="25 is the most"):
        synthetic_differences(swings)


def test_weights_that_could_as_well_be_others_are_refused() -> None:
    with pytest.raises(EffectCannotBeEstimated, match="More than one mixture"):
        synthetic_control(made(4, controls=12, before=2), worst=np.inf)


def test_controls_too_few_to_stand_in_are_refused() -> None:
    for method in (synthetic_control, synthetic_differences):
        with pytest.raises(EffectCannotBeEstimated, match="too few units"):
            method(made(5, controls=3, begun=2))


ROWS = {
    "unit": list("aaaabbbbccccdddd"),
    "time": list("1234") * 4,
    "score": ["1", "2", "4", "6", "1", "2", "2", "3", "0", "3", "3", "1", "5", "1", "4", "2"],
    "first": ["3"] * 4 + [""] * 12,
}


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"unit": list("aaaabbbbccccdddb"), "time": [*("1234" * 3), "1", "2", "3", "4"]}, "twice at one time"),
        ({"time": ["", *("1234" * 4)[1:]]}, "no time"),
        ({"first": ["3", "3", "3", "2"] + [""] * 12}, "More than one start"),
        ({"first": ["3"] * 4 + ["4"] * 4 + [""] * 8}, "2 different times"),
        ({"first": ["9"] * 4 + [""] * 12}, "No unit that begins"),
        ({"first": ["2"] * 4 + [""] * 12}, "fewer than two times before"),
        ({"first": ["3"] * 12 + [""] * 4}, "Fewer than two units"),
    ],
)
def test_files_that_hold_no_comparison_are_refused_in_words(changed: dict[str, list[str]], what: str) -> None:
    options = {"outcome": "score", "unit": "unit", "time": "time", "first": "first"}
    with pytest.raises(EffectCannotBeEstimated, match=what):
        estimate("synthetic-control", Table("made.csv", ROWS | changed), **options)


def test_controls_that_never_change_or_never_differ_are_refused() -> None:
    options = {"outcome": "score", "unit": "unit", "time": "time", "first": "first"}
    still = ["1", "2", "4", "6"] + ["1"] * 4 + ["2"] * 4 + ["5"] * 4
    with pytest.raises(EffectCannotBeEstimated, match="by the same amount"):
        estimate("synthetic-differences", Table("made.csv", ROWS | {"score": still}), **options)
    later = ["4"] * 4 + [""] * 12
    same = ["1", "2", "4", "6"] + ["1", "2", "2", "3"] * 3
    with pytest.raises(EffectCannotBeEstimated, match="do not differ"):
        estimate("synthetic-differences", Table("made.csv", ROWS | {"score": same, "first": later}), **options)


def test_by_name_a_unit_with_a_gap_is_left_out_and_named() -> None:
    names = column("prop99.csv", "state")
    packs = column("prop99.csv", "cigsale")
    packs[names.index("Utah")] = "NA"
    columns = {
        "state": names,
        "year": column("prop99.csv", "year"),
        "packs": packs,
        "start": ["1989" if name == "California" else "" for name in names],
    }
    options = {"outcome": "packs", "unit": "state", "time": "year", "first": "start"}
    for method in ("synthetic-control", "synthetic-differences"):
        told = plain(estimate(method, Table("states.csv", columns), **options))
        assert "Utah" in told["cautions"][0]["en"]
        assert told["placebo"]["sets"] == 37
        assert told["value"] < -10
