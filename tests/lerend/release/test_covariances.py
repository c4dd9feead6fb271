"""How scores and items behave in an organisation: the figures are those of its people, and bound nobody."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.gate_recovery import score_of_the_lowest_by_release
from benchmarks.row_recovery import Outcome
from lerend.answers.table import AnswerBatch
from lerend.attack.attack import attack
from lerend.attack.breach import Attacker
from lerend.attack.crowd import read_truth
from lerend.attack.shown import read_shown
from lerend.disclosure.bands import PeopleBand
from lerend.release.covariances import mended, part_of
from lerend.release.value import Covariances, Missing, Release
from lerend.release.writing import read_release, to_json
from tests.lerend.diagnosis.made_up import INSTRUMENT
from tests.lerend.release.waves import ITEMS, SCALES, released, wave_of

MEASURES = {item.id: item.measures for item in INSTRUMENT.items}
MEMBERS = {scale: [place for place, item in enumerate(ITEMS) if MEASURES[item] == scale] for scale in SCALES}


def teams(people: int, seed: int, *, spread: float = 1.0) -> AnswerBatch:
    """Teams of six whose answers go together, within a scale and between both."""
    generator = np.random.default_rng(seed)
    common = generator.normal(size=(people, 1))
    codes = 3 + spread * (0.7 * common + generator.normal(size=(people, len(ITEMS))) * 0.9)
    whole = np.clip(np.rint(codes), 1, 5).astype(np.uint8)
    return wave_of(np.array_split(whole, people // 6))


def scores(batch: AnswerBatch) -> NDArray[np.float64]:
    return np.stack([batch.codes[:, MEMBERS[scale]].mean(axis=1) for scale in SCALES])


def attacked(batch: AnswerBatch, release: Release) -> set[Attacker]:
    people = [
        {"id": number, "path": batch.paths[group], "answers": row}
        for number, (group, row) in enumerate(zip(batch.group.tolist(), batch.codes.tolist(), strict=True))
    ]
    scales = {scale: [ITEMS[place] for place in MEMBERS[scale]] for scale in SCALES}
    known = read_truth([json.dumps({"scales": scales, "items": ITEMS, "people": people})], 1)
    outcome = attack(read_shown([to_json(release)]), known)
    assert not outcome.wrong
    return {breach.attacker for breach in outcome.breaches}


def test_means_deviations_and_correlations_are_those_of_the_people() -> None:
    batch = teams(150, 1)
    found = released(batch).covariances[0]
    order = [SCALES.index(scale) for scale in found.scales]
    true = scores(batch)[order]
    assert found.people.text == "100–199"
    assert np.allclose(found.means, true.mean(axis=1), atol=0.0501)
    assert np.allclose(found.deviations, true.std(axis=1, ddof=1), atol=0.03)
    assert np.allclose(found.correlations, np.corrcoef(true), atol=0.04)


def test_figures_stand_in_steps() -> None:
    found = released(teams(150, 1)).covariances[0]
    for figure in (*found.deviations, *np.ravel(found.correlations)):
        assert abs(figure * 20 - round(figure * 20)) < 1e-9


def test_fewer_than_fifty_people_have_none() -> None:
    release = released(teams(48, 1))
    assert (release.covariances, release.items) == ((), ())


def test_a_scale_of_which_a_team_is_told_in_words_has_no_spread() -> None:
    batch = teams(90, 2)
    batch.codes[np.ix_(np.flatnonzero(batch.group == 0), np.array(MEMBERS["workload"]))] = 1
    release = released(batch)
    assert release.covariances[0].scales == ("coworker_support",)
    assert {item.mean for item in release.items if item.item in [ITEMS[place] for place in MEMBERS["workload"]]} == {
        None
    }


@pytest.mark.parametrize("seed", range(3))
def test_nobody_is_bounded_by_spreads_beside_means(seed: int) -> None:
    batch = teams(60, seed, spread=(0.5, 0.8, 1.5)[seed])
    assert attacked(batch, released(batch)) == set()


def test_spread_of_people_who_are_nearly_alike_is_not_shown_and_would_bound_them() -> None:
    batch = wave_of([np.full((6, len(ITEMS)), 3, dtype=np.uint8)] * 10)
    release = released(batch)
    assert release.covariances == ()
    alike = Covariances(("Voorbeeld",), ("workload",), release.cells[0].people, (3.0,), (0.0,), ((1.0,),))
    assert attacked(batch, replace(release, covariances=(alike,))) == {Attacker.SPREAD}


def test_score_of_the_lowest_on_another_scale_is_not_recovered() -> None:
    found = Outcome(0, 0)
    for seed in range(5):
        batch = teams(54, seed)
        shown = released(batch).covariances[0]
        for one, other in (SCALES, SCALES[::-1]):
            found += score_of_the_lowest_by_release(batch, MEMBERS[one], MEMBERS[other], shown, (one, other))
    assert found.tried > 3
    assert found.recovered == 0


def test_from_an_exact_correlation_of_five_people_it_is() -> None:
    found = Outcome(0, 0)
    for seed in range(12):
        batch = wave_of([teams(54, seed).codes[:5]])
        square: NDArray[np.float64] = np.asarray(np.corrcoef(scores(batch)))
        rows = ((1.0, float(square[0, 1])), (float(square[1, 0]), 1.0))
        exact = Covariances(("A",), SCALES, PeopleBand(5), (3.0, 3.0), (1.0, 1.0), rows)
        for one, other in (SCALES, SCALES[::-1]):
            members = MEMBERS[one], MEMBERS[other]
            found += score_of_the_lowest_by_release(batch, *members, exact, (one, other), exact=True)
    assert found.recovered > 0


def test_fewer_scales_with_the_same_figures_are_a_part() -> None:
    more = Covariances(("A",), ("a", "b"), PeopleBand(50), (3.0, 3.5), (0.7, 0.8), ((1.0, 0.2), (0.2, 1.0)))
    fewer = Covariances(("A",), ("b",), PeopleBand(100), (3.5,), (0.8,), ((1.0,),))
    assert part_of(fewer, more)
    assert part_of(more, more)
    assert not part_of(more, fewer)
    assert not part_of(replace(fewer, deviations=(0.75,)), more)


def test_square_that_nobody_can_have_is_mended_and_says_so() -> None:
    square = ((1.0, 0.9, -0.9), (0.9, 1.0, 0.9), (-0.9, 0.9, 1.0))
    better, changed = mended(square)
    assert changed
    assert np.linalg.eigvalsh(better).min() > -1e-9
    assert np.allclose(better.diagonal(), 1)
    assert mended(((1.0, 0.2), (0.2, 1.0)))[1] is False


def test_items_say_their_mean_spread_and_whether_they_go_with_the_rest() -> None:
    batch = teams(150, 3)
    release = released(batch)
    found = {item.item: item for item in release.items}
    assert set(found) == set(ITEMS)
    for scale in SCALES:
        for place in MEMBERS[scale]:
            item, codes = found[ITEMS[place]], batch.codes.astype(float)
            rest = codes[:, [other for other in MEMBERS[scale] if other != place]].mean(axis=1)
            assert item.mean == pytest.approx(codes[:, place].mean(), abs=0.0501)
            assert item.deviation == pytest.approx(codes[:, place].std(ddof=1), abs=0.03)
            assert item.with_rest == pytest.approx(np.corrcoef(codes[:, place], rest)[0, 1], abs=0.05)
            assert item.missing is Missing.FEW


def test_what_was_left_open_is_told_in_three_steps_and_never_as_a_number() -> None:
    batch = teams(120, 4)
    batch.codes[:12, 0] = 0
    batch.codes[:40, 1] = 0
    found = {item.item: item.missing for item in released(batch).items}
    assert [found[item] for item in ITEMS[:3]] == [Missing.SOME, Missing.MANY, Missing.FEW]


def test_both_come_back_from_the_file() -> None:
    release = released(teams(90, 5))
    assert release.covariances
    assert release.items
    assert read_release(to_json(release)) == release
