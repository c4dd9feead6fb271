"""Advice for a bottleneck: a way to go with its numbers, always three steps, kept with what people chose and what became of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from lerend_web.core.models import AuditEntry
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.pilots.domain.advice import (
    SOMETHING_ELSE,
    Advised,
    advice_of,
    advised,
    as_told,
    choose_step,
    keep_advice,
)
from lerend_web.pilots.domain.became import Result, earlier
from lerend_web.pilots.models import Advice, Partner, Pilot
from lerend_web.pilots.rules import PilotRefused
from lerend_web.themes.models import Action
from lerend_web.urn.passes import new_public_code
from tests.lerend_web.actors import Place, place
from tests.lerend_web.pilots.judged import Wish, some_judged
from tests.lerend_web.released import some_outcome

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 2, 10, tzinfo=UTC)
FACTOR = "psychological_safety"


@pytest.fixture
def here() -> Place:
    made = place("A")
    some_outcome(made.organisation, made.programme)
    return made


def shown(here: Place, factor: str = FACTOR) -> Advised:
    found = advised(here.organisation, here.programme, factor, at=AT)
    assert found is not None
    return found


def keep(here: Place) -> Advice:
    return keep_advice(
        organisation=here.organisation,
        programme=here.programme,
        factor=FACTOR,
        digest=shown(here).digest,
        by=here.people[OrganisationRole.COMPANY_CONTACT],
        at=AT,
    )


def choose(advice: Advice, here: Place, chosen: str, why: str = "") -> None:
    choose_step(advice=advice, chosen=chosen, why=why, by=here.people[OrganisationRole.COMPANY_CONTACT], at=AT)


def test_always_three_steps_with_their_numbers_and_the_same_each_time(here: Place) -> None:
    found = shown(here)
    assert len(found.steps) == 3
    assert [one.rank for one in found.steps] == [1, 2, 3]
    assert all(0 < one.best < 100 and 0 < one.helps < 100 for one in found.steps if one.is_entry)
    assert found.route in {"existing", "as_pilot", "new"}
    assert len(found.reasons) >= 2
    assert shown(here) == found


def test_without_an_outcome_or_for_something_else_there_is_no_advice(here: Place) -> None:
    bare = place("B")
    assert advised(bare.organisation, bare.programme, FACTOR, at=AT) is None
    assert advised(here.organisation, here.programme, "no_such_factor", at=AT) is None


def test_pilots_that_found_harm_take_their_approach_from_the_steps(here: Place) -> None:
    before = {one.ref for one in shown(here).steps}
    assert "team_debrief@1" in before
    some_judged(here, [-0.6, -0.5, -0.6], wish=Wish(se=0.08, df=40))
    after = shown(here)
    assert "team_debrief@1" not in {one.ref for one in after.steps}


def test_pilots_that_found_an_effect_are_counted_behind_their_approach(here: Place) -> None:
    before = next(one for one in shown(here).steps if one.ref == "team_debrief@1")
    some_judged(here, [0.5, 0.45], wish=Wish(se=0.08, df=40))
    after = next(one for one in shown(here).steps if one.ref == "team_debrief@1")
    assert after.pilots == before.pilots + 2
    assert after.helps > before.helps


def test_advice_is_kept_as_it_was_read(here: Place) -> None:
    kept = keep(here)
    assert as_told(Advice.objects.get(pk=kept.pk).content) == shown(here)
    assert AuditEntry.objects.filter(code="advice.kept", organisation=here.organisation.pk).exists()


def test_another_advice_than_was_read_is_not_kept(here: Place) -> None:
    read = shown(here).digest
    some_judged(here, [-0.6, -0.5], wish=Wish(se=0.08, df=40))
    with pytest.raises(PilotRefused):
        keep_advice(
            organisation=here.organisation, programme=here.programme, factor=FACTOR, digest=read, by=None, at=AT
        )
    assert not Advice.objects.exists()


def test_the_first_step_needs_no_reason_and_another_one_does(here: Place) -> None:
    kept = keep(here)
    first, second, _third = (one.ref for one in shown(here).steps)
    with pytest.raises(PilotRefused) as refusal:
        choose(kept, here, second)
    assert refusal.value.field == "why"
    choose(kept, here, second, "We tried the first one last year.")
    kept.refresh_from_db()
    assert (kept.chosen, kept.chose_why) == (second, "We tried the first one last year.")
    assert AuditEntry.objects.filter(code="advice.overridden").exists()
    assert earlier(kept).overrode
    with pytest.raises(PilotRefused):
        choose(kept, here, first)
    another = keep(here)
    choose(another, here, first)
    assert not earlier(another).overrode
    assert AuditEntry.objects.filter(code="advice.chosen").count() == 1


def test_nothing_that_is_not_there_can_be_chosen_but_something_else_can(here: Place) -> None:
    kept = keep(here)
    with pytest.raises(PilotRefused):
        choose(kept, here, "made_up@1", "Why not.")
    choose(kept, here, SOMETHING_ELSE, "We move to another building first.")
    assert earlier(kept).chosen == ""


def test_only_the_contact_of_the_company_keeps_and_chooses(here: Place) -> None:
    kept = keep(here)
    others = [here.people[ProgrammeRole.RESEARCHER], here.people[OrganisationRole.TEAM_LEADER]]
    for person in [*others, place("B").people[OrganisationRole.COMPANY_CONTACT]]:
        with pytest.raises(PilotRefused):
            choose_step(advice=kept, chosen=shown(here).first.ref, why="", by=person, at=AT)
        with pytest.raises(PilotRefused):
            keep_advice(
                organisation=here.organisation,
                programme=here.programme,
                factor=FACTOR,
                digest=shown(here).digest,
                by=person,
                at=AT,
            )
    assert list(advice_of(here.organisation)) == [kept]


def test_what_became_of_it_is_the_pilot_and_the_plan_that_came_after(here: Place) -> None:
    kept = keep(here)
    first = shown(here).first.ref
    choose(kept, here, first)
    made = {"organisation": here.organisation, "factor": FACTOR, "intervention": first}
    Action.objects.create(**made, what="Look back on Fridays", made_at=AT + timedelta(days=3))
    Action.objects.create(**made, what="Long before", made_at=AT - timedelta(days=90))
    pilot = Pilot.objects.create(
        programme=here.programme,
        key=new_public_code(),
        title="Fridays",
        factor=FACTOR,
        problem="x",
        intervention=first,
        made_at=AT + timedelta(days=10),
    )
    Partner.objects.create(pilot=pilot, organisation=here.organisation, asked_at=AT, agreed_at=AT)
    came = earlier(kept).came
    assert [(one.what, one.name) for one in came] == [(Result.PILOT, "Fridays"), (Result.PLAN, "Look back on Fridays")]
