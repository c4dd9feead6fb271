"""A round on screen: planned in one form, shown with what it still needs, opened when nothing is missing."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lerend_web.core import clock
from lerend_web.people.enums import OrganisationRole
from lerend_web.scans.domain.cards import print_cards
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import Wave
from lerend_web.workbench.forms.waves import usual_plan
from tests.lerend_web.scans.dairy import CLOSES, OPENS, PLANNED, add_holders, let_answer, plan
from tests.lerend_web.workbench.desk import Desk

pytestmark = pytest.mark.django_db(databases=["default", "urn"])


def it_is(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)


def plan_address(desk: Desk) -> str:
    return reverse("wave-plan", args=[desk.dairy.organisation.pk])


def form_of(desk: Desk, **changed: object) -> dict[str, object]:
    usual = usual_plan(desk.dairy.organisation, today=date(2026, 9, 1), rounds=0)
    return usual | {"programme": desk.dairy.programme.pk} | changed


@pytest.mark.parametrize(
    ("today", "opens", "closes"),
    [
        (date(2026, 9, 1), date(2026, 9, 21), date(2026, 10, 9)),
        (date(2026, 11, 25), date(2027, 1, 11), date(2027, 1, 29)),
        (date(2026, 6, 20), date(2026, 8, 31), date(2026, 9, 18)),
    ],
)
def test_usual_plan_takes_three_weeks_outside_the_holidays(desk: Desk, today: date, opens: date, closes: date) -> None:
    usual = usual_plan(desk.dairy.organisation, today=today, rounds=0)
    assert (usual["opens_on"], usual["closes_on"]) == (opens, closes)
    assert usual["heard_back_on"] > closes


def test_what_usually_fits_can_be_sent_as_it_is(desk: Desk) -> None:
    answer = desk.contact.post(plan_address(desk), form_of(desk))
    wave = Wave.objects.get()
    assert answer["Location"] == f"/waves/{wave.pk}?done=planned"
    assert (wave.k, wave.mode, wave.state) == (5, "card", WaveState.PLANNED)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"name": ""}, "Give the round a name."),
        ({"closes_on": "2026-09-01"}, "Choose a day after the first day."),
        ({"heard_back_on": "2026-09-22"}, "People hear back after the last day."),
        ({"heard_back_on": ""}, "Choose a date."),
        ({"opens_on": "soon"}, "Write the date as 2026-11-30."),
        ({"k": "4"}, "five or more"),
        ({"mode": "shouting"}, "Select a valid choice"),
        ({"works_council_consent_on": "2026-08-01", "works_council_not_applicable": "none"}, "one of the two"),
    ],
)
def test_wrong_plan_says_what_at_which_field_and_keeps_the_rest(desk: Desk, changed: dict[str, str], says: str) -> None:
    answer = desk.contact.post(plan_address(desk), form_of(desk, **{"name": "My own name"} | changed))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert says in page
    assert "name" in changed or 'value="My own name"' in page
    assert not Wave.objects.exists()


def test_plan_can_be_changed_until_it_is_promised(desk: Desk, planned: Wave) -> None:
    address = reverse("wave-change", args=[planned.pk])
    assert 'value="Autumn"' in desk.contact.get(address).content.decode()
    desk.contact.post(address, form_of(desk, name="Winter", k="7", works_council_not_applicable="None here"))
    planned.refresh_from_db()
    assert (planned.name, planned.k, planned.works_council_not_applicable) == ("Winter", 7, "None here")
    assert desk.contact.post(address, form_of(desk, name="Spring", k="5")).status_code == 400
    planned.refresh_from_db()
    assert planned.name == "Winter"
    add_holders(planned, desk.dairy)
    print_cards(wave=planned, by=desk.people["coordinator"], at=OPENS)
    assert desk.contact.get(address)["Location"] == reverse("wave", args=[planned.pk])


def test_round_says_everything_that_it_still_needs(desk: Desk, planned: Wave, monkeypatch: pytest.MonkeyPatch) -> None:
    it_is(PLANNED, monkeypatch)
    page = desk.contact.get(reverse("wave", args=[planned.pk])).content.decode()
    assert page.count('class="is-done"') == 2
    assert "Two key holders are needed" in page
    assert "Print the cards first" in page
    assert "your coordinator does this" in page
    assert "Open the round" not in page


def test_round_opens_when_nothing_is_missing(desk: Desk, planned: Wave, monkeypatch: pytest.MonkeyPatch) -> None:
    it_is(OPENS, monkeypatch)
    address = reverse("wave-open", args=[planned.pk])
    refused = desk.contact.post(address)
    assert refused.status_code == 400
    assert 'role="alert"' in refused.content.decode()
    add_holders(planned, desk.dairy)
    printed = desk.coordinator.post(reverse("wave-cards", args=[planned.pk]))
    assert printed["Content-Type"] == "application/pdf"
    assert printed.content.startswith(b"%PDF")
    assert "Open the round" in desk.contact.get(reverse("wave", args=[planned.pk])).content.decode()
    assert desk.contact.post(address)["Location"].endswith("?done=opened")
    planned.refresh_from_db()
    assert planned.state == WaveState.OPEN


def test_cards_are_made_once_and_by_the_programme(desk: Desk, planned: Wave) -> None:
    address = reverse("wave-cards", args=[planned.pk])
    assert desk.coordinator.post(address).status_code == 400
    add_holders(planned, desk.dairy)
    assert desk.contact.post(address).status_code == 404
    assert "no-store" in desk.coordinator.post(address)["Cache-Control"]
    again = desk.coordinator.post(address)
    assert again.status_code == 400
    assert "printed already" in again.content.decode()


def test_cards_become_void_when_two_people_say_so(desk: Desk, open_one: Wave) -> None:
    address = reverse("wave-cards-void", args=[open_one.pk])
    assert desk.coordinator.post(address)["Location"].endswith("done=void-asked")
    assert desk.coordinator.post(address)["Location"].endswith("done=void-asked")
    assert desk.contact.post(address)["Location"].endswith("done=voided")
    open_one.refresh_from_db()
    assert open_one.cards_printed_at is None


def test_response_is_coarse_and_never_per_team(desk: Desk, open_one: Wave, monkeypatch: pytest.MonkeyPatch) -> None:
    it_is(OPENS, monkeypatch)
    count = let_answer(open_one, share=0.5)
    page = desk.contact.get(reverse("wave", args=[open_one.pk])).content.decode()
    assert f"At least {count // 5 * 5} of 62 people took part" in page
    assert "Cheese" not in page


def test_response_of_a_small_organisation_is_not_shown(desk: Desk, open_one: Wave) -> None:
    open_one.key_groups.exclude(pk=open_one.key_groups.earliest("pk").pk).update(invited=0)
    page = desk.contact.get(reverse("wave", args=[open_one.pk])).content.decode()
    assert "<progress" not in page
    assert "With fewer than 30" in page


def test_smallest_group_goes_up_only(desk: Desk, open_one: Wave) -> None:
    address = reverse("wave-floor", args=[open_one.pk])
    refused = desk.contact.post(address, {"k": "4"})
    assert refused.status_code == 400
    assert "can only go up" in refused.content.decode()
    desk.contact.post(address, {"k": "8"})
    open_one.refresh_from_db()
    assert open_one.k == 8


@pytest.mark.parametrize("paper", ["dossier", "letter", "poster"])
def test_papers_are_pdf_files_that_nobody_keeps(desk: Desk, planned: Wave, paper: str) -> None:
    answer = desk.works_council.get(reverse("wave-paper", args=[planned.pk, paper]))
    assert answer.content.startswith(b"%PDF")
    assert answer["Cache-Control"] == "no-store"


def test_unknown_paper_is_not_there(desk: Desk, planned: Wave) -> None:
    assert desk.contact.get(reverse("wave-paper", args=[planned.pk, "answers"])).status_code == 404


@pytest.mark.parametrize("route", ["wave", "wave-change", "wave-keys", "wave-close"])
def test_outsider_finds_no_round(desk: Desk, planned: Wave, route: str) -> None:
    assert desk.outsider.get(reverse(route, args=[planned.pk])).status_code == 404


def test_contact_of_another_organisation_finds_no_round(desk: Desk, planned: Wave) -> None:
    other = type(desk.dairy.organisation).objects.create(name="Other")
    other.members.create(person=desk.people["outsider"], role=OrganisationRole.COMPANY_CONTACT)
    assert desk.outsider.get(reverse("organisation", args=[other.pk])).status_code == 200
    for route in ("wave", "wave-change", "wave-keys", "wave-close", "wave-outcome"):
        assert desk.outsider.get(reverse(route, args=[planned.pk])).status_code == 404


def test_organisation_page_costs_the_same_for_three_rounds_as_for_one(
    desk: Desk, planned: Wave, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    address = reverse("organisation", args=[desk.dairy.organisation.pk])
    desk.contact.get(address)  # a first request also writes the session
    with django_assert_max_num_queries(20) as one:
        desk.contact.get(address)
    plan(desk.dairy, name="Second")
    plan(desk.dairy, name="Third")
    with django_assert_max_num_queries(20) as three:
        desk.contact.get(address)
    assert len(three.captured_queries) == len(one.captured_queries)


def test_organisation_without_programme_is_told_whom_to_ask(desk: Desk) -> None:
    desk.dairy.organisation.programmes.clear()
    page = desk.contact.get(plan_address(desk)).content.decode()
    assert "ask a programme coordinator" in page


def test_round_that_is_over_asks_to_be_closed(desk: Desk, open_one: Wave, monkeypatch: pytest.MonkeyPatch) -> None:
    it_is(CLOSES, monkeypatch)
    page = desk.contact.get(reverse("wave", args=[open_one.pk])).content.decode()
    assert "The last day is over" in page
