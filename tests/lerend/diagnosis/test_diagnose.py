"""What a programme, its companies and its teams may know, and what nobody may."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from lerend.answers.table import AnswerBatch
from lerend.diagnosis.result import Band, UnitDiagnosis, UnitLevel
from lerend.errors import TooFewAnswers
from lerend.simulate.world import WorldSettings
from tests.lerend.diagnosis.made_up import MODEL, diagnosed, diagnosis, programme
from tests.lerend.people_counted import number_of


def everything() -> tuple[UnitDiagnosis, ...]:
    found = diagnosis()
    return (found.programme, *found.companies, *found.teams)


def test_every_measured_scale_is_in_every_unit_with_its_interval_or_a_reason() -> None:
    for unit in everything():
        assert [finding.scale for finding in unit.findings] == list(MODEL.scales)
        for finding in unit.findings:
            if finding.hidden is None:
                assert finding.score is not None
                assert 1 <= finding.score.low < finding.score.value < finding.score.high <= 5
                assert finding.sentence is not None
            else:
                assert (finding.score, finding.people, finding.room, finding.spread) == (None, None, None, None)


def test_nothing_shown_is_about_fewer_than_five_people_and_managers_need_ten() -> None:
    managers = {factor.id for factor in MODEL.factors if factor.about_manager}
    for unit in everything():
        for finding in unit.findings:
            if finding.people is not None:
                assert number_of(finding.people) >= (10 if finding.scale in managers else 5)


def test_a_team_that_is_too_small_says_so_and_names_who_it_was_taken_with() -> None:
    hidden = [unit for unit in diagnosis().teams if unit.hidden is not None]
    assert hidden
    for unit in hidden:
        assert unit.people is None
        assert unit.bottlenecks == ()
        assert unit.strengths == ()
    assert any(unit.joined_with for unit in hidden)


def test_workload_and_diversity_are_shown_and_never_ranked() -> None:
    for unit in everything():
        for scale in ("workload", "team_diversity"):
            assert unit.finding(scale).room is None
            assert scale not in unit.bottlenecks
            assert scale not in {strength.factor for strength in unit.strengths}


def test_bottlenecks_are_the_most_probable_and_carry_a_band() -> None:
    for unit in everything():
        rooms = [unit.finding(scale).room for scale in unit.bottlenecks]
        probabilities = [room.top_five for room in rooms if room is not None]
        assert len(probabilities) == len(unit.bottlenecks) <= 5
        assert probabilities == sorted(probabilities, reverse=True)
        for finding in unit.findings:
            if finding.room is not None:
                likely, possible = finding.room.top_five >= 0.8, finding.room.top_five >= 0.3
                assert finding.room.band is (
                    Band.VERY_LIKELY if likely else Band.POSSIBLY if possible else Band.UNLIKELY
                )
                assert finding.room.top_three <= finding.room.top_five


def test_strengths_and_bottlenecks_never_overlap() -> None:
    for unit in everything():
        assert not {strength.factor for strength in unit.strengths} & set(unit.bottlenecks)


def test_a_unit_of_fewer_than_eight_is_not_ranked_and_says_so() -> None:
    small = [unit for unit in diagnosis().teams if unit.people is not None and number_of(unit.people) < 8]
    assert small
    for unit in small:
        assert unit.why_not_ranked is not None
        assert unit.bottlenecks == ()
        assert all(finding.room is None for finding in unit.findings)


def test_the_same_answers_give_the_same_diagnosis_in_any_order() -> None:
    batch = programme().filled.batch
    order = np.random.default_rng(1).permutation(len(batch.codes))
    mixed = dataclasses.replace(batch, codes=batch.codes[order], group=batch.group[order])
    assert diagnosed(mixed).programme == diagnosis().programme


def test_renaming_companies_renames_the_result_and_nothing_else() -> None:
    batch = programme().filled.batch
    renamed = dataclasses.replace(batch, paths=tuple(("z" + company, team) for company, team in batch.paths))
    for one, other in zip(diagnosis().companies, diagnosed(renamed).companies, strict=True):
        assert other.label == "z" + one.label
        assert other.findings == one.findings


def test_the_true_points_are_found() -> None:
    truth, found = programme().truth, diagnosis()
    hits = [
        len(truth.largest(company) & set(unit.bottlenecks)) / len(unit.bottlenecks)
        for company, unit in enumerate(found.companies)
        if unit.bottlenecks
    ]
    assert np.mean(hits) > 0.5
    assert found.companies[0].level is UnitLevel.COMPANY


def test_one_company_is_its_own_programme_with_a_stated_target() -> None:
    alone = diagnosed(programme(WorldSettings(companies=1, people=(80, 80))).filled.batch)
    assert alone.programme.level is UnitLevel.COMPANY
    assert alone.programme.label == "Voorbeeld 01"
    assert alone.target_is_stated
    assert {finding.room.target for finding in alone.programme.findings if finding.room} == {MODEL.target}
    assert not diagnosis().target_is_stated


def only(batch: AnswerBatch, people: int) -> AnswerBatch:
    return batch.select(np.arange(len(batch.codes)) < people)


def without_groups(batch: AnswerBatch) -> AnswerBatch:
    return dataclasses.replace(batch, paths=((),), group=np.zeros(len(batch.codes), dtype=np.int32))


def test_answers_without_groups_are_one_unit() -> None:
    found = diagnosed(without_groups(programme().filled.batch))
    assert found.companies == ()
    assert found.teams == ()
    assert found.programme.bottlenecks


@pytest.mark.parametrize("people", [0, 1, 4])
def test_so_few_people_that_nothing_may_be_shown_is_refused(people: int) -> None:
    with pytest.raises(TooFewAnswers):
        diagnosed(only(programme().filled.batch, people))


def test_five_people_are_shown_and_not_ranked() -> None:
    found = diagnosed(only(programme().filled.batch, 5))
    assert found.programme.people == 5
    assert found.programme.why_not_ranked is not None


def test_everybody_answering_the_same_gives_wide_intervals_and_no_error() -> None:
    batch = programme().filled.batch
    same = dataclasses.replace(batch, codes=np.full_like(batch.codes, 3))
    found = diagnosed(same)
    score = found.programme.finding("job_autonomy").score
    assert score is not None
    assert score.value == pytest.approx(3.0, abs=0.01)
    assert score.high > score.low
    assert all(quality.alpha is None for quality in found.quality)


def test_without_floors_the_report_is_not_for_sharing() -> None:
    found = diagnosed(programme().filled.batch, k=1)
    assert not found.shareable
    assert all(unit.hidden is None for unit in found.teams)
    assert diagnosis().shareable


def test_quality_is_said_for_every_scale() -> None:
    for quality in diagnosis().quality:
        assert number_of(quality.people) > 0
        assert quality.alpha is not None
        assert quality.alpha.low < quality.alpha.value < quality.alpha.high
        assert quality.icc1 is not None
        assert quality.rwg_uniform is not None
        assert quality.rwg_skewed is not None
        assert quality.rwg_skewed <= quality.rwg_uniform


@pytest.mark.parametrize("trouble", ["confounded", "skewed", "careless"])
def test_worlds_that_we_do_not_assume_still_give_a_report(trouble: str) -> None:
    settings = WorldSettings(companies=6, people=(20, 60), trouble=trouble)  # type: ignore[arg-type]  # any spelling of the enum
    found = diagnosed(programme(settings).filled.batch)
    assert found.programme.headline
