"""White spots over all companies, and the brief for a pilot; nothing that tells one company from the others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lerend.diagnosis.result import UnitDiagnosis
from lerend.disclosure.bands import PeopleBand
from lerend.interventions.catalogue import CircumstanceCondition, FactorCondition, Grade
from lerend.interventions.counting import Companies, Part, Share, companies_of, part_of
from lerend.interventions.gap_matrix import Cover, GapMatrix, gap_matrix
from lerend.interventions.judging import Context
from lerend.interventions.packaged import packaged_catalogue
from lerend.interventions.pilot_brief import PilotBrief, Standing, pilot_brief
from lerend.release.value import Covariances, Release
from lerend.wording import LANGUAGES, say
from tests.lerend.interventions.units import MODEL, WORD, catalogue_of, entry_of, release_of_unit, unit_of

SAFETY, SUPPORT, VARIETY, BOND = (
    "psychological_safety",
    "supervisor_support",
    "task_completeness_variety",
    "organisational_commitment",
)
PACKAGED = packaged_catalogue()
HYGIENE = Context({"tasks_may_combine": False, "different_tasks": False})
NEEDS_SUPPORT = FactorCondition(SUPPORT, 3.0, None, WORD)


def company(name: str, bottleneck: str, support: tuple[float, float] = (3.5, 3.9), low: int = 50) -> UnitDiagnosis:
    return unit_of({SUPPORT: support}, (bottleneck,), name=name, people=PeopleBand(low, None))


def releases_of(*units: UnitDiagnosis) -> list[Release]:
    return [release_of_unit(unit) for unit in units]


def several(number: int, bottleneck: str = SAFETY, support: tuple[float, float] = (3.5, 3.9)) -> list[UnitDiagnosis]:
    return [company(f"C{place}-{support[0]}", bottleneck, support) for place in range(number)]


def small_matrix(*units: UnitDiagnosis) -> GapMatrix:
    return gap_matrix(releases_of(*units), catalogue_of(entry_of(needs=[NEEDS_SUPPORT])), MODEL)


def said(brief: PilotBrief) -> str:
    messages = (
        *brief.problem,
        *brief.theory,
        *(idea.why for idea in brief.ideas),
        brief.how_measured,
        brief.smallest.sentence,
    )
    return " ".join(message.in_language("en") for message in messages)


@pytest.mark.parametrize(
    ("without", "with_", "cover"),
    [(0, 4, Cover.COVERED), (3, 4, Cover.PARTLY), (4, 0, Cover.WHITE), (0, 0, Cover.NO_NEED), (1, 0, Cover.WHITE)],
)
def test_a_white_spot_is_where_nothing_proven_fits_anywhere(without: int, with_: int, cover: Cover) -> None:
    matrix = small_matrix(*several(without, support=(1.5, 2.0)), *several(with_))
    assert matrix.row(SAFETY).cover is cover
    assert matrix.white_spots == ((SAFETY,) if cover is Cover.WHITE else ())


def test_people_without_a_solution_are_counted_from_the_low_ends() -> None:
    row = small_matrix(*several(3, support=(1.5, 2.0)), *several(4)).row(SAFETY)
    assert (row.people, row.people_without) == (350, 150)
    assert row.without == Part(Share.SOME, 3)
    assert [(cell.intervention, cell.fits) for cell in row.cells] == [("thing", Part(Share.SOME, 4))]


def test_weak_evidence_fills_no_white_spot() -> None:
    entry = entry_of(grade=Grade.C)
    row = gap_matrix(releases_of(*several(4)), catalogue_of(entry), MODEL).row(SAFETY)
    assert row.cover is Cover.WHITE
    assert row.weak == ("thing",)


def test_fewer_than_three_companies_are_a_few_and_their_people_are_not_said() -> None:
    row = small_matrix(*several(2, support=(1.5, 2.0))).row(SAFETY)
    assert row.companies == Companies(None)
    assert (row.people, row.people_without) == (None, None)
    assert row.companies.sentence_part.in_language("en") == "a few companies"


def test_no_count_gives_away_a_rest_below_three() -> None:
    row = small_matrix(*several(1, support=(1.5, 2.0)), *several(5)).row(SAFETY)
    assert row.companies == Companies(6)
    assert row.without == Part(Share.SOME, None)
    assert row.cells[0].fits == Part(Share.SOME, None)
    assert row.people_without is None


@pytest.mark.parametrize("whole", range(9))
def test_no_part_of_any_whole_tells_one_or_two(whole: int) -> None:
    for number in range(whole + 1):
        part = part_of(number, whole)
        if part.number is not None and part.number > 0:
            assert part.number >= 3
            assert whole - part.number == 0 or whole - part.number >= 3
        if companies_of(number).number is None:
            assert number in {1, 2}


def test_most_people_without_a_solution_come_first() -> None:
    units = [*several(3, BOND), *[replace(unit, people=PeopleBand(500, None)) for unit in several(3, VARIETY)]]
    matrix = gap_matrix(releases_of(*units), catalogue_of(), MODEL)
    assert [row.factor for row in matrix.rows[:2]] == [VARIETY, BOND]


def test_order_of_the_releases_makes_no_difference() -> None:
    units = [*several(3, BOND), *several(4, SAFETY), *several(3, VARIETY)]
    one, other = (gap_matrix(releases_of(*each), PACKAGED, MODEL) for each in (units, units[::-1]))
    assert one == other


def test_a_company_that_may_not_be_shown_counts_nowhere() -> None:
    hidden = replace(company("X", SAFETY), hidden=say("Too few answers."))
    assert small_matrix(*several(3), hidden) == small_matrix(*several(3))


def test_small_subtasks_are_a_white_spot_where_tasks_may_not_be_combined() -> None:
    units = several(4, VARIETY)
    open_ = gap_matrix(releases_of(*units), PACKAGED, MODEL)
    closed = gap_matrix(releases_of(*units), PACKAGED, MODEL, contexts={unit.label: HYGIENE for unit in units})
    assert open_.row(VARIETY).cover is Cover.COVERED
    assert closed.white_spots == (VARIETY,)


def test_brief_for_a_white_spot_has_all_that_a_pilot_starts_from() -> None:
    units = several(4, VARIETY)
    contexts = {unit.label: HYGIENE for unit in units}
    brief = pilot_brief(VARIETY, releases_of(*units), PACKAGED, MODEL, contexts=contexts)
    assert (brief.companies, brief.same_gap, brief.people) == (Companies(4), Part(Share.ALL, 4), 200)
    assert (brief.measured_on, brief.then) == (VARIETY, "informal_learning_behaviour")
    assert {idea.intervention.id: idea.standing for idea in brief.ideas}["job_enrichment"] is Standing.BLOCKED
    assert brief.use_first == ()
    assert "In 4 companies" in said(brief)
    assert "No proven solution fits there." in said(brief)


def test_brief_says_where_a_proven_solution_does_fit() -> None:
    units = [*several(3, support=(1.5, 2.0)), *several(4)]
    catalogue = catalogue_of(entry_of(needs=[NEEDS_SUPPORT]), entry_of("weak", grade=Grade.C))
    brief = pilot_brief(SAFETY, releases_of(*units), catalogue, MODEL)
    assert [entry.id for entry in brief.use_first] == ["thing"]
    assert [idea.intervention.id for idea in brief.ideas] == ["weak", "thing"]
    assert (brief.companies, brief.same_gap, brief.people) == (Companies(7), Part(Share.SOME, 3), 150)
    assert "In 3 of them no proven solution fits." in said(brief)


def test_brief_says_nothing_that_holds_for_one_or_two_companies_only() -> None:
    units = [*several(2, support=(1.5, 2.0)), *several(4)]
    brief = pilot_brief(SAFETY, releases_of(*units), catalogue_of(entry_of(needs=[NEEDS_SUPPORT])), MODEL)
    assert (brief.same_gap, brief.people, brief.ideas) == (Part(Share.SOME, None), None, ())
    assert "In some of them no proven solution fits." in said(brief)


def test_brief_says_that_no_pilot_is_needed_where_a_proven_solution_fits_everywhere() -> None:
    brief = pilot_brief(SAFETY, releases_of(*several(4)), catalogue_of(entry_of()), MODEL)
    assert brief.same_gap == Part(Share.NONE, 0)
    assert "a pilot is not what they need first" in said(brief)


def test_brief_holds_no_company_and_no_score() -> None:
    units = several(4, support=(1.5, 2.1))
    catalogue = catalogue_of(entry_of(needs=[NEEDS_SUPPORT, CircumstanceCondition("paid_time", WORD)]))
    words = said(pilot_brief(SAFETY, releases_of(*units), catalogue, MODEL))
    assert not [unit.label for unit in units if unit.label in words]
    assert "1.5" not in words
    assert "2.1" not in words


def test_smallest_effect_follows_how_much_people_differ() -> None:
    release = release_of_unit(company("A", SAFETY))
    shown = Covariances(("A",), (SAFETY,), PeopleBand(50, None), (3.0,), (1.4,), ((1.0,),))
    usual = pilot_brief(SAFETY, [release], PACKAGED, MODEL).smallest
    wide = pilot_brief(SAFETY, [replace(release, covariances=(shown,))], PACKAGED, MODEL).smallest
    assert [usual.deviations, usual.points, wide.points] == pytest.approx([0.2, 0.2, 0.3])
    assert "one in 3 people" in wide.sentence.in_language("en")


def test_brief_for_a_factor_that_is_nowhere_a_bottleneck_says_so() -> None:
    brief = pilot_brief(BOND, releases_of(*several(3)), PACKAGED, MODEL)
    assert "In no company that we may show" in said(brief)


def test_brief_can_be_said_in_both_languages_for_every_ranked_factor() -> None:
    for factor in (each.id for each in MODEL.factors if each.ranked and each.measured):
        brief = pilot_brief(factor, releases_of(*several(3, factor)), PACKAGED, MODEL)
        for language in LANGUAGES:
            assert all("{" not in each.in_language(language) for each in (*brief.problem, *brief.theory))
