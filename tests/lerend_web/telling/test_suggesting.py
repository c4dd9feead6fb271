"""A first text for each part of the trace page: from the outcome, from decisions and from plans; never a person."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lerend_web.meetings.domain.deciding import Decided, decide
from lerend_web.meetings.domain.leading import go_to
from lerend_web.meetings.enums import MeetingState
from lerend_web.organisations.models import Organisation
from lerend_web.people.enums import OrganisationRole
from lerend_web.scans.models import Wave
from lerend_web.telling.domain.traces import Words, write_trace
from lerend_web.telling.enums import Part
from lerend_web.telling.models import Trace
from lerend_web.themes.domain.acting import Plan, Step, mark_step, start_action, write_note
from lerend_web.workbench.domain.outcomes.telling_draft import suggested_words
from tests.lerend_web.actors import Place, place
from tests.lerend_web.meetings.hour import a_meeting
from tests.lerend_web.released import closed_wave

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

AFTER = datetime(2026, 10, 1, 15, tzinfo=UTC)
ON = date(2026, 11, 1)


def decided(here: Place, organisation: Organisation | None, *, at: datetime = AFTER) -> None:
    """Small tasks were chosen, learning time was not and why, about feedback nothing was said."""
    meeting = a_meeting(here.programme, organisation)
    go_to(meeting=meeting, state=MeetingState.OPEN, by=None, at=at)
    chosen, other, _third = meeting.options.all()
    what = Decided(
        chosen, "It came first", "Two teams swap a task.", "Marloes", ON, "Wim fears more work.", {other.pk: "No money"}
    )
    decide(meeting=meeting, decided=what, by=None, at=at)


def acted(here: Place, *, at: datetime = AFTER) -> None:
    owner = here.people[OrganisationRole.COMPANY_CONTACT]
    plan = Plan("Look back on Fridays", owner, factor="peer_feedback_reflection")
    steps = [Step("Choose a team", ON, owner), Step("Ask what changed", ON, owner)]
    action = start_action(organisation=here.organisation, plan=plan, steps=steps, by=owner, at=at)
    first = action.steps.all()[0]
    mark_step(step=first, done_on=date(2026, 10, 20), by=owner, at=at)
    write_note(action=action, text="The night shift wants to keep it", by=owner, at=at)


def test_each_part_says_what_is_known_of_it(here: Place, wave: Wave) -> None:
    decided(here, here.organisation)
    acted(here)
    words = suggested_words(wave)
    assert "most room for improvement" in words.heard
    assert words.chosen == (
        "In our meeting of 1 October 2026 we chose: **Small tasks**. It came first. "
        "First step: Two teams swap a task, by 1 November 2026.\n\n"
        "We are doing this ourselves: Look back on Fridays."
    )
    assert words.not_chosen == "- **Learning time**: No money."
    assert words.done == "- **Look back on Fridays**: Choose a team (20 October 2026)."
    assert words.came_of_it == "- 1 October 2026: The night shift wants to keep it."


def test_nobody_is_named_and_who_saw_it_otherwise_is_not_told(here: Place, wave: Wave) -> None:
    decided(here, None)
    acted(here)
    words = suggested_words(wave)
    everything = " ".join(words.of(part) for part in Part)
    assert "the companies of the programme chose" in words.chosen
    for name in ("Marloes", "Wim", "fears", here.people[OrganisationRole.COMPANY_CONTACT].name):
        assert name not in everything


def test_what_happened_before_the_round_or_after_the_next_one_is_not_of_this_round(here: Place, wave: Wave) -> None:
    assert wave.closed_at is not None
    decided(here, here.organisation, at=wave.closed_at - timedelta(days=1))
    acted(here, at=wave.closed_at - timedelta(days=1))
    closed_wave(here.organisation, here.programme, name="Autumn", closed_on=date(2026, 9, 1))
    decided(here, here.organisation, at=AFTER)
    words = suggested_words(wave)
    assert (words.chosen, words.not_chosen, words.done, words.came_of_it) == ("", "", "", "")


def test_other_companies_are_not_told_of(here: Place, wave: Wave) -> None:
    other = place("B")
    other.organisation.programmes.add(here.programme)
    decided(here, other.organisation)
    words = suggested_words(wave)
    assert (words.chosen, words.not_chosen) == ("", "")


def test_contact_finds_the_texts_in_the_form_and_nothing_is_kept_by_looking(
    here: Place, wave: Wave, contact: Client
) -> None:
    decided(here, here.organisation)
    page = contact.get(reverse("wave-tell", args=[wave.pk])).content.decode()
    assert "A first text stands there already" in page
    assert "we chose: **Small tasks**" in page
    assert "- **Learning time**: No money." in page
    assert not Trace.objects.exists()


def test_what_is_written_stays_and_what_came_after_is_proposed_beside_it(
    here: Place, wave: Wave, contact: Client
) -> None:
    write_trace(wave=wave, words=Words("en", heard="You miss time.", done="Nothing yet."), by=None, at=AFTER)
    acted(here)
    address = reverse("wave-tell", args=[wave.pk])
    page = contact.get(address).content.decode()
    assert "Proposed for “What was done”" in page
    sent = {"language": "en", "heard": "You miss time!", "done": "Nothing yet.", "propose": "done"}
    taken = contact.post(address, sent).content.decode()
    assert "You miss time!" in taken, "what was typed is not lost"
    assert "Nothing yet.\n\n- **Look back on Fridays**: Choose a team (20 October 2026)." in taken
    assert Trace.objects.get().done == "Nothing yet.", "nothing is kept before the contact says so"
