"""Shares of answers beside the means of teams: an answer that nobody gave makes the end of the scale nearer."""

from __future__ import annotations

import numpy as np
import pytest

from lerend.answers.table import AnswerBatch
from lerend.attack.breach import Attacker
from lerend.release import distributions
from tests.lerend.release.test_covariances import MEMBERS, attacked
from tests.lerend.release.waves import ITEMS, released, wave_of

WORKLOAD = {ITEMS[place] for place in MEMBERS["workload"]}


def company(lowest: int) -> AnswerBatch:
    """Seven people who all gave a two on workload, and twenty-four others who gave the lowest answer or more."""
    generator = np.random.default_rng(3)
    teams = [generator.integers(1, 6, (size, len(ITEMS))).astype(np.uint8) for size in (7, 12, 12)]
    others = np.tile(np.repeat([lowest, 3, 4, 5], 6), 1)
    for item in MEMBERS["workload"]:
        mixed = generator.permutation(others)
        teams[0][:, item] = 2
        teams[1][:, item], teams[2][:, item] = mixed[:12], mixed[12:]
    return wave_of(teams)


def shown(batch: AnswerBatch) -> set[str]:
    return {found.item for found in released(batch).distributions} & WORKLOAD


def test_shares_without_the_lowest_answer_are_not_shown_beside_a_team_of_twos() -> None:
    batch = company(lowest=2)
    assert shown(batch) == set()
    assert attacked(batch, released(batch)) == set()


def test_shown_all_the_same_they_would_bound_that_team(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(distributions, "_open_beside_means", lambda *_: True)
    batch = company(lowest=2)
    assert shown(batch) == WORKLOAD
    assert attacked(batch, released(batch)) == {Attacker.PROGRAMME}


def test_shares_in_which_somebody_gave_the_lowest_answer_are_shown() -> None:
    batch = company(lowest=1)
    assert shown(batch) == WORKLOAD
    assert attacked(batch, released(batch)) == set()
