"""What waits for a teacher, a researcher and a contact on their first page; and comparing entries of the catalogue."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lerend_web.core.clock import now
from lerend_web.interventions.domain.scripts import claim_script
from lerend_web.interventions.enums import Wording
from lerend_web.interventions.models import Session
from lerend_web.people.enums import OrganisationRole, ProgrammeRole, Role
from lerend_web.themes.models import Theme
from tests.lerend_web.actors import Place, client_of
from tests.lerend_web.instruments.conftest import in_english
from tests.lerend_web.interventions.cards import another_contact, maker
from tests.lerend_web.meetings.hour import a_meeting
from tests.lerend_web.themes.conftest import Browse
from tests.lerend_web.workshop_routes import NO_SCRIPT, a_proposal, a_workshop

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

TEACHER, RESEARCHER = ProgrammeRole.TEACHER, ProgrammeRole.RESEARCHER
CONTACT = OrganisationRole.COMPANY_CONTACT


def seen(browser: Client) -> str:
    return browser.get(reverse("my-work")).content.decode()


@pytest.mark.parametrize("role", [TEACHER, RESEARCHER])
def test_review_waits_for_teacher_and_researcher(here: Place, elsewhere: Place, by: Browse, role: Role) -> None:
    proposal = a_proposal(here)
    assert f"Review the proposal “{proposal.name}”" in seen(by(role))
    assert proposal.name not in seen(in_english(client_of(elsewhere.people[role])))


def test_review_waits_for_another_company_and_not_for_its_own(here: Place, by: Browse) -> None:
    proposal = a_proposal(here)
    assert proposal.name in seen(in_english(client_of(another_contact(here))))
    assert proposal.name not in seen(by(CONTACT))


def test_teacher_sees_scripts_sessions_and_meetings(here: Place, by: Browse) -> None:
    teacher = here.people[TEACHER]
    workshop = a_workshop(here)
    maker(workshop.theme, teacher)
    for days, what in ((3, "Write the steps"), (-3, "We began")):
        on = (now() + timedelta(days=days)).date()
        Session.objects.create(programme=here.programme, workshop=workshop, on=on, minutes=60, what=what)
    meeting = a_meeting(here.programme)
    meeting.starts_at = now() + timedelta(days=5)
    meeting.save()
    page = seen(by(TEACHER))
    assert "scripts that nobody writes yet" in page
    assert "Write the steps" in page
    assert "We began" not in page
    assert meeting.title in page
    claim_script(programme=here.programme, entry=NO_SCRIPT, wording=Wording.DUTCH, by=teacher, at=now())
    assert "Go on with your script" in seen(by(TEACHER))


def test_two_or_three_stand_beside_each_other(db: None) -> None:
    browser = in_english(Client())
    compare = reverse("catalogue-compare")
    page = browser.get(compare, {"entry": ["team_debrief", "leadership_training"]}).content.decode()
    assert page.count('<th scope="col">') == 2
    assert page.count('<th scope="row">') >= 12
    for wrong in (["team_debrief"], ["team_debrief"] * 2, [f"e{number}" for number in range(4)], []):
        assert "tick two or three" in browser.get(compare, {"entry": wrong}).content.decode()
    assert browser.get(compare, {"entry": ["team_debrief", "no_such"]}).status_code == 404


def test_working_group_leads_to_its_workshops(here: Place, theme: Theme, by: Browse) -> None:
    maker(theme, here.people[TEACHER])
    address = reverse("working-group", args=[here.programme.pk, theme.pk])
    assert reverse("workshop-new", args=[here.programme.pk]) in by(TEACHER).get(address).content.decode()
    assert reverse("workshop-new", args=[here.programme.pk]) not in by(CONTACT).get(address).content.decode()
