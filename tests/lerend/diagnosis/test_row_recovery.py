"""Nobody's answers can be recovered from what a freeze keeps; from what it does not keep they can.

Shorter than `benchmarks.row_recovery`, with the same attackers.
"""

from __future__ import annotations

import pytest

from benchmarks.gate_recovery import score_of_the_lowest_by_release
from benchmarks.row_recovery import (
    INSTRUMENT,
    MODEL,
    Outcome,
    answer_by_whole_numbers,
    answer_of_a_skipper,
    answers_to_a_scale,
    company,
    frozen,
    score_of_the_lowest,
    small_scales,
    whole_rows,
)
from lerend.answers.table import Reading
from lerend.diagnosis.diagnose import Origin
from lerend.release.gate import release_of
from lerend.release.value import Wave

SCALES = list(small_scales(frozen(company(50, 1)), 3))


def total(outcomes: list[Outcome]) -> Outcome:
    return sum(outcomes, Outcome(0, 0))


def test_rows_are_recovered_from_all_pairwise_tables_of_thirty_people() -> None:
    assert whole_rows(company(30, 1), 64, joined=True, tries=60).recovered >= 15


def test_no_row_is_recovered_from_tables_within_scales() -> None:
    assert whole_rows(company(30, 1), 64, joined=False, tries=8).recovered == 0


def test_pairs_of_a_scale_give_away_nobody_whom_counts_of_the_atoms_do_not() -> None:
    scales = SCALES[1:3]
    from_counts = total([answers_to_a_scale(company(50, 1), items, pairs=False) for items in scales])
    from_all = total([answers_to_a_scale(company(50, 1), items, pairs=True) for items in scales])
    assert from_counts.tried > 20
    assert from_all.recovered == from_counts.recovered <= 1


def test_raw_pair_sums_give_away_an_answer_of_whoever_skipped_another() -> None:
    found = total([answer_of_a_skipper(company(50, 1), 7, items, exact_sums=True) for items in SCALES[:3]])
    assert found.recovered == found.tried == 3


def test_what_is_kept_of_pairs_does_not() -> None:
    found = total([answer_of_a_skipper(company(50, 1), 7, items, exact_sums=False, whole=True) for items in SCALES[:3]])
    assert found == Outcome(0, 3)


@pytest.mark.parametrize(("exact", "least", "most"), [(True, 0.9, 1.0), (False, 0.0, 0.0)])
def test_exact_covariances_give_it_away_by_whole_numbers_and_rounded_ones_do_not(
    exact: bool, least: float, most: float
) -> None:
    people, items = range(0, 50, 5), SCALES[::4]
    found = total(
        [answer_by_whole_numbers(company(50, 1), one, scale, exact=exact) for one in people for scale in items]
    )
    assert least <= found.recovered / found.tried <= most


def test_a_score_is_recovered_from_exact_sums_of_five_people_and_not_from_what_is_kept_of_fifty() -> None:
    pairs = [(one, other) for one in SCALES[:3] for other in SCALES[:8] if one != other]
    exact = total([score_of_the_lowest(company(5, 1), one, other, step=0.0) for one, other in pairs])
    kept = total([score_of_the_lowest(company(50, 1), one, other, step=2.5) for one, other in pairs[:4]])
    assert exact.recovered > 0
    assert kept.recovered == 0


def test_nor_from_what_a_release_says_of_how_scores_go_together() -> None:
    batch = company(60, 1)
    kept = frozen(batch)
    shown = release_of(
        kept,
        model=MODEL,
        instrument=INSTRUMENT,
        wave=Wave("w1", "", ""),
        made_on="2026-09-18",
        origin=Origin(Reading(), "0" * 64, ("company", "team"), simulated=True),
        draws=100,
    ).covariances[0]
    members = {kept.scales[kept.scale_of[items[0]]]: items for items in small_scales(kept, 3)}
    pairs = [(one, other) for one in list(members)[:4] for other in list(members)[:4] if one != other]
    found = total(
        [
            score_of_the_lowest_by_release(batch, members[one], members[other], shown, (one, other))
            for one, other in pairs
        ]
    )
    assert found.tried > 2
    assert found.recovered == 0


def test_fewer_than_fifty_people_leave_counts_only() -> None:
    kept = frozen(company(45, 1))
    assert (kept.paired, kept.shares, kept.pair_steps.size, kept.score_steps.size) == ((), (), 0, 0)
