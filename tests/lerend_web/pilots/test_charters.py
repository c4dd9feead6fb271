"""A charter: from a brief in one click, or by hand; changed until the plan is frozen; by whom, and by whom not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils.translation import override

from lerend_web.core.models import AuditEntry
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.pilots.domain.charters import change_charter, make_pilot
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import Pilot
from lerend_web.pilots.rules import PilotRefused
from tests.lerend_web.actors import Place, person, place
from tests.lerend_web.pilots.begun import AT, a_pilot, charter, second_company, takes_part
from tests.lerend_web.pilots.browsers import by, of, said


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """What is refused is said in English here."""
    with override("en"):
        yield


pytestmark = pytest.mark.django_db(databases=["default", "urn"])

COORDINATOR, RESEARCHER, TEACHER = ProgrammeRole.COORDINATOR, ProgrammeRole.RESEARCHER, ProgrammeRole.TEACHER
CONTACT = OrganisationRole.COMPANY_CONTACT
TYPED = {
    "title": "Look back",
    "factor": "psychological_safety",
    "problem": "Nobody says it.",
    "sessions": "6",
    "weeks": "10",
    "smallest": "0.25",
}


@pytest.fixture
def here() -> Place:
    return place("A")


def test_coordinator_and_researcher_make_a_pilot_and_nobody_else_does(here: Place) -> None:
    for role in (COORDINATOR, RESEARCHER):
        assert make_pilot(programme=here.programme, charter=charter(here), by=here.people[role], at=AT).pk
    elsewhere = place("B")
    strangers = (here.people[TEACHER], here.people[CONTACT], elsewhere.people[COORDINATOR])
    for stranger in strangers:
        with pytest.raises(PilotRefused):
            make_pilot(programme=here.programme, charter=charter(here), by=stranger, at=AT)
    assert AuditEntry.objects.filter(code="pilot.made").count() == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", " "), ("problem", ""), ("factor", "luck"), ("sessions", 0), ("weeks", 900), ("smallest", 0.0)],
)
def test_charter_that_is_not_right_says_at_which_field(here: Place, field: str, value: object) -> None:
    with pytest.raises(PilotRefused) as refused:
        a_pilot(here, **{field: value})
    assert refused.value.field == field


def test_owner_and_partner_have_a_part_in_the_programme(here: Place) -> None:
    for field, one in (("owner", here.people[CONTACT]), ("partner", here.people[COORDINATOR])):
        with pytest.raises(PilotRefused) as refused:
            a_pilot(here, **{field: one})
        assert refused.value.field == field
    with pytest.raises(PilotRefused):
        a_pilot(here, partner=person("somebody"))


def test_charter_stays_as_it_is_once_the_plan_is_frozen(here: Place) -> None:
    pilot = a_pilot(here)
    other, editor = replace(charter(here), title="Another name"), here.people[COORDINATOR]
    change_charter(pilot=pilot, charter=other, by=editor, at=AT)
    assert Pilot.objects.get(pk=pilot.pk).title == "Another name"
    Pilot.objects.filter(pk=pilot.pk).update(state=PilotState.FROZEN)
    with pytest.raises(PilotRefused, match="frozen"):
        change_charter(pilot=pilot, charter=charter(here), by=editor, at=AT)
    assert Pilot.objects.get(pk=pilot.pk).title == "Another name"


def test_charter_is_made_and_changed_on_screen(here: Place) -> None:
    browser = by(here, RESEARCHER)
    made = browser.post(reverse("pilot-new", args=[here.programme.pk]), TYPED)
    pilot = Pilot.objects.get()
    assert made.headers["Location"] == f"/pilots/{pilot.key}?said=pilot-made"
    assert (pilot.sessions, pilot.smallest) == (6, 0.25)
    assert "Nobody says it." in said(browser, f"/pilots/{pilot.key}")
    changed = browser.post(reverse("pilot-charter", args=[pilot.key]), TYPED | {"approach": "Ten minutes on Friday"})
    assert changed.status_code == 302
    assert "Ten minutes on Friday" in said(browser, f"/pilots/{pilot.key}")
    wrong = browser.post(reverse("pilot-charter", args=[pilot.key]), TYPED | {"sessions": "0"})
    assert wrong.status_code == 400
    assert "from 1 to 60" in wrong.content.decode()


def test_list_shows_how_far_each_is_to_the_programme_and_to_who_was_asked(here: Place) -> None:
    pilot = a_pilot(here)
    address = reverse("pilots", args=[here.programme.pk])
    assert pilot.title in said(by(here, TEACHER), address)
    company = second_company(here)
    takes_part(pilot, company)
    listed = said(by(here, COORDINATOR), address)
    assert "1 takes part" in listed
    assert "being prepared" in listed
    assert pilot.title not in said(by(here, CONTACT), address)
    assert pilot.title in said(of(company.members.get().person), address)
