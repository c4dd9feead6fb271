"""Companies are asked, and only their own contact says yes for them."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import reverse

from lerend_web.core.models import AuditEntry
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.pilots.domain.partners import agree, agree_to_publish, ask_company, decline
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import Partner, Pilot
from lerend_web.pilots.rules import PilotRefused
from tests.lerend_web.actors import Place, place
from tests.lerend_web.pilots.begun import AT, a_pilot, contact_of, second_company, with_outcome
from tests.lerend_web.pilots.begun import ready as all_ready
from tests.lerend_web.pilots.browsers import by, of, said

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

COORDINATOR, CONTACT = ProgrammeRole.COORDINATOR, OrganisationRole.COMPANY_CONTACT


@pytest.fixture
def here() -> Place:
    return place("A")


@pytest.fixture
def pilot(here: Place) -> Pilot:
    return a_pilot(here)


def asked(here: Place, pilot: Pilot) -> Partner:
    return ask_company(pilot=pilot, organisation=here.organisation, by=here.people[COORDINATOR], at=AT)


def test_company_of_another_programme_cannot_be_asked_nor_one_twice(here: Place, pilot: Pilot) -> None:
    asked(here, pilot)
    for organisation in (here.organisation, place("B").organisation):
        with pytest.raises(PilotRefused) as refused:
            ask_company(pilot=pilot, organisation=organisation, by=here.people[COORDINATOR], at=AT)
        assert refused.value.field == "organisation"
    with pytest.raises(PilotRefused):
        ask_company(pilot=pilot, organisation=second_company(here), by=here.people[CONTACT], at=AT)


def test_only_the_contact_says_yes(here: Place, pilot: Pilot) -> None:
    partner = asked(here, pilot)
    others = [person for role, person in here.people.items() if role is not CONTACT]
    for other in (*others, contact_of(second_company(here)), place("B").people[CONTACT]):
        with pytest.raises(PilotRefused):
            agree(partner=partner, by=other, at=AT)
    agree(partner=partner, by=here.people[CONTACT], at=AT)
    agree(partner=partner, by=here.people[CONTACT], at=AT)
    partner.refresh_from_db()
    assert partner.agreed_at == AT
    entry = AuditEntry.objects.get(code="pilot.company_agreed")
    assert (entry.organisation, entry.actor) == (here.organisation.pk, here.people[CONTACT].pk)


def test_company_that_leaves_takes_its_teams_along_until_the_plan_is_frozen(here: Place) -> None:
    pilot = all_ready(here)
    own, other = pilot.partners.all()
    with pytest.raises(PilotRefused):
        decline(partner=own, by=contact_of(other.organisation), at=AT)
    decline(partner=own, by=contact_of(own.organisation), at=AT)
    assert {team.organisation_id for team in pilot.teams.all()} == {other.organisation_id}
    Pilot.objects.filter(pk=pilot.pk).update(state=PilotState.FROZEN)
    with pytest.raises(PilotRefused):
        decline(partner=other, by=here.people[COORDINATOR], at=AT)
    assert pilot.partners.count() == 1


def test_case_may_be_told_only_once_the_pilot_is_over(here: Place, pilot: Pilot) -> None:
    partner = asked(here, pilot)
    with pytest.raises(PilotRefused):
        agree_to_publish(partner=partner, by=here.people[CONTACT], at=AT)
    Pilot.objects.filter(pk=pilot.pk).update(state=PilotState.FINISHED)
    partner = Partner.objects.get(pk=partner.pk)
    with pytest.raises(PilotRefused):
        agree_to_publish(partner=partner, by=here.people[COORDINATOR], at=AT)
    agree_to_publish(partner=partner, by=here.people[CONTACT], at=AT)
    assert Partner.objects.get(pk=partner.pk).may_publish_at == AT
    agree_to_publish(partner=partner, agrees=False, by=here.people[CONTACT], at=AT)
    assert Partner.objects.get(pk=partner.pk).may_publish_at is None


def test_contact_hears_by_mail_and_answers_on_screen(here: Place, pilot: Pilot) -> None:
    address = reverse("pilot-companies", args=[pilot.key])
    typed = {"organisation": str(here.organisation.pk)}
    assert by(here, COORDINATOR).post(address, typed).status_code == 302
    (sent,) = mail.outbox
    assert sent.to == [here.people[CONTACT].email]
    assert address in sent.body
    assert pilot.title not in f"{sent.body} {sent.subject}"
    contact = by(here, CONTACT)
    assert address in said(contact, reverse("my-work"))
    assert address not in said(by(here, OrganisationRole.TEAM_LEADER), reverse("my-work"))
    assert "Yes, we take part" in said(contact, address)
    assert "Yes, we take part" not in said(by(here, OrganisationRole.TEAM_LEADER), address)
    assert contact.post(reverse("pilot-agree", args=[pilot.key, here.organisation.pk])).status_code == 302
    assert Partner.objects.get().agreed_at is not None
    assert address not in said(contact, reverse("my-work"))


def test_contact_of_one_company_answers_for_no_other(here: Place, pilot: Pilot) -> None:
    partner, other = asked(here, pilot), second_company(here)
    ask_company(pilot=pilot, organisation=other, by=None, at=AT)
    browser = of(contact_of(other))
    for route in ("pilot-agree", "pilot-decline", "pilot-publish"):
        assert browser.post(reverse(route, args=[pilot.key, here.organisation.pk])).status_code == 404
    assert by(here, CONTACT).post(reverse("pilot-companies", args=[pilot.key]), {}).status_code == 403
    assert Partner.objects.get(pk=partner.pk).agreed_at is None


def test_company_without_an_outcome_can_say_yes_and_brings_no_team(here: Place, pilot: Pilot) -> None:
    partner = asked(here, pilot)
    agree(partner=partner, by=here.people[CONTACT], at=AT)
    browser = by(here, COORDINATOR)
    browser.post(reverse("pilot-teams", args=[pilot.key]))
    page = said(browser, reverse("pilot-design", args=[pilot.key]))
    assert "no outcome of a round is there yet" in page
    with_outcome(here.organisation, pilot)
    browser.post(reverse("pilot-teams", args=[pilot.key]))
    assert pilot.teams.count() == 4
