"""Who leads, who reads: the coordinator those of the programme, a contact those of the own company, and nobody else."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import signing
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import translation

from lerend_web.meetings.domain.agenda import of_company, of_programme
from lerend_web.meetings.domain.codes import code_of
from lerend_web.meetings.domain.invitations import send_invitation
from lerend_web.meetings.enums import Answer, MeetingRole, MeetingState
from lerend_web.meetings.models import Invited, Meeting
from lerend_web.organisations.models import Organisation
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from tests.lerend_web.actors import Place, client_of, place
from tests.lerend_web.meetings.hour import STARTS, Room, a_meeting, decided
from tests.lerend_web.released import released, some_outcome
from tests.lerend_web.scans.paper import needs_pdftotext, text_of


def without_tokens(page: str) -> str:
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page)


LEADING = ("meeting-step", "meeting-options", "meeting-people")


@pytest.fixture
def own(here: Place) -> Meeting:
    """A meeting that the company holds by itself."""
    return a_meeting(here.programme, here.organisation)


def test_meeting_of_a_company_is_its_contacts_alone(here: Place, own: Meeting, contact: Client, leader: Client) -> None:
    address = reverse("meeting", args=[own.pk])
    assert contact.get(address).status_code == 200
    assert leader.get(address).status_code == 404, "what a company chooses from says what it scores"
    for role in (ProgrammeRole.TEACHER, ProgrammeRole.RESEARCHER, OrganisationRole.WORKS_COUNCIL):
        assert client_of(here.people[role]).get(address).status_code == 404
    assert client_of(place("B").people[OrganisationRole.COMPANY_CONTACT]).get(address).status_code == 404
    assert "What comes first" not in leader.get(reverse("meetings", args=[here.programme.pk])).content.decode()


def test_contact_reads_about_the_programmes_meeting_and_does_not_lead_it(
    here: Place, room: Room, contact: Client
) -> None:
    page = contact.get(reverse("meeting", args=[room.meeting.pk])).content.decode()
    assert "What comes first" in page
    assert "Begin the first round" not in page
    for route in LEADING:
        assert contact.post(reverse(route, args=[room.meeting.pk]), {"to": "round_1"}).status_code == 404
    room.meeting.refresh_from_db()
    assert room.meeting.state == MeetingState.OPEN


def test_contact_leads_the_own_meeting(own: Meeting, contact: Client) -> None:
    answer = contact.post(reverse("meeting-step", args=[own.pk]), {"to": "open"}, follow=True)
    assert "Begin the first round" in answer.content.decode()


def test_object_of_another_meeting_is_not_found(here: Place, room: Room, leader: Client) -> None:
    other = a_meeting(here.programme)
    option = other.options.all()[0]
    address = reverse("meeting-options", args=[room.meeting.pk])
    assert leader.post(address, {"remove": option.pk}).status_code == 404
    assert leader.post(address, {"remove": "../1"}).status_code == 404
    assert other.options.count() == 3


def test_reader_answers_for_themselves_once(here: Place, room: Room, contact: Client) -> None:
    address = reverse("meeting-answer", args=[room.meeting.pk])
    for answer in ("yes", "no"):
        contact.post(address, {"role": "company", "answer": answer})
    assert [(one.role, one.answer) for one in Invited.objects.all()] == [("company", Answer.NO)]


def test_leader_plans_from_what_companies_share(here: Place, leader: Client) -> None:
    for letter in "XYZ":
        organisation = Organisation.objects.create(name=f"Company {letter}")
        organisation.programmes.add(here.programme)
        released(organisation, here.programme, seed=ord(letter))
    with translation.override("en"):
        proposed = of_programme(here.programme)
    assert proposed
    assert not any("Company" in option.name + option.concerns for option in proposed)
    page = leader.get(reverse("meeting-plan", args=[here.programme.pk])).content.decode()
    assert proposed[0].concerns.split(".")[0] in page
    sent = {
        "kind": "theme",
        "title": "September",
        "day": "2026-10-01",
        "hour": "14:00",
        "minutes": "60",
        "place": "Canteen",
        "contact": "Arjen",
        "chosen": [proposed[0].source],
        "own": "Breaks\n\nBreaks\n",
    }
    answer = leader.post(reverse("meeting-plan", args=[here.programme.pk]), sent, follow=True)
    assert "The meeting is planned." in answer.content.decode()
    meeting = Meeting.objects.get()
    assert [option.name for option in meeting.options.all()] == [proposed[0].name, "Breaks"]
    assert meeting.starts_at.isoformat() == "2026-10-01T12:00:00+00:00", "on the clock of the programme"


def test_fewer_than_three_companies_propose_nothing(here: Place, leader: Client) -> None:
    some_outcome(here.organisation, here.programme)
    assert of_programme(here.programme) == ()
    assert (
        "Fewer than three companies" in leader.get(reverse("meeting-plan", args=[here.programme.pk])).content.decode()
    )


def test_company_chooses_from_its_own_outcome_without_scores(here: Place) -> None:
    some_outcome(here.organisation, here.programme)
    with translation.override("en"):
        proposed = of_company(here.organisation, here.programme)
    assert proposed
    assert {option.concerns for option in proposed} <= {
        "Very likely among the topics with most room.",
        "Possibly among the topics with most room.",
    }


def test_wrong_plan_says_what_to_do(here: Place, leader: Client) -> None:
    sent = {"kind": "deepening", "day": "soon", "hour": "2 o'clock", "minutes": "5"}
    answer = leader.post(reverse("meeting-plan", args=[here.programme.pk]), sent)
    page = answer.content.decode()
    assert answer.status_code == 400
    for sentence in ("Say which theme this meeting deepens.", "Write a time such as 14:30.", "Take half an hour"):
        assert sentence in page


@needs_pdftotext
def test_cards_hold_one_code_a_role_and_minutes_the_decision(room: Room, leader: Client) -> None:
    cards = text_of(leader.get(reverse("meeting-cards", args=[room.meeting.pk])).content)
    assert all(cards.count(code_of(room.meeting, role)) == 8 for role in MeetingRole)
    room.go(MeetingState.ROUND_1)
    room.rate(company=(5, 2, 3), teacher=(4, 2, 3))
    room.go(MeetingState.REVEALED_1)
    first = room.meeting.options.all()[0]
    sent = {
        "option": first.pk,
        "why": "All put it first = agreed #1",
        "dissent": "The night shift fears more work.",
        "step": "Two teams swap a task.",
        "owner": "Marloes",
        "due_on": "2026-11-01",
    }
    leader.post(reverse("meeting-decision", args=[room.meeting.pk]), sent)
    minutes = text_of(leader.get(reverse("meeting-minutes", args=[room.meeting.pk])).content)
    for words in ("Small tasks", "agreed #1", "night shift", "Marloes", "1 November 2026", "Company: 3"):
        assert words in minutes


def test_calendar_file_holds_the_day_and_no_code(room: Room, contact: Client) -> None:
    file = contact.get(reverse("meeting-calendar", args=[room.meeting.pk]))
    text = file.content.decode()
    assert file["Content-Type"].startswith("text/calendar")
    for line in ("BEGIN:VEVENT", "DTSTART:20261001T120000Z", "DTEND:20261001T130000Z", "SUMMARY:What comes first"):
        assert line in text


def test_line_break_in_a_title_adds_no_line_to_the_calendar(here: Place, contact: Client) -> None:
    """T24, in a file instead of a mail."""
    meeting = a_meeting(here.programme)
    Meeting.objects.filter(pk=meeting.pk).update(title="Talk\r\nATTENDEE:mailto:eve@evil.example")
    lines = contact.get(reverse("meeting-calendar", args=[meeting.pk])).content.decode().splitlines()
    assert not any(line.startswith("ATTENDEE") for line in lines)


def test_screen_of_the_room_polls_for_nothing(room: Room, leader: Client) -> None:
    address = reverse("meeting-now", args=[room.meeting.pk])
    for query in ("", "?for=screen"):
        first = leader.get(address + query)
        assert first.status_code == 200
        assert leader.get(address + query, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_leader_sees_how_many_handed_in_and_no_marks(room: Room, leader: Client) -> None:
    room.go(MeetingState.ROUND_1)
    room.rate(company=(5, 2, 3))
    one = leader.get(reverse("meeting", args=[room.meeting.pk])).content.decode()
    assert "<strong>3</strong>" in one
    room.rate(company=(1, 4, 2))
    other = leader.get(reverse("meeting", args=[room.meeting.pk])).content.decode()
    assert without_tokens(one) == without_tokens(other), "other marks change nothing on the page"


def test_script_in_a_name_stays_text(here: Place, leader: Client) -> None:
    """T18."""
    meeting = a_meeting(here.programme, options=["<img src=x onerror=alert(1)>", "B", "C"])
    room = Room(meeting)
    room.go(MeetingState.OPEN)
    room.join(company=3)
    room.go(MeetingState.ROUND_1)
    room.rate(company=(5, 2, 3))
    room.go(MeetingState.REVEALED_1)
    for address in (reverse("meeting", args=[meeting.pk]), reverse("meeting-screen", args=[meeting.pk])):
        assert "<img" not in leader.get(address).content.decode()


def test_chosen_theme_is_deepened_in_the_next_meeting(here: Place, room: Room, leader: Client) -> None:
    room.meeting.options.filter(name="Small tasks").update(source="job_variety")
    decided(room)
    assert f"?from={room.meeting.pk}" in leader.get(reverse("meeting", args=[room.meeting.pk])).content.decode()
    address = f"{reverse('meeting-plan', args=[here.programme.pk])}?from={room.meeting.pk}"
    assert 'value="Small tasks"' in leader.get(address).content.decode()
    sent = {"kind": "deepening", "title": "Why tasks are small", "theme_name": "Small tasks"}
    leader.post(address, sent | {"day": "2026-11-05", "hour": "14:00", "minutes": "60", "place": "A", "contact": "B"})
    assert Meeting.objects.get(kind="deepening").theme == "job_variety"


def test_theme_of_somebody_elses_meeting_is_not_told(here: Place, own: Meeting, leader: Client) -> None:
    room = Room(own)
    room.go(MeetingState.OPEN)
    decided(room)
    address = f"{reverse('meeting-plan', args=[here.programme.pk])}?from={own.pk}"
    assert "Small tasks" not in leader.get(address).content.decode()


def test_whoever_is_asked_by_mail_answers_with_the_link_and_without_an_account(
    room: Room, leader: Client, django_capture_on_commit_callbacks: Any, mailoutbox: list[EmailMessage]
) -> None:
    sent = {"name": "Wim", "role": "employees", "email": "wim@company.example"}
    with django_capture_on_commit_callbacks(execute=True):
        leader.post(reverse("meeting-people", args=[room.meeting.pk]), sent)
    (mail,) = mailoutbox
    assert mail.to == ["wim@company.example"]
    assert "What comes first" in mail.subject
    assert [one[0] for one in mail.attachments] == ["meeting.ics"]
    code = re.search(r"/m/come#(\S+)", str(mail.body))
    assert code is not None
    visitor = Client(headers={"accept-language": "en"}, enforce_csrf_checks=True)
    assert visitor.get(reverse("meeting-come")).status_code == 200
    assert Invited.objects.get().answer == Answer.NONE, "looking at the page answers nothing"
    for answer, says in (("yes", "You come to"), ("no", "You do not come to")):
        page = visitor.post(reverse("meeting-come"), {"code": code[1], "answer": answer})
        assert says in page.content.decode()
    assert Invited.objects.get().answer == Answer.NO
    assert not visitor.cookies


@pytest.mark.parametrize(
    "wrong",
    ["", "x", signing.dumps({"invited": 1}), signing.dumps({"person": 1}, salt="other")],
    ids=["empty", "no link", "without a purpose", "of another purpose"],
)
def test_link_that_was_made_for_something_else_answers_nothing(room: Room, wrong: str) -> None:
    """T32."""
    Invited.objects.create(pk=1, meeting=room.meeting, name="Wim", role="employees")
    assert Client().post(reverse("meeting-come"), {"code": wrong, "answer": "yes"}).status_code == 400
    assert Invited.objects.get().answer == Answer.NONE


def test_line_break_in_a_title_adds_no_header_to_the_mail(room: Room, mailoutbox: list[EmailMessage]) -> None:
    """T24."""
    room.meeting.title = "Talk\r\nBcc: eve@evil.example"
    row = Invited.objects.create(meeting=room.meeting, name="Wim", role="employees", email="wim@company.example")
    send_invitation(row, at=STARTS)
    assert mailoutbox[0].message()["Bcc"] is None
