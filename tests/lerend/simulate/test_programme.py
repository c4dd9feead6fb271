"""Made-up programmes: the truth beside the answers is really the truth."""

from __future__ import annotations

import csv
import io
import json

import numpy as np

from lerend.answers.table import NOT_ASKED
from lerend.model import load_model_and_instrument
from lerend.simulate.programme import SimulatedProgramme, simulate_programme
from lerend.simulate.world import Trouble, WorldSettings
from lerend.simulate.writing import answers_as_csv, truth_as_json

MODEL, INSTRUMENT = load_model_and_instrument("lerend")
THEMES = (
    "peer_feedback_reflection",
    "task_completeness_variety",
    "psychological_safety",
    "learning_role_models",
    "external_orientation",
)


def made(seed: int = 1, *, short: bool = False, **settings: object) -> SimulatedProgramme:
    world = WorldSettings(**({"companies": 6, "people": (20, 60)} | settings))  # type: ignore[arg-type]  # any setting
    return simulate_programme(MODEL, INSTRUMENT, world, seed=seed, short=short)


def test_the_same_seed_makes_the_same_programme() -> None:
    assert answers_as_csv(made()) == answers_as_csv(made())
    assert answers_as_csv(made()) != answers_as_csv(made(2))


def test_expected_scores_are_what_many_people_answer() -> None:
    big = made(companies=1, people=(20_000, 20_000), team_size=10_000)
    items = [item.id for item in INSTRUMENT.items]
    for index, factor in enumerate(big.truth.factors):
        columns = [items.index(item.id) for item in INSTRUMENT.items_of(factor)]
        answers = big.filled.batch.codes[:, columns].astype(float)
        answers[(answers == 0) | (answers > 5)] = np.nan
        np.testing.assert_allclose(np.nanmean(answers, axis=0).mean(), big.truth.company_score[0, index], atol=0.04)


def test_gains_need_both_room_and_association() -> None:
    truth = made().truth
    above = truth.gain[truth.gain > 0]
    assert len(above)
    assert (truth.gain >= 0).all()
    assert len(truth.largest(0)) == 5
    assert "workload" not in truth.largest(0) | truth.largest_in_programme()


def test_chosen_factors_have_most_room() -> None:
    programme = made(companies=12, people=(60, 120), weakest=THEMES, slope_spread=0.0)
    assert len(programme.truth.largest_in_programme() & set(THEMES)) >= 4


def test_nobody_meets_more_than_the_form_holds() -> None:
    asked = (made().filled.batch.codes != NOT_ASKED).sum(axis=1)
    assert asked.max() <= 68
    assert (made(short=True).filled.batch.codes != NOT_ASKED).sum(axis=1).max() <= 32


def test_careless_people_and_skewed_worlds_change_the_answers() -> None:
    plain = made().filled.batch.codes
    for trouble in (Trouble.CARELESS, Trouble.SKEWED):
        assert not np.array_equal(made(trouble=trouble).filled.batch.codes, plain)


def test_the_file_is_marked_as_simulated_and_holds_everybody() -> None:
    programme = made()
    rows = list(csv.DictReader(io.StringIO(answers_as_csv(programme))))
    assert len(rows) == len(programme.filled.form)
    assert {row["simulated"] for row in rows} == {"yes"}
    assert all(row["company"].startswith("Voorbeeld") for row in rows)


def test_the_truth_is_written_per_company() -> None:
    programme = made()
    told = json.loads(truth_as_json(programme, MODEL))
    assert len(told["companies"]) == 6
    assert set(told["companies"]["Voorbeeld 01"]["five"]) == programme.truth.largest(0)
