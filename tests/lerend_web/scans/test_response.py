"""Response: coarse, of everybody together, once a day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lerend_web.scans.domain.response import response_of
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import coarse, start_of_day
from tests.lerend_web.scans.dairy import OPENS, Dairy, add_holders, let_answer, new_dairy, opened, plan

pytestmark = pytest.mark.django_db(databases=["default", "urn"])


@given(invited=st.integers(30, 5000), answered=st.integers(0, 5000))
def test_figure_moves_by_five_people_or_five_percent_whichever_is_coarser(invited: int, answered: int) -> None:
    figure = coarse(answered, invited)
    steps = sorted({coarse(n, invited) for n in range(answered + 1, answered + 400)} - {figure})
    assert figure <= answered
    assert steps[0] - figure >= max(5, invited / 20)
    assert steps[0] - figure < max(5, invited / 20) + 1


def test_figure_stands_all_day_and_moves_the_next(open_one: Wave) -> None:
    first = response_of(open_one, at=OPENS)
    assert first is not None
    assert (first.people, first.invited) == (0, 62)
    assert let_answer(open_one) == 46
    assert response_of(open_one, at=OPENS + timedelta(hours=15)) == first
    assert response_of(Wave.objects.get(), at=OPENS + timedelta(hours=15)) == first
    tomorrow = start_of_day(OPENS.date() + timedelta(days=1), "Europe/Amsterdam")
    assert response_of(open_one, at=tomorrow - timedelta(seconds=1)) == first
    second = response_of(open_one, at=tomorrow)
    assert second is not None
    assert (second.people, second.percent) == (45, 72)


def test_clock_that_goes_back_shows_no_second_figure(open_one: Wave) -> None:
    later = response_of(open_one, at=OPENS + timedelta(days=2))
    let_answer(open_one)
    earlier = response_of(open_one, at=OPENS)
    assert earlier is not None
    assert later is not None
    assert earlier.people == later.people == 0


def test_fewer_than_thirty_invited_see_no_figure(db: None) -> None:
    dairy: Dairy = new_dairy({"All": 29})
    wave = plan(dairy)
    add_holders(wave, dairy)
    opened(wave, dairy)
    assert response_of(wave, at=OPENS) is None


def test_there_is_no_figure_before_opening(wave: Wave) -> None:
    assert response_of(wave, at=OPENS) is None


def test_more_answers_than_people_never_show_more_than_everybody(open_one: Wave) -> None:
    let_answer(open_one, share=1.2)
    figure = response_of(open_one, at=OPENS)
    assert figure is not None
    assert figure.people == 60
    assert figure.percent <= 100
