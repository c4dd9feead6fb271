"""What a freeze keeps of a wave, and what it does not."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lerend.answers.table import AnswerBatch, Path
from lerend.diagnosis.freezing import freeze
from lerend.simulate.world import WorldSettings
from lerend.statistics.frozen import LEAST_PEOPLE, FrozenStatistics
from lerend.statistics.frozen_file import to_bytes
from tests.lerend.diagnosis.made_up import INSTRUMENT, MODEL, counted, programme
from tests.lerend.statistics.frozen_waves import same

ABOUT_MANAGER = [factor.id for factor in MODEL.factors if factor.about_manager]


def frozen(batch: AnswerBatch, k: int = 5) -> FrozenStatistics:
    return freeze(batch, model=MODEL, instrument=INSTRUMENT, k=k)


def teams_of(sizes: Sequence[int], *, company: str = "A", seed: int = 0) -> AnswerBatch:
    """One company with teams of those sizes."""
    batch = programme().filled.batch
    rows = np.random.default_rng(seed).permutation(len(batch.codes))[: sum(sizes)]
    paths: tuple[Path, ...] = tuple((company, f"Team {number:02}") for number in range(len(sizes)))
    group = np.repeat(np.arange(len(sizes)), sizes).astype(np.int32)
    return dataclasses.replace(batch, codes=batch.codes[rows], paths=paths, group=group, leads=None)


def together(*batches: AnswerBatch) -> AnswerBatch:
    start = np.cumsum([0, *(len(batch.paths) for batch in batches)])
    return dataclasses.replace(
        batches[0],
        codes=np.concatenate([batch.codes for batch in batches]),
        paths=tuple(path for batch in batches for path in batch.paths),
        group=np.concatenate([batch.group + at for batch, at in zip(batches, start, strict=False)]).astype(np.int32),
    )


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 14), min_size=1, max_size=8), st.integers(3, 8), st.integers(0, 50))
def test_no_group_holds_fewer_than_k_of_a_scale_and_managers_have_ten(sizes: list[int], k: int, seed: int) -> None:
    kept = frozen(teams_of(sizes, seed=seed), k)
    held = kept.scale_people[kept.scale_people > 0]
    assert (kept.people[kept.people > 0] >= k).all()
    assert (held >= k).all()
    for scale in ABOUT_MANAGER:
        of_manager = kept.scale_people[:, kept.scales.index(scale)]
        assert (of_manager[of_manager > 0] >= max(k, 10)).all()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 14), min_size=1, max_size=8), st.integers(0, 50))
def test_every_group_of_a_scale_is_a_union_of_the_atoms_of_people(sizes: list[int], seed: int) -> None:
    kept = frozen(teams_of(sizes, seed=seed))
    everybody = [set(group) for group, n in zip(kept.groups, kept.people, strict=True) if n]
    for scale in range(len(kept.scales)):
        used = [set(group) for group, n in zip(kept.groups, kept.scale_people[:, scale], strict=True) if n]
        assert all(atom <= group or not atom & group for atom in everybody for group in used)
        assert sum(map(len, used)) == len(set().union(*used))


def test_counts_of_an_organisation_are_those_of_its_people() -> None:
    batch = teams_of([12, 11, 3, 30])
    kept, sums = frozen(batch), counted(batch)
    assert kept.people.sum() == sums.people.sum()
    assert (kept.counts.sum(axis=0) == sums.counts.sum(axis=0)).all()


def test_an_organisation_below_k_leaves_nothing_and_others_do_not_hold_its_people() -> None:
    alone = frozen(teams_of([2, 2]))
    assert alone.groups == ()
    assert alone.people.size == alone.counts.size == 0
    beside = frozen(together(teams_of([2, 2], company="B"), teams_of([20, 9], company="A")))
    assert beside.organisations == (("A",),)
    assert beside.people.sum() == 29


def test_below_fifty_answers_no_second_order_sum_is_left() -> None:
    kept = frozen(teams_of([20, 20, 9]))
    assert (len(kept.paired), len(kept.shares)) == (0, 0)
    assert frozen(teams_of([20, 20, 10])).paired == (("A",),)


def test_three_small_organisations_frozen_together_leave_a_pool_of_scores_and_no_pairs() -> None:
    small = [teams_of([20], company=name, seed=seed) for seed, name in enumerate("ABC")]
    kept = frozen(together(*small))
    assert kept.shares == ((("A",), ("B",), ("C",)),)
    assert kept.share_people.tolist() == [60]
    assert kept.paired == ()
    assert frozen(together(*small[:2])).shares == ()


def test_a_scale_that_fewer_than_fifty_answered_has_no_pairs() -> None:
    batch = teams_of([30, 30])
    scale = frozen(batch).scales[0]
    items = [index for index, item in enumerate(batch.items) if frozen(batch).scale_of[index] == 0]
    codes = batch.codes.copy()
    codes[:15, items] = 0
    kept = frozen(dataclasses.replace(batch, codes=codes))
    of_scale = [place for place, (i, _) in enumerate(kept.pairs) if kept.scale_of[i] == 0]
    assert kept.scale_people[:, kept.scales.index(scale)].sum() < LEAST_PEOPLE
    assert not kept.pair_n[0, of_scale].any()
    assert not kept.pair_steps[0, of_scale].any()
    assert not kept.score_degrees[0, 0].any()
    assert kept.pair_n[0].any()


def test_the_order_of_answers_leaves_no_trace() -> None:
    batch = programme().filled.batch
    order = np.random.default_rng(1).permutation(len(batch.codes))
    mixed = dataclasses.replace(batch, codes=batch.codes[order], group=batch.group[order])
    assert to_bytes(frozen(mixed)) == to_bytes(frozen(batch))


def test_waves_frozen_apart_add_up_to_one_that_was_frozen_together() -> None:
    one, other = teams_of([30, 30], company="A"), teams_of([40, 25], company="B", seed=4)
    assert same(frozen(one) + frozen(other), frozen(together(one, other)))


def test_answers_without_units_or_organisations_can_be_frozen() -> None:
    batch = programme().filled.batch
    flat = dataclasses.replace(batch, paths=((),), group=np.zeros(len(batch.codes), dtype=np.int32))
    assert frozen(flat).groups == (((),),)
    companies = programme(WorldSettings(companies=2, people=(30, 30))).filled.batch
    outer = dataclasses.replace(companies, paths=tuple((path[0] + path[1],) for path in companies.paths))
    assert all(len(group[0]) == 1 for group in frozen(outer).groups)


def test_groups_of_one_are_refused() -> None:
    with pytest.raises(ValueError, match="two people"):
        frozen(teams_of([20]), k=1)
