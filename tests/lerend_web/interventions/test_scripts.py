"""A script that nobody wrote: claimed by one teacher, approved by somebody else, then printed with its approach."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from lerend_web.core.clock import now
from lerend_web.core.models import AuditEntry
from lerend_web.interventions.domain.scripts import (
    claim_script,
    give_back_script,
    review_script,
    script_tasks,
    send_script,
    write_script,
)
from lerend_web.interventions.enums import ScriptState, Verdict, Wording
from lerend_web.interventions.models import OwnScript
from lerend_web.interventions.rules import InterventionRefused
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.people.models import Person
from lerend_web.workbench.domain.catalogue import entry_of
from tests.lerend_web.actors import Place
from tests.lerend_web.interventions.cards import SCRIPT, another
from tests.lerend_web.themes.conftest import Browse
from tests.lerend_web.workshop_routes import NO_SCRIPT

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

TEACHER, RESEARCHER = ProgrammeRole.TEACHER, ProgrammeRole.RESEARCHER


def claimed(here: Place, by: Person | None = None, entry: str = NO_SCRIPT) -> OwnScript:
    one = by or here.people[TEACHER]
    return claim_script(programme=here.programme, entry=entry, wording=Wording.ENGLISH, by=one, at=now())


def sent(here: Place) -> OwnScript:
    script, teacher = claimed(here), here.people[TEACHER]
    write_script(script=script, content=SCRIPT, by=teacher, at=now())
    send_script(script=script, by=teacher, at=now())
    return script


def test_approved_script_stands_with_its_approach_in_this_programme(here: Place, elsewhere: Place) -> None:
    script = sent(here)
    assert entry_of(NO_SCRIPT, programmes=[here.programme]).script == ()
    review_script(script=script, verdict=Verdict.APPROVE, words="", by=here.people[RESEARCHER], at=now())
    found = entry_of(NO_SCRIPT, programmes=[here.programme])
    assert (found.script_minutes, found.script_material) == (30, ("A board", "Pens"))
    assert found.script[0].say == "What did you find out this week?"
    assert entry_of(NO_SCRIPT, programmes=[elsewhere.programme]).script == ()
    assert NO_SCRIPT not in {task.entry for task in script_tasks(here.programme)}
    assert AuditEntry.objects.get(code="script.approved").programme == here.programme.pk


def test_one_teacher_writes_it(here: Place) -> None:
    claimed(here)
    with pytest.raises(InterventionRefused):
        claimed(here, another(TEACHER, here))


@pytest.mark.parametrize("role", [RESEARCHER, ProgrammeRole.COORDINATOR, OrganisationRole.COMPANY_CONTACT])
def test_only_teachers_claim(here: Place, role: Any) -> None:
    with pytest.raises(InterventionRefused):
        claimed(here, here.people[role])


def test_teacher_of_another_programme_neither_claims_nor_approves(here: Place, elsewhere: Place) -> None:
    stranger = elsewhere.people[TEACHER]
    with pytest.raises(InterventionRefused):
        claimed(here, stranger)
    with pytest.raises(InterventionRefused):
        review_script(script=sent(here), verdict=Verdict.APPROVE, words="", by=stranger, at=now())


def test_writer_does_not_approve_their_own(here: Place) -> None:
    with pytest.raises(InterventionRefused):
        review_script(script=sent(here), verdict=Verdict.APPROVE, words="", by=here.people[TEACHER], at=now())


def test_script_that_has_one_already_cannot_be_claimed(here: Place) -> None:
    with pytest.raises(InterventionRefused):
        claimed(here, entry="team_debrief")


def test_change_goes_back_to_the_writer_with_words(here: Place) -> None:
    script = sent(here)
    colleague = another(TEACHER, here)
    with pytest.raises(InterventionRefused):
        review_script(script=script, verdict=Verdict.CHANGE, words="", by=colleague, at=now())
    review_script(script=script, verdict=Verdict.CHANGE, words="Add a closing step.", by=colleague, at=now())
    assert (script.state, script.words) == (ScriptState.CHANGE_ASKED, "Add a closing step.")
    send_script(script=script, by=here.people[TEACHER], at=now())
    assert script.state == ScriptState.IN_REVIEW


@pytest.mark.parametrize(
    "changed",
    [{"steps": []}, {"people_en": ""}, {"steps": [{"minutes": None, "do_en": "Ask.", "say_en": ""}]}],
)
def test_half_a_script_is_kept_and_not_sent(here: Place, changed: dict[str, Any]) -> None:
    script, teacher = claimed(here), here.people[TEACHER]
    write_script(script=script, content=SCRIPT | changed, by=teacher, at=now())
    with pytest.raises(InterventionRefused):
        send_script(script=script, by=teacher, at=now())
    assert script.state == ScriptState.CLAIMED


def test_what_is_given_back_can_be_claimed_by_a_colleague(here: Place) -> None:
    give_back_script(script=claimed(here), by=here.people[TEACHER], at=now())
    assert claimed(here, another(TEACHER, here)).state == ScriptState.CLAIMED


def test_teacher_writes_it_on_screen_and_a_researcher_approves(here: Place, by: Browse) -> None:
    address = [here.programme.pk, NO_SCRIPT]
    teacher, researcher = by(TEACHER), by(RESEARCHER)
    teacher.post(reverse("script-claim", args=address), {"wording": "en"})
    said = {
        "people_en": "A team",
        "minutes_0": "15",
        "do_0_en": "Ask",
        "say_0_en": "Who begins?",
        "minutes_4": "5",
        "do_4_en": "Close",
    }
    assert teacher.post(reverse("script-write", args=address), {**said, "does": "send"}).status_code == 302
    page = researcher.get(reverse("script", args=address)).content.decode()
    assert "Who begins?" in page
    researcher.post(reverse("script-review", args=address), {"verdict": "approve"})
    printed = teacher.get(reverse("catalogue-entry", args=[NO_SCRIPT])).content.decode()
    assert "Script: 20 minutes on one page" in printed
