"""Whether people read the questions alike in two rounds: what a release says of it, and when it says nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from lerend.answers.table import AnswerBatch
from lerend.attack.attack import attack
from lerend.attack.crowd import read_truth
from lerend.attack.shown import read_shown
from lerend.diagnosis.freezing import freeze
from lerend.release import read_alike
from lerend.release.gate import Ledger
from lerend.release.over_time import NoTrend, trends_of
from lerend.release.value import ReadAlike, Release, Trend
from lerend.release.writing import read_release, to_json
from lerend.statistics.frozen_comparison import compare_frozen, compare_frozen_scale, sums_of_scale
from lerend.statistics.structure.continuous.comparable import Comparable
from tests.lerend.diagnosis.made_up import INSTRUMENT, MODEL
from tests.lerend.release.test_schema import errors
from tests.lerend.release.waves import ITEMS, SCALES, released, wave_of

MEASURES = {item.id: item.measures for item in INSTRUMENT.items}
OF_WORKLOAD = [place for place, item in enumerate(ITEMS) if MEASURES[item] == "workload"]
ORGANISATION = ("Voorbeeld",)
TEAM = ("Voorbeeld", "Team 00")


def answered(people: int, seed: int, shifts: Sequence[tuple[int, float]] = ()) -> AnswerBatch:
    """Teams of thirty; each scale is one factor of its items, some of which shift for no reason of it."""
    generator = np.random.default_rng(seed)
    factor = {scale: generator.standard_normal((people, 1)) for scale in SCALES}
    whole: NDArray[np.float64] = 3 + 0.6 * generator.standard_normal((people, len(ITEMS)))
    for place, item in enumerate(ITEMS):
        whole[:, place] += 0.8 * factor[MEASURES[item]][:, 0]
    for place, shift in shifts:
        whole[:, place] += shift
    codes = np.clip(np.rint(whole), 1, 5).astype(np.uint8)
    return wave_of(np.array_split(codes, max(people // 30, 1)))


def rounds(before: AnswerBatch, now: AnswerBatch, moved: int = 0, *, with_sums: bool = True) -> tuple[Release, Release]:
    """Two releases; `moved` people came or left in the first team."""
    first = released(before)
    sums = {first.digest: (freeze(before, model=MODEL, instrument=INSTRUMENT, k=5), INSTRUMENT)} if with_sums else {}
    changed = {path: moved if path == TEAM else 0 for path in now.paths}
    return first, released(now, code="w2", ledger=Ledger((first,), {first.digest: changed}, sums))


def readings(release: Release) -> dict[str, ReadAlike]:
    return {one.scale: one for one in release.trends[0].read_alike}


def test_equal_questions_are_read_alike() -> None:
    _, second = rounds(answered(480, 1), answered(480, 2))
    assert {one.comparable for one in readings(second).values()} == {Comparable.ALIKE}
    assert set(readings(second)) == set(SCALES)


def test_the_scale_of_an_item_whose_meaning_shifted_has_no_trend_and_the_other_has() -> None:
    shifted = OF_WORKLOAD[1]
    first, second = rounds(answered(480, 1), answered(480, 2, [(shifted, 0.7)]))
    assert readings(second)["workload"] == ReadAlike("workload", Comparable.CHANGED, (ITEMS[shifted],))
    assert readings(second)["coworker_support"].comparable is Comparable.ALIKE
    for path in (ORGANISATION, TEAM):
        trends = {
            one.scale: one
            for one in trends_of(second, first, path, instrument=INSTRUMENT, earlier_instrument=INSTRUMENT)
        }
        assert (trends["workload"].difference, trends["workload"].why_not) == (None, NoTrend.READ_DIFFERENTLY)
        assert trends["workload"].reading == readings(second)["workload"]
        assert trends["coworker_support"].difference is not None


def test_what_only_one_of_so_many_tests_would_see_by_chance_is_not_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    # The same shift as above, on a page of so many scales that it could be chance.
    monkeypatch.setattr(read_alike, "FALSE_ALARM", 1e-200)
    _, second = rounds(answered(480, 1), answered(480, 2, [(OF_WORKLOAD[1], 0.7)]))
    assert readings(second)["workload"] == ReadAlike("workload", Comparable.UNCLEAR)


def test_too_few_people_are_said_to_be_too_few() -> None:
    for sizes in ((480, 48), (48, 480)):
        _, second = rounds(answered(sizes[0], 1), answered(sizes[1], 2))
        assert {one.comparable for one in readings(second).values()} == {Comparable.TOO_FEW_PEOPLE}


def test_a_scale_of_which_items_may_not_be_shown_is_not_checked() -> None:
    now = answered(480, 2)
    now.codes[np.ix_(np.flatnonzero(now.group == 0), np.array(OF_WORKLOAD))] = 1
    _, second = rounds(answered(480, 1), now)
    assert readings(second)["workload"].comparable is Comparable.NOT_SHOWN
    assert readings(second)["coworker_support"].comparable is Comparable.ALIKE


def test_nothing_is_said_where_few_came_or_left_where_nobody_said_or_where_the_sums_are_gone() -> None:
    before, now = answered(480, 1), answered(480, 2)
    assert rounds(before, now, moved=3)[1].trends[0].read_alike == ()
    assert rounds(before, now, with_sums=False)[1].trends[0].read_alike == ()
    first = released(before)
    frozen = freeze(before, model=MODEL, instrument=INSTRUMENT, k=5)
    unknown = released(now, code="w2", ledger=Ledger((first,), {}, {first.digest: (frozen, INSTRUMENT)}))
    assert unknown.trends == (Trend(first.digest, unknown.trends[0].masked, unknown=True),)


def test_the_file_holds_the_answer_and_no_figure_behind_it() -> None:
    _, second = rounds(answered(240, 1), answered(240, 2, [(OF_WORKLOAD[0], 0.8)]))
    content = json.loads(to_json(second))
    assert errors(content) == []
    told = content["trends"][0]["read_alike"]
    assert {key for one in told for key in one} == {"scale", "comparable", "changed"}
    assert read_release(to_json(second)) == second
    content["trends"][0]["read_alike"][0]["cfi"] = 0.97
    assert errors(content)


def test_the_answer_changes_no_other_figure_of_the_release() -> None:
    before, now = answered(240, 1), answered(240, 2)
    without, told = (rounds(before, now, with_sums=with_sums)[1] for with_sums in (False, True))
    for part in ("cells", "distributions", "covariances", "items", "diagnosis"):
        assert getattr(without, part) == getattr(told, part)


def test_attackers_who_read_both_rounds_find_nobody() -> None:
    batch = answered(60, 1)
    releases = rounds(batch, batch)
    scales = {scale: [item for item in ITEMS if MEASURES[item] == scale] for scale in SCALES}
    people = [
        {"id": number, "path": batch.paths[group], "answers": row}
        for number, (group, row) in enumerate(zip(batch.group.tolist(), batch.codes.tolist(), strict=True))
    ]
    truth = json.dumps({"scales": scales, "items": ITEMS, "people": people})
    assert readings(releases[1])["workload"].comparable.is_checked
    outcome = attack(read_shown([to_json(one) for one in releases]), read_truth([truth, truth], 2))
    assert not outcome.wrong
    assert not outcome.breaches


def test_who_knows_all_other_answers_still_learns_nothing_of_somebody_from_the_answer() -> None:
    before, now = (freeze(answered(60, seed), model=MODEL, instrument=INSTRUMENT, k=5) for seed in (1, 2))
    said = compare_frozen_scale({"1": before, "2": now}, ORGANISATION, "workload").comparable
    assert said.is_checked
    for person in (0, 31):
        for score in (1, 5):
            other = answered(60, 2)
            other.codes[person, OF_WORKLOAD] = score
            frozen = freeze(other, model=MODEL, instrument=INSTRUMENT, k=5)
            assert compare_frozen_scale({"1": before, "2": frozen}, ORGANISATION, "workload").comparable is said


def test_frozen_waves_say_it_of_every_scale_and_name_their_people() -> None:
    waves = {
        name: freeze(answered(400, seed), model=MODEL, instrument=INSTRUMENT, k=5)
        for seed, name in enumerate(("spring", "autumn"))
    }
    found = compare_frozen(waves, ORGANISATION)
    assert {one.scale for one in found} == set(SCALES)
    assert {one.people for one in found} == {(400, 400)}
    few = {**waves, "autumn": freeze(answered(48, 3), model=MODEL, instrument=INSTRUMENT, k=5)}
    assert {one.comparable for one in compare_frozen(few, ORGANISATION)} == {Comparable.TOO_FEW_PEOPLE}


def test_sums_of_a_frozen_wave_are_those_of_its_people_up_to_the_steps_they_are_kept_in() -> None:
    batch = answered(200, 4)
    frozen = freeze(batch, model=MODEL, instrument=INSTRUMENT, k=5)
    found = sums_of_scale(frozen, ORGANISATION, tuple(ITEMS[place] for place in OF_WORKLOAD))
    assert found is not None
    rows = batch.codes[:, OF_WORKLOAD].astype(float)
    assert np.allclose(found.mean, rows.mean(axis=0))
    assert np.allclose(found.covariance, np.cov(rows, rowvar=False), atol=1.25 / 199 + 1e-12)
    assert sums_of_scale(frozen, ("Elders",), ITEMS[:2]) is None
