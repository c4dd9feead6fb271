"""A plan holds together, and what was promised is never changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from lerend_web.core.models import AuditEntry
from lerend_web.organisations.models import Organisation
from lerend_web.scans.domain.cards import print_cards
from lerend_web.scans.domain.opening import why_not_open
from lerend_web.scans.domain.planning import change_plan, raise_k
from lerend_web.scans.enums import Mode, WaveState
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import PlanIsWrong, RulesAreFrozen, closing_moment, opening_moment
from tests.lerend_web.scans.dairy import CLOSES, OPENS, PLANNED, Dairy, plan

pytestmark = pytest.mark.django_db(databases=["default", "urn"])


def test_plan_is_kept_with_its_history(dairy: Dairy) -> None:
    wave = plan(dairy)
    assert wave.state == WaveState.PLANNED
    entry = AuditEntry.objects.get(code="wave.planned")
    assert (entry.actor, entry.organisation, entry.subject) == (dairy.contact.pk, dairy.organisation.pk, wave.code)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("mode", "fax"),
        ("k", 4),
        ("closes_on", date(2026, 9, 7)),
        ("heard_back_on", date(2026, 9, 25)),
        ("instrument", "company-form@1"),
        ("instrument", "nothing@1"),
    ],
)
def test_plan_that_contradicts_itself_is_refused_with_one_reason(dairy: Dairy, field: str, value: object) -> None:
    with pytest.raises(PlanIsWrong) as refusal:
        plan(dairy, **{field: value})
    assert len(refusal.value.reasons) == 1
    assert not Wave.objects.exists()
    assert not AuditEntry.objects.exists()


def test_organisation_outside_the_programme_has_no_wave_in_it(dairy: Dairy) -> None:
    dairy.organisation = Organisation.objects.create(name="Elsewhere")
    with pytest.raises(PlanIsWrong):
        plan(dairy)


def test_k_goes_up_and_never_down(wave: Wave, dairy: Dairy) -> None:
    assert raise_k(wave=wave, k=8, by=dairy.contact, at=PLANNED).k == 8
    with pytest.raises(PlanIsWrong):
        raise_k(wave=wave, k=7, by=dairy.contact, at=PLANNED)
    wave.refresh_from_db()
    assert wave.k == 8


def test_k_may_go_up_while_people_answer_and_the_promise_stands(open_one: Wave, dairy: Dairy) -> None:
    digest = open_one.promise_digest
    raise_k(wave=open_one, k=6, by=dairy.contact, at=OPENS)
    assert (open_one.k, open_one.promise_digest) == (6, digest)


def test_plan_can_be_changed_until_the_cards_are_printed(wave: Wave, dairy: Dairy) -> None:
    def later() -> Wave:
        return change_plan(
            wave=wave,
            name="Later",
            mode=Mode.CARD,
            opens_on=date(2026, 9, 8),
            closes_on=date(2026, 9, 30),
            heard_back_on=date(2026, 10, 20),
            works_council_consent_on=date(2026, 8, 20),
            by=dairy.contact,
            at=PLANNED,
        )

    assert later().closes_on == date(2026, 9, 30)
    print_cards(wave=wave, by=dairy.contact, at=PLANNED)
    with pytest.raises(RulesAreFrozen):
        later()


@pytest.mark.parametrize(
    ("opens", "closes", "first", "over"),
    [
        # Summer time begins on 29 March 2026 and ends on 25 October 2026 in the Netherlands.
        ("2026-03-28", "2026-03-29", "2026-03-27T23:00", "2026-03-29T22:00"),
        ("2026-10-24", "2026-10-25", "2026-10-23T22:00", "2026-10-25T23:00"),
    ],
)
def test_wave_opens_and_closes_at_midnight_of_the_programme_over_both_clock_changes(
    dairy: Dairy, opens: str, closes: str, first: str, over: str
) -> None:
    wave = plan(
        dairy,
        opens_on=date.fromisoformat(opens),
        closes_on=date.fromisoformat(closes),
        heard_back_on=date(2026, 12, 1),
    )
    assert opening_moment(wave) == datetime.fromisoformat(first).replace(tzinfo=UTC)
    assert closing_moment(wave) == datetime.fromisoformat(over).replace(tzinfo=UTC)
    before = len(why_not_open(wave, at=opening_moment(wave) - timedelta(seconds=1)))
    on_time = len(why_not_open(wave, at=opening_moment(wave)))
    last = len(why_not_open(wave, at=closing_moment(wave) - timedelta(seconds=1)))
    late = len(why_not_open(wave, at=closing_moment(wave)))
    assert (before - on_time, last - on_time, late - on_time) == (1, 0, 1)


def test_far_zone_has_its_own_midnight(dairy: Dairy) -> None:
    dairy.programme.time_zone = "America/Paramaribo"
    dairy.programme.save()
    assert opening_moment(plan(dairy)) == datetime(2026, 9, 7, 3, tzinfo=UTC)
    assert CLOSES > OPENS
