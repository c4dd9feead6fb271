"""The working group of a theme: by invitation, on the contact list only by consent, out at any time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lerend_web.community.domain.groups import answer_invitation, invite_to_group, leave_group, set_on_list
from lerend_web.community.models import GroupDate, GroupMember
from lerend_web.community.queries import contact_list_of
from lerend_web.community.rules import CommunityRefused
from lerend_web.core.clock import now, today
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.people.models import Person
from lerend_web.themes.models import Theme
from tests.lerend_web.actors import Place, client_of, person
from tests.lerend_web.instruments.conftest import in_english
from tests.lerend_web.themes.conftest import Browse

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

CONTACT, LEADER = OrganisationRole.COMPANY_CONTACT, OrganisationRole.TEAM_LEADER


def invited(here: Place, theme: Theme, one: Person) -> GroupMember:
    return invite_to_group(theme=theme, email=one.email, by=here.people[ProgrammeRole.COORDINATOR], at=now())


def joined(here: Place, theme: Theme, one: Person, *, on_list: bool = False) -> GroupMember:
    member = invited(here, theme, one)
    answer_invitation(member=member, joins=True, on_list=on_list, by=one, at=now())
    return member


def page(browser: Client, theme: Theme) -> str:
    return browser.get(reverse("working-group", args=[theme.programme_id, theme.pk])).content.decode()


def say(browser: Client, theme: Theme, does: str, **more: str) -> int:
    address = reverse("group-membership", args=[theme.programme_id, theme.pk])
    return browser.post(address, {"does": does, **more}).status_code


def test_invited_person_finds_it_on_the_first_page_and_joins(here: Place, theme: Theme) -> None:
    leader = here.people[LEADER]
    member = invited(here, theme, leader)
    assert member.organisation == here.organisation
    browser = in_english(client_of(leader))
    assert "You are invited to the working group on “Safe to say”" in browser.get("/work").content.decode()
    say(browser, theme, "join")
    member.refresh_from_db()
    assert member.joined_at is not None
    assert member.on_list_at is None
    assert "Your working groups" in browser.get("/work").content.decode()


def test_who_says_no_leaves_nothing_behind(here: Place, theme: Theme, by: Browse) -> None:
    invited(here, theme, here.people[LEADER])
    say(by(LEADER), theme, "decline")
    assert not GroupMember.objects.exists()


def test_stranger_and_unknown_address_get_the_same_answer(here: Place, elsewhere: Place, theme: Theme) -> None:
    said = set()
    for one in (elsewhere.people[CONTACT], Person(email="nobody@test.example"), person("roleless")):
        with pytest.raises(CommunityRefused) as refused:
            invited(here, theme, one)
        said.add(str(refused.value.sentence))
    assert len(said) == 1


def test_member_is_on_the_list_only_by_consent_and_off_it_at_once(here: Place, theme: Theme) -> None:
    leader = here.people[LEADER]
    member = joined(here, theme, leader)
    assert not contact_list_of(theme)
    set_on_list(member=member, on_list=True, by=leader, at=now())
    assert [one.person for one in contact_list_of(theme)] == [leader]
    set_on_list(member=member, on_list=False, by=leader, at=now())
    assert not contact_list_of(theme)


def test_nobody_else_says_that_a_member_agrees(here: Place, theme: Theme) -> None:
    member = joined(here, theme, here.people[LEADER])
    with pytest.raises(CommunityRefused):
        set_on_list(member=member, on_list=True, by=here.people[ProgrammeRole.COORDINATOR], at=now())


def test_who_is_invited_but_did_not_join_reads_nothing(here: Place, theme: Theme, by: Browse) -> None:
    joined(here, theme, here.people[LEADER], on_list=True)
    invited(here, theme, here.people[CONTACT])
    assert here.people[LEADER].email not in page(by(CONTACT), theme)


def test_only_members_see_the_list(here: Place, theme: Theme, by: Browse) -> None:
    joined(here, theme, here.people[LEADER], on_list=True)
    joined(here, theme, here.people[CONTACT])
    assert here.people[LEADER].email in page(by(CONTACT), theme)
    shown = page(by(OrganisationRole.WORKS_COUNCIL), theme)
    assert here.people[LEADER].email not in shown
    assert "Ask the coordinator" in shown


def test_who_leaves_is_gone_from_the_list_and_reads_no_more(here: Place, theme: Theme, by: Browse) -> None:
    joined(here, theme, here.people[LEADER], on_list=True)
    joined(here, theme, here.people[CONTACT])
    say(by(LEADER), theme, "leave")
    assert here.people[LEADER].email not in page(by(CONTACT), theme)
    assert "Ask the coordinator" in page(by(LEADER), theme)


def test_member_does_not_put_another_out(here: Place, theme: Theme) -> None:
    member = joined(here, theme, here.people[LEADER])
    with pytest.raises(CommunityRefused):
        leave_group(member=member, by=here.people[CONTACT], at=now())


@pytest.mark.parametrize("does", ["join", "decline", "on-list", "leave"])
def test_who_was_not_invited_changes_nothing(here: Place, theme: Theme, by: Browse, does: str) -> None:
    assert say(by(LEADER), theme, does) == 403
    assert not GroupMember.objects.exists()


def test_agenda_shows_what_comes_and_keeps_what_was(here: Place, theme: Theme, by: Browse) -> None:
    address = reverse("group-date-add", args=[theme.programme_id, theme.pk])
    coming = (today() + timedelta(days=20)).isoformat()
    by(ProgrammeRole.COORDINATOR).post(address, {"on": coming, "begins": "14:30", "what": "We meet at the dairy"})
    GroupDate.objects.create(theme=theme, on=date(2026, 1, 5), what="The first time")
    shown = page(by(LEADER), theme)
    assert "We meet at the dairy" in shown[: shown.index("Dates that are over")]
    assert "14:30" in shown
    assert "The first time" in shown[shown.index("Dates that are over") :]


def test_bad_time_is_told_with_an_example(here: Place, theme: Theme, by: Browse) -> None:
    address = reverse("group-date-add", args=[theme.programme_id, theme.pk])
    answer = by(ProgrammeRole.COORDINATOR).post(address, {"on": "2026-12-01", "begins": "half past", "what": "x"})
    assert (answer.status_code, "Type it as 14:30" in answer.content.decode()) == (400, True)
