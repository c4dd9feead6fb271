"""Sorting is judged against what people say that a comment is about."""

from __future__ import annotations

import pytest
from scipy.stats import binomtest

from lerend.comments.judging import NOTHING, Judgement, Label, Share, judge
from lerend.comments.sorting import Sorted

A, B = "workload", "mobility"


def sure(factor: str | None) -> Sorted:
    return Sorted(factor, (), sure=True)


def unsure(factor: str | None = None) -> Sorted:
    return Sorted(factor, (), sure=False)


def test_precision_recall_and_unsure_are_counted_per_label() -> None:
    labels = [Label(A), Label(A), Label(A), Label(B), Label(NOTHING)]
    results = [sure(A), sure(B), unsure(), sure(B), sure(None)]
    judged = judge(labels, results)
    assert dict(judged.per_label) == {
        A: Judgement(precision=Share(1, 1), recall=Share(1, 3), unsure=Share(1, 3)),
        B: Judgement(precision=Share(1, 2), recall=Share(1, 1), unsure=Share(0, 1)),
        NOTHING: Judgement(precision=Share(1, 1), recall=Share(1, 1), unsure=Share(0, 1)),
    }
    assert judged.overall == Judgement(precision=Share(3, 4), recall=Share(3, 5), unsure=Share(1, 5))


def test_comment_about_two_things_is_rightly_under_either_and_found_under_the_first() -> None:
    judged = judge([Label(A, (B,))], [sure(B)])
    assert judged.overall == Judgement(precision=Share(1, 1), recall=Share(0, 1), unsure=Share(0, 1))


def test_guess_of_the_unsure_counts_for_nothing_but_is_told() -> None:
    judged = judge([Label(A), Label(A), Label(A)], [unsure(A), unsure(B), unsure()])
    assert judged.overall.precision == Share(0, 0)
    assert judged.guessed == Share(1, 2)


def test_label_to_which_something_was_wrongly_sorted_is_there_too() -> None:
    assert [name for name, _ in judge([Label(A)], [sure(B)]).per_label] == [A, B]


@pytest.mark.parametrize(("count", "total"), [(0, 5), (5, 5), (3, 7), (104, 121), (1, 1)])
def test_interval_is_wilsons_as_scipy_has_it(count: int, total: int) -> None:
    expected = binomtest(count, total).proportion_ci(0.95, method="wilson")
    assert Share(count, total).interval == pytest.approx((expected.low, expected.high))


def test_of_nothing_nothing_is_known() -> None:
    assert Share(0, 0).value is None
    assert Share(0, 0).interval == (0.0, 1.0)


def test_every_comment_has_one_result() -> None:
    with pytest.raises(ValueError, match="shorter"):
        judge([Label(A), Label(B)], [sure(A)])
