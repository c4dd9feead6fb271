"""Pilots by name: what they could show, what they did, and looking before the end."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lerend.estimate.method import OptionsAreWrong
from lerend.estimate.running import estimate
from lerend.estimate.table import Table
from lerend.estimate.writing import plain
from lerend.evidence.design.kinds import Kind
from lerend.evidence.design.pilot import PilotDesign
from lerend.evidence.effects.estimating import estimate_effect
from lerend.evidence.effects.measured import Measured
from tests.lerend.evidence.pilots import a_design, a_measurement
from tests.reference.references import column, reference


def found(method: str, table: Table, **options: str) -> Any:
    return plain(estimate(method, table, **options))


def file_of(design: PilotDesign, measured: Measured) -> Table:
    rows = [
        (team, str(wave), f"{measured.people[place, wave]:.0f}", repr(float(measured.mean[place, wave])), one)
        for place, (team, one) in enumerate(zip(design.teams, design.placements, strict=True))
        for wave in range(measured.waves)
    ]
    return Table(
        "pilot.csv",
        {
            "team": [row[0] for row in rows],
            "wave": [row[1] for row in rows],
            "people": [row[2] for row in rows],
            "mean": [row[3] for row in rows],
            "begins": ["" if row[4].begins is None else str(row[4].begins) for row in rows],
            "block": [row[4].block for row in rows],
            "motivation": [str(row[4].motivation) for row in rows],
            "company": [row[4].organisation for row in rows],
        },
    )


@pytest.mark.parametrize("kind", ["lottery", "stepped", "cut_off", "comparison", "before_after"])
def test_effect_from_a_file_is_that_of_the_pilot(kind: Any) -> None:
    design = a_design(Kind(kind), 16)
    measured = a_measurement(design, 0.3)
    direct = estimate_effect(measured, design, smallest=0.2, deviation=0.8)
    result = found(
        "effect",
        file_of(design, measured),
        team="team", wave="wave", people="people", mean="mean", begins="begins", deviation="0.8",
        kind=kind, block="block", motivation="motivation", organisation="company",
    )  # fmt: skip
    assert result["effect"]["estimate"] == pytest.approx(direct.estimate)
    assert result["effect"]["p"] == (pytest.approx(direct.p) if direct.p is not None else None)
    assert result["headline"]["en"]
    assert result["effect"]["by_lot"] is None


def test_files_that_hold_no_pilot_are_refused_in_words() -> None:
    design = a_design()
    columns = dict(file_of(design, a_measurement(design, 0.3)).columns)
    options = {name: name for name in ("team", "wave", "people", "mean", "begins")} | {"deviation": "0.8"}
    for changed, words in (
        ({"team": ["", *columns["team"][1:]]}, "no team or no wave"),
        ({"wave": ["1", *columns["wave"][1:]]}, "twice at one wave"),
        ({"begins": ["0"] * len(columns["team"])}, "before the first wave"),
    ):
        with pytest.raises(OptionsAreWrong, match=words):
            estimate("effect", Table("pilot.csv", columns | changed), **options)


def test_power_from_a_list_of_teams() -> None:
    table = Table("teams.csv", {"team": [f"t{n}" for n in range(12)], "people": ["10"] * 12})
    result = found("power", table, team="team", people="people", smallest="0.3")
    assert result["sight"]["seen"] == pytest.approx(0.56 * (1 + 1 / 8) ** 0.5, abs=0.006)
    assert result["sight"]["standing"] == "cannot_be_shown"
    with pytest.raises(OptionsAreWrong, match="nothing can be worked out"):
        estimate("power", table, team="team", people="people", icc="2")


def test_staggered_starts_from_a_file() -> None:
    names = ["countyreal", "year", "lemp", "first_treat", "lpop"]
    table = Table("mpdta.csv", {name: column("mpdta.csv", name) for name in names})
    result = found(
        "staggered", table, outcome="lemp", unit="countyreal", time="year", first="first_treat", covariates="lpop"
    )
    expected = reference("staggered_starts")["cs_mpdta_lpop_dr"]["values"]["simple"]["overall"]
    assert (result["simple"]["value"], result["simple"]["se"]) == pytest.approx(
        (expected["att"], expected["se"]), rel=1e-7
    )


def test_difference_with_a_measurement_before_from_a_file() -> None:
    table = Table("jobs.csv", {name: column("jobs.csv", name) for name in ("treat", "depress1", "depress2")})
    result = found("adjusted-difference", table, outcome="depress2", begun="treat", before="depress1", how="cuped")
    expected = reference("covariate_adjustment")["cuped_jobs_depress2"]["values"]
    assert result["estimate"]["value"] == pytest.approx(expected["cuped"]["est"], rel=1e-9)
    with pytest.raises(OptionsAreWrong, match="1 or 0"):
        estimate("adjusted-difference", table, outcome="depress2", begun="depress1", before="depress1")


def test_planned_looks_and_looks_at_any_time() -> None:
    planned = found("looks", Table("looks.csv", {"share": ["0.5", "1"]}), fraction="share")
    assert [one["z"] for one in planned["bounds"]] == pytest.approx([2.9626, 1.9686], abs=1e-3)
    table = Table("pulses.csv", {"t": ["2.1"], "df": ["38"], "teams": ["40"]})
    always = found("anytime", table, t="t", df="df", teams="teams", prior="10")
    expected = reference("anytime")["avlm_t2.1_nu38"]["values"]
    assert always["looks"][0]["log_e"] == pytest.approx(expected["log_e"], rel=1e-9)
    assert np.isfinite(always["looks"][0]["reach"])


def test_looks_that_cannot_be_are_refused() -> None:
    for shares, words in ((["1", "0.5"], "ascend"), (["", "1"], "no share")):
        with pytest.raises(OptionsAreWrong, match=words):
            estimate("looks", Table("looks.csv", {"share": shares}), fraction="share")
    table = Table("pulses.csv", {"t": ["2"], "df": ["0"], "teams": ["4"]})
    with pytest.raises(OptionsAreWrong, match="degrees of freedom"):
        estimate("anytime", table, t="t", df="df", teams="teams")
