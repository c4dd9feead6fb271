from __future__ import annotations

import pytest

from lerend.evidence.pooling.bayes import pool
from lerend.evidence.pooling.pilot import PilotEffect
from lerend.evidence.pooling.random_effects import random_effects
from lerend.evidence.pooling.together import taken_together

PILOTS = [PilotEffect(str(place), value, 0.2, 12.0) for place, value in enumerate((0.1, 0.4, 0.3, 0.2))]


def test_both_ways_stand_beside_each_other() -> None:
    told = taken_together(PILOTS)
    assert told.pooled.mean == pool(PILOTS).mean
    classical = random_effects([0.1, 0.4, 0.3, 0.2], [0.04] * 4)
    assert told.classical is not None
    assert told.classical.interval.high == pytest.approx(classical.interval.high)
    said = [each.in_language("en") for each in told.sentences]
    assert said[0].startswith("On average: 0.2")
    assert said[2].startswith("4 pilots: what we held likely before still carries")
    assert "rest on 3 degrees of freedom" in said[3]


@pytest.mark.parametrize("count", [1, 2])
def test_below_three_pilots_there_is_no_classical_answer_and_it_is_said(count: int) -> None:
    told = taken_together(PILOTS[:count])
    assert told.classical is None
    assert "From three pilots on" in told.sentences[-1].in_language("en")
