"""A team leader knows beforehand what the own team will get, and what to say and not to say."""

from __future__ import annotations

from typing import TypeAlias

import pytest
from django.test import Client
from django.urls import reverse

from lerend_web.core import clock
from lerend_web.organisations.models import Organisation, OrganisationMember, Unit
from lerend_web.people.enums import OrganisationRole
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import Wave
from tests.lerend_web.actors import client_of, person
from tests.lerend_web.scans.dairy import OPENS
from tests.lerend_web.workbench.desk import Desk

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

Lead: TypeAlias = tuple[Client, Organisation]


@pytest.fixture
def lead(desk: Desk) -> Lead:
    """Somebody who leads the cheese makers (18 people)."""
    return leader_of(desk, "Cheese"), desk.dairy.organisation


def leader_of(desk: Desk, team: str | None) -> Client:
    one = person(f"leader of {team}".replace(" ", "."))
    unit = Unit.objects.get(organisation=desk.dairy.organisation, name=team) if team else None
    OrganisationMember.objects.create(
        organisation=desk.dairy.organisation, person=one, role=OrganisationRole.TEAM_LEADER, unit=unit
    )
    client = client_of(one)
    client.cookies["language"] = "en"
    return client


def shown(client: Client, name: str, here: Organisation) -> str:
    answer = client.get(reverse(name, args=[here.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_leader_reads_from_how_many_answers_the_team_gets_what(lead: Lead) -> None:
    text = shown(lead[0], "my-team", lead[1])
    assert "18 people work here." in text
    for sentence in ("From 5 answers", "From 8 answers", "From 10 answers"):
        assert sentence in text
    assert "Packing" not in text


def test_numbers_rise_with_the_smallest_group_of_the_round(lead: Lead, planned: Wave) -> None:
    Wave.objects.update(k=12)
    text = shown(lead[0], "my-team", lead[1])
    assert text.count("From 12 answers") == 3
    assert "From 10" not in text


def test_team_that_is_too_small_is_told_where_its_answers_go(desk: Desk) -> None:
    text = shown(leader_of(desk, "Packing night"), "my-team", desk.dairy.organisation)
    assert "A sheet of its own takes at least 7 people." in text
    assert "From 5 answers" not in text


def test_team_between_the_floors_is_told_what_it_will_not_get(desk: Desk) -> None:
    text = shown(leader_of(desk, "Lab"), "my-team", desk.dairy.organisation)
    assert "From 8 answers: also which topics have most room" in text
    assert "No scores about the team leader: those take 10 answers." in text


def test_leader_of_a_department_counts_the_teams_below_it(desk: Desk) -> None:
    assert "24 people work here." in shown(leader_of(desk, "Packing"), "my-team", desk.dairy.organisation)


def test_leader_without_a_team_is_told_whom_to_ask(desk: Desk) -> None:
    text = shown(leader_of(desk, None), "my-team", desk.dairy.organisation)
    assert "Ask the contact of your organisation: contact." in text


@pytest.mark.parametrize(
    ("state", "may", "may_not"),
    [
        (WaveState.PLANNED, "Soon we are asked", "Everybody has to join in"),
        (WaveState.OPEN, "You may do it in working time", "Have you answered yet"),
        (WaveState.CLOSING, "You may do it in working time", "Have you answered yet"),
        (WaveState.CLOSED, "What do you recognise", "Who gave that low score"),
    ],
)
def test_guide_fits_how_far_the_round_is(lead: Lead, planned: Wave, state: WaveState, may: str, may_not: str) -> None:
    Wave.objects.update(state=state)
    text = shown(lead[0], "leader-guide", lead[1])
    assert text.index("You can say") < text.index(may) < text.index("You cannot say") < text.index(may_not)


def test_leader_sees_no_response_and_no_names(
    lead: Lead, open_one: Wave, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: OPENS)
    client, here = lead
    text = shown(client, "my-team", here)
    assert "Who answered and who did not. Nobody can see that" in text
    assert "took part:" not in text
    for name in ("wave", "wave-outcome", "wave-keys"):
        assert client.get(reverse(name, args=[open_one.pk])).status_code == 404


def test_team_page_is_for_leaders_alone(desk: Desk) -> None:
    for name in ("my-team", "leader-guide"):
        for client in (desk.contact, desk.works_council, desk.coordinator, desk.outsider):
            assert client.get(reverse(name, args=[desk.dairy.organisation.pk])).status_code == 404
