"""Freezing a plan and drawing its lot: once, before the start, from a seed that is kept, for anybody to draw again."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from lerend_web.core.models import AuditEntry
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.pilots.domain.choosing import Wish
from lerend_web.pilots.domain.freezing import freeze_plan, frozen_plan, lot_of
from lerend_web.pilots.domain.plan_words import told_lot, told_plan
from lerend_web.pilots.domain.pool import close_pool, code_of, offer, open_pool
from lerend_web.pilots.domain.teams import team_id, teams_of_releases
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import FrozenPlan, IsFrozen, Pilot, Volunteer
from lerend_web.pilots.rules import PilotRefused
from tests.lerend_web.actors import Place, place
from tests.lerend_web.pilots.begun import (
    AT,
    DATES,
    a_pilot,
    contact_of,
    ready,
    second_company,
    takes_part,
    with_outcome,
)
from tests.lerend_web.pilots.browsers import by, of, said


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """What is refused is said in English here."""
    with override("en"):
        yield


pytestmark = pytest.mark.django_db(databases=["default", "urn"])

COORDINATOR, TEACHER, LEADER = ProgrammeRole.COORDINATOR, ProgrammeRole.TEACHER, OrganisationRole.TEAM_LEADER
CONTACT = OrganisationRole.COMPANY_CONTACT


@pytest.fixture
def here() -> Place:
    return place("A")


@pytest.fixture
def pilot(here: Place) -> Pilot:
    return ready(here)


def freeze(pilot: Pilot, **other: Any) -> FrozenPlan:
    usual: dict[str, Any] = {
        "kind": "lottery",
        "waves": 2,
        "dates": DATES[:1],
        "seed": "4 1 6",
        "smallest": 0.3,
        "by": None,
        "at": AT,
    }
    return freeze_plan(pilot=pilot, **(usual | other))


def test_half_of_the_teams_begin_and_all_of_it_is_kept(pilot: Pilot) -> None:
    frozen = freeze(pilot)
    starts = list(pilot.teams.values_list("arm", "start"))
    assert sorted(starts) == [("A", 1)] * 4 + [("B", 0)] * 4
    plan = frozen_plan(Pilot.objects.get(pk=pilot.pk))
    assert (plan.scale, plan.rule.smallest, plan.sessions, plan.looks) == (pilot.factor, 0.3, pilot.sessions, 1)
    assert set(plan.design.teams) == {team_id(team) for team in pilot.teams.all()}
    assert frozen.seed == "4 1 6"
    assert Pilot.objects.get(pk=pilot.pk).state == PilotState.FROZEN
    assert AuditEntry.objects.get(code="pilot.frozen").detail["digest"] == frozen.digest


def test_measurement_before_is_the_round_from_which_teams_came(pilot: Pilot) -> None:
    freeze(pilot, waves=3, dates=DATES[:2])
    measured = [(one.number, one.wave is not None) for one in pilot.measurements.all()]
    assert measured == [(0, True)] * 2 + [(1, False)] * 2 + [(2, False)] * 2
    assert {one.on for one in pilot.measurements.filter(number=2)} == {DATES[1]}


def test_the_same_seed_gives_the_same_lot_and_another_seed_others(pilot: Pilot) -> None:
    assert drawn_from(pilot, "1") == drawn_from(pilot, "1")
    assert len({drawn_from(pilot, str(seed)) for seed in range(6)}) > 1


def drawn_from(pilot: Pilot, seed: str) -> tuple[int | None, ...]:
    """Who begins when; all of it is taken back."""
    with transaction.atomic():
        freeze(Pilot.objects.get(pk=pilot.pk), seed=seed)
        starts = tuple(pilot.teams.order_by("pk").values_list("start", flat=True))
        transaction.set_rollback(True)
    return starts


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"waves": 1, "dates": ()}, "waves"),
        ({"waves": 3}, "dates"),
        ({"dates": (date(2026, 9, 14),)}, "dates"),
        ({"waves": 3, "dates": (DATES[1], DATES[0])}, "dates"),
        ({"seed": " "}, "seed"),
        ({"seed": "a\nb"}, "seed"),
        ({"kind": "encouragement"}, "kind"),
        ({"kind": "comparison"}, "kind"),
        ({"kind": "tie_breaker", "wish": Wish()}, "kind"),
        ({"wish": Wish(accept_lot=False)}, "kind"),
    ],
)
def test_plan_that_cannot_be_says_why_and_nothing_is_kept(pilot: Pilot, other: dict[str, Any], field: str) -> None:
    with pytest.raises(PilotRefused) as refused:
        freeze(pilot, **other)
    assert refused.value.field == field
    assert not FrozenPlan.objects.exists()
    assert Pilot.objects.get(pk=pilot.pk).state == PilotState.DRAFT
    assert set(pilot.teams.values_list("arm", flat=True)) == {""}


def test_plan_is_frozen_once_and_by_editors_only(here: Place, pilot: Pilot) -> None:
    for stranger in (here.people[TEACHER], here.people[CONTACT]):
        with pytest.raises(PilotRefused):
            freeze(pilot, by=stranger)
    frozen = freeze(pilot, by=here.people[COORDINATOR])
    with pytest.raises(PilotRefused):
        freeze(pilot, seed="another")
    with pytest.raises(IsFrozen):
        frozen.save()


def test_what_is_not_ready_keeps_the_plan_from_freezing(here: Place) -> None:
    pilot = a_pilot(here, owner=None)
    company = second_company(here)
    with pytest.raises(PilotRefused, match="charter"):
        freeze(pilot)
    pilot.owner = here.people[COORDINATOR]
    pilot.save()
    takes_part(pilot, company)
    with_outcome(company, pilot)
    with pytest.raises(PilotRefused, match="Read them"):
        freeze(pilot)
    teams_of_releases(pilot=pilot, by=None, at=AT)
    open_pool(pilot=pilot, closes_on=DATES[0], by=None, at=AT)
    with pytest.raises(PilotRefused, match="still offer"):
        freeze(Pilot.objects.get(pk=pilot.pk))


def test_teams_are_read_again_once_a_company_has_newer_outcomes(here: Place, pilot: Pilot) -> None:
    with_outcome(here.organisation, pilot, low=3.4)
    with pytest.raises(PilotRefused, match="again"):
        freeze(pilot)
    teams_of_releases(pilot=pilot, by=None, at=AT)
    freeze(pilot)
    before = pilot.measurements.get(number=0, organisation=here.organisation).wave
    assert before == here.organisation.waves.order_by("-pk").first()


def test_names_and_teams_that_did_not_volunteer_are_gone_with_the_lot(here: Place, pilot: Pilot) -> None:
    pool = open_pool(pilot=pilot, closes_on=DATES[0], by=None, at=AT)
    wants = list(pilot.teams.all())[:6]
    for team in wants:
        offer(code=code_of(pilot), name=f"Somebody of {team.name}", reach="06", team=team.pk, at=AT)
    close_pool(pool=pool, by=here.people[TEACHER], at=AT)
    assert Volunteer.objects.count() == 6
    frozen = freeze(Pilot.objects.get(pk=pilot.pk))
    assert not Volunteer.objects.exists()
    assert {team.pk for team in pilot.teams.all()} == {team.pk for team in wants}
    assert "Somebody" not in frozen.content


def test_comparison_begins_in_one_company_and_is_measured_in_the_other(here: Place) -> None:
    pilot = a_pilot(here)
    beside = second_company(here)
    for organisation in (here.organisation, beside):
        with_outcome(organisation, pilot)
        takes_part(pilot, organisation, compares=organisation == beside)
    teams_of_releases(pilot=pilot, by=None, at=AT)
    freeze(pilot, kind="comparison", seed="")
    assert set(pilot.teams.filter(organisation=here.organisation).values_list("start", flat=True)) == {1}
    assert set(pilot.teams.filter(organisation=beside).values_list("start", flat=True)) == {0}
    assert not told_lot(Pilot.objects.get(pk=pilot.pk), companies=None).by_lot


def test_stepped_start_begins_one_group_after_another(pilot: Pilot) -> None:
    freeze(pilot, kind="stepped", waves=4, dates=DATES)
    assert set(pilot.teams.values_list("arm", "start")) == {("A", 1), ("B", 2), ("C", 3)}
    lot = told_lot(Pilot.objects.get(pk=pilot.pk), companies=None)
    assert lot.is_right
    drawn = Counter(one.begins for block in lot.blocks for one in block.tickets)
    assert drawn == Counter(pilot.teams.values_list("start", flat=True))


def test_lot_decides_for_the_middle_only_where_the_most_motivated_begin(pilot: Pilot) -> None:
    freeze(pilot, kind="tie_breaker", wish=Wish(announced=True))
    starts = {team.motivation: team.start for team in pilot.teams.filter(name__in=("Dough", "Ovens"))}
    assert starts == {3.6: 1, 3.0: 0}
    (block,) = told_lot(Pilot.objects.get(pk=pilot.pk), companies=None).blocks
    assert {one.team.split(" (")[0] for one in block.tickets} == {"Packing", "Cooling"}
    assert frozen_plan(Pilot.objects.get(pk=pilot.pk)).design.scale == "autonomous_motivation"


def test_anybody_draws_the_lot_again_by_hand(pilot: Pilot) -> None:
    """With nothing of ours: the three lines, SHA-256, lowest first, the first half begins."""
    freeze(pilot)
    (block,) = told_lot(Pilot.objects.get(pk=pilot.pk), companies=None).blocks
    by_hand = sorted(block.tickets, key=lambda one: hashlib.sha256(one.line.encode()).hexdigest())
    assert [hashlib.sha256(one.line.encode()).hexdigest() for one in by_hand] == [one.digits for one in by_hand]
    assert [bool(one.begins) for one in by_hand] == [True] * 4 + [False] * 4


def test_company_sees_its_own_teams_by_name_and_the_others_as_a_number(here: Place, pilot: Pilot) -> None:
    freeze(pilot)
    pilot = Pilot.objects.get(pk=pilot.pk)
    other = pilot.partners.exclude(organisation=here.organisation).get().organisation
    groups = told_plan(pilot, companies={here.organisation.pk}).groups
    assert sum(group.others for group in groups) == 4
    assert all(here.organisation.name in team for group in groups for team in group.teams)
    for page in ("pilot-plan", "pilot-lot"):
        address = reverse(page, args=[pilot.key])
        assert f"({other.name})" in said(by(here, COORDINATOR), address)
        own = said(by(here, LEADER), address)
        assert f"({other.name})" not in own
        assert f"({here.organisation.name})" in own
        assert f"({other.name})" in said(of(contact_of(other)), address)


def test_passer_by_checks_the_lot_and_learns_no_name(here: Place, pilot: Pilot) -> None:
    address = reverse("pilot-lot", args=[pilot.key])
    assert Client().get(address).status_code == 404
    frozen = freeze(pilot)
    answer = Client().get(address)
    page = answer.content.decode()
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert frozen.digest in page
    assert "4 1 6" in page
    assert len(re.findall(r"[0-9a-f]{64}", page)) == 8 + 2
    for name in ("Ovens", here.organisation.name, here.people[COORDINATOR].name):
        assert name not in page


def test_text_of_the_plan_gives_its_digest_and_is_not_for_companies(here: Place, pilot: Pilot) -> None:
    frozen, address = freeze(pilot), reverse("pilot-plan-text", args=[pilot.key])
    assert hashlib.sha256(by(here, TEACHER).get(address).content).hexdigest() == frozen.digest
    for role in (CONTACT, LEADER):
        assert by(here, role).get(address).status_code in {403, 404}
    page = said(by(here, COORDINATOR), reverse("pilot-design", args=[pilot.key]))
    assert frozen.digest in page
    assert frozen.seed in page
    assert "Take this one" not in page


def test_plan_that_was_changed_afterwards_is_not_shown_as_the_plan(pilot: Pilot) -> None:
    freeze(pilot)
    FrozenPlan.objects.update(content=FrozenPlan.objects.get().content.replace('"begins": 1', '"begins": 2'))
    with pytest.raises(ValueError, match="changed after it was frozen"):
        lot_of(Pilot.objects.get(pk=pilot.pk))


def test_plan_is_shown_as_a_whole_and_then_frozen_on_screen(here: Place, pilot: Pilot) -> None:
    browser, address = by(here, COORDINATOR), reverse("pilot-freeze", args=[pilot.key])
    asked = {"kind": "lottery", "waves": "3", "may_wait": "on", "accept_lot": "on"}
    page = browser.get(address, asked).content.decode()
    assert 'name="date_2"' in page
    typed = asked | {"date_1": "2030-01-10", "date_2": "2030-03-10", "smallest": "0.3", "seed": "4 1 6"}
    shown = browser.post(address, typed | {"does": "show"}).content.decode()
    assert "Freeze the plan and draw the lot" in shown
    assert "probability of 80 % or more" in shown
    assert not FrozenPlan.objects.exists()
    late = browser.post(address, typed | {"does": "freeze", "date_2": "2030-01-09"})
    assert late.status_code == 400
    assert "each later than the one before" in late.content.decode()
    done = browser.post(address, typed | {"does": "freeze"})
    assert done.headers["Location"] == f"/pilots/{pilot.key}/lot?said=frozen"
    assert re.fullmatch("4 1 6 [0-9a-f]{16}", FrozenPlan.objects.get().seed)
    assert "Drawn again from the seed" in said(browser, f"/pilots/{pilot.key}/lot")
    assert "Frozen on" in said(browser, address)
