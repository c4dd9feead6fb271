"""Regressions, mixed models and relative importance by their name, on a table with empty cells."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lerend.errors import AnswersAreWrong
from lerend.estimate.running import estimate
from lerend.estimate.table import Table
from lerend.estimate.writing import plain
from lerend.statistics.cumulative.model import ordinal_regression
from lerend.statistics.importance.relative_importance import relative_importance
from lerend.statistics.mediation.single import mediation
from lerend.statistics.mixed.fitting import crossed_mixed_model, mixed_model, nested_mixed_model
from lerend.statistics.regression.cluster_robust import cluster_robust
from lerend.statistics.regression.least_squares import least_squares
from lerend.statistics.regression.problems import CannotBeFitted

RNG = np.random.default_rng(3)
TEAM = np.repeat(np.arange(12), 6)
PERIOD = np.tile(np.arange(6), 12) // 2
STARTED = (PERIOD > TEAM % 2).astype(float)
PERSON, SECOND = RNG.standard_normal((2, 72))
OUTCOME = PERSON + 0.5 * STARTED + 0.7 * RNG.standard_normal(12)[TEAM] + RNG.standard_normal(72)
COLUMNS = {
    "outcome": [*map(repr, OUTCOME.tolist()), "3", ""],
    "person": [*map(repr, PERSON.tolist()), "", "1"],
    "second": [*map(repr, SECOND.tolist()), "1", "1"],
    "started": [*map(repr, STARTED.tolist()), "1", "1"],
    "period": [*map(str, PERIOD), "1", "1"],
    "team": [*(f"T{team:02}" for team in TEAM), "T01", "T01"],
    "company": [*(f"C{team // 3}" for team in TEAM), "C1", "C1"],
    "individual": [*(f"P{team}-{row % 2}" for row, team in enumerate(TEAM)), "P1", ""],
}
TABLE = Table("made.csv", COLUMNS)
DESIGN = np.column_stack([np.ones(72), PERSON, STARTED])


def found(method: str, **options: str) -> Any:
    return plain(estimate(method, TABLE, outcome="outcome", **options))


def test_regression_is_least_squares_with_errors_by_team() -> None:
    told = found("regression", factors="person,started", cluster="team")
    robust = cluster_robust(least_squares(OUTCOME, DESIGN, names=("intercept", "person", "started")), TEAM)
    for part in ("estimate", "standard_error", "degrees_of_freedom", "p"):
        np.testing.assert_allclose(told["coefficients"][part], getattr(robust, part), rtol=1e-9)
    assert told["coefficients"]["names"] == list(robust.names)
    assert told["intervals"][2] == pytest.approx(plain(robust.interval("started")))
    assert (told["rows"], told["left_out"]) == (72, 2)
    assert told["together"]["above"] == 2


def test_regression_takes_fixed_effects_weights_and_other_corrections() -> None:
    told = found("regression", factors="person", cluster="team", absorb="team", kind="CR1S")
    direct = cluster_robust(least_squares(OUTCOME, PERSON, absorb=[TEAM]), TEAM, "CR1S")
    assert told["coefficients"]["names"] == ["person"]
    assert told["coefficients"]["standard_error"][0] == pytest.approx(direct.standard_error[0])
    weighted = found("regression", factors="person", cluster="team", weights="period")
    assert weighted["rows"] == int((PERIOD > 0).sum())


def test_bootstrap_tests_the_first_factor() -> None:
    told = found("wild-bootstrap", factors="started,person", cluster="company")
    assert told["test"]["name"] == "started"
    assert told["test"]["smallest"] == 1 / 8
    assert told["interval"] == {"low": None, "high": None}
    webb = found("wild-bootstrap", factors="started,person", cluster="company", points="webb", level="0.9")
    assert webb["test"]["smallest"] == 1 / 216
    assert webb["interval"]["low"] < webb["test"]["estimate"] < webb["interval"]["high"]


def test_mixed_model_is_the_one_of_the_library_with_columns_split_and_slopes() -> None:
    told = found("mixed-model", factors="started", group="team", split="person")
    assert told["model"]["names"] == ["intercept", "started", "person within", "person between"]
    slopes = found("mixed-model", factors="person,started", slopes="person", group="team")
    direct = mixed_model(
        OUTCOME, DESIGN, TEAM, names=("intercept", "person", "started"), slopes={"person": PERSON}
    ).model
    assert slopes["model"]["log_likelihood"] == pytest.approx(direct.log_likelihood)
    assert slopes["model"]["levels"][0]["effects"] == ["intercept", "person"]
    assert len(slopes["effects"][0]["effect"]) == 12
    assert slopes["few_groups"]["standard_error"][2] >= slopes["model"]["standard_error"][2] - 1e-9


def test_teams_in_companies_make_a_model_of_two_levels() -> None:
    told = found("mixed-model", factors="person,started", group="team", company="company", by="ML")
    direct = nested_mixed_model(OUTCOME, DESIGN, TEAM, TEAM // 3, restricted=False).model
    assert told["model"]["log_likelihood"] == pytest.approx(direct.log_likelihood)
    assert told["few_groups"] is None
    with pytest.raises(CannotBeFitted, match="only intercepts differ"):
        found("mixed-model", factors="person", slopes="person", group="team", company="company")


def test_groupings_that_cut_across_each_other_make_a_model_of_all_of_them() -> None:
    told = found("mixed-model", factors="person,started", group="team", crossed="period")
    direct = crossed_mixed_model(OUTCOME, DESIGN, {"team": TEAM, "period": PERIOD}).model
    assert [level["name"] for level in told["model"]["levels"]] == ["team", "period"]
    assert told["model"]["log_likelihood"] == pytest.approx(direct.log_likelihood)
    assert [len(level["effect"]) for level in told["effects"]] == [12, 3]
    assert told["left_out"] == 2
    with pytest.raises(CannotBeFitted, match="no level stands above"):
        found("mixed-model", factors="person", group="team", company="company", crossed="period")
    with pytest.raises(CannotBeFitted, match="only intercepts differ"):
        found("mixed-model", factors="person", slopes="person", group="team", crossed="period")


def test_stepped_wedge_gives_one_effect_or_one_for_each_time_since_the_start() -> None:
    options = {"started": "started", "cluster": "team", "period": "period"}
    one = found("stepped-wedge", **options)["pilot"]
    assert one["effect"]["interval"]["low"] < one["effect"]["estimate"]
    assert one["by_exposure"] == []
    each = found("stepped-wedge", by_exposure="yes", **options)["pilot"]
    assert len(each["by_exposure"]) == 2
    cohort = found("stepped-wedge", design="cohort", individual="individual", **options)["pilot"]
    assert [level["name"] for level in cohort["model"]["levels"]] == ["individual", "cluster"]


def test_ordinal_regression_gives_odds_ratios_and_errors_by_team() -> None:
    told = plain(estimate("ordinal-regression", TABLE, outcome="period", factors="person,second", cluster="team"))
    # The last row lacks the other outcome only, so it counts here.
    answer, person, second, team = (np.append(of, 1) for of in (PERIOD, PERSON, SECOND, TEAM))
    direct = ordinal_regression(answer, np.column_stack([person, second]), names=("person", "second"), clusters=team)
    np.testing.assert_allclose(told["model"]["estimate"], direct.estimate, rtol=1e-9)
    np.testing.assert_allclose(told["model"]["standard_error"], direct.standard_error, rtol=1e-9)
    np.testing.assert_allclose(told["odds_ratios"], np.exp(direct.estimate), rtol=1e-9)
    assert told["odds_ratio_intervals"][0]["low"] == pytest.approx(np.exp(direct.interval("person").low))
    assert told["left_out"] == 1
    assert "errors come out too small" in told["model"]["cautions"][0]["en"]
    probit = plain(estimate("ordinal-regression", TABLE, outcome="period", factors="person", link="probit"))
    assert probit["odds_ratios"] is None


def test_mediation_has_a_path_of_people_or_parts_within_and_between_teams() -> None:
    told = found("mediation", mediator="second", cause="person", covariates="started")
    direct = mediation(OUTCOME, SECOND, PERSON, covariates=STARTED)
    assert told["found"]["kind"] == "single level"
    assert told["found"]["parts"][0]["indirect"]["estimate"] == pytest.approx(direct.parts[0].indirect.estimate)
    assert told["left_out"] == 2
    teams = found("mediation", mediator="second", cause="person", group="team", by_lot="yes")["found"]
    assert (teams["kind"], [part["of"] for part in teams["parts"]]) == ("1-1-1", ["within", "between"])
    assert "not drawn by lot" in teams["cautions"][0]["en"]
    whole = plain(
        estimate(
            "mediation",
            Table("made.csv", COLUMNS | {"kind": [f"{int(name[1:] or 0) % 2}" for name in COLUMNS["team"]]}),
            outcome="outcome",
            mediator="second",
            cause="kind",
            group="team",
        )
    )["found"]
    assert (whole["kind"], [part["of"] for part in whole["parts"]]) == ("2-1-1", ["between"])


def test_relative_importance_draws_whole_teams_again() -> None:
    told = found("relative-importance", factors="person,second,started", cluster="team", draws="50", seed="4")
    factors = np.column_stack([PERSON, SECOND, STARTED])
    direct = relative_importance(
        OUTCOME, factors, names=("person", "second", "started"), clusters=TEAM, draws=50, seed=4
    )
    np.testing.assert_allclose(told["importance"]["johnson"], direct.johnson, rtol=1e-9)
    assert told["importance"]["johnson_interval"][1] == pytest.approx(plain(direct.johnson_interval[1]))
    assert told["by_chance"] == 3 / 71


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(AnswersAreWrong, match="no column “stared”"):
        found("stepped-wedge", started="stared", cluster="team", period="period")
