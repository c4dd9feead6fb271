"""Promised days, and numbers of companies from which nothing about one of them can be worked out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lerend_web.telling.enums import Kept, Part
from lerend_web.telling.rules import FEWEST_COMPANIES, at_least, heard_back, may_follow, told_since

PROMISED = date(2027, 1, 8)
ROUNDS = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from(["first", "second"]))


@pytest.mark.parametrize(
    ("told_on", "today", "state", "late"),
    [
        (date(2027, 1, 6), date(2027, 2, 1), Kept.KEPT, 0),
        (PROMISED, date(2027, 2, 1), Kept.KEPT, 0),
        (date(2027, 1, 9), date(2027, 2, 1), Kept.LATE, 1),
        (None, PROMISED, Kept.WAITS, 0),
        (None, date(2027, 1, 20), Kept.OVERDUE, 12),
    ],
)
def test_promise_is_kept_on_its_day_and_late_from_the_next(
    told_on: date | None, today: date, state: Kept, late: int
) -> None:
    found = heard_back(PROMISED, told_on, today=today)
    assert (found.state, found.days_late) == (state, late)


def test_part_keeps_its_day_until_its_words_change() -> None:
    first, later = date(2027, 1, 6), date(2027, 3, 6)
    versions = [
        (first, {"heard": "This.", "chosen": "That."}),
        (later, {"heard": "This.", "chosen": "Something else.", "done": "Begun."}),
    ]
    assert told_since(versions) == {Part.HEARD: first, Part.CHOSEN: later, Part.DONE: later}


def test_part_that_went_and_came_back_counts_from_when_it_came_back() -> None:
    days = [PROMISED + timedelta(days=n) for n in range(3)]
    versions = [(days[0], {"heard": "A"}), (days[1], {"heard": "B"}), (days[2], {"heard": "A"})]
    assert told_since(versions) == {Part.HEARD: days[2]}


@given(companies=st.integers(0, 60), count=st.integers(0, 60))
def test_number_that_is_told_is_true_and_points_at_no_few(companies: int, count: int) -> None:
    count = min(count, companies)
    said = at_least(count, companies)
    assert said <= count
    if said:
        assert said >= FEWEST_COMPANIES
        assert companies - said >= FEWEST_COMPANIES
    # Whoever reads it can think of three companies or more that do not have it, whatever is true.
    assert at_least(companies, companies) == at_least(max(companies - FEWEST_COMPANIES, 0), companies)


@given(before=ROUNDS, now=ROUNDS)
def test_next_version_differs_by_three_companies_or_by_none(before: dict[str, str], now: dict[str, str]) -> None:
    differ = {one for one in before.keys() | now.keys() if before.get(one) != now.get(one)}
    assert may_follow(before, now) == (not differ or len(differ) >= FEWEST_COMPANIES)
