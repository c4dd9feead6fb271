"""A judged pilot proposes effect and grade by fixed rules; a researcher signs or refuses with a reason, and the history stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from lerend.evidence.design.kinds import Kind
from lerend_web.core.models import AuditEntry
from lerend_web.interventions.models import Proposal
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.pilots.domain.finished import entry_called
from lerend_web.pilots.domain.grade_history import change_of, grade_of, history_of, standing_after, standing_before
from lerend_web.pilots.domain.grades import (
    is_stale,
    propose_grade,
    refuse_grade,
    sign_grade,
    why_not_propose,
)
from lerend_web.pilots.enums import GradeState
from lerend_web.pilots.models import GradeChange, Pilot
from lerend_web.pilots.rules import PilotRefused
from tests.lerend_web.actors import Place, place
from tests.lerend_web.pilots.judged import ENTRY, Wish, judged, some_judged

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 2, 10, tzinfo=UTC)
UNSURE = "tl_training_org_learning"
"""Of grade C, and no publication gives a size."""
RISES = Wish(entry=UNSURE, factor="transparency", estimate=0.6, se=0.1)


@pytest.fixture
def here() -> Place:
    return place("A")


def signed(pilot: Pilot, here: Place) -> GradeChange:
    change = propose_grade(pilot=pilot, at=AT)
    sign_grade(change=change, by=here.people[ProgrammeRole.RESEARCHER], at=AT)
    return change


def grade(here: Place, entry: str) -> str:
    found = entry_called(here.programme, entry)
    assert found is not None
    return grade_of(here.programme, found).value


def test_a_contradicting_pilot_costs_a_grade_and_widens_the_interval_with_the_reason(here: Place) -> None:
    change = propose_grade(pilot=judged(here, Wish(estimate=-0.5, se=0.1, verdict="stop")), at=AT)
    before, after = standing_before(change), standing_after(change)
    assert (before.grade.value, after.grade.value) == ("A", "B")
    assert after.interval.high - after.interval.low > before.interval.high - before.interval.low
    assert after.effect < before.effect
    assert "found harm" in change.reasons[0]["en"]
    assert change.reasons[0]["nl"] != change.reasons[0]["en"]
    assert change.after["contradiction"] == "harm"


def test_nothing_moves_before_a_researcher_signs(here: Place) -> None:
    pilot = judged(here, Wish(estimate=-0.5, se=0.1))
    change = propose_grade(pilot=pilot, at=AT)
    assert grade(here, ENTRY) == "A"
    sign_grade(change=change, by=here.people[ProgrammeRole.RESEARCHER], at=AT)
    assert grade(here, ENTRY) == "B"
    assert AuditEntry.objects.filter(code="grade.signed", subject=pilot.key).exists()


def test_drawn_pilots_in_two_companies_earn_the_next_grade_one_step_at_a_time(here: Place) -> None:
    first = judged(here, RISES)
    assert standing_after(signed(first, here)).grade.value == "C"
    second = judged(here, replace(RISES, title="Again", day=7))
    change = signed(second, here)
    assert standing_after(change).grade.value == "B"
    assert [one.state for one in history_of(here.programme, UNSURE)] == ["signed", "signed"]


def test_two_pilots_in_one_company_are_one_witness(here: Place) -> None:
    first = judged(here, RISES)
    company = first.partners.get().organisation
    signed(first, here)
    again = signed(judged(here, replace(RISES, title="Again", day=7), organisation=company), here)
    assert standing_after(again).companies == 1
    assert standing_after(again).pilots == 2
    assert standing_after(again).grade.value == "C"


def test_who_made_the_approach_cannot_raise_its_grade_by_judging_it(here: Place) -> None:
    Proposal.objects.create(
        programme=here.programme,
        author=here.people[ProgrammeRole.RESEARCHER],
        entry=UNSURE,
        wording="en",
        made_at=AT,
    )
    pilots = [judged(here, replace(RISES, title=f"Pilot {number}", day=number)) for number in range(2)]
    assert [standing_after(signed(one, here)).grade.value for one in pilots] == ["C", "C"]
    assert any("Whoever made this approach judged" in one["en"] for one in propose_reasons(here))


def propose_reasons(here: Place) -> list[dict[str, str]]:
    return [reason for change in history_of(here.programme, UNSURE) for reason in change.reasons]


def test_before_and_after_changes_nothing_and_says_so(here: Place) -> None:
    pilot = judged(here, replace(RISES, kind=Kind.BEFORE_AFTER))
    change = propose_grade(pilot=pilot, at=AT)
    assert standing_before(change) == standing_after(change)
    assert "does not change the effect" in change.reasons[0]["en"]


def test_refusing_takes_a_reason_leaves_the_grade_and_stays_in_the_history(here: Place) -> None:
    researcher = here.people[ProgrammeRole.RESEARCHER]
    change = propose_grade(pilot=judged(here, Wish(estimate=-0.5, se=0.1)), at=AT)
    with pytest.raises(PilotRefused) as refusal:
        refuse_grade(change=change, why="  ", by=researcher, at=AT)
    assert refusal.value.field == "why"
    refuse_grade(change=change, why="The teams swapped halfway.", by=researcher, at=AT)
    kept = history_of(here.programme, ENTRY).get()
    assert (kept.state, kept.why_not) == (GradeState.REFUSED.value, "The teams swapped halfway.")
    assert grade(here, ENTRY) == "A"
    with pytest.raises(PilotRefused):
        sign_grade(change=change, by=researcher, at=AT)


def test_only_researchers_of_the_programme_decide(here: Place) -> None:
    change = propose_grade(pilot=judged(here, RISES), at=AT)
    outsider = place("B").people[ProgrammeRole.RESEARCHER]
    for person in (
        outsider,
        *(here.people[role] for role in (ProgrammeRole.COORDINATOR, OrganisationRole.COMPANY_CONTACT)),
    ):
        with pytest.raises(PilotRefused):
            sign_grade(change=change, by=person, at=AT)
        with pytest.raises(PilotRefused):
            refuse_grade(change=change, why="No.", by=person, at=AT)
    assert GradeChange.objects.get().state == GradeState.PROPOSED.value


def test_a_proposal_that_rests_on_an_older_grade_is_worked_out_anew_first(here: Place) -> None:
    first, second = some_judged(here, [0.6, 0.6], wish=RISES)
    early, late = propose_grade(pilot=first, at=AT), propose_grade(pilot=second, at=AT)
    assert standing_after(late).grade.value == "B"
    early.after["standing"]["grade"] = "D"
    early.save()
    sign_grade(change=early, by=here.people[ProgrammeRole.RESEARCHER], at=AT)
    assert is_stale(late)
    with pytest.raises(PilotRefused):
        sign_grade(change=late, by=here.people[ProgrammeRole.RESEARCHER], at=AT)
    anew = propose_grade(pilot=second, at=AT)
    assert anew.pk == late.pk
    assert standing_before(anew).grade.value == "D"


def test_what_has_no_verdict_or_no_entry_proposes_nothing(here: Place) -> None:
    without_entry = judged(here, replace(RISES, entry=""))
    assert why_not_propose(without_entry) is not None
    with pytest.raises(PilotRefused):
        propose_grade(pilot=without_entry, at=AT)
    running = Pilot.objects.create(
        programme=here.programme, key="k" * 26, title="Runs", factor="transparency", problem="x", made_at=AT
    )
    with pytest.raises(PilotRefused):
        propose_grade(pilot=running, at=AT)
    assert change_of(running) is None


def test_other_programmes_keep_their_own_grade(here: Place) -> None:
    signed(judged(here, Wish(estimate=-0.5, se=0.1)), here)
    assert grade(place("B"), ENTRY) == "A"
