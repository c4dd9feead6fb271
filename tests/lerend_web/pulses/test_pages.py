"""The pages of pulses: planned from an action, never below seven people, seen by who may, and waiting for who owns them."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lerend_web.core.clock import now
from lerend_web.organisations.models import OrganisationMember, Unit
from lerend_web.people.enums import OrganisationRole, ProgrammeRole, Role
from lerend_web.pulses.models import PulseSeries
from lerend_web.pulses.queries import waves_of
from lerend_web.themes.models import Action
from lerend_web.urn.key_series import series_file
from lerend_web.urn.sealing import new_key_pair
from tests.lerend_web.actors import Place, client_of, place
from tests.lerend_web.instruments.conftest import in_english
from tests.lerend_web.pulses.series import SEVEN, answered, closed, opened
from tests.lerend_web.pulses_routes import a_series, an_action
from tests.lerend_web.scans.dairy import Dairy

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

Browse = Callable[[Role], Client]
CONTACT, COUNCIL, LEADER = (
    OrganisationRole.COMPANY_CONTACT,
    OrganisationRole.WORKS_COUNCIL,
    OrganisationRole.TEAM_LEADER,
)


@pytest.fixture
def here(db: None) -> Place:
    return place("A")


@pytest.fixture
def by(here: Place) -> Browse:
    return lambda role: in_english(client_of(here.people[role]))


def page_of(client: Client, route: str, *arguments: int) -> str:
    answer = client.get(reverse(route, args=arguments))
    assert answer.status_code == 200
    return answer.content.decode()


def plan_in(here: Place, by: Browse, *units: str, people: int = 9) -> tuple[Action, object]:
    action = an_action(here)
    for name in ("Oven", "Shop"):
        Unit.objects.create(organisation=here.organisation, name=name, headcount=people)
    fields = {
        "units": list(units), "programme": here.programme.pk, "first_on": "2027-01-11", "pulses": 2, "gap": 30,
        "mode": "card", "works_council_consent_on": "2026-12-01",
    }  # fmt: skip
    address = reverse("pulse-plan", args=[here.organisation.pk, action.pk])
    return action, by(CONTACT).post(address, fields)


def test_contact_plans_pulses_from_an_action(here: Place, by: Browse) -> None:
    action, answer = plan_in(here, by, "0", "1")
    series = PulseSeries.objects.get()
    assert answer.url.startswith(reverse("pulses", args=[here.organisation.pk, series.pk]))  # type: ignore[attr-defined]  # a redirect
    assert [one["unit"] for one in series.units] == [["Oven"], ["Shop"]]
    assert "2 pulses of three questions" in page_of(by(LEADER), "action", here.organisation.pk, action.pk)
    said = page_of(by(CONTACT), "pulses", here.organisation.pk, series.pk)
    assert "somebody in our team named an error or a doubt" in said
    assert "Two key holders are needed." in said


def test_a_small_team_is_led_to_the_form_for_the_talk(here: Place, by: Browse) -> None:
    action, answer = plan_in(here, by, "0", people=6)
    talk = reverse("pulse-talk", args=[here.organisation.pk, action.pk])
    assert answer.status_code == 400  # type: ignore[attr-defined]  # a response
    assert f'class="button" href="{talk}"' in answer.content.decode()  # type: ignore[attr-defined]  # likewise
    assert not PulseSeries.objects.exists()
    assert "nothing is recorded" in page_of(by(LEADER), "pulse-talk", here.organisation.pk, action.pk)


def test_two_people_make_their_keys_and_the_contact_seals(here: Place, by: Browse) -> None:
    plan_in(here, by, "0", "1")
    series = PulseSeries.objects.get()
    at = [here.organisation.pk, series.pk]
    for role, label in ((CONTACT, "HR"), (COUNCIL, "Works council")):
        pairs = {wave.code: new_key_pair() for wave in waves_of(series)}
        public = {code: base64.b64encode(pair.public).decode() for code, pair in pairs.items()}
        keys = {"label": label, "public_keys": json.dumps(public)}
        assert by(role).post(reverse("pulse-keys", args=at), keys).status_code == 302
        file = SimpleUploadedFile("keys.json", series_file(label=label, pairs=pairs))
        assert by(role).post(reverse("pulse-keys-try", args=at), {"file": file}).status_code == 302
    assert "Seal the promise" in page_of(by(CONTACT), "pulses", *at)
    assert "Seal the promise" not in page_of(by(COUNCIL), "pulses", *at)
    assert by(CONTACT).post(reverse("pulse-seal", args=at)).status_code == 302
    series.refresh_from_db()
    assert series.sealed_at is not None
    assert "The promise of the series is sealed." in page_of(by(LEADER), "pulses", *at)


@pytest.mark.parametrize("keys", ["", "no json", "[]", '{"x": 1}', '{"x": "?"}', '{"a":"AAAA"}'])
def test_keys_that_are_none_are_refused(here: Place, by: Browse, keys: str) -> None:
    series = a_series(here)
    address = reverse("pulse-keys", args=[here.organisation.pk, series.pk])
    assert by(CONTACT).post(address, {"label": "HR", "public_keys": keys}).status_code == 400


def test_who_has_no_part_finds_no_series(here: Place, by: Browse) -> None:
    series, other = a_series(here), place("B")
    address = reverse("pulses", args=[here.organisation.pk, series.pk])
    for role in (CONTACT, ProgrammeRole.COORDINATOR):
        assert client_of(other.people[role]).get(address).status_code == 404
    assert by(ProgrammeRole.RESEARCHER).get(address).status_code in {403, 404}
    wrong = reverse("pulses", args=[other.organisation.pk, series.pk])
    assert by(CONTACT).get(wrong).status_code == 404


def test_what_came_of_it_stands_on_the_page_and_on_no_coordinators(
    here: Place, by: Browse, dairy: Dairy, out: PulseSeries
) -> None:
    first = waves_of(out)[0]
    opened(dairy, first)
    answered(first, SEVEN)
    closed(dairy, first)
    for role in (CONTACT, LEADER):
        OrganisationMember.objects.create(organisation=dairy.organisation, person=here.people[role], role=role)
    dairy.programme.members.create(person=here.people[ProgrammeRole.COORDINATOR], role=ProgrammeRole.COORDINATOR)
    at = [dairy.organisation.pk, out.pk]
    contact, leader, coordinator = (
        page_of(by(role), "pulses", *at) for role in (CONTACT, LEADER, ProgrammeRole.COORDINATOR)
    )
    assert [page.count("<figure>") for page in (contact, leader, coordinator)] == [9, 3, 0]
    assert "10–19 people" in contact
    assert "What now?" in page_of(by(LEADER), "pulse-sheet", *at)


def test_pages_of_a_round_serve_a_pulse_too(here: Place, by: Browse, dairy: Dairy, out: PulseSeries) -> None:
    for role in (CONTACT, COUNCIL):
        OrganisationMember.objects.create(organisation=dairy.organisation, person=here.people[role], role=role)
    first = waves_of(out)[0]
    for route in ("wave", "wave-keys", "wave-close", "wave-promise"):
        role = COUNCIL if route == "wave-promise" else CONTACT
        assert by(role).get(reverse(route, args=[first.pk])).status_code == 200, route
    opened(dairy, first)
    answered(first, SEVEN)
    closed(dairy, first)
    assert reverse("pulses", args=[dairy.organisation.pk, out.pk]) in page_of(by(CONTACT), "wave", first.pk)
    for route in ("wave-outcome", "wave-outcome-map", "wave-outcome-rounds", "wave-outcome-trail"):
        assert by(CONTACT).get(reverse(route, args=[first.pk])).status_code == 404, f"{route} is about scans"
    assert first.name in page_of(by(CONTACT), "wave-tell", first.pk)
    assert reverse("wave-tell", args=[first.pk]) in page_of(by(CONTACT), "pulses", dairy.organisation.pk, out.pk)
    assert first.name not in page_of(by(CONTACT), "organisation", dairy.organisation.pk)


def test_a_pulse_that_nobody_planned_waits_for_the_contact(here: Place, by: Browse) -> None:
    action = an_action(here)
    Action.objects.filter(pk=action.pk).update(pulse_on=(now() - timedelta(days=1)).date())
    assert "Plan the three questions, or use the form for the talk" in page_of(by(CONTACT), "my-work")
    assert "Plan the three questions" not in page_of(by(LEADER), "my-work")


def test_keys_that_are_missing_wait_for_who_can_make_them(here: Place, by: Browse) -> None:
    a_series(here)
    assert "Make your keys for the pulses" in page_of(by(COUNCIL), "my-work")
    assert "Make your keys for the pulses" not in page_of(by(LEADER), "my-work")
