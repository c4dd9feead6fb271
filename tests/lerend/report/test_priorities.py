from __future__ import annotations

from dataclasses import replace

import pytest

from lerend.diagnosis.result import Band, Estimate, Finding, Room, UnitLevel
from lerend.report.priorities import robustness_sentence, spread_sentence
from lerend.report.questions import questions_about

from .diagnoses import Shape, made_diagnosis
from .models import made_model

ROOM = Room(
    target=4.0,
    gap=Estimate(0.5, 0.3, 0.7),
    association=Estimate(0.2, 0.1, 0.3),
    gain=Estimate(0.1, 0.0, 0.2),
    top_five=0.9,
    top_three=0.6,
    by_outcome=(),
    band=Band.VERY_LIKELY,
    robustness=0.124,
)
FINDING = Finding("safety", 40, Estimate(3.0, 2.8, 3.2), can_be_chance=False, spread=Estimate(0.3, 0.1, 0.5))


@pytest.mark.parametrize(
    ("times", "said"),
    [
        (None, "explain 12 percent"),
        (0.4, "Not very: we did not ask about everything"),
        (1.44, "Somewhat: something that we did not ask about would have to be 1.4 times as strong"),
        (3.0, "Fairly: something that we did not ask about would have to be 3.0 times as strong"),
        (10.0, "Very: something that we did not ask about would have to be more than ten times"),
        (float("inf"), "explain 12 percent"),
    ],
)
def test_the_sensitivity_is_said_in_words(times: float | None, said: str) -> None:
    assert said in robustness_sentence(replace(ROOM, leaves_with=times)).in_language("en")


def test_a_spread_that_can_be_chance_gets_no_number() -> None:
    assert spread_sentence(FINDING, UnitLevel.COMPANY) is None
    differing = spread_sentence(replace(FINDING, differs=True), UnitLevel.PROGRAMME)
    assert differing is not None
    assert differing.in_language("en") == "Companies usually lie 0.3 points from the mean."


def test_each_bottleneck_gets_three_open_questions_and_the_gap_leads_to_one() -> None:
    gap = replace(made_diagnosis(Shape(companies=1)).companies[0].gaps[0], can_be_chance=False)
    factor = made_model().factor("safety")
    told = questions_about(factor, finding=FINDING, gap=gap, level=UnitLevel.COMPANY)
    words = [question.in_language("en") for question in told]
    assert "Trust and safety" in words[0]
    assert "Management and employees see this differently" in words[1]
    assert all(sentence.endswith("?") for sentence in words)


def test_teams_that_differ_are_asked_what_they_can_learn_from_each_other() -> None:
    factor = made_model().factor("safety")
    told = questions_about(factor, finding=replace(FINDING, differs=True), gap=None, level=UnitLevel.COMPANY)
    assert "What can they learn from each other?" in told[1].in_language("en")
