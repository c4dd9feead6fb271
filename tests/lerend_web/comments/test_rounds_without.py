"""A round in which there is no room for own words: from the plan over the promise and door 2 to closing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import override_settings

from lerend_web.answering.domain.forms import form_shown
from lerend_web.answering.views.entering import checked
from lerend_web.answering.visits import Visit
from lerend_web.scans.domain.closing import close_wave
from lerend_web.scans.domain.opening import document_of
from lerend_web.scans.domain.planning import change_plan
from lerend_web.scans.domain.questionnaire import instrument_of
from lerend_web.scans.models import FrozenComment, Wave
from lerend_web.urn.documents import read_document
from lerend_web.urn.domain.sheet import SheetIsWrong, checked_sheet
from tests.lerend_web.scans.dairy import CLOSES, PLANNED, Dairy, add_holders, let_answer, new_dairy, opened, plan, void

pytestmark = pytest.mark.django_db(databases=["default", "urn"])


@pytest.fixture(autouse=True)
def _var(tmp_path: Path) -> Iterator[None]:
    with override_settings(VAR=tmp_path):
        yield


@pytest.fixture
def dairy() -> Dairy:
    return new_dairy()


def without(dairy: Dairy) -> Wave:
    wave = plan(dairy, takes_comments=False)
    add_holders(wave, dairy)
    return opened(wave, dairy)


def test_plan_keeps_it_until_somebody_says_otherwise(dairy: Dairy) -> None:
    wave = plan(dairy, takes_comments=False)
    same = {name: getattr(wave, name) for name in ("name", "mode", "opens_on", "closes_on", "heard_back_on")}
    assert not change_plan(wave=wave, **same, by=dairy.contact, at=PLANNED).takes_comments
    assert change_plan(wave=wave, **same, takes_comments=True, by=dairy.contact, at=PLANNED).takes_comments


def test_promise_says_whether_there_is_room_and_what_happens_to_what_people_write(dairy: Dairy) -> None:
    off = json.loads(without(dairy).promise)
    assert off["takes_comments"] is False
    assert off["comments"]["en"] == ["In this round there is no room for remarks in your own words."]
    other = new_dairy()
    wave = plan(other)
    add_holders(wave, other)
    on = json.loads(opened(wave, other).promise)
    assert on["takes_comments"] is True
    assert any("two weeks after closing" in sentence for sentence in on["comments"]["en"])


def test_door_2_is_told_and_shows_no_field(dairy: Dairy) -> None:
    document = read_document(json.dumps(document_of(without(dairy))))
    assert not document.takes_comments
    parts = form_shown(document.instrument, "a", "nl", takes_comments=document.takes_comments).parts
    assert not any(field.startswith("c.") for part in parts for field in part.fields)
    assert any(
        field.startswith("c.") for part in form_shown("employee-scan@1", "a", "nl").parts for field in part.fields
    )


def test_rounds_that_opened_before_this_existed_take_comments() -> None:
    wave = {"wave": "x", "instrument": "employee-scan@1", "organisation": "x", "k": 5, "closes_on": "2026-09-25"}
    more = {"heard_back_on": "2026-10-16", "promise_digest": "", "holders": [], "server": "", "key_groups": []}
    assert read_document(json.dumps(wave | more)).takes_comments


def test_sheet_with_own_words_is_refused_and_says_which_field(dairy: Dairy) -> None:
    data = {"form": "a", "language": "nl", "comments": {"part_2": "Iets."}}
    with pytest.raises(SheetIsWrong) as wrong:
        checked_sheet(instrument_of("employee-scan@1"), data, takes_comments=False)
    assert set(wrong.value.problems) == {"comments.part_2"}
    empty = data | {"comments": {"part_2": ""}}
    assert not checked_sheet(instrument_of("employee-scan@1"), empty, takes_comments=False).comments


def test_door_2_refuses_own_words_in_such_a_round_only(dairy: Dairy) -> None:
    off = read_document(json.dumps(document_of(without(dairy))))
    data = {"form": "a", "language": "nl", "comments": {"part_2": "Iets."}}
    with pytest.raises(SheetIsWrong):
        checked(Visit(off, True, "nl", False, "/", ""), data)
    on = replace(off, takes_comments=True)
    assert checked(Visit(on, True, "nl", False, "/", ""), data).comments == {"part_2": "Iets."}


@pytest.mark.parametrize("takes", [True, False])
def test_box_that_holds_own_words_all_the_same_leaves_none_behind(dairy: Dairy, takes: bool) -> None:
    wave = plan(dairy, takes_comments=takes)
    add_holders(wave, dairy)
    wave = opened(wave, dairy)
    count = let_answer(wave, comment="Own words")
    void(wave, dairy)
    close_wave(wave=wave, holder_file=dairy.files[0], by=dairy.contact, at=CLOSES)
    assert FrozenComment.objects.filter(wave=wave).count() == (count if takes else 0)
