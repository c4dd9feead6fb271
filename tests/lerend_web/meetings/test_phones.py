"""Phones without an account: a code gives a seat, a secret keeps it, and nothing but that opens anything."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lerend_web.core.limits import AMinute
from lerend_web.meetings.domain.codes import code_of
from lerend_web.meetings.domain.seats import new_secret
from lerend_web.meetings.enums import MeetingRole, MeetingState
from lerend_web.meetings.models import Meeting, RoleCode, Seat
from lerend_web.urn.passes import new_card_code
from lerend_web.workbench.views.meetings import phones
from tests.lerend_web.actors import Place
from tests.lerend_web.meetings.hour import Room, a_meeting


@pytest.fixture
def phone() -> Client:
    return Client(headers={"accept-language": "en"}, enforce_csrf_checks=True)


def join(phone: Client, code: str, secret: str = "", **how: Any) -> Any:
    return phone.post(reverse("meeting-join"), {"code": code, "seat": secret or new_secret()}, **how)


def look(phone: Client, secret: str, tag: str = "") -> Any:
    headers = {"Authorization": f"Seat {secret}", "X-Part": "face"} | ({"If-None-Match": tag} if tag else {})
    return phone.get(reverse("meeting-look"), headers=headers)


def seat_in(page: str) -> str:
    found = re.search(r'name="seat" value="([0-9a-f]{64})"', page)
    assert found is not None
    return found[1]


def test_code_gives_a_seat_with_its_role_and_no_cookie(room: Room, phone: Client) -> None:
    secret = seat_in(phone.get(reverse("meeting-join")).content.decode())
    answer = join(phone, code_of(room.meeting, MeetingRole.TEACHER), secret)
    assert "You take part as: Teacher" in answer.content.decode()
    assert not phone.cookies
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert Seat.objects.filter(role="teacher").count() == 4


def test_page_that_is_sent_twice_takes_one_seat(room: Room, phone: Client) -> None:
    secret = new_secret()
    for _press in range(2):
        assert join(phone, code_of(room.meeting, MeetingRole.COMPANY), secret).status_code == 200
    assert Seat.objects.count() == 8


def test_code_is_read_as_people_type_it(room: Room, phone: Client) -> None:
    code = code_of(room.meeting, MeetingRole.COMPANY).lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert join(phone, code).status_code == 200


def test_tables_hold_no_code_and_no_secret(room: Room) -> None:
    rows = str([list(table.objects.values_list()) for table in (Meeting, RoleCode, Seat)])
    assert not any(code_of(room.meeting, role) in rows for role in MeetingRole)
    assert not any(secret in rows for _role, secret in room.phones)


@pytest.mark.parametrize("state", [MeetingState.PLANNED, MeetingState.CLOSED])
def test_code_of_a_meeting_that_is_not_open_gives_no_way_in(here: Place, phone: Client, state: MeetingState) -> None:
    meeting = a_meeting(here.programme)
    Meeting.objects.filter(pk=meeting.pk).update(state=state.value)
    unknown, not_open = join(phone, new_card_code()), join(phone, code_of(meeting, MeetingRole.COMPANY))
    assert unknown.status_code == not_open.status_code == 400
    strip = re.compile(r'value="[^"]*"')
    assert strip.sub("", unknown.content.decode()) == strip.sub("", not_open.content.decode()), "nobody learns which"


def test_code_of_one_meeting_opens_no_other(here: Place, room: Room, phone: Client) -> None:
    other = a_meeting(here.programme)
    join(phone, code_of(room.meeting, MeetingRole.COMPANY))
    assert not other.seats.exists()


def test_who_guesses_codes_is_told_to_wait_and_a_good_code_still_works(room: Room, phone: Client) -> None:
    """T30; the control below is the same without a limit."""
    statuses = [join(phone, new_card_code(), REMOTE_ADDR="192.0.2.1").status_code for _try in range(70)]
    assert (statuses.count(400), statuses.count(429)) == (60, 10)
    assert join(phone, code_of(room.meeting, MeetingRole.COMPANY), REMOTE_ADDR="192.0.2.1").status_code == 200
    assert join(phone, new_card_code(), REMOTE_ADDR="198.51.100.7").status_code == 400


def test_without_limit_nobody_is_told_to_wait(room: Room, phone: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phones, "FROM_ONE", AMinute(10**6))
    assert {join(phone, new_card_code()).status_code for _try in range(70)} == {400}


def test_guesses_of_a_secret_count_too(room: Room, phone: Client) -> None:
    assert [look(phone, new_secret()).status_code for _try in range(61)].count(429) == 1


@pytest.mark.parametrize("secret", ["", "0" * 64, "z" * 64, "0" * 63, "' OR 1=1--"])
@pytest.mark.parametrize("route", ["meeting-look", "meeting-rate"])
def test_secret_that_is_none_shows_and_changes_nothing(room: Room, phone: Client, secret: str, route: str) -> None:
    answer = phone.post(reverse(route), {"seat": secret, "o1-need": "5"})
    assert answer.status_code == 401
    assert "What comes first" not in answer.content.decode()


def test_nothing_comes_when_nothing_changed(room: Room, phone: Client) -> None:
    secret = room.phones[0][1]
    first = look(phone, secret)
    assert first.status_code == 200
    again = look(phone, secret, first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    room.go(MeetingState.ROUND_1)
    assert "Rate in silence" in look(phone, secret, first["ETag"]).content.decode()


def test_sheet_that_is_being_filled_in_is_left_alone_while_others_hand_in(room: Room, phone: Client) -> None:
    room.go(MeetingState.ROUND_1)
    mine, other = room.phones[0][1], room.phones[1][1]
    tag = look(phone, mine)["ETag"]
    room.rate_by(other, (5, 4, 3))
    assert look(phone, mine, tag).status_code == 304


def test_page_before_revealing_holds_no_marks_of_others(room: Room, phone: Client) -> None:
    room.go(MeetingState.ROUND_1)
    mine = room.phones[0][1]
    before = look(phone, mine).content.decode()
    room.rate(teacher=(5, 4, 3), employees=(1, 1, 1))
    assert look(phone, mine).content.decode() == before


def test_whole_meeting_works_without_script(room: Room, phone: Client) -> None:
    code = code_of(room.meeting, MeetingRole.EMPLOYEES)
    secret = seat_in(join(phone, code).content.decode())
    room.go(MeetingState.ROUND_1)
    page = phone.post(reverse("meeting-look"), {"seat": secret}).content.decode()
    fields = sorted(set(re.findall(r'name="(o\d+-\w+)"', page)))
    assert len(fields) == 9
    half = phone.post(reverse("meeting-rate"), {"seat": secret, fields[0]: "4"})
    assert half.status_code == 400
    assert "answer all three questions" in half.content.decode()
    assert re.search(rf'name="{fields[0]}" value="4" checked', half.content.decode()), (
        "nothing has to be filled in again"
    )
    done = phone.post(reverse("meeting-rate"), {"seat": secret} | dict.fromkeys(fields, "4")).content.decode()
    assert "Handed in" in done
    room.rate(company=(5, 2, 3))
    room.go(MeetingState.REVEALED_1)
    assert "What we see" in phone.post(reverse("meeting-look"), {"seat": secret}).content.decode()


def test_form_of_another_site_is_refused(room: Room, phone: Client) -> None:
    answer = join(phone, code_of(room.meeting, MeetingRole.COMPANY), headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 400
    assert Seat.objects.count() == 7


def test_large_body_is_refused(room: Room, phone: Client) -> None:
    answer = join(phone, code_of(room.meeting, MeetingRole.COMPANY) + " " * 20_000)
    assert answer.status_code == 400
    assert Seat.objects.count() == 7
