from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
import pytest

from lerend.evidence.power.design_effects import before_and_after, hooper, team_correlation, woertman
from lerend.evidence.power.parallel import parallel
from lerend.evidence.power.variance import Spread, staircase, wedge
from tests.reference.references import reference

CASES: Mapping[str, Any] = reference("power")
NEAR = 1e-8


def named(start: str) -> list[str]:
    return [name for name in CASES if name.startswith(start)]


@pytest.mark.parametrize("name", named("crt_"))
def test_two_groups_of_teams(name: str) -> None:
    params, expected = CASES[name]["params"], CASES[name]["values"]
    found = parallel(
        params["clusters_per_arm"],
        params["m"],
        params["d"],
        params["icc"],
        between_explained=params.get("r2_between", 0.0),
        within_explained=params.get("r2_within", 0.0),
    )
    assert found.design_effect == pytest.approx(expected["design_effect"], rel=NEAR)
    assert found.ratio == pytest.approx(expected["ncp"], rel=NEAR)
    assert found.power_t == pytest.approx(expected["power_t"], rel=NEAR)
    assert found.power_z == pytest.approx(expected["power_z"], rel=NEAR)
    assert found.smallest == pytest.approx(expected["mde80_t"], rel=NEAR)


@pytest.mark.parametrize("name", named("sw_"))
def test_stepped_start_of_any_spread(name: str) -> None:
    params, expected = CASES[name]["params"], CASES[name]["values"]
    plan = np.array(expected["design"], dtype=bool)
    assert (staircase(tuple(params["clusters_per_sequence"])) == plan).all()
    spread = Spread(params["sigma"], params["tau"], params["eta"], params["rho"], params["gamma"], params["zeta"])
    people = np.full(plan.shape, float(params["n_per_cluster_period"]))
    found = wedge(plan, people, params["effect"], spread)
    assert found.variance == pytest.approx(expected["var.theta.WLS"], rel=NEAR)
    assert found.power == pytest.approx(expected["power"], rel=NEAR)


@pytest.mark.parametrize("name", named("hooper_"))
def test_design_effect_of_a_stepped_start(name: str) -> None:
    params, expected = CASES[name]["params"], CASES[name]["values"]
    found = hooper(params["sequences"], params["m"], params["icc"], params["cac"], params["iac"])
    assert list(asdict(found).values()) == pytest.approx(
        [expected[part] for part in ("r", "deff_time", "deff_cluster", "deff_total")], rel=NEAR
    )


@pytest.mark.parametrize("name", named("woertman_"))
def test_design_effect_of_steps_with_other_people_each_time(name: str) -> None:
    params, expected = CASES[name]["params"], CASES[name]["values"]
    found = woertman(
        params["steps"], params["n"], params["icc"], before=params["baseline"], per_step=params["meas_per_step"]
    )
    assert found == pytest.approx(expected["deff"], rel=NEAR)


@pytest.mark.parametrize("name", named("teerenstra_"))
def test_worth_of_a_measurement_before(name: str) -> None:
    params, expected = CASES[name]["params"], CASES[name]["values"]
    found = before_and_after(params["n"], params["icc"], params["cluster_autocorr"], params["subject_autocorr"])
    assert found.correlation == pytest.approx(expected["r"], rel=NEAR)
    assert found.adjusted == pytest.approx(expected["ancova_factor"], rel=NEAR)
    assert found.change == pytest.approx(expected["change_factor"], rel=NEAR)
    assert found.of_teams == pytest.approx(expected["deff"], rel=NEAR)


def test_the_same_means_at_both_measurements_leave_nothing_to_estimate() -> None:
    assert team_correlation(10, 1, 1, 0) == pytest.approx(1)


def test_numbers_that_make_no_pilot_are_refused() -> None:
    with pytest.raises(ValueError, match="two teams per arm"):
        parallel(1, 10, 0.3, 0.1)
    for formula in (lambda: hooper(1, 10, 0.1, 1, 0), lambda: woertman(1, 10, 0.1)):
        with pytest.raises(ValueError, match="or more"):
            formula()
