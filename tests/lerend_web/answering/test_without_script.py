"""The road without script: at most five parts, earlier answers travelling along, checked each time."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from lerend_web.urn import passes
from lerend_web.urn.domain import boxes
from lerend_web.urn.models import Box
from tests.lerend_web.urn.waves import INSTRUMENT, MadeWave, new_secret

pytestmark = pytest.mark.django_db(databases=["urn"])


class Paper:
    """A browser without script: it sends what stands in the form, and what somebody chose."""

    def __init__(self, door: Client, page: Any) -> None:
        self.door = door
        self.status = page.status_code
        self.text = page.content.decode()

    @property
    def form(self) -> str:
        forms: list[str] = re.findall(r"<form.*?</form>", self.text, re.DOTALL)
        return next(form for form in forms if 'name="code"' in form)

    @property
    def fields(self) -> dict[str, str]:
        """Hidden fields, chosen answers and written texts."""
        found = {}
        for tag in re.findall(r"<input[^>]*>", self.form):
            marks = dict(re.findall(r'(\w+)="([^"]*)"', tag))
            if marks.get("type") == "hidden" or (marks.get("type") == "radio" and re.search(r"\schecked\b", tag)):
                found[unescape(marks["name"])] = unescape(marks["value"])
        for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', self.form, re.DOTALL):
            found[name] = unescape(text)
        return found

    @property
    def questions(self) -> list[str]:
        return list(dict.fromkeys(re.findall(r'<input type="radio" name="(a\.[^"]*)"', self.form)))

    def press(self, go: str = "next", **chosen: str) -> Paper:
        action = unescape(re.search(r'action="([^"]*)"', self.form)[1])  # type: ignore[index]  # every form has one
        if go == "back":
            action = action.replace("/deliver", "/answer")
        fields = self.fields | {name.replace("__", "."): value for name, value in chosen.items()} | {"go": go}
        page = self.door.post(
            action,
            urlencode(fields),
            content_type="application/x-www-form-urlencoded",
            headers={"origin": "null", "sec-fetch-site": "same-origin"},
        )
        return Paper(self.door, page)


def enter(door: Client, code: str, **more: str) -> Paper:
    fields = {"code": code, "lang": "en"} | more
    return Paper(door, door.post("/", urlencode(fields), content_type="application/x-www-form-urlencoded"))


def answer_all(paper: Paper, answer: str = "2") -> Paper:
    for _ in range(5):
        paper = paper.press(**{name.replace(".", "__"): answer for name in paper.questions})
        if 'name="secret"' not in paper.text:
            break
    return paper


def to_the_last_part(paper: Paper) -> Paper:
    for _ in range(4):
        paper = paper.press()
    assert "/deliver" in paper.form
    return paper


def test_card_alone_leads_through_at_most_five_parts_to_a_receipt(door: Client, wave: MadeWave) -> None:
    code = wave.cards[wave.packers][0]
    end = answer_all(enter(door, passes.shown(code)).press())
    assert end.status == 200
    receipt = re.search(rf"lerend {wave.code} ([0-9a-f]{{64}}) {code}", end.text.replace(passes.shown(code), code))
    assert receipt is not None
    assert passes.receipt_of(bytes.fromhex(receipt[1])) in end.text.replace("-", "")
    [(group, sealed)] = boxes.sealed_boxes(key_groups=wave.key_groups)
    sheet = wave.opened(sealed)
    assert group == wave.packers
    assert set(sheet.answers.values()) == {"2"}
    assert set(sheet.answers) == set(next(form.items for form in INSTRUMENT.forms if form.id == sheet.form))


def test_going_back_loses_nothing(door: Client, wave: MadeWave) -> None:
    first = enter(door, wave.cards[wave.packers][0]).press()
    name = first.questions[0]
    second = first.press(**{name.replace(".", "__"): "5"})
    chosen = {second.questions[0].replace(".", "__"): "1", "c__part_2": 'a "quoted" <b>text</b>'}
    back = second.press(**chosen).press("back")
    assert back.fields["c.part_2"] == 'a "quoted" <b>text</b>'
    assert back.fields[second.questions[0]] == "1"
    assert back.press("back").fields[name] == "5"
    assert Box.objects.count() == 0


def test_earlier_answers_are_checked_again_on_every_part(door: Client, wave: MadeWave) -> None:
    first = enter(door, wave.cards[wave.packers][0]).press()
    second = first.press()
    wrong = second.press(**{first.questions[0].replace(".", "__"): "6"})
    assert wrong.status == 400
    assert wrong.questions == first.questions, "the part with the wrong answer is shown"
    assert second.press(a__nothing="1").status == 400


def test_delivering_a_wrong_form_shows_where_and_stores_nothing(door: Client, wave: MadeWave) -> None:
    paper = enter(door, wave.cards[wave.packers][0]).press()
    first = paper.questions
    paper = to_the_last_part(paper)
    wrong = paper.press(**{first[0].replace(".", "__"): "no"})
    assert wrong.status == 400
    assert wrong.questions == first
    assert Box.objects.count() == 0


def test_kiosk_gets_the_short_form(door: Client, wave: MadeWave) -> None:
    paper = enter(door, wave.cards[wave.packers][0], kiosk="1").press()
    assert paper.fields["form"] == "short"
    assert paper.fields["kiosk"] == "1"


def test_taken_card_is_refused_before_the_questions(door: Client, wave: MadeWave) -> None:
    code = wave.cards[wave.packers][0]
    start = enter(door, code)
    answer_all(start.press())
    assert start.press().status == 400
    assert Box.objects.count() == 1


def test_sending_the_last_part_twice_is_one_box(door: Client, wave: MadeWave) -> None:
    paper = enter(door, wave.cards[wave.packers][0]).press()
    paper = to_the_last_part(paper)
    assert paper.press().text == paper.press().text
    assert Box.objects.count() == 1


@pytest.mark.parametrize("part", ["-1", "99", "x", "", "5" * 5000])
def test_part_that_is_not_there_leads_to_one_that_is(door: Client, wave: MadeWave, part: str) -> None:
    assert enter(door, wave.cards[wave.packers][0]).press(part=part).status == 200


def test_secret_of_somebody_elses_making_is_just_a_secret(door: Client, wave: MadeWave) -> None:
    secret = new_secret()
    end = answer_all(enter(door, wave.cards[wave.packers][0]).press(secret=secret.hex()))
    assert passes.receipt_of(secret) in end.text.replace("-", "")
