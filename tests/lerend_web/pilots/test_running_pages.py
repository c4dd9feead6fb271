"""The pages of a pilot that runs: who sees and does what, and the page behind the square, on which nothing can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lerend_web.core.clock import now
from lerend_web.core.limits import AMinute
from lerend_web.people.enums import OrganisationRole, ProgrammeRole, Role
from lerend_web.pilots.enums import Faithful, PilotState
from lerend_web.pilots.models import LogEntry, Pilot, PilotTeam, Verdict
from lerend_web.pulses.models import PulseSeries
from lerend_web.scans.models import Wave
from lerend_web.workbench.views.meetings import phones
from tests.lerend_web.actors import Place, client_of, place
from tests.lerend_web.instruments.conftest import in_english
from tests.lerend_web.pilots.carrying import code, frozen, running, teams_of, write

pytestmark = pytest.mark.django_db

Browse = Callable[[Role], Client]
COORDINATOR, RESEARCHER, TEACHER = ProgrammeRole.COORDINATOR, ProgrammeRole.RESEARCHER, ProgrammeRole.TEACHER
CONTACT, LEADER = OrganisationRole.COMPANY_CONTACT, OrganisationRole.TEAM_LEADER


@pytest.fixture(autouse=True)
def _fresh_minute() -> Iterator[None]:
    yield
    phones.FROM_ONE.forget_everything()
    phones.FROM_ALL.forget_everything()


@pytest.fixture
def here(db: None) -> Place:
    return place("A")


@pytest.fixture
def by(here: Place) -> Browse:
    return lambda role: in_english(client_of(here.people[role]))


@pytest.fixture
def pilot(here: Place) -> Pilot:
    return running(here)


def own_and_other(pilot: Pilot, here: Place) -> tuple[PilotTeam, PilotTeam]:
    teams = teams_of(pilot)
    return (
        next(one for one in teams if one.organisation == here.organisation),
        next(one for one in teams if one.organisation != here.organisation),
    )


def at(route: str, pilot: Pilot, *more: int) -> str:
    return reverse(route, args=[pilot.key, *more])


def page(client: Client, route: str, pilot: Pilot, *more: int) -> str:
    answer = client.get(at(route, pilot, *more))
    assert answer.status_code == 200
    return answer.content.decode()


def line(team: PilotTeam, **changed: Any) -> dict[str, Any]:
    fields = {"code": code(team), "faithful": "as_planned", "minutes": "45", "came": "10", "leader_came": "on"}
    return fields | {"on": now().date().isoformat(), "changed": ""} | changed


def test_a_coordinator_starts_and_prints_the_sheets(here: Place, by: Browse) -> None:
    pilot, browser = frozen(here), by(COORDINATOR)
    assert "Start the pilot" in page(browser, "pilot-running", pilot)
    assert "Start the pilot" not in page(by(CONTACT), "pilot-running", pilot)
    assert browser.post(at("pilot-start", pilot)).status_code == 302
    assert "Sheets for the boards" in page(browser, "pilot-running", pilot)
    sheets = browser.get(at("pilot-sheets", pilot))
    assert (sheets.status_code, sheets.content[:5]) == (200, b"%PDF-")
    assert by(LEADER).get(at("pilot-sheets", pilot)).status_code == 403


def test_the_owner_finds_on_the_first_page_what_waits_and_nobody_else_does(
    here: Place, by: Browse, pilot: Pilot
) -> None:
    Pilot.objects.update(owner=here.people[TEACHER])
    link = f'href="{at("pilot-running", pilot)}"'
    assert link in by(TEACHER).get(reverse("my-work")).content.decode()
    assert link not in by(RESEARCHER).get(reverse("my-work")).content.decode()


def test_what_cannot_be_is_said_and_not_done(here: Place, by: Browse, pilot: Pilot) -> None:
    assert by(COORDINATOR).post(at("pilot-start", pilot)).status_code == 400
    answer = by(COORDINATOR).post(at("pilot-finish", pilot))
    assert (answer.status_code, "not closed in any company" in answer.content.decode()) == (400, True)
    answer = by(COORDINATOR).post(at("pilot-stop", pilot), {"why": ""})
    assert (answer.status_code, "Say why it stops" in answer.content.decode()) == (400, True)
    assert by(RESEARCHER).post(at("pilot-stop", pilot), {"why": "The hall burnt down."}).status_code == 302
    assert "The hall burnt down." in page(by(LEADER), "pilot-running", pilot)


def test_a_company_sees_its_own_log_and_remarks_only(here: Place, by: Browse, pilot: Pilot) -> None:
    own, other = own_and_other(pilot, here)
    write(own, 1, changed="Ours was short")
    write(other, 1, changed="Theirs was long", came=40)
    for role in (CONTACT, LEADER):
        said = page(by(role), "pilot-log", pilot)
        assert "Ours was short" in said
        assert "Theirs was long" not in said
        assert other.organisation.name not in said
    everything = page(by(TEACHER), "pilot-log", pilot)
    assert "Theirs was long" in everything
    assert "40 people came, but 12 work there." in everything


def test_a_contact_mends_its_own_log_and_nobody_elses(here: Place, by: Browse, pilot: Pilot) -> None:
    own, other = own_and_other(pilot, here)
    write(own, 1)
    write(other, 1)
    browser = by(CONTACT)
    assert browser.post(at("pilot-log-strike", pilot, other.log.get().pk)).status_code == 404
    assert browser.post(at("pilot-log-renew", pilot, other.pk)).status_code == 404
    assert browser.post(at("pilot-log-strike", pilot, own.log.get().pk)).status_code == 302
    assert browser.post(at("pilot-log-renew", pilot, own.pk)).status_code == 302
    assert by(LEADER).post(at("pilot-log-renew", pilot, own.pk)).status_code == 400
    assert list(LogEntry.objects.values_list("team", flat=True)) == [other.pk]


def test_a_mistake_goes_out_after_the_end_too_until_the_verdict_is_signed(
    here: Place, by: Browse, pilot: Pilot
) -> None:
    own, _other = own_and_other(pilot, here)
    write(own, 1)
    write(own, 2)
    Pilot.objects.update(state=PilotState.FINISHED)
    first, second = own.log.all()
    assert "A mistake: take it out" in page(by(CONTACT), "pilot-log", pilot)
    assert by(CONTACT).post(at("pilot-log-strike", pilot, first.pk)).status_code == 302
    Verdict.objects.create(pilot=pilot, verdict="adopt", at=now())
    assert "A mistake: take it out" not in page(by(CONTACT), "pilot-log", pilot)
    assert by(CONTACT).post(at("pilot-log-strike", pilot, second.pk)).status_code == 400
    assert list(own.log.all()) == [second]


def test_the_process_shows_sessions_beside_the_plan_with_the_table_behind_it(
    here: Place, by: Browse, pilot: Pilot
) -> None:
    own, other = own_and_other(pilot, here)
    write(own, 0.5, came=6)
    write(other, 0.5, came=12)
    said = page(by(RESEARCHER), "pilot-process", pilot)
    assert "Planned: 4 sessions a team, over 8 weeks." in said
    assert 'class="held" points="40,176 ' in said
    assert "75 %" in said
    assert "50 %" in page(by(CONTACT), "pilot-process", pilot)


def test_a_contact_plans_the_round_of_a_measurement(here: Place, by: Browse, pilot: Pilot) -> None:
    one = pilot.measurements.get(number=1, organisation=here.organisation)
    other = pilot.measurements.exclude(organisation=here.organisation).get(number=1)
    browser = by(CONTACT)
    assert browser.get(at("pilot-measurement-plan", pilot, other.pk)).status_code == 404
    form = browser.get(at("pilot-measurement-plan", pilot, one.pk)).context["form"]
    fields = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    sent = {name: value for name, value in fields.items() if value not in {None, False}}
    answer = browser.post(at("pilot-measurement-plan", pilot, one.pk), sent)
    one.refresh_from_db()
    assert answer.status_code == 302
    assert one.wave is not None
    assert {row["arm"] for row in one.wave.asks} == {"A", "B"}
    assert one.wave.name in page(browser, "pilot-measurements", pilot)
    assert browser.post(at("pilot-measurement-detach", pilot, one.pk)).status_code == 302
    assert browser.post(at("pilot-measurement-attach", pilot, one.pk), {"wave": one.wave.pk}).status_code == 302
    assert browser.post(at("pilot-measurement-attach", pilot, one.pk), {"wave": "0"}).status_code == 400


def test_measurements_of_another_company_are_not_shown(here: Place, by: Browse, pilot: Pilot) -> None:
    other = pilot.measurements.exclude(organisation=here.organisation).get(number=1)
    assert other.organisation.name not in page(by(LEADER), "pilot-measurements", pilot)
    assert by(CONTACT).post(at("pilot-measurement-detach", pilot, other.pk)).status_code == 404
    assert other.organisation.name in page(by(RESEARCHER), "pilot-measurements", pilot)


def test_a_contact_plans_pulses_with_the_arms_of_the_pilot(here: Place, by: Browse, pilot: Pilot) -> None:
    own = [one for one in teams_of(pilot) if one.organisation == here.organisation]
    address = at("pilot-pulse-plan", pilot, here.organisation.pk)
    fields = {
        "units": [str(one.pk) for one in own], "first_on": "2027-01-11", "pulses": 2, "gap": 30, "mode": "card",
        "works_council_consent_on": "2026-12-01",
    }  # fmt: skip
    questions = by(CONTACT).get(address).context["questions"]
    assert len(questions) == 3
    answer = by(CONTACT).post(address, fields)
    series = PulseSeries.objects.get()
    assert answer.headers["Location"].startswith(reverse("pulses", args=[here.organisation.pk, series.pk]))
    assert (series.pilot, series.programme) == (pilot.key, pilot.programme)
    assert {(one["unit"][0], one["arm"]) for one in series.units} == {(one.path[-1], one.arm) for one in own}
    assert Wave.every.filter(pulse__series=series).count() == 2
    assert reverse("pulses", args=[here.organisation.pk, series.pk]) in page(by(CONTACT), "pilot-running", pilot)
    others = pilot.partners.exclude(organisation=here.organisation).get().organisation
    assert by(CONTACT).get(at("pilot-pulse-plan", pilot, others.pk)).status_code == 404


@pytest.mark.parametrize("route", ["pilot-running", "pilot-log", "pilot-process", "pilot-measurements"])
def test_a_page_asks_no_more_for_more_teams(here: Place, by: Browse, route: str) -> None:
    asked = []
    for where, teams in ((here, 4), (place("B"), 8)):
        pilot, browser = running(where, teams=teams), client_of(where.people[COORDINATOR])
        for team in teams_of(pilot):
            write(team, 1)
        with CaptureQueriesContext(connection) as seen:
            page(browser, route, pilot)
        asked.append(len(seen))
    assert asked[0] == asked[1]


def test_anybody_with_the_code_writes_a_line_and_reads_nothing(pilot: Pilot) -> None:
    team, browser = teams_of(pilot)[0], Client()
    empty = browser.get(reverse("pilot-write")).content.decode()
    answer = browser.post(reverse("pilot-write"), line(team))
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("pilot-written"))
    assert LogEntry.objects.get().team == team
    after = browser.get(answer.headers["Location"]).content.decode()
    assert not browser.cookies
    for said in (empty, after):
        assert not [name for name in (team.name, pilot.title, team.organisation.name, code(team)) if name in said]
    for response in (answer, browser.get(reverse("pilot-written"))):
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Referrer-Policy"] == "no-referrer"


def test_a_wrong_code_gets_the_answer_of_an_unknown_one(here: Place, pilot: Pilot) -> None:
    team = teams_of(pilot)[0]
    old = code(team)
    client_of(here.people[COORDINATOR]).post(at("pilot-log-renew", pilot, team.pk))
    team = teams_of(pilot)[0]
    wrong = line(team, code="0000-0000-00000")
    said = [Client().post(reverse("pilot-write"), one) for one in (wrong, wrong | {"code": old})]
    assert [one.status_code for one in said] == [400, 400]
    first, second = (one.content.decode() for one in said)
    assert first.replace("0000-0000-00000", "") == second.replace(old, "")
    assert not LogEntry.objects.exists()


def test_what_is_wrong_in_the_form_says_nothing_about_the_code(pilot: Pilot) -> None:
    team = teams_of(pilot)[0]
    said = [
        Client().post(reverse("pilot-write"), line(team, minutes="0", code=one)).content.decode().replace(one, "")
        for one in (code(team), "0000-0000-00000")
    ]
    assert said[0] == said[1]


def test_whoever_guesses_often_waits_and_a_good_code_does_not(pilot: Pilot) -> None:
    team, browser = teams_of(pilot)[0], Client()
    wrong = line(team, code="0000-0000-00000")
    with patch.object(phones, "FROM_ONE", AMinute(2)):
        answers = [browser.post(reverse("pilot-write"), wrong).status_code for _time in range(3)]
        assert answers == [400, 400, 429]
        assert browser.post(reverse("pilot-write"), line(team)).status_code == 302


@pytest.mark.parametrize(
    ("changed", "stored"),
    [
        ({"faithful": Faithful.NOT_DONE.value, "minutes": "", "came": ""}, True),
        ({"minutes": ""}, False),
        ({"came": "many"}, False),
        ({"faithful": "perhaps"}, False),
        ({"on": "2031-01-01"}, False),
        ({"on": "yesterday"}, False),
        ({"changed": "x" * 301}, False),
    ],
)
def test_a_line_is_stored_whole_or_not_at_all(pilot: Pilot, changed: dict[str, str], stored: bool) -> None:
    answer = Client().post(reverse("pilot-write"), line(teams_of(pilot)[0], **changed))
    assert answer.status_code == (302 if stored else 400)
    assert LogEntry.objects.exists() == stored


def test_another_site_sends_nothing(pilot: Pilot) -> None:
    sent = Client().post(reverse("pilot-write"), line(teams_of(pilot)[0]), headers={"Sec-Fetch-Site": "cross-site"})
    assert sent.status_code == 400
    assert not LogEntry.objects.exists()


def test_after_the_end_the_log_is_closed(pilot: Pilot) -> None:
    team = teams_of(pilot)[0]
    Pilot.objects.update(state=PilotState.FINISHED)
    assert Client().post(reverse("pilot-write"), line(team)).status_code == 400


def test_the_page_on_a_phone_speaks_the_language_that_is_asked_for(pilot: Pilot) -> None:
    answer = Client().post(f"{reverse('pilot-write')}?lang=en", line(teams_of(pilot)[0]))
    assert answer.headers["Location"] == f"{reverse('pilot-written')}?lang=en"
    assert "Written down" in Client().get(answer.headers["Location"]).content.decode()
