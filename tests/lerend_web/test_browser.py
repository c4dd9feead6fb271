"""The front page in a real browser, from the narrowest phone to a wide screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.lerend_web.browsing import WIDTHS, faults_in_every_look

pytestmark = pytest.mark.browser

Scheme = Literal["dark", "light"]


@pytest.fixture
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The front page; `width`, `scheme` and `language` come from the test's parameters."""
    wish = getattr(request, "param", {})
    context = browser.new_context(
        viewport={"width": wish.get("width", 1280), "height": 800},
        color_scheme=wish.get("scheme", "light"),
        locale=wish.get("language", "nl"),
        java_script_enabled=wish.get("script", True),
    )
    opened = context.new_page()
    opened.goto(address)
    yield opened
    context.close()


@pytest.mark.parametrize("page", [{"language": "nl"}, {"language": "en"}], indirect=True, ids=str)
def test_page_has_no_fault_that_a_machine_can_find_and_never_scrolls_sideways(page: Page) -> None:
    assert faults_in_every_look(page, (*WIDTHS, 360)) == []


@pytest.mark.parametrize("page", [{"width": 360}], indirect=True)
def test_buttons_are_large_enough_for_a_thumb(page: Page) -> None:
    for button in page.locator("button").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["height"], box["width"]) >= 44


def test_keyboard_goes_from_skip_link_to_content_in_reading_order(page: Page) -> None:
    met = []
    for _ in range(5):
        page.keyboard.press("Tab")
        met.append(page.evaluate("document.activeElement.textContent.trim().split('\\n')[0].slice(0, 20)"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    assert met == ["Naar de inhoud", "lerend", "Nederlands", "English", "./run simulate --com"]


def test_skip_link_moves_to_the_content(page: Page) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("page", [{"script": False}], indirect=True)
def test_language_switch_works_without_script(page: Page) -> None:
    page.get_by_role("button", name="English").click()
    assert page.get_by_role("heading", level=1).text_content() == "From answers to what works"
    assert [cookie["name"] for cookie in page.context.cookies()] == ["language"]
    page.get_by_role("button", name="Nederlands").click()
    assert page.get_by_role("heading", level=1).text_content() == "Van antwoorden naar wat werkt"


def test_page_looks_different_in_the_dark(browser: Browser, address: str) -> None:
    def paper(scheme: Scheme) -> str:
        page = browser.new_page(color_scheme=scheme)
        page.goto(address)
        colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.close()
        return colour

    assert paper("dark") != paper("light")
