"""A workshop: its makers write versions, meet, try out and talk; what they make becomes a proposal or a pilot."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from lerend_web.core.clock import now
from lerend_web.core.models import AuditEntry
from lerend_web.interventions.domain.workshops import (
    begin_workshop,
    plan_session,
    propose_from_workshop,
    remark,
    tell_try_out,
    write_version,
)
from lerend_web.interventions.models import Remark, Session, TryOut, Workshop, WorkshopVersion
from lerend_web.interventions.queries import coming_sessions_of
from lerend_web.interventions.rules import InterventionRefused
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.people.models import Person
from lerend_web.themes.models import Theme
from tests.lerend_web.actors import Place, client_of
from tests.lerend_web.interventions.cards import another_contact, maker
from tests.lerend_web.themes.conftest import Browse

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

CONTACT, TEACHER, LEADER = OrganisationRole.COMPANY_CONTACT, ProgrammeRole.TEACHER, OrganisationRole.TEAM_LEADER


def begun(theme: Theme, one: Person) -> Workshop:
    return begin_workshop(theme=theme, name="Ten minutes at the line", by=one, at=now())


def wrote(workshop: Workshop, by: Person, from_version: int = 0, **parts: str) -> WorkshopVersion:
    content = {"what": "Stop the line for ten minutes.", "fails": "No time\nNo board"} | parts
    return write_version(
        workshop=workshop, content=content, from_version=from_version, why="", language="en", by=by, at=now()
    )


ADDS: tuple[Callable[[Workshop, Person], Any], ...] = (
    wrote,
    lambda workshop, by: plan_session(
        workshop=workshop, on=date(2026, 12, 1), begins=None, minutes=60, what="Write", by=by, at=now()
    ),
    lambda workshop, by: tell_try_out(
        workshop=workshop, on=date(2026, 11, 1), happened="It took long.", next="", by=by, at=now()
    ),
    lambda workshop, by: remark(workshop=workshop, text="Too long.", by=by, at=now()),
    lambda workshop, by: propose_from_workshop(workshop=workshop, by=by, at=now()),
)


@pytest.mark.parametrize("adds", ADDS)
def test_who_is_not_in_the_working_group_adds_nothing(
    here: Place, elsewhere: Place, theme: Theme, adds: Callable[[Workshop, Person], Any]
) -> None:
    workshop = begun(theme, maker(theme, here.people[TEACHER]))
    outsiders = (here.people[CONTACT], another_contact(here), elsewhere.people[TEACHER], elsewhere.people[CONTACT])
    for stranger in outsiders:
        with pytest.raises(InterventionRefused):
            adds(workshop, stranger)


def test_workshop_begins_with_a_member_of_the_group(here: Place, theme: Theme, by: Browse) -> None:
    with pytest.raises(InterventionRefused):
        begun(theme, here.people[TEACHER])
    assert by(TEACHER).get(reverse("workshop-new", args=[here.programme.pk])).status_code == 403
    maker(theme, here.people[TEACHER])
    answer = by(TEACHER).post(
        reverse("workshop-new", args=[here.programme.pk]), {"theme": str(theme.pk), "name": "Ten minutes"}
    )
    assert answer.status_code == 302
    assert AuditEntry.objects.get(code="workshop.begun").programme == here.programme.pk


def test_only_makers_see_what_is_in_it(here: Place, elsewhere: Place, theme: Theme, by: Browse) -> None:
    workshop = begun(theme, maker(theme, here.people[TEACHER]))
    wrote(workshop, here.people[TEACHER])
    address = reverse("workshop", args=[here.programme.pk, workshop.pk])
    assert "Stop the line" in by(TEACHER).get(address).content.decode()
    outside = by(CONTACT).get(address)
    assert outside.status_code == 403
    assert "Stop the line" not in outside.content.decode()
    assert client_of(elsewhere.people[TEACHER]).get(address).status_code == 404


def test_versions_say_what_changed_and_nobody_overwrites_another(here: Place, theme: Theme) -> None:
    teacher, contact = (maker(theme, here.people[role]) for role in (TEACHER, CONTACT))
    workshop = begun(theme, teacher)
    assert wrote(workshop, teacher).changed == []
    second = wrote(workshop, contact, from_version=1, what="Stop the line for five minutes.")
    assert (second.number, second.changed) == (2, ["what"])
    with pytest.raises(InterventionRefused, match="2"):
        wrote(workshop, teacher, from_version=1, what="Do not stop the line.")
    with pytest.raises(InterventionRefused):
        wrote(workshop, teacher, from_version=2, what="Stop the line for five minutes.")
    assert workshop.versions.get(number=1).content["what"] == "Stop the line for ten minutes."


def test_what_somebody_typed_stays_when_another_was_first(here: Place, theme: Theme, by: Browse) -> None:
    teacher = maker(theme, here.people[TEACHER])
    workshop = begun(theme, teacher)
    wrote(workshop, teacher)
    address = reverse("workshop-write", args=[here.programme.pk, workshop.pk])
    answer = by(TEACHER).post(address, {"what": "My own words", "from_version": "0"})
    assert answer.status_code == 400
    assert "My own words" in answer.content.decode()
    assert (
        by(TEACHER).post(address, {"what": "My own words", "after": "Look back", "from_version": "1"}).status_code
        == 302
    )
    assert workshop.versions.get(number=2).content["after"] == "Look back"


def test_makers_meet_try_and_talk_each_as_what_they_are(here: Place, theme: Theme, by: Browse) -> None:
    teacher, leader = (maker(theme, here.people[role]) for role in (TEACHER, LEADER))
    workshop = begun(theme, teacher)
    wrote(workshop, teacher)
    address = [here.programme.pk, workshop.pk]
    soon = (now() + timedelta(days=9)).date()
    session = {"on": soon.isoformat(), "minutes": "90", "what": "Write the steps"}
    by(TEACHER).post(reverse("workshop-session", args=address), session)
    by(LEADER).post(
        reverse("workshop-try-out", args=address),
        {"on": "2026-11-02", "happened": "Eight of twelve talked.\n\n- too *long*"},
    )
    by(LEADER).post(reverse("workshop-remark", args=address), {"text": "Nobody can hear it at the line."})
    assert [one.what for one in coming_sessions_of(leader, today=now().date())] == ["Write the steps"]
    assert (TryOut.objects.get().organisation, TryOut.objects.get().version) == (here.organisation, 1)
    assert (Remark.objects.get().role, Remark.objects.get().organisation) == ("team_leader", here.organisation)
    page = by(TEACHER).get(reverse("workshop", args=address)).content.decode()
    assert "Eight of twelve talked." in page
    assert "<li>too <em>long</em></li>" in page
    assert "Team leader" in page
    by(TEACHER).post(reverse("workshop-session-cancel", args=[*address, Session.objects.get().pk]))
    assert not Session.objects.exists()


def test_nothing_is_tried_before_it_is_written(here: Place, theme: Theme) -> None:
    teacher = maker(theme, here.people[TEACHER])
    with pytest.raises(InterventionRefused):
        tell_try_out(
            workshop=begun(theme, teacher), on=date(2026, 11, 1), happened="Well", next="", by=teacher, at=now()
        )


def test_proposal_has_the_text_and_the_factors_of_the_theme(here: Place, theme: Theme) -> None:
    teacher = maker(theme, here.people[TEACHER])
    workshop = begun(theme, teacher)
    wrote(workshop, teacher)
    made = propose_from_workshop(workshop=workshop, by=teacher, at=now())
    assert made.content["name_en"] == "Ten minutes at the line"
    assert made.content["what_en"] == "Stop the line for ten minutes."
    assert made.content["fails_en"] == "No time\nNo board"
    assert made.content["targets"] == theme.factors
    assert made.workshop == workshop


def test_team_leader_makes_along_and_leaves_proposing_to_others(here: Place, theme: Theme) -> None:
    leader = maker(theme, here.people[LEADER])
    workshop = begun(theme, leader)
    wrote(workshop, leader)
    with pytest.raises(InterventionRefused):
        propose_from_workshop(workshop=workshop, by=leader, at=now())


def test_brief_that_cannot_be_made_is_said_at_the_workshop(here: Place, theme: Theme, by: Browse) -> None:
    teacher = maker(theme, here.people[TEACHER])
    workshop = begun(theme, teacher)
    wrote(workshop, teacher)
    address = reverse("workshop-brief", args=[here.programme.pk, workshop.pk, "psychological_safety"])
    answer = by(TEACHER).get(address, follow=True)
    assert "There is no brief for this." in answer.content.decode()
