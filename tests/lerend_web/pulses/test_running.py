"""Pulses go through the same doors and urn as a scan, and what is shown of each is judged with the ones before."""

from __future__ import annotations

import pytest

from lerend.attack.attack import attack
from lerend.attack.shown import read_shown
from lerend.release.value import Release
from lerend_web.pulses.domain.planning import AskedUnit
from lerend_web.pulses.domain.results import results_of
from lerend_web.pulses.models import PulseSeries
from lerend_web.pulses.queries import waves_of
from lerend_web.scans.domain.closing import close_wave, why_not_close
from lerend_web.scans.domain.invitations import NewAddress, take_addresses, units_of_wave
from lerend_web.scans.domain.opening import open_wave
from lerend_web.scans.domain.outbox import remind_everybody, send_invitations
from lerend_web.scans.domain.releasing import read
from lerend_web.scans.domain.server_share import path_of
from lerend_web.scans.enums import MailState, WaveState
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import CannotClose
from lerend_web.themes.models import Action
from lerend_web.urn.models import Box
from tests.lerend_web.pulses.series import (
    CHEESE,
    OFFICE,
    SEVEN,
    a_plan,
    after,
    answered,
    closed,
    count_people,
    first_moment,
    opened,
    planned,
    sealed,
)
from tests.lerend_web.scans.dairy import Dairy

pytestmark = pytest.mark.django_db(databases=["default", "urn"])


def test_a_pulse_is_asked_sealed_and_summed_like_a_scan(dairy: Dairy, out: PulseSeries) -> None:
    first, second = waves_of(out)
    opened(dairy, first)
    answered(first, SEVEN)
    assert Box.objects.count() == 15
    closed(dairy, first)
    assert (first.state, first.frozen.answered, Box.objects.count()) == (WaveState.CLOSED, 15, 0)
    release = read(first.releases.get())
    assert {cell.scale for cell in release.cells} == {"done", "helped", "used"}
    assert release.diagnosis.companies[0].findings[0].score is not None
    assert release.promise == first.promise_digest
    assert (path_of(first).exists(), path_of(second).exists()) == (False, True)


def test_the_keys_of_a_closed_pulse_leave_the_next_one_whole(dairy: Dairy, out: PulseSeries) -> None:
    first, second = waves_of(out)
    opened(dairy, first)
    answered(first, SEVEN)
    closed(dairy, first)
    opened(dairy, second)
    answered(second, SEVEN)
    count_people(dairy, second)
    closed(dairy, second)
    assert second.frozen.answered == 15
    assert not path_of(second).exists()


def test_the_second_pulse_waits_for_how_many_came_and_left(dairy: Dairy, out: PulseSeries) -> None:
    second = _second(dairy, out, {"Cheese": "4454453", "Office": "22332443"})
    assert why_not_close(second, at=after(second))
    with pytest.raises(CannotClose):
        close_wave(wave=second, holder_file=dairy.files[0], by=dairy.contact, at=after(second))
    count_people(dairy, second)
    assert closed(dairy, second).state == WaveState.CLOSED


def test_a_second_pulse_cannot_be_subtracted_from_the_first(dairy: Dairy, out: PulseSeries) -> None:
    """One person joined the cheese makers and answered 1 where all others said the same: that must not be worked out."""
    second = _second(dairy, out, {"Cheese": "33444521", "Office": "22332443"})
    count_people(dairy, second, {"Cheese": (1, 0)})
    closed(dairy, second)
    releases = _releases(out)
    team = ("Example Dairy", "Cheese")
    assert releases[0].cell(team, "done") is not None
    assert [release.cell(team, "done") for release in releases[1:]] in ([], [None])
    assert not _breaches(out)


def test_with_the_same_people_the_second_pulse_shows_its_teams(dairy: Dairy, out: PulseSeries) -> None:
    """The negative of the test above: it is the one who joined that hides the team."""
    second = _second(dairy, out, {"Cheese": "4454453", "Office": "22332443"})
    count_people(dairy, second)
    closed(dairy, second)
    releases = _releases(out)
    assert [release.cell(("Example Dairy", "Cheese"), "done") is not None for release in releases] == [True, True]
    assert releases[1].earlier == (releases[0].digest,)
    assert releases[1].trends[0].masked == ()


def test_a_scan_and_a_pulse_are_judged_apart(dairy: Dairy, out: PulseSeries) -> None:
    from tests.lerend_web.released import released  # noqa: PLC0415 -- it simulates a whole round

    released(dairy.organisation, dairy.programme)
    first = waves_of(out)[0]
    opened(dairy, first)
    answered(first, SEVEN)
    closed(dairy, first)
    assert read(first.releases.get()).earlier == ()


def test_too_few_answers_leave_nothing(dairy: Dairy, out: PulseSeries) -> None:
    first = waves_of(out)[0]
    opened(dairy, first)
    answered(first, {"Cheese": "44"})
    closed(dairy, first)
    assert (first.frozen.answered, bytes(first.frozen.statistics), first.releases.count()) == (0, b"", 0)


def _second(dairy: Dairy, series: PulseSeries, answers: dict[str, str]) -> Wave:
    """The first pulse is closed, and the second was answered."""
    first, second = waves_of(series)
    opened(dairy, first)
    answered(first, SEVEN)
    closed(dairy, first)
    opened(dairy, second)
    answered(second, answers)
    return second


def _releases(series: PulseSeries) -> list[Release]:
    return [read(wave.releases.get()) for wave in waves_of(series) if wave.releases.exists()]


def _breaches(series: PulseSeries) -> int:
    texts = [wave.releases.get().content for wave in waves_of(series) if wave.releases.exists()]
    return len(attack(read_shown(texts, [f"pulse {number}" for number in range(len(texts))])).breaches)


def test_what_is_shown_of_a_team_says_in_which_arm_it_is(dairy: Dairy, action: Action) -> None:
    arms = a_plan(AskedUnit(OFFICE, "later"), AskedUnit(CHEESE, "now"))
    series = sealed(dairy, planned(dairy, action, arms))
    first = waves_of(series)[0]
    opened(dairy, first)
    answered(first, SEVEN)
    closed(dairy, first)
    assert [(team.name, team.arm) for team in results_of(series).teams] == [("Office", "later"), ("Cheese", "now")]
    assert [team.name for team in results_of(series, labels=frozenset({"Cheese"})).teams] == ["Cheese"]
    out_of_three = [charts.points[0].value for charts in results_of(series).everybody.charts]
    assert len(out_of_three) == 3
    assert None not in out_of_three


def test_a_series_by_mail_reminds_everybody_alike(dairy: Dairy, action: Action) -> None:
    """Who answered gets the same mail as who did not: nothing in the outbox can tell them apart."""
    series = sealed(dairy, planned(dairy, action, a_plan(mode="mail")))
    first = waves_of(series)[0]
    people = units_of_wave(first)
    new = [NewAddress(f"{unit[-1]}.{n}@mail.example".lower(), unit) for unit in people for n in range(people[unit])]
    take_addresses(wave=first, addresses=new, by=dairy.contact, at=first_moment(first))
    open_wave(wave=first, by=dairy.contact, at=first_moment(first))
    answered(first, SEVEN)
    send_invitations(wave=first, by=dairy.contact, at=first_moment(first))
    assert remind_everybody(wave=first, by=dairy.contact, at=first_moment(first)) == len(new) == 30
    assert {state for (state,) in first.invitations.values_list("state")} == {MailState.QUEUED.value}
