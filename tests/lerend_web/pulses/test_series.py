"""A series is one plan: one consent, one making of keys, one promise; and no pulse where nobody could hide."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from django.utils.translation import override

from lerend_web.instruments.domain.source import instrument_of, model_of
from lerend_web.instruments.models import OwnVersion
from lerend_web.pulses.domain.keys import add_series_holder, holders_of, remove_series_holder, try_series
from lerend_web.pulses.domain.planning import AskedUnit, plan_series, stop_series
from lerend_web.pulses.domain.questions import questions_about
from lerend_web.pulses.domain.sealing import seal_series, why_not_seal
from lerend_web.pulses.domain.subject import Subject, subject_of
from lerend_web.pulses.models import PulseSeries
from lerend_web.pulses.queries import arms_of, series_of_pilot, waves_of
from lerend_web.pulses.rules import SeriesIsSealed, SeriesIsWrong, TooFewForAPulse
from lerend_web.scans.domain.planning import change_plan
from lerend_web.scans.domain.promise import digest_of
from lerend_web.scans.domain.server_share import path_of
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import CannotOpenYet, KeyFileDoesNotFit, RulesAreFrozen
from lerend_web.themes.models import Action
from lerend_web.urn.sealing import new_key_pair
from tests.lerend_web.pulses.series import CHEESE, LAB, OFFICE, a_plan, an_action, give_keys, planned, sealed
from tests.lerend_web.scans.dairy import PLANNED, Dairy, plan


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """What is refused is said in English here."""
    with override("en"):
        yield


pytestmark = pytest.mark.django_db(databases=["default", "urn"])


def test_a_series_asks_three_questions_about_what_is_done(series: PulseSeries) -> None:
    instrument = instrument_of(series.instrument)
    assert [item.measures for item in instrument.items] == ["done", "helped", "used"]
    assert instrument.items[0].text.en == "In the past two weeks we looked back together after work."
    assert [len(scale.labels) for scale in instrument.answer_scales] == [5]
    assert model_of(instrument.model).reference == series.instrument


@pytest.mark.parametrize(
    "typed", ["team_debrief", "team_debrief@2", "Looking back together after work", "Anything else"]
)
def test_an_approach_is_known_by_its_reference_or_by_its_name(dairy: Dairy, typed: str) -> None:
    about = questions_about(subject_of(an_action(dairy, intervention=typed))).about
    assert about == ("peer_feedback_reflection" if typed == "Anything else" else "team_debrief")


def test_actions_about_the_same_share_their_questions(dairy: Dairy, series: PulseSeries) -> None:
    again = planned(dairy, an_action(dairy))
    other = planned(dairy, an_action(dairy, intervention=""))
    assert again.instrument == series.instrument != other.instrument
    assert OwnVersion.objects.count() == 2


def test_pulses_are_no_rounds_of_the_organisation(dairy: Dairy, series: PulseSeries) -> None:
    scan = plan(dairy)
    assert list(dairy.organisation.waves.all()) == list(Wave.objects.all()) == [scan]
    assert [wave.opens_on for wave in waves_of(series)] == [date(2026, 9, 7), date(2026, 10, 7)]


@pytest.mark.parametrize("units", [(AskedUnit(("Packing", "Packing night")),), (AskedUnit(("Nowhere",)),)])
def test_below_seven_people_there_is_no_pulse(dairy: Dairy, action: Action, units: tuple[AskedUnit, ...]) -> None:
    with pytest.raises(TooFewForAPulse, match="form"):
        planned(dairy, action, a_plan(*units))
    assert not PulseSeries.objects.exists()
    assert not Wave.every.exists()


@pytest.mark.parametrize("changed", [{"units": ()}, {"pulses": 0}, {"pulses": 13}, {"gap": 13}, {"gap": 400}])
def test_a_plan_that_cannot_be_is_refused(dairy: Dairy, action: Action, changed: dict[str, int]) -> None:
    with pytest.raises(SeriesIsWrong):
        planned(dairy, action, replace(a_plan(), **changed))  # type: ignore[arg-type]  # one field at a time


def test_nothing_is_sealed_without_consent_and_two_tried_keys(dairy: Dairy, action: Action) -> None:
    series = planned(dairy, action, a_plan(works_council_consent_on=None))
    assert len(why_not_seal(series)) == 3
    with pytest.raises(CannotOpenYet):
        seal_series(series=series, by=dairy.contact, at=PLANNED)
    assert not Wave.every.exclude(promise="").exists()


def test_one_making_of_keys_gives_every_pulse_its_own(dairy: Dairy, series: PulseSeries) -> None:
    give_keys(dairy, series)
    assert [(one.label, one.is_tried) for one in holders_of(series)] == [("researcher", True), ("works council", True)]
    keys = [bytes(holder.public_key) for wave in waves_of(series) for holder in wave.key_holders.all()]
    assert len(keys) == len(set(keys)) == 4


def test_a_key_for_two_pulses_is_refused(dairy: Dairy, series: PulseSeries) -> None:
    same = new_key_pair().public
    codes = [wave.code for wave in waves_of(series)]
    for keys in (dict.fromkeys(codes, same), {codes[0]: same}):
        with pytest.raises(KeyFileDoesNotFit):
            add_series_holder(series=series, label="one", public_keys=keys, by=dairy.contact, at=PLANNED)
    assert holders_of(series) == ()


def test_the_promise_of_a_series_names_that_of_every_pulse(out: PulseSeries) -> None:
    waves = waves_of(out)
    content = json.loads(out.promise)
    assert digest_of(out.promise) == out.promise_digest
    assert [one["promise"] for one in content["pulses"]] == [digest_of(wave.promise) for wave in waves]
    assert {json.loads(wave.promise)["series"]["code"] for wave in waves} == {out.code}
    assert len({json.loads(wave.promise)["server_key"] for wave in waves}) == 2
    assert [[group.label for group in wave.key_groups.all()] for wave in waves] == [["Cheese", "Office"]] * 2


def test_a_sealed_series_stands(dairy: Dairy, out: PulseSeries) -> None:
    first = waves_of(out)[0]
    assert seal_series(series=out, by=dairy.contact, at=PLANNED).promise_digest == out.promise_digest
    with pytest.raises(SeriesIsSealed):
        remove_series_holder(series=out, label="researcher", by=dairy.contact, at=PLANNED)
    with pytest.raises(RulesAreFrozen):
        change_plan(
            wave=first, name="Other", mode="card", opens_on=first.opens_on, closes_on=first.closes_on,
            heard_back_on=first.heard_back_on, by=dairy.contact, at=PLANNED,
        )  # fmt: skip


def test_a_file_of_another_series_opens_nothing(dairy: Dairy, series: PulseSeries) -> None:
    sealed(dairy, series)
    other = planned(dairy, an_action(dairy))
    with pytest.raises(KeyFileDoesNotFit):
        try_series(series=other, holder_file=dairy.files[0], by=dairy.contact, at=PLANNED)


def test_units_of_two_arms_are_never_in_one_key_group(dairy: Dairy, action: Action) -> None:
    arms = a_plan(AskedUnit(CHEESE, "now"), AskedUnit(OFFICE, "later"), AskedUnit(LAB, "later"))
    series = sealed(dairy, planned(dairy, action, arms))
    arm_of = {tuple(one["unit"]): one["arm"] for one in series.units}
    for wave in waves_of(series):
        for group in wave.key_groups.all():
            assert len({arm_of[tuple(unit.path)] for unit in group.units.all()}) == 1


def test_pulses_of_a_pilot_carry_its_arms_to_what_is_released(dairy: Dairy) -> None:
    about = Subject(dairy.organisation, "Debrief", "team_debrief@1", "peer_feedback_reflection", pilot="p" * 26)
    arms = a_plan(AskedUnit(CHEESE, "now"), AskedUnit(OFFICE, "later"))
    series = plan_series(about=about, programme=dairy.programme, plan=arms, by=None, at=PLANNED)
    assert arms_of(series) == {}, "no group is drawn yet"
    sealed(dairy, series)
    assert arms_of(series) == {"Cheese": "now", "Office": "later"}
    assert [one.pk for one in series_of_pilot("p" * 26)] == [series.pk]
    assert not series_of_pilot("").exists()


def test_an_arm_in_which_nobody_could_hide_is_refused(dairy: Dairy, action: Action) -> None:
    small = a_plan(AskedUnit(CHEESE, "now"), AskedUnit(("Packing", "Packing night"), "later"))
    with pytest.raises(SeriesIsWrong, match="later"):
        planned(dairy, action, small)


def test_stopping_takes_what_did_not_open_and_its_keys(dairy: Dairy, out: PulseSeries) -> None:
    shares = [path_of(wave) for wave in waves_of(out)]
    assert all(share.exists() for share in shares)
    stop_series(series=out, by=dairy.contact, at=PLANNED)
    assert not any(share.exists() for share in shares)
    assert [pulse.wave for pulse in out.pulses.all()] == [None, None]
