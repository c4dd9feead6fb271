"""Somebody at the answering page, in words that a test can use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.lerend_web.answering.door import Door


@contextmanager
def device(
    browser: Browser, *, width: int = 360, scheme: str = "light", language: str = "en", has_script: bool = True
) -> Iterator[BrowserContext]:
    """A phone or computer of its own: nothing on it yet."""
    context = browser.new_context(
        viewport={"width": width, "height": 740},
        color_scheme="dark" if scheme == "dark" else "light",
        locale=language,
        java_script_enabled=has_script,
    )
    context.set_default_timeout(10_000)
    yield context
    context.close()


def scan(page: Page, door: Door, card: str, *, query: str = "") -> None:
    """Scan a card's QR code."""
    page.goto(f"{door.address}/{door.wave}/{query}#{card}")


def begin(page: Page, door: Door, card: str, *, own: bool = True) -> None:
    """Scan a card and say whose device this is."""
    scan(page, door, card)
    page.locator(".device").nth(0 if own else 1).click()
    expect(page.locator("#sheet")).to_be_visible()


def answer_first(page: Page, option: int) -> None:
    """Choose an answer to the first question on screen."""
    page.locator("fieldset:visible").first.locator("label").nth(option).click()


def go_to_the_end(page: Page) -> int:
    """Press "next" until the check; gives the number of screens passed."""
    passed = 0
    while page.locator("#next").is_visible():
        page.locator("#next").click()
        passed += 1
    return passed


def send(page: Page) -> str:
    """Send, and give the receipt."""
    page.locator("#send").click()
    expect(page.locator("#thanks")).to_be_visible()
    return page.locator("#sign").inner_text()
