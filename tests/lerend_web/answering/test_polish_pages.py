"""Polish in a real browser: light, and with answers that outlive a change of language."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.lerend_web.answering.door import Door
from tests.lerend_web.answering.person import answer_first, begin, device, go_to_the_end, scan, send

pytestmark = pytest.mark.browser

MOST_DOCUMENT, MOST_PAGE = 12_000, 60_000


def test_language_changes_to_polish_and_back_and_the_answers_stay(browser: Browser, opened: Door) -> None:
    with device(browser, language="en") as context:
        page = context.new_page()
        begin(page, opened, opened.draw())
        answer_first(page, 4)
        for name, language, answer in (
            (re.compile("Polski"), "pl", "Zdecydowanie się zgadzam"),
            ("Nederlands", "nl", "Helemaal mee eens"),
            (re.compile("Polski"), "pl", "Zdecydowanie się zgadzam"),
        ):
            page.get_by_role("link", name=name).click()
            expect(page.locator("html")).to_have_attribute("lang", language)
            chosen = page.locator("fieldset:visible").first.locator("label", has=page.locator("input:checked"))
            expect(chosen).to_have_text(answer)


def test_name_of_a_language_is_read_in_that_language_and_the_word_draft_in_that_of_the_page(
    browser: Browser, opened: Door
) -> None:
    with device(browser, language="en") as context:
        page = context.new_page()
        scan(page, opened, opened.draw())
        names = page.locator("nav a.language")
        assert names.locator("[lang]").evaluate_all("all => all.map(one => [one.lang, one.textContent])") == [
            ["nl", "Nederlands"],
            ["en", "English"],
            ["pl", "Polski"],
        ]
        draft = names.nth(2).inner_text().removeprefix("Polski").strip()
        assert draft in {"(draft)", ""}


def test_sentences_of_the_script_are_polish(browser: Browser, opened: Door) -> None:
    with device(browser, language="pl") as context:
        page = context.new_page()
        begin(page, opened, opened.draw())
        expect(page.locator("#where")).to_contain_text("Pytania od 1 do 5")
        answer_first(page, 1)
        page.get_by_role("button", name="Usuń tę odpowiedź").click()
        expect(page.locator("#status")).to_have_text("Odpowiedź została usunięta.")
        go_to_the_end(page)
        expect(page.locator("#parts li").first).to_contain_text("puste: 25 z 25")
        assert "{" not in page.locator("main").inner_text()


def test_promise_is_said_in_thirty_words(browser: Browser, opened: Door) -> None:
    with device(browser, language="pl") as context:
        page = context.new_page()
        page.goto(f"{opened.address}/{opened.wave}/")
        assert len(page.locator(".promise .words").inner_text().split()) <= 30


def test_document_stays_light_on_the_wire(browser: Browser, opened: Door) -> None:
    """As sent: documents compressed by door 2 itself, scripts and style as they are."""
    sizes: dict[str, int] = {}
    with device(browser, language="pl") as context:
        page = context.new_page()
        page.on(
            "requestfinished", lambda done: sizes.update({done.url.split("?")[0]: done.sizes()["responseBodySize"]})
        )
        begin(page, opened, opened.draw())
        go_to_the_end(page)
        send(page)
        page.wait_for_load_state("networkidle")
    document = sizes[f"{opened.address}/{opened.wave}/answer"]
    assert 5_000 < document < MOST_DOCUMENT
    assert sum(sizes.values()) < MOST_PAGE
