"""Volunteering: with a card, without an account; the teacher alone reads names; a wrong code is like an unknown one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from lerend_web.core import clock
from lerend_web.core.models import AuditEntry
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.pilots.domain.pool import (
    NoPool,
    close_pool,
    code_of,
    names_in,
    offer,
    open_pool,
    pool_behind,
    remove_offer,
)
from lerend_web.pilots.models import Pilot, Pool, Volunteer
from lerend_web.pilots.rules import PilotRefused
from lerend_web.workbench.views.pilots.pool import FROM_ALL, FROM_ONE
from tests.lerend_web.actors import Place, person, place
from tests.lerend_web.pilots.begun import AT, a_pilot, ready
from tests.lerend_web.pilots.browsers import by, said


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """What is refused is said in English here."""
    with override("en"):
        yield


pytestmark = pytest.mark.django_db(databases=["default", "urn"])

COORDINATOR, RESEARCHER, TEACHER = ProgrammeRole.COORDINATOR, ProgrammeRole.RESEARCHER, ProgrammeRole.TEACHER
UNTIL = date(2026, 10, 1)


@pytest.fixture
def here() -> Place:
    return place("A")


@pytest.fixture
def pool(here: Place) -> Pool:
    """Open long enough for the clock of whoever runs this."""
    until = clock.now().date() + timedelta(days=30)
    return open_pool(pilot=ready(here), closes_on=max(until, UNTIL), by=here.people[COORDINATOR], at=AT)


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    FROM_ONE.forget_everything()
    FROM_ALL.forget_everything()


def test_pool_needs_a_teacher_teams_and_a_day_ahead(here: Place) -> None:
    with pytest.raises(PilotRefused, match="eacher"):
        open_pool(pilot=a_pilot(here, partner=None), closes_on=UNTIL, by=None, at=AT)
    with pytest.raises(PilotRefused, match="teams"):
        open_pool(pilot=a_pilot(here), closes_on=UNTIL, by=None, at=AT)
    pilot = ready(here)
    for stranger in (here.people[TEACHER], here.people[OrganisationRole.COMPANY_CONTACT]):
        with pytest.raises(PilotRefused):
            open_pool(pilot=pilot, closes_on=UNTIL, by=stranger, at=AT)
    with pytest.raises(PilotRefused) as refused:
        open_pool(pilot=pilot, closes_on=AT.date(), by=None, at=AT)
    assert refused.value.field == "closes_on"


def test_code_stands_in_no_table_and_opens_only_while_the_list_is_open(here: Place, pool: Pool) -> None:
    code = code_of(pool.pilot)
    assert code.replace("-", "").encode() not in bytes(pool.code_hash)
    assert pool_behind(code.lower().replace("-", " "), at=AT) == pool
    for wrong in ("", "0000-0000-00000", code[:-1], "é", code_of(a_pilot(here))):
        with pytest.raises(NoPool):
            pool_behind(wrong, at=AT)
    with pytest.raises(NoPool):
        pool_behind(code, at=AT + timedelta(days=4000))
    close_pool(pool=pool, by=here.people[TEACHER], at=AT)
    with pytest.raises(NoPool):
        pool_behind(code, at=AT)


def test_names_are_for_the_partner_of_the_school_alone(here: Place, pool: Pool) -> None:
    team = pool.pilot.teams.first()
    assert team is not None
    offer(code=code_of(pool.pilot), name="Els de Wit", reach="06 12", team=team.pk, at=AT)
    address = reverse("pilot-pool", args=[pool.pilot.key])
    assert "Els de Wit" in said(by(here, TEACHER), address)
    for role in (COORDINATOR, RESEARCHER):
        assert "Els" not in said(by(here, role), address)
    another = person("another teacher")
    here.programme.members.create(person=another, role=TEACHER)
    for stranger in (here.people[COORDINATOR], another):
        with pytest.raises(PilotRefused):
            names_in(pool, by=stranger)
        with pytest.raises(PilotRefused):
            close_pool(pool=pool, by=stranger, at=AT)
        with pytest.raises(PilotRefused):
            remove_offer(pool=pool, volunteer=Volunteer.objects.get().pk, by=stranger, at=AT)


def test_no_history_tells_that_or_when_somebody_offered(here: Place, pool: Pool) -> None:
    before = AuditEntry.objects.count()
    team = pool.pilot.teams.first()
    assert team is not None
    offer(code=code_of(pool.pilot), name="Els", reach="", team=team.pk, at=AT)
    assert AuditEntry.objects.count() == before
    names = {field.name for field in Volunteer._meta.get_fields()}
    assert names == {"id", "pool", "name", "reach", "team"}


def test_closing_tells_the_comparison_which_teams_and_not_who(here: Place, pool: Pool) -> None:
    teams = list(pool.pilot.teams.all())
    for name, team in (("Els", teams[0].pk), ("Jan", teams[0].pk), ("Bo", teams[2].pk), ("Ad", None)):
        offer(code=code_of(pool.pilot), name=name, reach="", team=team, at=AT)
    jan = Volunteer.objects.get(name="Bo")
    remove_offer(pool=pool, volunteer=jan.pk, by=here.people[TEACHER], at=AT)
    assert close_pool(pool=pool, by=here.people[TEACHER], at=AT) == 1
    assert [team.pk for team in pool.pilot.teams.filter(volunteered=True)] == [teams[0].pk]
    with pytest.raises(PilotRefused):
        close_pool(pool=pool, by=here.people[TEACHER], at=AT)


def test_offer_says_a_name_and_a_team_of_this_pilot(here: Place, pool: Pool) -> None:
    elsewhere = ready(place("B")).teams.first()
    assert elsewhere is not None
    code = code_of(pool.pilot)
    for name, team, field in ((" ", None, "name"), ("Els", elsewhere.pk, "team")):
        with pytest.raises(PilotRefused) as refused:
            offer(code=code, name=name, reach="", team=team, at=AT)
        assert refused.value.field == field


def test_somebody_with_a_card_offers_their_team_on_a_phone(here: Place, pool: Pool) -> None:
    phone, address, code = Client(), reverse("volunteer"), code_of(pool.pilot)
    assert phone.get(address).status_code == 200
    form = phone.post(f"{address}?lang=en", {"code": code})
    assert form.status_code == 200
    assert pool.pilot.title in form.content.decode()
    assert here.people[TEACHER].name in form.content.decode()
    team = pool.pilot.teams.first()
    assert team is not None
    empty = phone.post(f"{address}?lang=en", {"code": code, "name": "", "team": ""})
    assert empty.status_code == 400
    done = phone.post(f"{address}?lang=en", {"code": code, "name": "Els", "reach": "06", "team": str(team.pk)})
    assert "Thank you" in done.content.decode()
    kept = Volunteer.objects.get()
    assert (kept.name, kept.team) == ("Els", team)
    assert not phone.cookies
    for answer in (form, done):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_wrong_code_looks_like_one_of_a_closed_list_and_too_many_have_to_wait(here: Place, pool: Pool) -> None:
    address, code = reverse("volunteer"), code_of(pool.pilot)
    close_pool(pool=pool, by=here.people[TEACHER], at=AT)
    closed = Client().post(address, {"code": code})
    wrong = Client().post(address, {"code": "0000-0000-00000"})
    assert closed.status_code == wrong.status_code == 400
    assert closed.content.decode().replace(code, "") == wrong.content.decode().replace("0000-0000-00000", "")
    for _ in range(20):
        last = Client().post(address, {"code": "0000-0000-00000"})
    assert last.status_code == 429


def test_other_sites_and_huge_bodies_are_refused(pool: Pool) -> None:
    address = reverse("volunteer")
    other = Client().post(address, {"code": code_of(pool.pilot)}, headers={"Sec-Fetch-Site": "cross-site"})
    assert other.status_code == 400
    assert Client().post(address, {"code": "0" * 20_000}).status_code == 400


def test_cards_hold_the_code_behind_the_sign_that_is_never_sent(here: Place, pool: Pool) -> None:
    page = said(by(here, COORDINATOR), reverse("pilot-pool-cards", args=[pool.pilot.key]))
    assert page.count(code_of(pool.pilot)) == 8
    assert page.count("<svg") >= 8
    assert Pilot.objects.get(pk=pool.pilot.pk).key not in code_of(pool.pilot)


def test_partner_closes_on_screen_and_editors_open(here: Place) -> None:
    pilot = ready(here)
    address = reverse("pilot-pool", args=[pilot.key])
    until = (clock.now() + timedelta(days=20)).date().isoformat()
    assert by(here, TEACHER).post(address, {"closes_on": until}).status_code == 403
    assert by(here, COORDINATOR).post(address, {"closes_on": until}).status_code == 302
    close = reverse("pilot-pool-close", args=[pilot.key])
    assert by(here, COORDINATOR).post(close).status_code == 400
    assert by(here, TEACHER).post(close).status_code == 302
    assert Pool.objects.get().closed_at is not None
