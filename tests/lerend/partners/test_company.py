"""What a release says of a company becomes what partners are found by, and nothing that it does not say."""

from __future__ import annotations

import pytest

from lerend.diagnosis.result import Band, Estimate, Finding, Room, Strength, UnitDiagnosis, UnitLevel
from lerend.partners.company import higher, topics_of
from lerend.partners.places import TOWNS
from lerend.wording import say


def finding(scale: str, score: float | None, band: Band | None = None, top_five: float = 0.0) -> Finding:
    estimate = None if score is None else Estimate(score, score - 0.2, score + 0.2)
    same = Estimate(0.5, 0.3, 0.7)
    room = None if band is None else Room(4.0, same, same, same, top_five, 0.0, (), band, 0.1)
    return Finding(scale, 40, estimate, can_be_chance=False, room=room)


def unit(*findings: Finding, strengths: tuple[tuple[str, float], ...] = ()) -> UnitDiagnosis:
    said = tuple(Strength(factor, probability, say("strong")) for factor, probability in strengths)
    return UnitDiagnosis(("Dairy",), UnitLevel.COMPANY, "Dairy", 40, findings, 3.4, strengths=said)


def test_strength_and_room_come_from_the_release_with_their_probability() -> None:
    company = unit(
        finding("safety", 4.0, Band.UNLIKELY, 0.05),
        finding("time", 2.9, Band.VERY_LIKELY, 0.9),
        strengths=(("safety", 0.8),),
    )
    assert [(one.factor, one.strong, one.room) for one in topics_of(company)] == [
        ("safety", 0.8, 0.0),
        ("time", 0.0, 0.9),
    ]


def test_what_is_not_shown_or_unlikely_takes_no_part() -> None:
    assert topics_of(unit(finding("safety", None), finding("time", 3.2, Band.UNLIKELY, 0.2))) == ()


def test_probability_to_be_higher_is_a_half_for_equals_and_near_one_far_above() -> None:
    middle, above = Estimate(3.0, 2.8, 3.2), Estimate(4.0, 3.8, 4.2)
    assert higher(middle, middle) == pytest.approx(0.5)
    assert higher(above, middle) > 0.999
    assert higher(above, middle) + higher(middle, above) == pytest.approx(1)


def test_score_without_an_interval_is_higher_or_not() -> None:
    point = Estimate(3.0, 3.0, 3.0)
    assert [higher(Estimate(v, v, v), point) for v in (2.9, 3.0, 3.1)] == [0.0, 0.5, 1.0]


def test_towns_lie_in_the_country() -> None:
    assert all(50.7 < town.north < 53.6 and 3.3 < town.east < 7.3 for town in TOWNS.values())
