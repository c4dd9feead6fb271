"""Means, shares and means of items laid together tell more than each by itself; spreads have an attacker of their own."""

from __future__ import annotations

from typing import Any

import pytest

from lerend.attack.breach import Attacker
from tests.lerend.attack.releases import attackers, cell, found, people, release, truth

ONE, TWO = ["A", "one"], ["A", "two"]
WHOLE = [ONE, TWO]
KNOWN = truth(people(one=[2, 4, 4, 4, 4, 4], two=[2, 2, 2, 2, 2, 2]))
"""Everybody gave a two or a four; in the second team a two."""


def shares(detail: str, *percent: float, **more: Any) -> dict[str, Any]:
    return {
        "item": "t1",
        "detail": detail,
        "people": {"low": 10, "high": 19},
        "name": ["A"],
        "groups": WHOLE,
        "shares": percent,
        **more,
    }


MEAN = cell(TWO, [TWO], 2.0)


def test_a_mean_and_exact_shares_together_bound_somebody_whom_neither_bounds_alone() -> None:
    exact = shares("exact", 0, 58.3, 0, 41.7, 0)
    assert not found([release(MEAN)], KNOWN).breaches
    assert Attacker.PROGRAMME not in attackers(found([release(distributions=[exact])], KNOWN))
    together = found([release(MEAN, distributions=[exact])], KNOWN)
    assert attackers(together) >= {Attacker.PROGRAMME}
    assert all(breach.right for breach in together.breaches if breach.attacker is Attacker.PROGRAMME)


def test_rounded_shares_beside_the_mean_leave_them_open() -> None:
    rounded = shares("three", 50, 0, 25)
    assert not found([release(MEAN, distributions=[rounded])], KNOWN).breaches


def test_the_file_says_whose_answers_the_shares_are() -> None:
    """Shares of one team only, although the name is that of the whole."""
    wrong = found([release(MEAN, distributions=[shares("exact", 0, 58.3, 0, 41.7, 0)])], KNOWN)
    right = found([release(MEAN, distributions=[shares("exact", 0, 16.7, 0, 83.3, 0, groups=[ONE])])], KNOWN)
    assert Attacker.PROGRAMME in attackers(wrong)
    assert Attacker.PROGRAMME not in attackers(right)


@pytest.mark.parametrize(("mean", "breaks"), [(1.1, True), (3.0, False)])
def test_the_mean_of_an_item_counts_as_a_figure(mean: float, *, breaks: bool) -> None:
    answers = [1, 1, 1, 1, 1, 1, 1, 1, 1, 2] if breaks else [1, 2, 3, 4, 5, 1, 2, 3, 4, 5]
    known = truth(people(one=answers))
    item = {"organisation": ["A", "one"], "item": "t1", "mean": mean}
    alone = cell(ONE, [ONE], "very_low" if breaks else 3.0, people=(10, 19))
    assert (attackers(found([release(alone, items=[item])], known)) == {Attacker.PROGRAMME}) is breaks


@pytest.mark.parametrize(("deviation", "breaks"), [(0.3, True), (1.5, False)])
def test_a_small_spread_bounds_people_beside_their_means(deviation: float, *, breaks: bool) -> None:
    answers = [3, 3, 3, 3, 3, 4] if breaks else [1, 5, 1, 5, 3, 3]
    known = truth(people(one=answers, two=[3, 3, 3, 3, 3, 3] if breaks else answers))
    spread = {"organisation": ["A"], "scales": ["trust"], "deviations": [deviation]}
    text = release(cell(["A"], WHOLE, 3.1 if breaks else 3.0, people=(10, 19)), covariances=[spread])
    assert (attackers(found([text], known)) == {Attacker.SPREAD}) is breaks
