"""A wave opens only when nothing is missing, and says everything that is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import translation

from lerend_web.core.models import AuditEntry
from lerend_web.organisations.models import Unit
from lerend_web.scans.domain.cards import print_cards
from lerend_web.scans.domain.opening import document_of, open_wave, why_not_open
from lerend_web.scans.enums import Mode, WaveState
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import CannotOpenYet, closing_moment, opening_moment
from lerend_web.urn.domain import boxes
from lerend_web.urn.models import OpenWave
from tests.lerend_web.scans.dairy import OPENS, Dairy, add_holders, invite_everybody, new_dairy, opened_by_mail, plan

pytestmark = pytest.mark.django_db(databases=["default", "urn"])


class PowerCut(Exception):
    pass


def reasons(wave: Wave) -> str:
    return " ".join(map(str, why_not_open(wave)))


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def test_everything_that_is_missing_is_said_at_once(dairy: Dairy) -> None:
    Unit.objects.filter(organisation=dairy.organisation).delete()
    wave = plan(dairy, heard_back_on=None, works_council_consent_on=None)
    said = reasons(wave)
    for part in ("hear what came of it", "works council", "Two key holders", "an empty box", "no teams", "cards"):
        assert part in said
    assert len(why_not_open(wave)) == 6


def test_reason_why_the_works_council_does_not_apply_is_enough(wave: Wave, dairy: Dairy) -> None:
    wave.works_council_consent_on = None
    assert "works council agreed" in reasons(wave)
    wave.works_council_not_applicable = "Fewer than ten people work here."
    assert "works council agreed" not in reasons(wave)


def test_each_key_must_be_tried(wave: Wave) -> None:
    wave.key_holders.filter(label="works council").update(tried_at=None)
    assert "Not tried yet: works council." in reasons(wave)


def test_teams_without_a_headcount_are_named(wave: Wave, dairy: Dairy) -> None:
    Unit.objects.create(organisation=dairy.organisation, name="Garage")
    assert "Garage" in reasons(wave)


def test_six_people_are_too_few(db: None) -> None:
    dairy = new_dairy({"All": 6})
    assert "There are 6 people. An anonymous scan needs at least 7." in reasons(plan(dairy))


def test_nothing_is_missing_once_the_cards_are_printed(wave: Wave, dairy: Dairy) -> None:
    assert len(why_not_open(wave)) == 1
    print_cards(wave=wave, by=dairy.contact, at=OPENS)
    assert why_not_open(wave) == ()


def test_wave_that_is_not_ready_stays_as_it_was(dairy: Dairy) -> None:
    wave = plan(dairy)
    with pytest.raises(CannotOpenYet) as refusal:
        open_wave(wave=wave, by=dairy.contact, at=OPENS)
    assert len(refusal.value.reasons) >= 2
    wave.refresh_from_db()
    assert wave.state == WaveState.PLANNED
    assert not OpenWave.objects.exists()


def test_open_wave_is_known_to_door_two_with_its_promise(open_one: Wave) -> None:
    assert open_one.state == WaveState.OPEN
    known = OpenWave.objects.get(code=open_one.code)
    assert known.is_taking
    assert known.document["promise_digest"] == open_one.promise_digest
    assert {group["code"] for group in known.document["key_groups"]} == {g.code for g in open_one.key_groups.all()}
    assert AuditEntry.objects.filter(code="wave.opened", subject=open_one.code).count() == 1


def test_document_names_no_unit_and_no_person(open_one: Wave) -> None:
    text = str({key: value for key, value in document_of(open_one).items() if key != "promise"})
    assert "Packing" not in text
    assert "Marloes" not in text


def test_opening_twice_is_refused(open_one: Wave, dairy: Dairy) -> None:
    with pytest.raises(CannotOpenYet):
        open_wave(wave=open_one, by=dairy.contact, at=OPENS)


def test_mail_needs_no_cards_and_tells_door_two_the_keys(dairy: Dairy) -> None:
    wave = opened_by_mail(dairy)
    groups = OpenWave.objects.get().document["key_groups"]
    assert all(group["token_key"] for group in groups)
    assert {group["at_most"] for group in groups} == {2 * group.invited for group in wave.key_groups.all()}


def test_wave_opens_neither_before_its_day_nor_after_its_last(wave: Wave, dairy: Dairy) -> None:
    print_cards(wave=wave, by=dairy.contact, at=OPENS)
    for moment in (opening_moment(wave) - timedelta(seconds=1), closing_moment(wave)):
        with pytest.raises(CannotOpenYet):
            open_wave(wave=wave, by=dairy.contact, at=moment)
    assert open_wave(wave=wave, by=dairy.contact, at=opening_moment(wave)).state == WaveState.OPEN


@pytest.mark.parametrize("mode", list(Mode))
def test_power_cut_between_the_two_databases_is_mended_by_opening_again(
    dairy: Dairy, mode: Mode, monkeypatch: pytest.MonkeyPatch
) -> None:
    wave = plan(dairy, mode=mode)
    add_holders(wave, dairy)
    if mode == Mode.CARD:
        print_cards(wave=wave, by=dairy.contact, at=OPENS)
    else:
        invite_everybody(wave, dairy)
    start = boxes.start_intake

    def start_then_fail(*, document: dict[str, object]) -> None:
        start(document=document)
        raise PowerCut

    with monkeypatch.context() as patch:
        patch.setattr(boxes, "start_intake", start_then_fail)
        with pytest.raises(PowerCut):
            open_wave(wave=wave, by=dairy.contact, at=OPENS)
    wave = Wave.objects.get()
    assert wave.state == WaveState.PLANNED
    open_wave(wave=wave, by=dairy.contact, at=OPENS)
    assert OpenWave.objects.get().document["promise_digest"] == wave.promise_digest
