"""Reading comments in a real browser: on phone and desk, in light and dark, and with the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.lerend_web.browsing import Visit, seeded_by, visiting

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def seeded(address: str, environment: dict[str, str]) -> Any:
    """Rounds with comments, in the databases of the platform at `address`."""
    return seeded_by("tests.lerend_web.comments.seeding", environment)


@pytest.fixture
def visit(browser: Browser, address: str, seeded: dict[str, Any]) -> Iterator[Visit]:
    with visiting(browser, address, seeded) as opened:
        yield opened


def test_every_screen_is_accessible_and_fits(visit: Visit) -> None:
    assert visit.faults((320, 1280)) == {}


def test_comment_is_decided_with_the_keyboard_alone_and_without_script(
    visit: Visit, address: str, seeded: dict[str, Any]
) -> None:
    page = visit.by("moderator", java_script_enabled=False)
    page.goto(f"{address}{seeded['pages']['queue'][1]}")
    expect(page.locator("blockquote")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("What it is about")).to_be_focused()
    page.get_by_label("What it is about").select_option("psychological_safety")
    for _field in range(2):
        page.keyboard.press("Tab")
    expect(page.get_by_label("In your own words")).to_be_focused()
    page.keyboard.type("Some people explain things well.")
    for _field in range(3):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show my words instead")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Everything is read.")
    expect(page.locator("main")).to_contain_text("Some people explain things well.")
    expect(page.locator("main")).not_to_contain_text("Karin")
