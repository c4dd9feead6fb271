"""Alpha's interval without normal answers: that of the reference, laws, and what it is worth with skewed answers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lerend.statistics.distribution_free import distribution_free_alpha
from lerend.statistics.reliability import cronbach_alpha
from tests.lerend.statistics.people import People, groups_of_people
from tests.reference.references import complete_case, reference


@pytest.mark.parametrize("name", tuple(reference("alpha")))
def test_the_interval_is_that_of_the_reference(name: str) -> None:
    case = reference("alpha")[name]
    found = distribution_free_alpha(complete_case(case).astype(np.float64))
    assert found is not None
    assert found.value == pytest.approx(case["alpha"], rel=1e-12)
    assert found.standard_error == pytest.approx(case["adf_ase"], rel=1e-10)
    assert (found.interval.low, found.interval.high) == pytest.approx(case["adf95"], rel=1e-10)


@given(groups_of_people(), st.floats(0.1, 50), st.floats(-100, 100), st.sampled_from([-1, 1]))
@settings(max_examples=40, deadline=None)
def test_nothing_changes_when_answers_are_stretched_moved_or_turned(
    people: People, stretch: float, move: float, turn: int
) -> None:
    x = people.codes.astype(np.float64)
    one, other = distribution_free_alpha(x), distribution_free_alpha(turn * stretch * x + move)
    assert (one is None) == (other is None)
    if one and other:
        assert other.value == pytest.approx(one.value, abs=1e-8)
        assert other.standard_error == pytest.approx(one.standard_error, rel=1e-6, abs=1e-9)
        assert one.interval.low <= one.value <= one.interval.high
        assert one.logarithmic.low <= one.value <= one.logarithmic.high <= 1.0


@given(groups_of_people(least=20))
@settings(max_examples=25, deadline=None)
def test_the_error_is_near_that_of_leaving_out_one_person_at_a_time(people: People) -> None:
    x = people.codes.astype(np.float64)
    found = distribution_free_alpha(x)
    assert found is not None
    without = [cronbach_alpha(np.cov(np.delete(x, row, axis=0).T), len(x) - 1) for row in range(len(x))]
    left = np.array([one.value for one in without if one])
    jackknife = np.sqrt((len(x) - 1) / len(x) * ((left - left.mean()) ** 2).sum())
    assert found.standard_error == pytest.approx(jackknife, rel=0.35)


def test_where_some_people_answer_far_more_widely_it_holds_what_the_normal_one_does_not() -> None:
    rng = np.random.default_rng(5)
    true = 4 / 3 * (1 - 4 * 1.64 / (4 * 1.64 + 12))
    free_holds = normal_holds = 0
    for _ in range(200):
        widely = 1 / np.sqrt(rng.chisquare(5, size=(300, 1)))
        x = widely * (rng.normal(size=(300, 1)) + 0.8 * rng.normal(size=(300, 4)))
        free, normal = distribution_free_alpha(x), cronbach_alpha(np.cov(x.T), len(x))
        assert free is not None
        assert normal is not None
        free_holds += free.logarithmic.low <= true <= free.logarithmic.high
        normal_holds += normal.bonett.low <= true <= normal.bonett.high
    assert free_holds >= 175
    assert free_holds > normal_holds + 20


@pytest.mark.parametrize(
    "answers",
    [
        np.ones((30, 1)),
        np.ones((2, 3)),
        np.ones((30, 3)),
        np.array([[1.0, -1.0], [2.0, -2.0], [3.0, -3.0]]),
    ],
    ids=["one item", "two people", "all the same", "sum never varies"],
)
def test_there_is_none_where_the_data_cannot_say(answers: np.ndarray) -> None:
    assert distribution_free_alpha(answers) is None


def test_twin_items_have_no_error() -> None:
    found = distribution_free_alpha(np.repeat(np.arange(10.0)[:, None], 3, axis=1))
    assert found is not None
    assert (found.value, found.standard_error) == pytest.approx((1.0, 0.0))
