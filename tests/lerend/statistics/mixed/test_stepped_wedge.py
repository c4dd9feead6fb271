"""Stepped-wedge models against lme4 and lmerTest, on made-up data of our own, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from lerend.statistics.mixed.fitting import nested_mixed_model
from lerend.statistics.mixed.predicting import group_effects
from lerend.statistics.mixed.stepped_wedge import DESIGNS, Design, SteppedWedge, stepped_wedge
from lerend.statistics.regression.problems import CannotBeFitted
from tests.reference.references import numbers, reference

TEAM, PERIOD, PERSON, STARTED, OUTCOME = numbers(
    "stepped_wedge_made_up.csv", ["team", "period", "person", "started", "outcome"]
).T
NAME = {design: design.replace("-", "_").replace(" ", "_") for design in DESIGNS}


def fitted(design: Design = "hussey-hughes", *, by_exposure: bool = False, restricted: bool = True) -> SteppedWedge:
    return stepped_wedge(
        OUTCOME,
        STARTED,
        TEAM,
        PERIOD,
        design=design,
        individual=PERSON,
        by_exposure=by_exposure,
        restricted=restricted,
    )


@pytest.mark.parametrize("design", DESIGNS)
def test_every_design_gives_the_effect_of_the_reference(design: Design) -> None:
    of: Mapping[str, Any] = reference("stepped_wedge_made_up")[NAME[design]]
    found = fitted(design)
    assert found.effect.estimate == pytest.approx(of["est"], rel=1e-5)
    assert found.effect.standard_error == pytest.approx(of["se"], rel=1e-4)
    assert found.effect.degrees_of_freedom == pytest.approx(of["df"], rel=5e-3)
    assert found.effect.p == pytest.approx(of["p"], rel=1e-2)
    assert found.model.log_likelihood == pytest.approx(of["loglik"], abs=1e-6)
    np.testing.assert_allclose(found.model.estimate, of["fixef"], rtol=1e-4, atol=1e-6)
    parts = [part.covariance[row, row] for part in found.model.levels for row in range(len(part.effects))]
    expected = of["vcov"][: len(parts)]
    np.testing.assert_allclose(sorted(parts), sorted(expected), rtol=1e-3, atol=1e-7)
    likely = fitted(design, restricted=False)
    assert likely.model.log_likelihood == pytest.approx(of["ml_loglik"], abs=1e-6)
    assert likely.effect.estimate == pytest.approx(of["ml_est"], rel=1e-4)


def test_effects_by_exposure_are_those_of_the_reference() -> None:
    of: Mapping[str, Any] = reference("stepped_wedge_made_up")["exposure"]
    found = fitted(by_exposure=True)
    np.testing.assert_allclose([part.estimate for part in found.by_exposure], of["est"], rtol=1e-5)
    np.testing.assert_allclose([part.standard_error for part in found.by_exposure], of["se"], rtol=1e-5)
    exact = (found.effect.estimate, found.effect.standard_error)
    np.testing.assert_allclose(exact, (of["tate"], of["tate_se"]), rtol=1e-5)
    assert found.last is not None
    assert found.last == found.by_exposure[-1]


def test_people_within_teams_get_the_effects_of_the_reference() -> None:
    of: Mapping[str, Any] = reference("stepped_wedge_made_up")["cohort"]["ranef"]
    columns = np.column_stack([np.ones(len(OUTCOME)), STARTED, *(at == PERIOD for at in np.unique(PERIOD)[1:])])
    people, teams = group_effects(nested_mixed_model(OUTCOME, columns, PERSON, TEAM))
    order = np.argsort(np.array(of["team"]["group"], dtype=int))
    np.testing.assert_allclose(teams.effect, np.array(of["team"]["effect"])[order], rtol=1e-3, atol=1e-4)
    pairs = sorted((tuple(map(int, name.split("."))), effect) for name, effect in zip(*of["id"].values(), strict=True))
    np.testing.assert_allclose(people.effect, [effect for _, effect in pairs], rtol=1e-3, atol=1e-4)


def test_one_effect_for_all_times_lies_among_those_by_exposure() -> None:
    each = [part.estimate for part in fitted(by_exposure=True).by_exposure]
    assert min(each) < fitted().effect.estimate < max(each)


@pytest.mark.parametrize(
    ("started", "design", "what"),
    [
        (np.zeros_like(STARTED), "hussey-hughes", "none has"),
        (STARTED * 2, "hussey-hughes", "0 or 1"),
        (STARTED, "cohort", "same person"),
    ],
)
def test_a_pilot_without_anything_to_compare_is_refused(started: object, design: Design, what: str) -> None:
    with pytest.raises(CannotBeFitted, match=what):
        stepped_wedge(OUTCOME, np.asarray(started), TEAM, PERIOD, design=design)


def test_few_teams_are_flagged() -> None:
    kept = np.isin(TEAM, [1, 4, 7, 10])
    found = stepped_wedge(OUTCOME[kept], STARTED[kept], TEAM[kept], PERIOD[kept])
    assert "Fewer than six" in found.cautions[-1].in_language("en")
