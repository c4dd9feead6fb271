"""Partners are chosen over the whole group: nothing fits better, and nobody gets what they cannot or do not want."""

from __future__ import annotations

from collections import Counter

import pytest

from lerend.diagnosis.result import Estimate
from lerend.partners.assigning import assign, possible_pairs, propose
from lerend.partners.company import Company, Place, Topic, distance_km
from tests.lerend.partners.groups import best_by_trying, company, some_group


def named(companies: list[Company], **limits: frozenset[frozenset[str]]) -> set[tuple[str, str, str]]:
    return {(pair.giver, pair.taker, pair.factor) for pair in propose(companies, **limits)}  # type: ignore[arg-type]  # only `apart` is given


def test_company_with_room_is_given_one_that_is_strong_there() -> None:
    assert named([company("a", strong="safety"), company("b", room="safety")]) == {("a", "b", "safety")}


def test_nobody_is_proposed_who_has_nothing_to_learn_or_to_tell() -> None:
    assert propose([company("a", strong="safety"), company("b", room="time"), company("c", strong="safety")]) == ()


def test_company_that_scores_lower_is_no_example_however_strong_for_itself() -> None:
    weak = Company("a", (Topic("safety", 1.0, 0.0, Estimate(3.0, 2.9, 3.1)),))
    better = Company("b", (Topic("safety", 0.0, 1.0, Estimate(3.6, 3.5, 3.7)),))
    assert propose([weak, better]) == ()


@pytest.mark.parametrize("seed", range(12))
def test_no_other_assignment_of_a_simulated_group_fits_better(seed: int) -> None:
    group = some_group(8, seed=seed)
    capacity = {one.id: one.capacity for one in group}
    pairs = possible_pairs(group)
    assert len(pairs) > 3
    assert sum(pair.fit for pair in assign(pairs, capacity)) == pytest.approx(best_by_trying(pairs, capacity), rel=1e-4)


def test_best_fitting_pair_is_left_when_that_gives_everybody_a_partner() -> None:
    """The very reason for looking at the group as a whole."""
    high, low = Estimate(4.0, 3.9, 4.1), Estimate(3.0, 2.9, 3.1)
    wanted = Company("wanted", (Topic("safety", 0.9, 0, high), Topic("time", 0.9, 0, high)))
    plain = Company("plain", (Topic("time", 0.9, 0, high),))
    easy = Company("easy", (Topic("safety", 0, 0.9, low), Topic("time", 0, 0.8, low)))
    picky = Company("picky", (Topic("safety", 0, 0.8, low),))
    group = [wanted, plain, easy, picky]
    best = max(possible_pairs(group), key=lambda pair: pair.fit)
    assert {best.giver, best.taker} == {"wanted", "easy"}
    assert named(group) == {("wanted", "picky", "safety"), ("plain", "easy", "time")}


@pytest.mark.parametrize("seed", range(6))
def test_nobody_is_in_more_pairs_than_they_can_be(seed: int) -> None:
    group = some_group(14, seed=seed)
    found = propose(group)
    times = Counter(side for pair in found for side in (pair.giver, pair.taker))
    assert found
    assert all(times[one.id] <= one.capacity for one in group)
    assert len({frozenset((pair.giver, pair.taker)) for pair in found}) == len(found)


def test_company_that_has_its_partners_already_gets_no_more() -> None:
    full = company("a", strong="safety", capacity=0)
    assert propose([full, company("b", room="safety")]) == ()


def test_competitors_are_never_together_even_when_nothing_else_fits() -> None:
    two = [company("a", strong="safety"), company("b", room="safety")]
    assert propose(two, apart=frozenset({frozenset("ab")})) == ()


@pytest.mark.parametrize("seed", range(6))
def test_nobody_travels_further_than_both_want(seed: int) -> None:
    group = {one.id: one for one in some_group(14, seed=seed)}
    for pair in propose(list(group.values())):
        giver, taker = group[pair.giver], group[pair.taker]
        assert giver.place is not None
        assert taker.place is not None
        assert distance_km(giver.place, taker.place) <= min(giver.reach_km or 0, taker.reach_km or 0)


def test_any_distance_is_fine_for_who_says_so() -> None:
    north, south = Place(53.22, 6.57), Place(50.85, 5.69)
    far = [company("a", strong="safety", place=north), company("b", room="safety", place=south)]
    assert len(propose(far)) == 1
    near = [far[0], company("b", room="safety", place=south, reach_km=100.0)]
    assert propose(near) == ()


def test_order_of_the_companies_changes_nothing() -> None:
    group = some_group(12, seed=3)
    assert propose(group) == propose(group[::-1])


def test_distance_is_that_on_the_map() -> None:
    """Groningen to Maastricht, some 270 km as the crow flies."""
    assert distance_km(Place(53.22, 6.57), Place(50.85, 5.69)) == pytest.approx(270, abs=5)
