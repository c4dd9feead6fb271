"""What survives a closed wave: limits that cannot be broken, adding, and bytes that stay readable."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from lerend.statistics.covariance import within_covariance
from lerend.statistics.frozen import STEP, FrozenStatistics, ScoreScatter
from lerend.statistics.frozen_file import digest_of, from_bytes, to_bytes
from lerend.statistics.frozen_sums import path_of, statistics_of_frozen
from tests.lerend.statistics.frozen_waves import same, wave

GOLDEN = Path(__file__).parent / "golden" / "frozen-statistics-1.bin"


def test_bytes_give_back_the_same_value_and_the_same_bytes() -> None:
    frozen = wave("A") + wave("B", people=(12, 9, 8))
    content = to_bytes(frozen)
    assert same(from_bytes(content), frozen)
    assert to_bytes(from_bytes(content)) == content
    assert digest_of(content) == hashlib.sha256(content).hexdigest()


def test_format_1_stays_readable() -> None:
    content = GOLDEN.read_bytes()
    frozen = from_bytes(content)
    assert (frozen.k, frozen.items, frozen.categories_of) == (5, ("a1", "a2", "b1", "b2"), (5, 5, 5, 3))
    assert frozen.groups == ((("Company", "Team 0"),), (("Company", "Team 1"), ("Company", "Team 3")))
    assert (frozen.people.tolist(), frozen.counts.sum(axis=2).tolist()) == ([30, 26], [[30] * 4, [26] * 4])
    assert (frozen.pair_n.tolist(), frozen.pair_steps.tolist()) == ([[56, 56]], [[4, 4]])
    assert (frozen.shares, frozen.score_steps.tolist()) == (((("Company",),),), [[[0, 9], [9, 0]]])
    assert to_bytes(frozen) == content


@pytest.mark.parametrize("place", [0, 40, 500, -1])
def test_one_changed_byte_is_noticed(place: int) -> None:
    content = bytearray(to_bytes(wave("A")))
    content[place] ^= 1
    with pytest.raises(ValueError, match=r"no frozen|damaged"):
        from_bytes(bytes(content))


def test_a_later_format_is_refused() -> None:
    content = to_bytes(wave("A"))[:-32].replace(b'"format":1', b'"format":9')
    with pytest.raises(ValueError, match="format 9"):
        from_bytes(content + hashlib.sha256(content).digest())


def test_bytes_that_break_the_limits_are_refused_although_they_are_whole() -> None:
    content = to_bytes(wave("A", people=(30, 20, 6)))[:-32].replace(b'"k":5', b'"k":31')
    with pytest.raises(ValueError, match="fewer than 31"):
        from_bytes(content + hashlib.sha256(content).digest())


def test_a_group_below_k_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="fewer than 5"):
        wave("A", people=(60, 2, 2))


def test_pairs_of_items_of_fewer_than_fifty_cannot_be_made() -> None:
    none = np.zeros((1, 2), dtype=np.int64)
    assert wave("A", people=(20, 20, 9)).paired == ()
    with pytest.raises(ValueError, match="50 people"):
        wave("A", people=(20, 20, 9), paired=(("A",),), pair_n=none, pair_steps=none)


@pytest.mark.parametrize(("names", "people"), [("A", 49), ("AB", 80), ("ABC", 49)])
def test_scores_of_too_few_people_or_organisations_cannot_be_made(names: str, people: int) -> None:
    none = np.zeros((1, 2, 2), dtype=np.int64)
    shares = (tuple((name,) for name in names),)
    with pytest.raises(ValueError, match="50 people"):
        wave("A", shares=shares, share_people=np.array([people]), score_degrees=none, score_steps=none)


def test_adding_joins_organisations_by_path_in_any_order() -> None:
    one, two, three = wave("A", seed=1), wave("C", seed=2, people=(9, 8, 7)), wave("B", seed=3)
    assert same(one + two + three, three + (two + one))
    assert (one + two + three).organisations == (("A",), ("B",), ("C",))
    assert (two + one).people_of(("A",)) == one.people_of(("A",)) == 56


def test_two_waves_of_one_organisation_never_mix() -> None:
    with pytest.raises(ValueError, match="in both"):
        wave("A") + wave("A", seed=2)


def test_other_items_cannot_be_added() -> None:
    with pytest.raises(ValueError, match="same items"):
        wave("A") + wave("B", items=("a1", "a2", "b1", "other"))


def scatter(name: str, people: int) -> ScoreScatter:
    return ScoreScatter(
        ((name,),), people, np.array([people, people]), np.eye(2) * people, np.full((2, 2), people - 1.0)
    )


def test_a_pool_takes_three_organisations_and_fifty_people() -> None:
    pool = scatter("A", 20).pooled_with([scatter("C", 20), scatter("B", 10)])
    assert pool.organisations == (("A",), ("B",), ("C",))
    assert (pool.people, pool.scatter[0, 0], pool.degrees[0, 1]) == (50, 50, 47)
    for others in ([scatter("B", 40)], [scatter("B", 20), scatter("C", 9)], [scatter("B", 20), scatter("A", 20)]):
        with pytest.raises(ValueError, match="pool"):
            scatter("A", 20).pooled_with(others)


def test_what_is_kept_of_scores_has_fifty_people_on_both_scales_and_no_variance_of_one_organisation() -> None:
    one = ScoreScatter((("A",),), 60, np.array([60, 60, 49]), np.ones((3, 3)), np.ones((3, 3)))
    assert one.kept().degrees.tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 0]]


def test_ordinary_sums_hold_the_kept_counts_and_scatter() -> None:
    frozen = wave("A") + wave("B", people=(12, 9, 8))
    sums = statistics_of_frozen(frozen)
    assert sums.units == tuple(sorted(map(path_of, frozen.groups)))
    assert sums.people.sum() == frozen.people.sum()
    found = within_covariance(sums, ("a1", "a2"), depth=1)
    assert found.freedom[0, 1] == 55  # only the organisation of fifty or more
    assert found.matrix[0, 1] * 55 == pytest.approx(4 * STEP, abs=0.5)
    assert np.isnan(within_covariance(sums, ("a1", "b1"), depth=1).matrix[0, 1])


def test_variances_are_exact_where_no_pairs_are_kept() -> None:
    frozen = wave("B", people=(12, 9, 8))
    counts = frozen.counts[:, 0].sum(axis=0)
    variance = np.repeat(np.arange(1, 6), counts).var(ddof=1)
    assert within_covariance(statistics_of_frozen(frozen), ("a1",), depth=1).matrix[0, 0] == pytest.approx(variance)


def test_there_is_no_place_for_pairs_of_items_of_different_scales() -> None:
    frozen: FrozenStatistics = wave("A")
    assert frozen.pairs == ((0, 1), (2, 3))
    assert frozen.pair_n.shape == (1, 2)
