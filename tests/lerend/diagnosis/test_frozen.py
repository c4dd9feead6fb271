"""A diagnosis of closed waves says what a diagnosis of the answers would have said."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from lerend.answers.table import AnswerBatch
from lerend.diagnosis.basis import basis_of
from lerend.diagnosis.diagnose import Origin
from lerend.diagnosis.estimates import ProgrammeEstimates, estimate_from
from lerend.diagnosis.freezing import freeze
from lerend.diagnosis.frozen import basis_of_frozen, diagnose_frozen
from lerend.diagnosis.result import Diagnosis, UnitDiagnosis, UnitLevel
from lerend.errors import TooFewAnswers
from lerend.simulate.world import WorldSettings
from lerend.statistics.frozen_file import from_bytes, to_bytes
from lerend.statistics.frozen_sums import statistics_of_frozen
from tests.lerend.diagnosis.made_up import INSTRUMENT, MODEL, counted, diagnosed, programme
from tests.lerend.people_counted import number_of

LARGE = WorldSettings(companies=12, people=(60, 150))
FORTY = WorldSettings(companies=1, people=(40, 40))


def from_frozen(batch: AnswerBatch, *, k: int = 5, frozen_at: int = 5, draws: int = 300) -> Diagnosis:
    """Frozen, written, read back and diagnosed."""
    kept = from_bytes(to_bytes(freeze(batch, model=MODEL, instrument=INSTRUMENT, k=frozen_at)))
    origin = Origin(batch.reading, "0" * 64, ("company", "team"), simulated=True)
    return diagnose_frozen(kept, model=MODEL, instrument=INSTRUMENT, origin=origin, k=k, draws=draws, seed=1)


@cache
def both_roads(settings: WorldSettings, seed: int) -> tuple[ProgrammeEstimates, ProgrammeEstimates]:
    batch = programme(settings, seed).filled.batch
    kept = freeze(batch, model=MODEL, instrument=INSTRUMENT, k=5)
    sums = statistics_of_frozen(kept)
    rows = basis_of(counted(batch), model=MODEL, instrument=INSTRUMENT)
    left = basis_of_frozen(kept, sums, model=MODEL, instrument=INSTRUMENT)
    return estimate_from(rows, model=MODEL, seed=1), estimate_from(left, model=MODEL, seed=1)


def test_raw_scores_of_companies_are_the_same() -> None:
    rows, left = both_roads(LARGE, 1)
    assert np.abs(rows.companies.table.score - left.companies.table.score).max() < 1e-9
    assert np.abs(rows.companies.pooled.mean - left.companies.pooled.mean).max() < 1e-3


def test_raw_scores_of_teams_that_are_atoms_are_the_same() -> None:
    rows, left = both_roads(LARGE, 1)
    assert rows.teams is not None
    assert left.teams is not None
    row_of = {path: row for row, path in enumerate(rows.teams.table.paths)}
    here = [row for row, path in enumerate(left.teams.table.paths) if path in row_of]
    there = [row_of[left.teams.table.paths[row]] for row in here]
    known = np.isfinite(left.teams.table.score[here])
    assert known.mean() > 0.8
    assert np.abs(left.teams.table.score[here] - rows.teams.table.score[there])[known].max() < 1e-9
    assert np.abs(left.teams.pooled.mean[here] - rows.teams.pooled.mean[there])[known].max() < 0.1


@pytest.mark.parametrize("seed", [1, 2])
def test_probabilities_are_nearly_the_same(seed: int) -> None:
    rows, left = both_roads(LARGE, seed)
    assert rows.companies.ranking is not None
    assert left.companies.ranking is not None
    apart = np.abs(rows.companies.ranking.top_five - left.companies.ranking.top_five)
    assert apart.mean() < 0.03
    assert apart.max() < 0.2


def test_a_large_programme_says_the_same_of_its_companies() -> None:
    batch = programme(LARGE, 1).filled.batch
    rows, left = diagnosed(batch), from_frozen(batch)
    assert left.notes == rows.notes == ()
    assert [unit.path for unit in left.teams] == [unit.path for unit in rows.teams]
    for one, other in zip(rows.companies, left.companies, strict=True):
        assert [finding.hidden for finding in one.findings] == [finding.hidden for finding in other.findings]
        assert len(set(one.bottlenecks) ^ set(other.bottlenecks)) <= 4
    for quality, kept in zip(rows.quality, left.quality, strict=True):
        assert quality.alpha is not None
        assert kept.alpha is not None
        assert kept.alpha.value == pytest.approx(quality.alpha.value, abs=0.03)
        assert kept.rwg_uniform == pytest.approx(quality.rwg_uniform, abs=0.03)


def test_one_organisation_of_fifty_or_more_ranks_by_its_own_covariances() -> None:
    batch = programme(WorldSettings(companies=1, people=(120, 120)), 1).filled.batch
    found = from_frozen(batch)
    assert found.notes == ()
    assert found.programme.level is UnitLevel.COMPANY
    assert found.programme.bottlenecks
    assert all(quality.alpha is not None for quality in found.quality)


def test_one_organisation_below_fifty_leans_on_the_priors_and_says_so() -> None:
    batch = programme(FORTY, 1).filled.batch
    rows, left = diagnosed(batch), from_frozen(batch)
    (note,) = left.notes
    assert "earlier research" in note.template
    assert left.programme.bottlenecks
    assert all(quality.alpha is None for quality in left.quality)
    for one, other in zip(rows.programme.findings, left.programme.findings, strict=True):
        if one.score is not None and other.score is not None:
            assert other.score.value == pytest.approx(one.score.value, abs=0.05)


def test_a_pool_of_small_organisations_needs_no_note() -> None:
    batch = programme(WorldSettings(companies=8, people=(20, 40)), 1).filled.batch
    assert from_frozen(batch).notes == ()


def everything(found: Diagnosis) -> tuple[UnitDiagnosis, ...]:
    return (found.programme, *found.companies, *found.teams)


@pytest.mark.parametrize("k", [3, 5, 9])
def test_what_is_shown_keeps_the_floor_of_the_freeze_or_a_higher_one(k: int) -> None:
    found = from_frozen(programme().filled.batch, k=k)
    assert found.trail.k == max(k, 5)
    shown = [
        number_of(finding.people)
        for unit in everything(found)
        for finding in unit.findings
        if finding.people is not None
    ]
    assert shown
    assert min(shown) >= max(k, 5)


def test_a_team_that_was_joined_has_its_place_and_names_the_others() -> None:
    batch = programme().filled.batch
    found = from_frozen(batch)
    hidden = [unit for unit in found.teams if unit.hidden is not None]
    assert {unit.path for unit in found.teams} <= set(batch.paths)
    assert any(unit.joined_with for unit in hidden)
    assert all(unit.people is None for unit in hidden)


def test_fewer_than_k_answers_are_refused() -> None:
    batch = programme().filled.batch
    with pytest.raises(TooFewAnswers):
        from_frozen(batch.select(np.arange(len(batch.codes)) < 4))


def test_eight_people_are_told_why_there_is_nothing_about_their_manager() -> None:
    batch = programme(WorldSettings(companies=1, people=(8, 8)), 1).filled.batch
    found = from_frozen(batch)
    for factor in MODEL.factors:
        if factor.about_manager:
            assert found.programme.finding(factor.id).hidden is not None
    assert found.programme.finding("job_autonomy").score is not None
    assert [finding.scale for finding in found.programme.findings] == list(MODEL.scales)


def test_everybody_answering_the_same_gives_no_error() -> None:
    batch = programme(LARGE, 1).filled.batch
    for one in (batch, programme(FORTY, 1).filled.batch):
        same = AnswerBatch(one.items, np.full_like(one.codes, 3), one.paths, one.group)
        score = from_frozen(same).programme.finding("job_autonomy").score
        assert score is not None
        assert score.value == pytest.approx(3.0, abs=0.01)
