"""How the answering pages look and weigh: on every screen, in both lights, in both languages."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import segno
from playwright.sync_api import Browser, Page, expect

from tests.lerend_web.answering.door import SOURCE, Door
from tests.lerend_web.answering.person import answer_first, begin, device, go_to_the_end, scan, send
from tests.lerend_web.browsing import faults_in_every_look

pytestmark = pytest.mark.browser

HERE = SOURCE / "lerend_web" / "answering"
STATIC = HERE / "static" / "answering"
MOST_PAGE, MOST_SCRIPT = 60_000, 30_000


@pytest.mark.parametrize("language", ["nl", "en", "pl"])
def test_no_accessibility_fault_on_the_whole_way(browser: Browser, opened: Door, language: str) -> None:
    with device(browser, width=320, language=language) as context:
        page = context.new_page()
        for step in _the_whole_way(page, opened):
            assert page.locator("html").get_attribute("lang") == language, step
            assert faults_in_every_look(page) == [], step


def _the_whole_way(page: Page, door: Door) -> Iterator[str]:
    page.goto(door.address)
    yield "enter"
    page.locator("#code").fill("ABC")
    page.keyboard.press("Enter")
    yield "a wrong code"
    card = door.draw()
    scan(page, door, card)
    page.locator("summary").first.click()
    yield "start"
    page.locator(".device").first.click()
    expect(page.locator("#sheet")).to_be_visible()
    answer_first(page, 1)
    yield "first questions"
    while page.locator("#next").is_visible():
        if page.locator("textarea:visible").count():
            page.locator("textarea:visible").fill("x" * 450)
        page.locator("#next").click()
    yield "check"
    send(page)
    page.locator("#show-code").click()
    yield "receipt"
    page.goto(f"{door.address}/{door.wave}/withdraw")
    yield "withdraw"
    page.goto(f"{door.address}/{door.wave}/promise")
    page.locator("summary").first.click()
    yield "promise"
    page.goto(f"{door.address}/{door.wave}/answer")
    yield "no pass"
    page.goto(f"{door.address}/nothing")
    yield "a page that is not there"


def test_reads_at_four_hundred_percent(browser: Browser, opened: Door) -> None:
    with browser.new_context(viewport={"width": 320, "height": 256}, device_scale_factor=4, locale="en") as context:
        page = context.new_page()
        begin(page, opened, opened.draw())
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.locator("#next").click()
        assert page.locator(".part h2:visible").bounding_box()["y"] < 256  # type: ignore[index]  # it is visible


def test_choice_shows_in_forced_colours(browser: Browser, opened: Door) -> None:
    with browser.new_context(forced_colors="active", reduced_motion="reduce", locale="en") as context:
        page = context.new_page()
        begin(page, opened, opened.draw())
        answer_first(page, 1)
        width = "getComputedStyle(document.querySelectorAll('.o span')[%d], '::before').borderTopWidth"
        assert page.evaluate(width % 1) == "3px"
        assert page.evaluate(width % 2) != "3px"
        assert (
            page.evaluate("getComputedStyle(document.querySelector('.o span'), '::before').transitionDuration") == "0s"
        )


@pytest.mark.parametrize("language", ["nl", "en"])
def test_page_and_script_stay_light(browser: Browser, opened: Door, language: str) -> None:
    with device(browser, language=language) as context:
        page = context.new_page()
        loaded: dict[str, int] = {}
        page.on("response", lambda response: loaded.update({response.url.split("?")[0]: _weight(response.body())}))
        begin(page, opened, opened.draw())
        go_to_the_end(page)
        send(page)
        page.wait_for_load_state("networkidle")
    script = sum(size for url, size in loaded.items() if url.endswith(".js"))
    answer = sum(size for url, size in loaded.items() if not url.endswith("/deliver"))
    assert 5_000 < script <= MOST_SCRIPT
    assert 10_000 < answer <= MOST_PAGE  # start page, questionnaire, style and script together


def _weight(body: bytes) -> int:
    return len(gzip.compress(body))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_promise_is_said_in_thirty_words(browser: Browser, opened: Door, language: str) -> None:
    with device(browser, language=language) as context:
        page = context.new_page()
        page.goto(f"{opened.address}/{opened.wave}/")
        assert len(page.locator(".promise .words").inner_text().split()) <= 30


def test_qr_code_is_what_another_maker_draws(browser: Browser, opened: Door) -> None:
    text = "https://scan.example/0123456789ABCDEFGHJKMNPQRS/#r=" + "0f" * 70
    assert len(text) < 192
    full = text + "=" * (192 - len(text))  # at full length nobody has to fill up, and makers differ in that only
    with device(browser) as context:
        page = context.new_page()
        page.goto(opened.address)
        drawn = page.evaluate("async (text) => (await import('/static/answering/qr.js')).qr(text)", full)
    theirs = segno.make(full, version=8, error="l", mask=0, mode="byte", boost_error=False)
    assert drawn == [[bool(cell) for cell in row] for row in theirs.matrix]


def test_no_page_holds_script_or_style_of_its_own() -> None:
    for template in (HERE / "templates" / "answering").glob("*.html"):
        text = template.read_text("utf-8")
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|https?://", text), template.name
        assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text)), template.name


def test_script_makes_nothing_from_strings() -> None:
    forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser|sessionStorage|indexedDB"
    for script in STATIC.glob("*.js"):
        assert not re.search(forbidden, script.read_text("utf-8")), script.name


def test_colours_are_those_of_the_platform() -> None:
    ours, theirs = (_colours(path) for path in (STATIC / "answer.css", SOURCE / "lerend_web/ui/static/ui/lerend.css"))
    shared = ours.keys() & theirs.keys()
    assert len(shared) >= 7
    assert {name: ours[name] for name in shared} == {name: theirs[name] for name in shared}


def _colours(style: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, colour in re.findall(r"(--[\w-]+): (#\w+);", style.read_text("utf-8")):
        found.setdefault(name, []).append(colour)
    return found
