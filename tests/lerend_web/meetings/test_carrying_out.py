"""What a meeting decided becomes of the themes of the programme: by one click of the coordinator, and never by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from lerend_web.core.models import AuditEntry
from lerend_web.meetings.domain.deciding import Decided, decide
from lerend_web.meetings.domain.planning import NewOption, plan_meeting
from lerend_web.meetings.enums import MeetingKind, MeetingState
from lerend_web.meetings.models import Meeting
from lerend_web.organisations.models import Organisation
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.people.models import Person
from lerend_web.themes.domain.choosing import WhatBecomes, add_theme, decide_theme
from lerend_web.themes.domain.from_meetings import carry_out, consequence_of
from lerend_web.themes.enums import ThemeState
from lerend_web.themes.models import Theme
from lerend_web.themes.rules import ThemesRefused
from tests.lerend_web.actors import Place
from tests.lerend_web.meetings.hour import STARTS, Room

pytestmark = pytest.mark.django_db

ON = date(2026, 12, 1)
TASKS = NewOption("Small tasks", "small_subtasks")
BACK = NewOption("Looking back", "evaluation_reflection_feedback")
TYPED = NewOption("Coffee")


@pytest.fixture
def arjen(here: Place) -> Person:
    return here.people[ProgrammeRole.COORDINATOR]


def decided_meeting(
    here: Place,
    options: Sequence[NewOption] = (TASKS, BACK, TYPED),
    *,
    chosen: int | None = 0,
    reasons: Sequence[str] = ("", "There is an approach for it already.", ""),
    organisation: Organisation | None = None,
    kind: MeetingKind = MeetingKind.THEME,
) -> Meeting:
    """A meeting that chose one of its options; `reasons` say why not, in the order of the options."""
    meeting = plan_meeting(
        programme=here.programme,
        organisation=organisation,
        kind=kind,
        title="What comes first",
        starts_at=STARTS,
        place="Canteen",
        contact="Arjen",
        theme_name="Small tasks",
        options=options,
        by=None,
        at=STARTS,
    )
    Room(meeting).go(MeetingState.OPEN)
    rows = list(meeting.options.all())
    said = {row.pk: why for row, why in zip(rows, reasons, strict=False)}
    what = Decided(
        None if chosen is None else rows[chosen], "It came first.", "Two teams swap", "Marloes", ON, "", said
    )
    decide(meeting=meeting, decided=what, by=None, at=STARTS)
    return meeting


def all_put_off(meeting: Meeting) -> set[int]:
    return set(meeting.options.values_list("pk", flat=True))


def carried_out(meeting: Meeting, by: Person) -> Theme | None:
    return carry_out(meeting=meeting, owner=by, next_on=ON, put_off=all_put_off(meeting), by=by, at=STARTS)


def a_theme(here: Place, *factors: str, name: str = "Taken", state: ThemeState = ThemeState.PROPOSED) -> Theme:
    theme = add_theme(programme=here.programme, name_nl=name, name_en="", factors=factors, by=None, at=STARTS)
    if state is not ThemeState.PROPOSED:
        becomes = WhatBecomes(ThemeState.CHOSEN, owner=here.people[ProgrammeRole.COORDINATOR], next_on=ON)
        decide_theme(theme=theme, becomes=becomes, by=None, at=STARTS)
    return theme


def test_decision_alone_changes_no_theme(here: Place) -> None:
    theme = a_theme(here, "task_completeness_variety", "job_autonomy")
    decided_meeting(here)
    theme.refresh_from_db()
    assert (theme.state, Theme.objects.count()) == (ThemeState.PROPOSED, 1)


def test_theme_that_was_chosen_gets_owner_and_date_and_the_others_their_reason(here: Place, arjen: Person) -> None:
    theme = a_theme(here, "job_autonomy", "task_completeness_variety")
    other = a_theme(here, "peer_feedback_reflection", name="Terugkijken")
    chosen = carried_out(decided_meeting(here), arjen)
    for one in (theme, other):
        one.refresh_from_db()
    assert chosen == theme, "the factors say which is meant, whatever it is called"
    assert (theme.state, theme.owner, theme.next_on) == (ThemeState.CHOSEN, arjen, ON)
    assert (other.state, other.why) == (ThemeState.NOT_CHOSEN, "There is an approach for it already.")
    history = list(AuditEntry.objects.filter(actor=arjen.pk).order_by("pk").values_list("code", flat=True))
    assert history == ["theme.decided", "theme.decided", "meeting.carried_out"]


def test_what_is_no_theme_yet_becomes_one_by_the_names_of_the_model(here: Place, arjen: Person) -> None:
    chosen = carried_out(decided_meeting(here), arjen)
    assert chosen is not None
    assert chosen.name_en == "Fewer small subtasks and more to decide yourself"
    assert chosen.name_nl != chosen.name_en
    assert set(Theme.objects.values_list("state", flat=True)) == {ThemeState.CHOSEN, ThemeState.NOT_CHOSEN}


def test_without_a_reason_or_without_a_tick_nothing_is_called_not_chosen(here: Place, arjen: Person) -> None:
    other = a_theme(here, "peer_feedback_reflection")
    without_reason = decided_meeting(here, reasons=())
    carried_out(without_reason, arjen)
    with_reason = decided_meeting(here)
    carry_out(meeting=with_reason, owner=arjen, next_on=ON, put_off=set(), by=arjen, at=STARTS)
    other.refresh_from_db()
    assert other.state == ThemeState.PROPOSED


def test_earlier_choice_is_undone_only_on_purpose(here: Place, arjen: Person) -> None:
    a_theme(here, "peer_feedback_reflection", state=ThemeState.CHOSEN)
    meeting = decided_meeting(here)
    found = consequence_of(meeting)
    assert found is not None
    assert [(one.name, one.was_chosen) for one in found.against if one.may_change] == [("Looking back", True)]
    carry_out(meeting=meeting, owner=arjen, next_on=ON, put_off=set(), by=arjen, at=STARTS)
    after = consequence_of(meeting)
    assert after is not None
    assert after.is_carried_out


def test_twice_is_once(here: Place, arjen: Person) -> None:
    meeting = decided_meeting(here)
    carried_out(meeting, arjen)
    carried_out(meeting, arjen)
    assert Theme.objects.count() == 2
    assert AuditEntry.objects.filter(code="meeting.carried_out").count() == 1


def test_when_something_is_refused_nothing_is_changed(here: Place, arjen: Person) -> None:
    stranger = here.people[OrganisationRole.COMPANY_CONTACT]
    meeting = decided_meeting(here)
    with pytest.raises(ThemesRefused):
        carry_out(meeting=meeting, owner=stranger, next_on=ON, put_off=all_put_off(meeting), by=arjen, at=STARTS)
    assert not Theme.objects.exists()


@pytest.mark.parametrize("kind", [MeetingKind.THEME, MeetingKind.DEEPENING])
def test_other_meetings_say_nothing_about_themes(here: Place, arjen: Person, kind: MeetingKind) -> None:
    organisation = here.organisation if kind is MeetingKind.THEME else None
    meeting = decided_meeting(here, organisation=organisation, kind=kind)
    assert consequence_of(meeting) is None
    with pytest.raises(ThemesRefused):
        carried_out(meeting, arjen)


def test_meeting_that_could_not_choose_leaves_the_themes(here: Place) -> None:
    assert consequence_of(decided_meeting(here, chosen=None)) is None


def test_coordinator_sees_what_would_change_and_changes_it_with_one_click(here: Place, leader: Client) -> None:
    meeting = decided_meeting(here)
    for route in ("meeting", "meeting-decision"):
        page = leader.get(reverse(route, args=[meeting.pk])).content.decode()
        assert "Nothing has changed there yet." in page
        assert "Looking back: There is an approach for it already." in page
    sent = {"themes-owner": str(here.people[ProgrammeRole.COORDINATOR].pk), "themes-next_on": "2026-12-01"}
    answer = leader.post(reverse("meeting-themes", args=[meeting.pk]), sent)
    theme = Theme.objects.get()
    assert answer["Location"].startswith(reverse("theme", args=[here.programme.pk, theme.pk]))
    assert theme.state == ThemeState.CHOSEN


def test_click_without_a_date_is_asked_for_one_and_changes_nothing(here: Place, leader: Client) -> None:
    meeting = decided_meeting(here)
    answer = leader.post(reverse("meeting-themes", args=[meeting.pk]), {"themes-owner": "", "themes-next_on": ""})
    assert answer.status_code == 400
    assert "Fill in when something happens next." in answer.content.decode()
    assert not Theme.objects.exists()


def test_contact_of_a_company_cannot_click(here: Place, contact: Client) -> None:
    assert contact.post(reverse("meeting-themes", args=[decided_meeting(here).pk])).status_code == 404
    own = decided_meeting(here, organisation=here.organisation)
    assert contact.post(reverse("meeting-themes", args=[own.pk])).status_code == 404
    assert not Theme.objects.exists()
