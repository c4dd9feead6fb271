"""One small text that anybody can check, and that never changes once people have seen it."""

from __future__ import annotations

import hashlib
import json

import pytest
from django.utils import translation

from lerend_web.organisations.models import Unit
from lerend_web.scans.domain.cards import print_cards
from lerend_web.scans.domain.opening import open_wave
from lerend_web.scans.domain.planning import raise_k
from lerend_web.scans.domain.promise import promise_text, seal_promise
from lerend_web.scans.domain.questionnaire import instrument_of
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import CannotOpenYet, read_aloud
from tests.lerend_web.scans.dairy import OPENS, PLANNED, Dairy, plan

pytestmark = pytest.mark.django_db(databases=["default", "urn"])


def test_digest_is_that_of_the_text(wave: Wave, dairy: Dairy) -> None:
    seal_promise(wave=wave, by=dairy.contact, at=PLANNED)
    assert wave.promise_digest == hashlib.sha256(wave.promise.encode()).hexdigest()


def test_text_is_written_in_one_way(wave: Wave, dairy: Dairy) -> None:
    seal_promise(wave=wave, by=dairy.contact, at=PLANNED)
    content = json.loads(wave.promise)
    assert json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")) == wave.promise
    assert len(wave.promise) < 8000


@pytest.mark.parametrize("language", ["nl", "en"])
def test_language_of_whoever_seals_it_makes_no_difference(wave: Wave, dairy: Dairy, language: str) -> None:
    seal_promise(wave=wave, by=dairy.contact, at=PLANNED)
    with translation.override(language):
        assert promise_text(wave) == wave.promise


def test_it_holds_what_people_are_promised(wave: Wave, dairy: Dairy) -> None:
    seal_promise(wave=wave, by=dairy.contact, at=PLANNED)
    content = json.loads(wave.promise)
    assert content["instrument"] == {
        "reference": "employee-scan@1",
        "digest": instrument_of("employee-scan@1").digest,
    }
    assert (content["k"], content["k_may_only_rise"]) == (5, True)
    assert content["floors"] == {"about_a_manager": 10, "invited_in_a_key_group": 7, "most_room": 8}
    assert sum(group["invited"] for group in content["key_groups"]) == 62
    assert [holder["label"] for holder in content["key_holders"]] == ["researcher", "works council"]
    assert content["closes_on"] == "2026-09-25"
    assert content["heard_back_on"] == "2026-10-16"
    assert len(content["management_gets"]["nl"]) == len(content["management_gets"]["en"]) > 0


def test_same_wave_gives_the_same_text_from_the_database(wave: Wave, dairy: Dairy) -> None:
    seal_promise(wave=wave, by=dairy.contact, at=PLANNED)
    assert promise_text(Wave.objects.get()) == wave.promise


def test_nothing_is_promised_while_something_is_missing(dairy: Dairy) -> None:
    with pytest.raises(CannotOpenYet):
        seal_promise(wave=plan(dairy), by=dairy.contact, at=PLANNED)


def test_promise_on_the_cards_is_the_one_that_opens(wave: Wave, dairy: Dairy) -> None:
    print_cards(wave=wave, by=dairy.contact, at=PLANNED)
    printed = wave.promise_digest
    Unit.objects.filter(name="Lab").update(headcount=99)
    raise_k(wave=wave, k=6, by=dairy.contact, at=PLANNED)
    seal_promise(wave=wave, by=dairy.contact, at=PLANNED)
    open_wave(wave=wave, by=dairy.contact, at=OPENS)
    assert wave.promise_digest == printed


def test_before_that_a_change_makes_a_new_promise(wave: Wave, dairy: Dairy) -> None:
    before = seal_promise(wave=wave, by=dairy.contact, at=PLANNED).promise_digest
    raise_k(wave=wave, k=6, by=dairy.contact, at=PLANNED)
    assert wave.promise == ""
    assert seal_promise(wave=wave, by=dairy.contact, at=PLANNED).promise_digest != before


def test_digest_is_read_aloud_in_four_groups_of_four() -> None:
    assert read_aloud("0123456789abcdef" * 4) == "0123 4567 89AB CDEF"
