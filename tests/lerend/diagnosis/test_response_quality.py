"""How people went through the questionnaire: told per team in two steps, and never about a few people."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from lerend.answers.table import SKIPPED, AnswerBatch
from lerend.diagnosis.response_quality import LEAST_IN_A_TEAM, TeamResponse, response_of_teams
from tests.lerend.diagnosis.made_up import INSTRUMENT

ITEMS = tuple(item.id for item in INSTRUMENT.items[:40])
PATH = ("Voorbeeld", "Team")


def team(people: int, *, same: int = 0, empty: int = 0) -> AnswerBatch:
    """So many people who answer this and that; some the same everywhere as it stands on the form, some hardly anything."""
    codes = np.random.default_rng(people).integers(1, 6, size=(people, len(ITEMS))).astype(np.uint8)
    codes[:same] = _straight()
    codes[same : same + empty, : len(ITEMS) // 2 + 1] = SKIPPED
    return AnswerBatch(ITEMS, codes, (PATH,), np.zeros(people, dtype=np.int32))


def _straight() -> NDArray[np.uint8]:
    known = {item.id: item for item in INSTRUMENT.items}
    return np.array([2 if known[name].reversed else 4 for name in ITEMS], dtype=np.uint8)


def told(batch: AnswerBatch, k: int = 5) -> tuple[TeamResponse, ...]:
    return response_of_teams(batch, [(PATH,)], instrument=INSTRUMENT, k=k)


def test_small_team_is_not_told_of_at_all() -> None:
    assert told(team(LEAST_IN_A_TEAM - 1, same=19)) == ()


@pytest.mark.parametrize("few", range(5))
def test_up_to_four_people_look_like_nobody(few: int) -> None:
    assert told(team(20, same=few)) == told(team(20))
    assert told(team(20, empty=few)) == told(team(20))


def test_five_of_twenty_are_notable() -> None:
    assert told(team(20, same=5)) == (TeamResponse((PATH,), same_everywhere=True, left_open=False),)
    assert told(team(20, empty=5)) == (TeamResponse((PATH,), same_everywhere=False, left_open=True),)


def test_in_a_large_team_it_takes_a_tenth() -> None:
    assert not told(team(100, same=9))[0].same_everywhere
    assert told(team(100, same=10))[0].same_everywhere


def test_higher_floor_holds_here_too() -> None:
    assert not told(team(20, same=7), k=8)[0].same_everywhere
