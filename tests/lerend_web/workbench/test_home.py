"""The first page says what is next, and costs the same for one organisation as for many."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lerend_web.company_form.models import CompanyForm
from lerend_web.core import clock
from lerend_web.organisations.models import Organisation, OrganisationMember, Unit
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.programmes.models import ProgrammeMember
from lerend_web.scans.enums import WaveState
from tests.lerend_web.actors import client_of
from tests.lerend_web.scans.dairy import CLOSES, OPENS, plan
from tests.lerend_web.workbench.desk import Desk

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

HOME = "/work"


def text(desk: Desk) -> str:
    return desk.contact.get(HOME).content.decode()


def test_contact_without_teams_is_sent_to_the_teams(desk: Desk) -> None:
    Unit.objects.all().delete()
    assert "First say which teams there are" in text(desk)
    assert reverse("teams", args=[desk.dairy.organisation.pk]) in text(desk)


def test_contact_with_teams_is_asked_to_plan(desk: Desk) -> None:
    assert "Now plan the first round" in text(desk)


@pytest.mark.parametrize(
    ("state", "now", "says"),
    [
        (WaveState.PLANNED, OPENS, "See what it still needs"),
        (WaveState.OPEN, OPENS, "people can take part"),
        (WaveState.OPEN, CLOSES, "Close it with a key file"),
        (WaveState.CLOSING, CLOSES, "has begun and is not finished"),
        (WaveState.CLOSED, CLOSES, "See the outcome"),
    ],
)
def test_contact_is_told_what_the_round_needs(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, state: WaveState, now: datetime, says: str
) -> None:
    wave = plan(desk.dairy)
    wave.state = state
    wave.save()
    monkeypatch.setattr(clock, "now", lambda: now)
    assert says in text(desk)


def test_coordinator_sees_programmes_and_works_council_the_log(desk: Desk) -> None:
    assert "Learning dairy" in desk.coordinator.get(HOME).content.decode()
    council = desk.works_council.get(HOME).content.decode()
    assert reverse("organisation-log", args=[desk.dairy.organisation.pk]) in council
    assert "Plan a round" not in council


@pytest.mark.parametrize("role", [*OrganisationRole, *ProgrammeRole])
@pytest.mark.parametrize("state", [None, *WaveState])
def test_no_role_meets_a_dead_end_however_far_the_round_is(
    desk: Desk, role: OrganisationRole | ProgrammeRole, state: WaveState | None
) -> None:
    """Every card says something, and every link in it leads somewhere for whom it is shown."""
    if state is not None:
        wave = plan(desk.dairy)
        wave.state = state
        wave.save()
    one = desk.people["outsider"]
    if isinstance(role, OrganisationRole):
        OrganisationMember.objects.create(organisation=desk.dairy.organisation, person=one, role=role)
    else:
        ProgrammeMember.objects.create(programme=desk.dairy.programme, person=one, role=role)
    page = desk.outsider.get(HOME).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert "no role" not in main
    assert all(re.search(r"<p>\S", card) for card in main.split("<li>\n          <h3>")[1:])
    waits = {ProgrammeRole.TEACHER, ProgrammeRole.MODERATOR} | (
        {OrganisationRole.KEY_HOLDER, ProgrammeRole.KEY_HOLDER} if state in {None, WaveState.CLOSED} else set()
    )
    links = set(re.findall(r'href="(/[^"#?]+)', main))
    assert links or role in waits
    gone = [link for link in links if desk.outsider.get(link).status_code != 200]
    # A closed round without an outcome exists in this test alone.
    assert [link for link in gone if not link.endswith("/outcome")] == []


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (None, "You are asked to say how you see"),
        ("draft", "You have begun with the company form"),
        ("sent", "You sent your company form"),
    ],
)
def test_informant_is_told_how_far_the_own_form_is(desk: Desk, state: str | None, says: str) -> None:
    one, here = desk.people["outsider"], desk.dairy.organisation
    OrganisationMember.objects.create(organisation=here, person=one, role=OrganisationRole.INFORMANT)
    if state:
        CompanyForm.objects.create(
            organisation=here,
            programme=desk.dairy.programme,
            person=one,
            role="hr",
            year=clock.now().year,
            state=state,
            started_at=OPENS,
            sent_at=OPENS if state == "sent" else None,
        )
    assert says in desk.outsider.get(HOME).content.decode()


def test_works_council_is_told_that_a_round_waits_for_its_consent(desk: Desk) -> None:
    plan(desk.dairy, works_council_consent_on=None)
    page = desk.works_council.get(HOME).content.decode()
    assert "say whether you agree" in page
    assert reverse("council", args=[desk.dairy.organisation.pk]) in page


def test_who_has_no_role_is_told_whom_to_ask(desk: Desk) -> None:
    page = desk.outsider.get(HOME).content.decode()
    assert "no role" in page
    assert "Example Dairy" not in page


def test_visitor_is_sent_to_sign_in(desk: Desk) -> None:
    assert client_of(None).get(HOME).status_code == 302


def test_page_costs_the_same_for_three_organisations_as_for_one(
    desk: Desk, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    plan(desk.dairy)
    desk.contact.get(HOME)  # a first request also writes the session
    with django_assert_max_num_queries(36) as one:
        desk.contact.get(HOME)
    for name in ("Second", "Third"):
        organisation = Organisation.objects.create(name=name)
        organisation.programmes.add(desk.dairy.programme)
        OrganisationMember.objects.create(
            organisation=organisation, person=desk.people["contact"], role=OrganisationRole.COMPANY_CONTACT
        )
        Unit.objects.create(organisation=organisation, name="Team", headcount=9)
    with django_assert_max_num_queries(36) as three:
        desk.contact.get(HOME)
    assert len(three.captured_queries) == len(one.captured_queries)
