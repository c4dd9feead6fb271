"""All judged pilots of a programme side by side: approaches that learn from each other, and one that nobody tried."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from lerend.evidence.design.kinds import Kind
from lerend_web.people.enums import ProgrammeRole
from lerend_web.pilots.domain.all_together import all_together
from tests.lerend_web.actors import Place, place
from tests.lerend_web.pilots.browsers import by, said
from tests.lerend_web.pilots.judged import Wish, judged

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 2, 10, tzinfo=UTC)
REFLECTING, ERRORS = "guided_team_reflexivity", "error_management"
SHARED = "peer_feedback_reflection"
"""Both work on it."""


@pytest.fixture
def here() -> Place:
    return place("A")


def two_each(here: Place, *, better: float, worse: float) -> None:
    for day, (entry, estimate) in enumerate(((ERRORS, better), (REFLECTING, worse)) * 2):
        judged(here, Wish(factor=SHARED, entry=entry, estimate=estimate, se=0.1, day=7 * day))


def test_with_one_approach_there_is_nothing_to_lay_beside_it(here: Place) -> None:
    judged(here, Wish())
    judged(here, Wish(day=7))
    assert all_together(here.programme, at=AT) is None


def test_the_better_one_stands_first_and_is_drawn_towards_the_other(here: Place) -> None:
    two_each(here, better=0.5, worse=0.1)
    found = all_together(here.programme, at=AT)
    assert found is not None
    first, second = found.approaches
    assert (first.id, second.id) == (ERRORS, REFLECTING)
    assert 0.1 < second.mean.value < first.mean.value < 0.5
    assert (first.pilots, first.companies) == (2, 2)
    assert second.worth < first.worth
    assert found.new.high - found.new.low > first.mean.high - first.mean.low


def test_a_pilot_without_a_comparison_does_not_count(here: Place) -> None:
    two_each(here, better=0.5, worse=0.1)
    before = all_together(here.programme, at=AT)
    judged(here, Wish(factor=SHARED, entry=REFLECTING, estimate=2.0, kind=Kind.BEFORE_AFTER, day=70))
    assert all_together(here.programme, at=AT) == before


def test_page_says_where_only_the_assumption_tells_companies_and_approaches_apart(here: Place) -> None:
    judged(here, Wish(factor=SHARED, entry=ERRORS, estimate=0.4))
    judged(here, Wish(factor=SHARED, entry=REFLECTING, estimate=0.2, day=7))
    page = said(by(here, ProgrammeRole.RESEARCHER), reverse("evidence", args=[here.programme.pk]))
    assert "All pilots together" in page
    assert "An approach that nobody tried here" in page
    assert "assumed, not seen" in page
