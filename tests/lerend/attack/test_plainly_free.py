"""Who is not asked about is free: the solver, asked all the same, finds two points open for each of them."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from lerend.attack.bounds import ENOUGH, Kind, Members, bounds, plainly_free
from lerend.attack.programme import Block, Sum, possible_totals, solved

teams = st.lists(st.lists(st.integers(1, 5), min_size=1, max_size=9), min_size=2, max_size=4)


def counted(answers: list[list[int]], *, width: float, shown: list[bool]) -> tuple[Members, list[Sum]]:
    """People of teams of whom only the number is known, and the means of some teams and of all together."""
    count = np.array([[len(team)] for team in answers])
    inside = np.vstack([np.eye(len(answers), dtype=bool), np.ones((1, len(answers)), dtype=bool)])
    group = np.repeat(np.arange(len(answers)), count[:, 0])
    means = [float(np.mean(team)) for team in answers] + [float(np.mean([one for team in answers for one in team]))]
    seen = [*shown[: len(answers)], True]
    sums = [Sum(place, mean - width, mean + width) for place, mean in enumerate(means) if seen[place]]
    return Members(group, np.ones((len(group), 1), dtype=bool), None, inside, count), sums


@given(answers=teams, width=st.sampled_from([0.001, 0.05, 0.5]), shown=st.lists(st.booleans(), min_size=4, max_size=4))
@settings(deadline=None)
def test_solver_finds_two_points_open_for_whoever_is_called_free(
    answers: list[list[int]], width: float, shown: list[bool]
) -> None:
    members, sums = counted(answers, width=width, shown=shown)
    nobody = Block(members.count, members.inside, sums, (), -1, (False,))
    totals = possible_totals(nobody)
    assert totals is not None
    kinds = [Kind(team, (True,), (0,)) for team in range(len(answers))]
    found = solved([Block(members.count, members.inside, sums, (), kind.group, kind.met) for kind in kinds])
    free = [plainly_free(kind, members, np.zeros(1, dtype=bool), totals) for kind in kinds]
    narrow = [high - low < ENOUGH - 1e-6 for low, high in found]
    assert not any(one and other for one, other in zip(free, narrow, strict=True))


def test_one_alone_behind_a_mean_is_asked_about_and_found() -> None:
    members, sums = counted([[4], [2, 3, 4, 3]], width=0.05, shown=[True, True])
    (found,) = (one for one in bounds(members, sums, ()) if one.people == (0,))
    assert (round(found.low, 2), round(found.high, 2)) == (3.95, 4.05)


def test_figures_that_fit_nobody_free_nobody() -> None:
    members, sums = counted([[4, 4], [2, 3]], width=0.05, shown=[True, True])
    contradicting = [*sums, Sum(0, 1.0, 1.1)]
    nobody = Block(members.count, members.inside, contradicting, (), -1, (False,))
    assert possible_totals(nobody) is None
    assert len(bounds(members, contradicting, ())) == 2
