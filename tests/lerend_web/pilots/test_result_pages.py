"""The pages of what came of a pilot: for each role its part, for nobody another company's scores, for everybody the case."""

from __future__ import annotations

import re
import time

import pytest
from django.test import Client
from django.urls import reverse

from lerend.evidence.design.kinds import Kind
from lerend_web.people.enums import OrganisationRole, ProgrammeRole, Role
from lerend_web.people.models import Person
from lerend_web.pilots.domain.cases import is_told, write_case
from lerend_web.pilots.domain.results import look
from lerend_web.pilots.domain.verdicts import sign_verdict, signed_verdict
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import Partner
from lerend_web.pilots.rules import READERS, PilotRefused
from tests.lerend_web.actors import client_of
from tests.lerend_web.instruments.conftest import in_english
from tests.lerend_web.pilots.world import Built, World, build, leader_of, moment_at

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

CONTACT, COORDINATOR, RESEARCHER = (
    OrganisationRole.COMPANY_CONTACT,
    ProgrammeRole.COORDINATOR,
    ProgrammeRole.RESEARCHER,
)
SERVER_TIME = 0.15
USUAL = World()


def by(built: Built, role: Role) -> Client:
    return in_english(client_of(built.here.people[role]))


def as_(one: Person) -> Client:
    return in_english(client_of(one))


def page(client: Client, built: Built, route: str = "pilot-result", status: int = 200) -> str:
    answer = client.get(reverse(route, args=[built.pilot.key]))
    assert answer.status_code == status
    return answer.content.decode()


def seen(wish: World = USUAL, *looks: int) -> Built:
    built = build(wish)
    for number in looks or (1, 2):
        look(built.pilot, number, at=moment_at(number))
    return built


def told() -> Built:
    built = seen(World(state=PilotState.FINISHED))
    sign_verdict(built.pilot, by=None, at=moment_at(2))
    write_case(pilot=built.pilot, text="We looked back every Friday.", by=None, at=moment_at(2))
    return built


def test_everybody_in_the_pilot_reads_the_same_outcome_and_nothing_of_a_team() -> None:
    built = seen()
    teams = [team.name for team in built.pilot.teams.all()]
    for role in READERS:
        said = page(by(built, role), built)
        assert "There is an effect" in said
        assert "The probability that it is larger than 0.16 of a point" in said
        assert "was not checked" in said
        assert ("Numbers for a researcher" in said) is (role is RESEARCHER)
        words = re.sub(r"<[^>]*>", " ", said)
        assert [team for team in teams if re.search(rf"\b{team}\b", words)] == []


def test_who_leads_a_team_sees_when_it_began_and_no_other_team() -> None:
    built = seen()
    said = page(as_(leader_of(built, "Oven")), built)
    assert re.search(r"Oven (began at once|waits until after the last measurement)", said)
    assert "Shop" not in said


def test_owner_is_told_what_comes_next() -> None:
    built = build(World(measured=2))
    assert "You look after this pilot." in page(by(built, COORDINATOR), built)
    assert "You look after this pilot." not in page(by(built, RESEARCHER), built)


def test_a_coordinator_looks_once_and_the_page_shows_it() -> None:
    built = build()
    client = by(built, COORDINATOR)
    address = reverse("pilot-look", args=[built.pilot.key])
    answer = client.post(address, {"number": "1", "shift": "fails"})
    assert answer.status_code == 302
    assert "read the questions differently" in page(client, built)
    again = client.post(address, {"number": "1", "shift": "holds"})
    assert again.status_code == 400
    assert "looked at already" in again.content.decode()
    assert client.post(address, {"number": "x", "shift": "holds"}).status_code == 400
    assert built.pilot.effects.count() == 1


def test_which_company_is_late_is_seen_by_the_programme_only() -> None:
    built = build(World(measured=1))
    other = built.organisations[1].name
    assert "Nobody looked at a measurement yet" in page(by(built, CONTACT), built)
    assert other not in page(by(built, CONTACT), built)


def test_before_and_after_never_gets_the_word() -> None:
    built = seen(World(kind=Kind.BEFORE_AFTER, effect=1.0))
    said = page(by(built, COORDINATOR), built)
    body = said.split("<main")[1].split("</main>")[0]
    assert "from whatever cause" in body
    assert "effect" not in re.sub(r"<[^>]*>", " ", body).lower()


def test_a_researcher_signs_what_the_rule_says() -> None:
    built = seen(World(state=PilotState.FINISHED, effect=-0.8))
    client = by(built, RESEARCHER)
    assert "Verdicts to sign" in client.get(reverse("my-work")).content.decode()
    assert "Verdicts to sign" not in by(built, COORDINATOR).get(reverse("my-work")).content.decode()
    said = page(client, built, "pilot-verdict")
    assert "The rule says: Stop" in said
    answer = client.post(reverse("pilot-verdict", args=[built.pilot.key]), {"note": "A hot summer."})
    assert answer.status_code == 302
    signed = signed_verdict(built.pilot)
    assert signed is not None
    assert signed.verdict == "stop"
    assert "Verdicts to sign" not in client.get(reverse("my-work")).content.decode()
    for role in (CONTACT, OrganisationRole.TEAM_LEADER):
        assert "It very probably makes things worse." in page(by(built, role), built)
    assert client.post(reverse("pilot-verdict", args=[built.pilot.key]), {"note": ""}).status_code == 400


def test_a_verdict_waits_for_the_end() -> None:
    built = seen(World(), 1)
    assert "The verdict comes when the pilot is over." in page(by(built, RESEARCHER), built, "pilot-verdict")
    assert page(by(built, COORDINATOR), built, "pilot-verdict", status=404)


def test_files_are_handed_out_to_who_is_in_the_pilot() -> None:
    built = seen()
    for role, route, start in (
        (OrganisationRole.TEAM_LEADER, "pilot-report", b"%PDF"),
        (CONTACT, "pilot-slides", b"PK"),
        (RESEARCHER, "pilot-effects", b"{"),
    ):
        answer = by(built, role).get(reverse(route, args=[built.pilot.key]))
        assert answer.status_code == 200
        assert answer.content.startswith(start)
        assert "attachment" in answer["Content-Disposition"]
    assert by(built, CONTACT).get(reverse("pilot-effects", args=[built.pilot.key])).status_code == 404


def test_case_is_told_to_everybody_once_every_company_agreed_to_these_words() -> None:
    built = told()
    address = reverse("told-case", args=[built.pilot.key])
    everybody = in_english(Client())
    for contact in built.contacts:
        assert everybody.get(address).status_code == 404
        company = contact.organisation_roles.get().organisation_id
        assert "We agree that this is told" in page(as_(contact), built, "pilot-case")
        as_(contact).post(reverse("pilot-publish", args=[built.pilot.key, company]), {"agrees": "yes"})
    said = everybody.get(address)
    assert said.status_code == 200
    assert "We looked back every Friday." in said.content.decode()
    built.pilot.refresh_from_db()
    write_case(pilot=built.pilot, text="Other words.", by=None, at=moment_at(2))
    assert not is_told(built.pilot)
    assert everybody.get(address).status_code == 404


def test_same_words_again_ask_nobody_anew() -> None:
    built = told()
    Partner.objects.filter(pilot=built.pilot).update(may_publish_at=moment_at(2))
    built.pilot.refresh_from_db()
    write_case(pilot=built.pilot, text=" We looked back every Friday. ", by=None, at=moment_at(2))
    assert is_told(built.pilot)


def test_a_case_needs_a_signed_verdict_and_words() -> None:
    built = seen(World(state=PilotState.FINISHED))
    with pytest.raises(PilotRefused):
        write_case(pilot=built.pilot, text="We did it.", by=None, at=moment_at(2))
    client = by(told_again(built), COORDINATOR)
    answer = client.post(reverse("pilot-case", args=[built.pilot.key]), {"text": " "})
    assert answer.status_code == 400
    assert by(built, CONTACT).post(reverse("pilot-case", args=[built.pilot.key]), {"text": "x"}).status_code == 403


def told_again(built: Built) -> Built:
    sign_verdict(built.pilot, by=None, at=moment_at(2))
    return built


def test_page_takes_little_of_the_server() -> None:
    built = seen()
    client = by(built, RESEARCHER)
    page(client, built)
    took = []
    for _again in range(3):
        begun = time.process_time()
        page(client, built)
        took.append(time.process_time() - begun)
    assert min(took) < SERVER_TIME
