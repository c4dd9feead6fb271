"""What pilots say together: each, pooled, and in a company that starts now; and what may make the difference between them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.utils import translation

from lerend.evidence.design.kinds import Kind
from lerend_web.pilots.domain.evidence import evidence_of
from lerend_web.pilots.domain.grades import propose_grade
from lerend_web.pilots.domain.success import Success, TooFew, success_of
from lerend_web.pilots.domain.tried import entries_tried, without_entry
from tests.lerend_web.actors import Place, place
from tests.lerend_web.pilots.judged import ENTRY, Wish, judged, some_judged

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 2, 10, tzinfo=UTC)


@pytest.fixture
def here() -> Place:
    return place("A")


def test_before_any_pilot_it_is_half_of_what_was_published_and_the_prior_carries_all(here: Place) -> None:
    found = evidence_of(here.programme, ENTRY, at=AT)
    assert found.new.value == pytest.approx(0.67 / 2)
    assert found.prior_share == 1.0
    assert found.mean is None
    assert found.pilots == ()


def test_pilots_narrow_the_mean_and_the_prior_carries_less(here: Place) -> None:
    some_judged(here, [0.3, 0.35, 0.25, 0.3])
    found = evidence_of(here.programme, ENTRY, at=AT)
    assert found.mean is not None
    assert (
        found.mean.high - found.mean.low < found.new.high - found.new.low < found.published.high - found.published.low
    )
    assert 0 < found.prior_share < 0.5
    assert found.witnesses == 4
    with translation.override("en"):
        said = " ".join(evidence_of(here.programme, ENTRY, at=AT).says)
    assert f"4 pilots: what we held likely before still carries {round(100 * found.prior_share)}%" in said
    assert "Without what we held likely before" in said


def test_a_pilot_keeps_its_own_wide_interval_and_one_without_comparison_says_why_it_does_not_count(here: Place) -> None:
    judged(here, Wish(estimate=0.4, se=0.2, df=4))
    judged(here, Wish(title="Nobody to compare", estimate=0.9, kind=Kind.BEFORE_AFTER, day=7))
    counts, does_not = evidence_of(here.programme, ENTRY, at=AT).pilots
    assert counts.own.low == pytest.approx(0.4 - 0.2 * 2.776, abs=1e-3)
    assert not counts.why_not
    assert does_not.why_not
    assert evidence_of(here.programme, ENTRY, at=AT).witnesses == 1


def test_null_and_adverse_pilots_stand_in_the_list_like_good_ones(here: Place) -> None:
    some_judged(here, [0.4, 0.0, -0.3])
    found = evidence_of(here.programme, ENTRY, at=AT)
    assert [round(one.own.value, 2) for one in found.pilots] == [0.4, 0.0, -0.3]


def test_list_counts_pilots_and_open_proposals_and_names_what_has_no_entry(here: Place) -> None:
    first, _second = some_judged(here, [0.3, 0.2])
    propose_grade(pilot=first, at=AT)
    judged(here, Wish(title="Our own thing", entry="", day=30))
    (tried,) = entries_tried(here.programme)
    assert (tried.id, tried.pilots, tried.waits) == (ENTRY, 2, 1)
    assert without_entry(here.programme) == ["Our own thing"]
    assert entries_tried(place("B").programme) == []


def test_unknown_entry_is_not_there(here: Place) -> None:
    with pytest.raises(LookupError):
        evidence_of(here.programme, "no_such_entry", at=AT)


def led(here: Place, count: int, *, gain: float = 0.5) -> None:
    """Pilots of which every other one had its leader there, and a larger effect by `gain`."""
    for number in range(count):
        there = number % 2
        wish = Wish(
            title=f"Pilot {number}",
            estimate=0.1 + gain * there + 0.02 * (number % 3),
            se=0.1,
            day=7 * number,
            led=1.0 if there else 0.0,
            school=number % 4 < 2,
        )
        judged(here, wish)


def test_below_three_pilots_nothing_is_said(here: Place) -> None:
    some_judged(here, [0.3, 0.2])
    found = success_of(here.programme)
    assert isinstance(found, TooFew)
    assert found.pilots == 2


def test_what_differs_is_found_as_a_hypothesis_with_pilots_for_and_against(here: Place) -> None:
    led(here, 10)
    with translation.override("en"):
        found = success_of(here.programme)
        assert isinstance(found, Success)
        first = found.rows[0]
        assert str(first.name) == "The leader was there"
        assert str(first.label) == "hypothesis"
        assert "nothing can be established" in found.says
        assert "It may be that people then see that it matters" in first.sentence
    assert first.chance > found.rows[1].chance
    assert first.lowest <= first.chance <= first.highest
    assert (first.in_line, first.against) == (10, 0)
    assert first.effect.value > 0


def test_with_twenty_pilots_it_is_called_by_its_strength_and_combinations_agree(here: Place) -> None:
    led(here, 20)
    with translation.override("en"):
        found = success_of(here.programme)
        assert isinstance(found, Success)
        assert not found.only_hypotheses
        assert str(found.rows[0].label) == "supported"
        assert str(found.rows[0].seen) == "seen both ways"
        assert found.combinations is not None
        assert ("The leader was there",) in [one.parts for one in found.combinations.paths]


def test_before_and_after_is_left_out_and_counted(here: Place) -> None:
    led(here, 4)
    judged(here, Wish(title="Nobody to compare", kind=Kind.BEFORE_AFTER, led=1.0, day=90))
    found = success_of(here.programme)
    assert isinstance(found, Success)
    assert (found.pilots, found.left_out) == (4, 1)


def test_factor_that_somewhere_was_not_written_down_is_named_and_not_used(here: Place) -> None:
    led(here, 4)
    judged(here, replace(Wish(title="No log"), day=90, school=False))
    found = success_of(here.programme)
    assert isinstance(found, Success)
    with translation.override("en"):
        assert "The leader was there" in [str(one) for one in found.not_known]
        assert "The leader was there" not in [str(one.name) for one in found.rows]
