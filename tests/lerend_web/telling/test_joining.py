"""From a request by somebody unknown to an organisation with a contact who has a first result the same day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from lerend_web.core import clock
from lerend_web.organisations.models import Organisation, OrganisationMember
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.people.models import Person
from lerend_web.public import forms
from lerend_web.telling.domain.joining import TooManyRequests, Wish, ask_to_join, put_aside, take_in
from lerend_web.telling.enums import Asked
from lerend_web.telling.models import JoinRequest, ProgrammePage
from lerend_web.telling.rules import MOST_AN_HOUR, TellingRefused
from tests.lerend_web.actors import Place, client_of
from tests.lerend_web.telling.conftest import in_english

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

AT = datetime(2026, 9, 1, 10, tzinfo=UTC)
WISH = Wish("Late Ltd", "Kim", "kim@late.example", 64, "We heard of it.", "en")
FILLED = {"company": "Late Ltd", "people": "64", "contact_name": "Kim", "email": "kim@late.example", "why": "So."}


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever fills in the form has taken long enough."""
    monkeypatch.setattr(forms, "QUICKEST", timedelta(seconds=-1))


def send(visitor: Client, page: ProgrammePage, **changed: str) -> int:
    data = FILLED | {"shown": forms.stamped()} | changed
    return visitor.post(reverse("public-join", args=[page.slug]), data).status_code


def test_request_reaches_the_coordinator_and_is_confirmed(
    page: ProgrammePage,
    visitor: Client,
    unhurried: None,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert send(visitor, page) == 302
    asked = JoinRequest.objects.get()
    assert (asked.company, asked.people, asked.email) == ("Late Ltd", 64, "kim@late.example")
    assert sorted(one.to[0].partition("@")[0] for one in mail.outbox) == ["coordinator.a", "kim"]


def test_mails_hold_nothing_that_was_typed(
    page: ProgrammePage, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    """Else the form would bring the words of a stranger to any address."""
    wish = Wish("Buy pills http://evil.example", "Win a prize", "kim@late.example", 1, "Click here", "en")
    with django_capture_on_commit_callbacks(execute=True):
        ask_to_join(programme=page.programme, wish=wish, at=AT)
    said = "".join(f"{one.subject}{one.body}" for one in mail.outbox)
    assert len(mail.outbox) == 2
    assert not [word for word in ("pills", "evil", "prize", "Click") if word in said]


def test_line_breaks_in_a_name_never_become_a_header(
    here: Place, page: ProgrammePage, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    """Attack T24, in every name that could come near a mail."""
    here.programme.name = "Learning\r\nBcc: all@evil.example"
    here.programme.save()
    page.refresh_from_db()
    wish = Wish("Late\r\nBcc: all@evil.example", "Kim\r\nX: y", "kim@late.example", 1, "", "en")
    coordinator = here.people[ProgrammeRole.COORDINATOR]
    with django_capture_on_commit_callbacks(execute=True):
        asked = ask_to_join(programme=page.programme, wish=wish, at=AT)
        take_in(
            asked=asked,
            name=asked.company,
            contact_name=asked.contact_name,
            email=asked.email,
            language="en",
            by=coordinator,
            at=AT,
        )
    assert len(mail.outbox) >= 3
    for one in mail.outbox:
        assert "Bcc" not in one.message()
        assert one.recipients() == one.to


@pytest.mark.parametrize("name", ["{{ settings.SECRET_KEY }}", "%(days)s %s %", "{person.__class__}", "$HOME"])
def test_name_that_looks_like_a_template_stays_what_it_is(
    here: Place, page: ProgrammePage, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, name: str
) -> None:
    """Attack T25."""
    here.programme.name = name
    here.programme.save()
    page.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        ask_to_join(programme=page.programme, wish=WISH, at=AT)
    assert all(name in one.subject and name in one.body for one in mail.outbox)
    assert len(mail.outbox) == 2


def test_address_with_a_line_break_is_refused(page: ProgrammePage, visitor: Client, unhurried: None) -> None:
    assert send(visitor, page, email="kim@late.example\r\nBcc: all@evil.example") == 400
    assert not JoinRequest.objects.exists()


def test_address_gets_one_mail_a_day_however_often_it_is_filled_in(
    page: ProgrammePage, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(4):
            wish = Wish(f"Company {number}", "Kim", "kim@late.example", 10, "", "en")
            ask_to_join(programme=page.programme, wish=wish, at=AT)
    assert len([one for one in mail.outbox if one.to == ["kim@late.example"]]) == 1


def test_same_request_twice_is_one(page: ProgrammePage) -> None:
    first = ask_to_join(programme=page.programme, wish=WISH, at=AT)
    again = Wish("late ltd", "Kim", "Kim@Late.example", 64, "", "en")
    assert ask_to_join(programme=page.programme, wish=again, at=AT) == first
    assert JoinRequest.objects.count() == 1


def test_flood_is_refused_before_it_fills_the_list(page: ProgrammePage, visitor: Client, unhurried: None) -> None:
    at = clock.now()
    for number in range(MOST_AN_HOUR):
        wish = Wish(f"Company {number}", "x", f"{number}@flood.example", 1, "", "en")
        ask_to_join(programme=page.programme, wish=wish, at=at)
    with pytest.raises(TooManyRequests):
        ask_to_join(programme=page.programme, wish=WISH, at=at)
    assert send(visitor, page) == 429
    ask_to_join(programme=page.programme, wish=WISH, at=at + timedelta(hours=2))


def test_one_address_cannot_keep_trying(page: ProgrammePage, visitor: Client, unhurried: None) -> None:
    met = [send(visitor, page, email=f"{number}@x.example") for number in range(7)]
    assert met == [302] * 5 + [429] * 2


def test_machine_that_fills_in_everything_or_is_too_quick_is_stopped_and_told(
    page: ProgrammePage, visitor: Client
) -> None:
    url = reverse("public-join", args=[page.slug])
    for changed, says in (
        ({"website": "http://x.example"}, "One field must stay empty"),
        ({}, "faster than people do it"),
        ({"shown": "forged"}, "faster than people do it"),
    ):
        answer = visitor.post(url, FILLED | {"shown": forms.stamped()} | changed)
        assert answer.status_code == 400
        assert says in answer.content.decode()
        assert 'value="Late Ltd"' in answer.content.decode()
    assert not JoinRequest.objects.exists()


def test_who_was_too_quick_only_has_to_send_again(
    page: ProgrammePage, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = visitor.post(reverse("public-join", args=[page.slug]), FILLED | {"shown": forms.stamped()})
    stamp = answer.content.decode().partition('name="shown" value="')[2].partition('"')[0]
    monkeypatch.setattr(forms, "QUICKEST", timedelta(seconds=-1))
    assert send(visitor, page, shown=stamp) == 302


def test_form_needs_no_cookie(page: ProgrammePage, unhurried: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.get(reverse("public-join", args=[page.slug]))
    assert not answer.cookies
    assert send(strict, page) == 302


@pytest.mark.parametrize(("field", "wrong"), [("people", "many"), ("people", "0"), ("email", "kim"), ("company", " ")])
def test_wrong_field_is_named_and_the_rest_stays(
    page: ProgrammePage, visitor: Client, unhurried: None, field: str, wrong: str
) -> None:
    data = FILLED | {"shown": forms.stamped(), field: wrong}
    answer = visitor.post(reverse("public-join", args=[page.slug]), data)
    assert answer.status_code == 400
    assert f'name="{field}"' in answer.content.decode().partition('aria-invalid="true"')[0].rpartition("<")[2] + (
        answer.content.decode()
    )
    assert "So." in answer.content.decode()


def test_coordinator_takes_in_with_two_clicks_and_the_contact_is_led_to_the_company_form(
    here: Place,
    page: ProgrammePage,
    coordinator: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    asked = ask_to_join(programme=page.programme, wish=WISH, at=clock.now())
    overview = coordinator.get(reverse("programme", args=[here.programme.pk])).content.decode()
    assert "1 organisation asks to join." in overview
    listed = coordinator.get(reverse("join-requests", args=[here.programme.pk])).content.decode()
    first_click = reverse("join-request", args=[here.programme.pk, asked.pk])
    assert first_click in listed
    form = coordinator.get(first_click)
    second_click = {name: field.initial for name, field in form.context["form"].fields.items()} | form.context[
        "form"
    ].initial
    with django_capture_on_commit_callbacks(execute=True):
        assert coordinator.post(first_click, second_click).status_code == 302
    late = Organisation.objects.get(name="Late Ltd")
    contact = OrganisationMember.objects.get(organisation=late, role=OrganisationRole.COMPANY_CONTACT).person
    assert contact.email == "kim@late.example"
    to_contact = [one.body for one in mail.outbox if one.to == [contact.email]]
    assert any(reverse("company-form", args=[late.pk]) in body for body in to_contact)
    work = in_english(client_of(contact)).get("/work").content.decode()
    assert work.index("You can have a first result today") < work.index("First say which teams there are")
    form_page = in_english(client_of(contact)).get(reverse("company-form", args=[late.pk]))
    assert form_page.status_code == 200


def test_decision_leaves_nothing_of_who_asked(here: Place, page: ProgrammePage) -> None:
    coordinator = here.people[ProgrammeRole.COORDINATOR]
    asked = ask_to_join(programme=page.programme, wish=WISH, at=AT)
    put_aside(asked=asked, by=coordinator, at=AT)
    asked.refresh_from_db()
    assert (asked.state, asked.contact_name, asked.email, asked.why) == (Asked.PUT_ASIDE, "", "", "")
    with pytest.raises(TellingRefused, match="decided"):
        put_aside(asked=asked, by=coordinator, at=AT)


def test_request_that_nobody_answers_is_forgotten_after_ninety_days(page: ProgrammePage) -> None:
    ask_to_join(programme=page.programme, wish=WISH, at=AT)
    other = Wish("Other", "x", "x@other.example", 1, "", "en")
    ask_to_join(programme=page.programme, wish=other, at=AT + timedelta(days=91))
    assert [one.company for one in JoinRequest.objects.all()] == ["Other"]


def test_taken_name_is_said_at_its_field(here: Place, page: ProgrammePage, coordinator: Client) -> None:
    wish = Wish("Organisation A", "Kim", "kim@late.example", 1, "", "en")
    asked = ask_to_join(programme=page.programme, wish=wish, at=clock.now())
    data = {"name": "Organisation A", "contact_name": "Kim", "contact_email": "kim@late.example", "language": "en"}
    answer = coordinator.post(reverse("join-request", args=[here.programme.pk, asked.pk]), data)
    assert answer.status_code == 400
    assert "takes part already" in answer.content.decode()
    assert not Person.objects.filter(email="kim@late.example").exists()
    asked.refresh_from_db()
    assert asked.state == Asked.WAITING


def test_closed_page_takes_no_request(here: Place, page: ProgrammePage) -> None:
    here.programme.is_public = False
    here.programme.save()
    with pytest.raises(TellingRefused, match="no requests"):
        ask_to_join(programme=here.programme, wish=WISH, at=AT)
