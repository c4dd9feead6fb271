from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lerend.evidence.advice.next_step import LEAST_CHANCE, Advice, next_steps
from lerend.evidence.advice.offer import Kind, Offer
from lerend.evidence.pooling.problems import EffectsAreWrong
from lerend.wording import say
from tests.lerend.evidence.advice.offers import BOTTLENECK, offer


def ids(advice: Advice) -> list[str]:
    return [step.offer.id for step in advice.steps]


def test_three_steps_with_all_that_speaks_for_each() -> None:
    advice = next_steps([offer("a", 0.5), offer("b", 0.3), offer("c", 0.2), offer("d", 0.1)], BOTTLENECK)
    assert ids(advice) == ["a", "b", "c"]
    first = advice.steps[0]
    assert first.best > 0.75
    assert first.helps_enough == pytest.approx(first.offer.above(0.15))
    assert first.pilots == 4
    assert first.expected == pytest.approx(0.9 * 0.5)
    told = first.sentence.in_language("en")
    for part in ("that it is the best step here", "that it helps enough", "4 pilots or studies", "would teach"):
        assert part in told


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.floats(-0.5, 0.7), st.floats(0.02, 0.4), st.integers(0, 8)), max_size=6),
    st.integers(0, 60),
)
def test_there_are_always_three_whatever_the_catalogue_holds(
    rows: list[tuple[float, float, int]], pilots_to_come: int
) -> None:
    offers = [offer(f"o{place}", mean, doubt, 0.1, pilots) for place, (mean, doubt, pilots) in enumerate(rows)]
    advice = next_steps(offers, BOTTLENECK, pilots_to_come=pilots_to_come)
    assert len({step.offer.id for step in advice.steps}) == 3
    for step in advice.steps:
        assert step.offer.kind is not Kind.EXISTING or step.above_zero >= LEAST_CHANCE
    assert {each.offer.id for each in advice.left_out} == {each.id for each in offers if each.above(0.0) < LEAST_CHANCE}
    assert 1 in {step.rank_without_bonus for step in advice.steps}


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(5)))
def test_nothing_is_drawn_in_secret(order: list[int]) -> None:
    """The same every time, whatever the order of the catalogue, also among equals."""
    offers = [offer(f"o{place}", 0.3 if place < 3 else 0.2) for place in range(5)]
    here = next_steps(offers, BOTTLENECK, pilots_to_come=20)
    there = next_steps([offers[place] for place in order], BOTTLENECK, pilots_to_come=20)
    assert ids(there) == ids(here)


def test_a_near_tie_asks_the_company_and_never_draws_itself() -> None:
    near = next_steps([offer("a", 0.30), offer("b", 0.295), offer("c", 0.1)], BOTTLENECK)
    assert near.nearly_equal
    assert near.note is not None
    assert "only if you agree" in near.note.in_language("en")
    apart = next_steps([offer("a", 0.4), offer("b", 0.2), offer("c", 0.1)], BOTTLENECK)
    assert not apart.nearly_equal
    assert apart.note is None


def test_what_can_still_be_learned_lifts_what_was_seldom_tried_and_the_surest_stays_in_sight() -> None:
    seldom, often = offer("seldom", 0.28, doubt=0.3, pilots=0), offer("often", 0.30, doubt=0.02, pilots=9)
    offers = [seldom, often, offer("other", 0.2)]
    assert ids(next_steps(offers, BOTTLENECK))[0] == "often"
    later = next_steps(offers, BOTTLENECK, pilots_to_come=40)
    assert ids(later)[0] == "seldom"
    often_later = next(step for step in later.steps if step.offer.id == "often")
    assert (often_later.rank, often_later.rank_without_bonus) == (2, 1)
    assert later.steps[0].learn_value > often_later.learn_value


def test_the_best_without_bonus_is_shown_even_when_three_teach_more() -> None:
    unsure = [offer(f"u{place}", 0.25, doubt=0.35, pilots=0) for place in range(4)]
    advice = next_steps([*unsure, offer("sure", 0.3, doubt=0.01)], BOTTLENECK, pilots_to_come=60)
    assert "sure" in ids(advice)
    assert all(step.rank > 0 for step in advice.steps)


def test_what_is_likely_to_do_nothing_or_cannot_be_done_is_left_out_with_the_reason() -> None:
    heavy = Offer("heavy", 0.5, 0.1, 0.1, 5, {"time": 1.0}, bearable=False)
    barred = Offer("barred", 0.5, 0.1, 0.1, 5, {"time": 1.0}, applicable=False, why_not=say("It needs night shifts."))
    elsewhere = offer("elsewhere", 0.5, factor="light")
    advice = next_steps([offer("weak", 0.0), heavy, barred, elsewhere], BOTTLENECK)
    reasons = {each.offer.id: each.reason.in_language("en") for each in advice.left_out}
    assert reasons == {
        "weak": "The chance that it works at all is 50%, and less than 60.",
        "heavy": "It asks more than the company can bear now.",
        "barred": "It needs night shifts.",
        "elsewhere": "It does not work on these bottlenecks.",
    }
    assert ids(advice) == ["new", "find_out", "leave"]


def test_where_nothing_is_likely_to_help_enough_something_new_is_among_what_is_weighed() -> None:
    weak = [offer(f"w{place}", 0.1, 0.05, 0.05) for place in range(4)]
    assert max(each.above(0.15) for each in weak) < 0.4
    advice = next_steps(weak, BOTTLENECK, pilots_to_come=40)
    assert "new" in ids(advice)
    strong = next_steps([*weak, offer("strong", 0.4)], BOTTLENECK, pilots_to_come=40)
    assert "new" not in ids(strong)


def test_several_bottlenecks_add_up() -> None:
    both = Offer("both", 0.3, 0.1, 0.1, 4, {"time": 1.0, "light": 0.5})
    advice = next_steps([both, offer("one", 0.3)], {"time": 0.8, "light": 0.6})
    assert advice.steps[0].offer.id == "both"
    assert advice.steps[0].expected == pytest.approx(0.3 * (0.8 + 0.3))


@pytest.mark.parametrize(
    ("offers", "bottlenecks", "said"),
    [
        ([], {}, "There is no bottleneck"),
        ([], {"time": 1.2}, "This is no chance"),
        ([offer("a", 0.1), offer("a", 0.2)], BOTTLENECK, "there twice"),
    ],
)
def test_what_cannot_be_advised_on_is_named(offers: list[Offer], bottlenecks: dict[str, float], said: str) -> None:
    with pytest.raises(EffectsAreWrong, match=said):
        next_steps(offers, bottlenecks)
