"""Arjen plays a meeting alone: fourteen made-up phones join and rate through the verbs of every phone."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from lerend_web.core.clock import now
from lerend_web.demo.company import ZUIVEL
from lerend_web.demo.domain.cast import make_cast, make_company
from lerend_web.demo.domain.meeting import PHONES, let_phones_join, let_phones_rate, make_meeting, phones_of
from lerend_web.demo.queries import chapter_now, the_meeting
from lerend_web.demo.story import Chapter
from lerend_web.meetings.enums import MeetingRole, MeetingState
from lerend_web.meetings.models import Decision, Meeting, Rating
from lerend_web.programmes.models import Programme
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import Wave
from lerend_web.themes.enums import ThemeState
from lerend_web.themes.models import Theme

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

FEEDBACK = "Samen terugkijken en elkaar feedback geven"


@pytest.fixture
def room(empty: Path) -> Wave:
    """The programme with its meeting, and one company whose round is closed: all that the story needs here; gives the round."""
    at = now()
    cast = make_cast(at=at)
    company = make_company(cast, ZUIVEL, {("Nacht",): 12}, is_played=True)
    make_meeting(cast, at=at)
    days = {name: at.date() + timedelta(n) for n, name in enumerate(("opens_on", "closes_on", "heard_back_on"))}
    return Wave.objects.create(
        organisation=company, programme=cast.programme, code="story", name="Tweede", state=WaveState.CLOSED, **days
    )


@pytest.fixture
def arjen(room: Wave) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.post("/demo/play", {"character": "arjen"})
    return client


def meeting() -> Meeting:
    found = the_meeting()
    assert found is not None
    return found


def goes_to(client: Client, *states: MeetingState) -> None:
    """By the buttons of the real page; the phones do what comes next after each."""
    for state in states:
        client.post(reverse("meeting-step", args=[meeting().pk]), {"to": state.value})
        answer = client.post("/demo/phones", {"meeting": str(meeting().pk)})
        assert answer["Location"] == reverse("meeting", args=[meeting().pk])


def page(client: Client) -> str:
    return client.get("/demo/meeting", follow=True).content.decode()


def test_meeting_stands_planned_with_the_themes_that_are_proposed(arjen: Client) -> None:
    assert meeting().state == MeetingState.PLANNED
    assert set(meeting().options.values_list("name", flat=True)) == set(Theme.objects.values_list("name_nl", flat=True))
    assert set(Theme.objects.values_list("state", flat=True)) == {ThemeState.PROPOSED}
    assert "Open the meeting first" in page(arjen)


def test_story_leads_who_plays_arjen_to_the_meeting_and_nobody_else(arjen: Client) -> None:
    assert chapter_now(leads=True) is Chapter.CHOICE
    assert chapter_now() is Chapter.OUTCOME
    assert "You lead that meeting." in arjen.get("/work").content.decode()
    arjen.post("/demo/play", {"character": "marloes"})
    assert "You lead that meeting." not in arjen.get("/work").content.decode()


def test_fourteen_phones_in_all_four_roles_join_once(arjen: Client) -> None:
    goes_to(arjen, MeetingState.OPEN)
    let_phones_join(meeting())
    roles = Counter(MeetingRole(role) for role in meeting().seats.values_list("role", flat=True))
    assert roles == PHONES
    assert sum(roles.values()) == 14
    assert set(roles) == set(MeetingRole)


def test_phones_rate_sealed_and_what_is_most_needed_in_truth_comes_first(arjen: Client) -> None:
    goes_to(arjen, MeetingState.OPEN, MeetingState.ROUND_1)
    assert Rating.objects.values("seat").distinct().count() == 14
    assert "They wait for the next step" in page(arjen)
    goes_to(arjen, MeetingState.REVEALED_1)
    assert not Rating.objects.exists()
    content = meeting().reveals.get().content
    first = meeting().options.get(pk=content["options"][0]["option"])
    assert first.name == FEEDBACK
    assert all(len(group["roles"]) == 1 for group in content["groups"]), "every role is shown by itself"
    assert content["differences"], "roles see things differently, so there is something to talk about"


def test_same_phones_have_the_same_opinions_each_time(arjen: Client) -> None:
    goes_to(arjen, MeetingState.OPEN, MeetingState.ROUND_1)
    marks = list(Rating.objects.order_by("seat", "option").values_list("need", "influence", "feasibility"))
    let_phones_rate(meeting())
    again = list(Rating.objects.order_by("seat", "option").values_list("need", "influence", "feasibility"))
    assert marks == again
    assert len({tuple(marks[place :: len(marks) // 14]) for place in range(3)}) > 1, "they are not all of one mind"


def test_whole_meeting_ends_in_a_chosen_theme_with_owner_and_date(arjen: Client) -> None:
    goes_to(arjen, MeetingState.OPEN)
    assert chapter_now() is Chapter.MEETING
    goes_to(arjen, MeetingState.ROUND_1, MeetingState.REVEALED_1, MeetingState.ROUND_2, MeetingState.REVEALED_2)
    decision = Decision.objects.get()
    assert decision.option is not None
    assert (decision.option.name, decision.owner) == (FEEDBACK, "Arjen")
    assert "Nothing has changed there yet." in page(arjen)
    assert not Theme.objects.exclude(state=ThemeState.PROPOSED).exists()
    put_off = [str(pk) for pk in meeting().options.exclude(pk=decision.option.pk).values_list("pk", flat=True)]
    sent = {"themes-owner": str(decision.by_id), "themes-next_on": str(decision.due_on), "themes-put_off": put_off}
    arjen.post(reverse("meeting-themes", args=[meeting().pk]), sent)
    chosen = Theme.objects.get(state=ThemeState.CHOSEN)
    assert (chosen.name_nl, chosen.owner_id, chosen.next_on) == (FEEDBACK, decision.by_id, decision.due_on)
    assert set(Theme.objects.exclude(pk=chosen.pk).values_list("state", flat=True)) == {ThemeState.NOT_CHOSEN}
    assert chapter_now() is Chapter.PILOT
    assert "See what now" in arjen.get("/work").content.decode()
    Wave.objects.update(state=WaveState.OPEN)
    assert chapter_now() is Chapter.SANNE, "an open round is still there for who plays Sanne or Marloes"
    assert chapter_now(leads=True) is Chapter.PILOT


def test_only_arjen_moves_the_phones(room: Wave) -> None:
    for character in ("", "marloes"):
        client = Client()
        client.post("/demo/play", {"character": character})
        answer = client.post("/demo/phones", {"meeting": str(meeting().pk)})
        assert answer.status_code in {302, 404}
        assert not str(answer.get("Location", "")).startswith("/meetings")
    assert not meeting().seats.exists()


@pytest.mark.parametrize("wanted", ["", "x", "0", "9" * 30])
def test_there_are_phones_for_meetings_of_the_demo_only(arjen: Client, wanted: str) -> None:
    assert arjen.post("/demo/phones", {"meeting": wanted}).status_code == 404


def test_phones_are_shut_where_people_are_real(arjen: Client) -> None:
    Programme.objects.create(name="Echt")
    assert arjen.post("/demo/phones", {"meeting": str(meeting().pk)}).status_code == 404


def test_secret_of_a_phone_is_of_its_meeting(arjen: Client) -> None:
    other = Meeting(key="another")
    assert not {one.secret for one in phones_of(meeting())} & {one.secret for one in phones_of(other)}
