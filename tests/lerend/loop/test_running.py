"""Programmes under both practices, small."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lerend.loop.comparing import compare, ratio_of
from lerend.loop.plan import sections_of
from lerend.loop.practice import LEREND, TODAY
from lerend.loop.questionnaire import packaged_questionnaire
from lerend.loop.running import run_programme
from lerend.loop.table import aim_told, table_of
from lerend.loop.world.numbers import Numbers, Stress
from tests.lerend.loop.made import small_world

SMALL = Numbers(companies=5, years=1, company_leaves=1e-9)


def test_same_programme_gives_the_same_outcome_and_stays_within_its_hours() -> None:
    world = small_world()
    asked = packaged_questionnaire()
    for practice in (TODAY, LEREND):
        found = run_programme(world, practice, asked)
        assert found == run_programme(world, practice, asked)
        assert found.tried > 0
        assert 0 < found.hours <= world.numbers.budget * world.numbers.years
        assert found.useless <= found.adopted


def test_world_without_effects_improves_nothing_and_only_there_all_adopted_is_useless() -> None:
    asked = packaged_questionnaire()
    found = run_programme(small_world(stress=Stress.NO_EFFECTS), TODAY, asked)
    assert found.improvement == 0.0
    assert found.adopted == found.useless > 0


def test_everybody_leaving_ends_a_programme_without_a_fault() -> None:
    world = small_world()
    gone = replace(world, leaves=np.zeros_like(world.leaves))
    found = run_programme(gone, TODAY, packaged_questionnaire())
    assert (found.tried, found.hours, found.improvement) == (0, 0.0, 0.0)


def test_comparison_is_said_in_both_languages_with_its_aims() -> None:
    steps: list[None] = []
    found = compare((TODAY, LEREND), numbers=SMALL, programmes=2, seed=5, done=lambda: steps.append(None))
    assert len(steps) == found.programmes == 2
    assert found.rows[0].ratio.value == 1.0
    english, dutch = table_of(found, "en"), table_of(found, "nl")
    assert "today's practice" in english
    assert english.count("\n") == dutch.count("\n") == 5
    assert "1.5" in aim_told(found).in_language("en")
    with pytest.raises(ValueError, match="whole of lerend"):
        aim_told(replace(found, rows=found.rows[:1]))


def test_ratio_has_the_interval_of_paired_programmes() -> None:
    below = np.array([1.0, 2.0, 3.0, 4.0])
    same = ratio_of(2 * below, below)
    assert (same.value, same.interval.low, same.interval.high) == (2.0, 2.0, 2.0)
    wide = ratio_of(np.array([4.0, 1.0, 9.0, 2.0]), below)
    assert wide.interval.low < wide.value < wide.interval.high
    assert np.isnan(ratio_of(below, np.zeros(4)).value)


def test_all_worlds_and_single_parts_are_run() -> None:
    sections = sections_of(200)
    assert {section.stress for section in sections} == set(Stress)
    assert [section.programmes for section in sections[:3]] == [200, 50, 20]
    assert all(section.practices[0] == TODAY for section in sections)
    assert [LEREND in section.practices for section in sections[:3]] == [True, False, True]
    assert [section.programmes for section in sections_of(30, (Stress.HUNCH,))] == [30]
