from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lerend.evidence.advice.learning import value_of_pilot
from lerend.evidence.advice.offer import Offer, offer_of
from lerend.evidence.advice.route import Ahead, Route, RouteAdvice, choose_route, where_to_develop
from lerend.evidence.grading.literature import Grade, published
from lerend.evidence.grading.standing import standing_of
from lerend.evidence.pooling.problems import EffectsAreWrong
from lerend.wording import say
from tests.lerend.evidence.advice.offers import offer
from tests.lerend.evidence.grading.finished_pilots import row_of

AHEAD = Ahead(people=600)


def said(advice: RouteAdvice) -> str:
    return " ".join(reason.in_language("en") for reason in advice.reasons)


def test_what_helps_often_and_was_seen_often_is_used() -> None:
    advice = choose_route([offer("a", 0.4), offer("b", 0.2)], AHEAD)
    assert advice.route is Route.EXISTING
    assert advice.best is not None
    assert advice.best.id == "a"
    assert "enough to use it" in said(advice)


def test_what_helps_often_but_was_seen_in_few_places_is_a_pilot() -> None:
    advice = choose_route([offer("a", 0.4, pilots=2)], AHEAD)
    assert advice.route is Route.AS_PILOT
    assert "fewer than 3 places" in said(advice)


def test_what_is_uncertain_is_a_pilot_and_what_is_unlikely_needs_something_new() -> None:
    assert choose_route([offer("a", 0.18)], AHEAD).route is Route.AS_PILOT
    assert choose_route([offer("a", 0.05)], AHEAD).route is Route.NEW


def test_what_cannot_be_done_here_does_not_count() -> None:
    barred = Offer("a", 0.5, 0.1, 0.1, 9, {"time": 1.0}, applicable=False, why_not=say("It needs night shifts."))
    advice = choose_route([barred], AHEAD)
    assert (advice.route, advice.cover, advice.best) == (Route.NEW, 0.0, None)
    assert "Nothing in the catalogue can be done here" in said(advice)


def test_numbers_are_shown_with_the_way() -> None:
    advice = choose_route([offer("a", 0.2, 0.12, 0.16)], Ahead(600, value=100.0, cost=500.0))
    assert advice.cover == pytest.approx(0.5987063256829237)
    assert "60% to help enough (at least 0.15 standard deviations)" in said(advice)
    each = value_of_pilot(0.2, 0.12, float(np.hypot(0.25, 0.16)), 0.15)
    assert advice.learned == pytest.approx(each)
    assert advice.learned_in_all == pytest.approx(600 * each)
    assert advice.worth_its_cost is (600 * each * 100 > 500)
    assert choose_route([offer("a", 0.2)], AHEAD).worth_its_cost is None


def test_a_catalogue_entry_offers_what_its_pilots_and_half_of_its_publications_say() -> None:
    standing = standing_of(row_of(0.3, 0.4, 0.35), published(Grade.B, 0.6), Grade.B)
    made = offer_of("it", standing, {"time": 1.0}, studies=2)
    assert made.mean == standing.effect
    assert made.pilots == 5
    assert made.interval.high - made.interval.low == pytest.approx(standing.interval.high - standing.interval.low)
    assert made.above(0.15) == pytest.approx(standing.worth_having, abs=0.05)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.floats(-0.3, 0.6), st.integers(0, 6)), min_size=1, max_size=5), st.floats(0.0, 0.5))
def test_one_more_offer_never_lowers_the_cover(pairs: list[tuple[float, int]], more: float) -> None:
    offers = [offer(f"o{place}", mean, pilots=pilots) for place, (mean, pilots) in enumerate(pairs)]
    here, there = choose_route(offers, AHEAD), choose_route([*offers, offer("more", more)], AHEAD)
    assert there.cover >= here.cover
    assert choose_route(offers[::-1], AHEAD).best == here.best


def test_where_to_develop_adds_up_what_no_solution_covers() -> None:
    gap = where_to_develop(np.array([[0.9, 0.2], [0.8, 0.4]]), np.array([[0.9, 0.0], [0.5, 0.5]]))
    assert gap == pytest.approx([0.9 * 0.1 + 0.8 * 0.5, 0.2 + 0.4 * 0.5])
    with pytest.raises(EffectsAreWrong, match="do not go together"):
        where_to_develop(np.array([[0.9]]), np.array([[1.2]]))


def test_a_doubt_below_zero_is_refused() -> None:
    with pytest.raises(EffectsAreWrong, match="below zero or unknown"):
        Offer("a", 0.1, -0.1, 0.1, 1)
