"""Pooling and success factors on a file, by their names."""

from __future__ import annotations

import json

import numpy as np
import pytest

from lerend.estimate.running import estimate
from lerend.estimate.table import Table
from lerend.estimate.writing import plain
from lerend.evidence.pooling.bayes import pooled
from lerend.evidence.pooling.nested import pool_nested
from lerend.evidence.pooling.pilot import PilotEffect
from lerend.evidence.pooling.problems import EffectsAreWrong
from lerend.evidence.pooling.random_effects import random_effects
from lerend.evidence.success_factors.averaging import success_factors
from lerend.evidence.success_factors.factors import CodedFactor
from lerend.wording import Text

VALUES = (0.1, 0.4, 0.3, 0.2, -0.1, 0.5)
ERRORS = (0.2, 0.1, 0.15, 0.2, 0.25, 0.12)
LEADER = (0.0, 1.0, 1.0, 0.0, 0.0, 1.0)
FILE = Table(
    "pilots.csv",
    {
        "effect": [*map(str, VALUES), ""],
        "error": [*map(str, ERRORS), "0.2"],
        "leader": [*map(str, LEADER), "1"],
        "company": list("aabbcca"),
        "it": list("xyxyxyx"),
    },
)
COLUMNS = {"effect": "effect", "error": "error"}


def test_pooling_by_name_is_the_pooling_and_its_result_is_data() -> None:
    told = plain(estimate("pool", FILE, **COLUMNS))
    found = pooled(VALUES, np.array(ERRORS) ** 2)
    assert told["mean"] == plain(found.mean)
    assert (told["effects"], told["left_out"]) == (6, 1)
    assert told["prior_share"] == found.prior_share
    assert told["classical"]["effects"] == 6
    assert len(json.dumps(told, allow_nan=False)) < 10_000


def test_the_prior_can_be_given() -> None:
    wide = plain(estimate("pool", FILE, **COLUMNS, prior_deviation="5", prior_shape="half-Cauchy"))
    assert wide["prior"]["deviation"] == 5.0
    assert wide["prior_share"] < plain(estimate("pool", FILE, **COLUMNS))["prior_share"]


def test_classical_by_name_and_by_characteristics() -> None:
    told = plain(estimate("meta-analysis", FILE, **COLUMNS, estimator="DL", test="knha"))
    assert told["random_effects"]["estimator"] == "DL"
    assert told["random_effects"]["mean"] == pytest.approx(random_effects(VALUES, np.array(ERRORS) ** 2).mean, abs=0.1)
    assert len(told["without_each"]["mean"]) == 6
    by = plain(estimate("meta-regression", FILE, **COLUMNS, characteristics="leader"))
    assert by["coefficients"][1] > 0
    within = plain(estimate("three-level", FILE, **COLUMNS, cluster="company", correlation="0.6"))
    assert within["clusters"] == 3


def test_nested_by_name() -> None:
    told = plain(estimate("pool-nested", FILE, **COLUMNS, company="company", intervention="it"))
    pilots = [PilotEffect(str(i), VALUES[i], ERRORS[i], None, "aabbcc"[i], "xyxyxy"[i]) for i in range(6)]
    assert told["mean"] == plain(pool_nested(pilots).mean)


def test_success_factors_by_name() -> None:
    told = plain(estimate("success-factors", FILE, **COLUMNS, factors="leader"))
    nothing = Text("", "")
    pilots = [PilotEffect(str(i), VALUES[i], ERRORS[i]) for i in range(6)]
    found = success_factors(pilots, [CodedFactor("leader", nothing, LEADER, nothing, nothing)])
    (leader,) = told["found"]["factors"]
    assert leader["probability"] == found.factors[0].probability
    assert "nothing can be established" in told["says"]["en"]
    assert (told["left_out"], told["configurations_bear"]) == (1, 1)


def test_an_error_below_zero_is_refused_and_not_squared_away() -> None:
    wrong = Table("pilots.csv", {"effect": ["0.1", "0.2"], "error": ["0.1", "-0.1"]})
    with pytest.raises(EffectsAreWrong, match="not above zero"):
        estimate("meta-analysis", wrong, **COLUMNS)
    with pytest.raises(EffectsAreWrong, match="not above zero"):
        estimate("pool", wrong, **COLUMNS)
