"""What is told to everybody, in a real browser: on phone and desk, in light and dark, and without script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.lerend_web.browsing import Visit, seeded_by, visiting

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def seeded(address: str, environment: dict[str, str]) -> Any:
    """A programme that tells, in the databases of the platform at `address`."""
    return seeded_by("tests.lerend_web.telling.seeding", environment)


@pytest.fixture
def visit(browser: Browser, address: str, seeded: dict[str, Any]) -> Iterator[Visit]:
    with visiting(browser, address, seeded) as opened:
        yield opened


def test_every_screen_is_accessible_and_fits(visit: Visit) -> None:
    assert visit.faults((320, 1280)) == {}


def test_contact_tells_and_everybody_reads_it_without_script(
    visit: Visit, address: str, seeded: dict[str, Any]
) -> None:
    page = visit.by("writer", java_script_enabled=False)
    page.goto(f"{address}/waves/{seeded['waves']['untold']}/tell")
    expect(page.get_by_label("What we heard")).to_contain_text("Thank you to everybody who took part.")
    page.get_by_label("What was chosen").fill("We begin with *looking back*.")
    page.get_by_role("button", name="Keep, and see how it looks").click()
    expect(page.locator("em")).to_have_text("looking back")
    page.get_by_role("button", name="Publish it").click()
    expect(page.get_by_text("It is told.")).to_be_visible()
    visitor = visit.by(java_script_enabled=False)
    visitor.goto(f"{address}/trace/{seeded['waves']['code']}")
    expect(visitor.get_by_role("heading", name="What was chosen")).to_be_visible()
    expect(visitor.locator("main")).to_contain_text("days too late")
    assert [cookie["name"] for cookie in visitor.context.cookies()] == []


def test_nobody_meets_the_field_for_machines_and_a_request_arrives(
    visit: Visit, address: str, seeded: dict[str, Any]
) -> None:
    page = visit.by()
    page.goto(f"{address}{seeded['pages']['join'][1]}")
    page.get_by_label("Name of your organisation").focus()
    for text in ("New BV", "40", "Noa", "noa@new.example", "Because."):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Send the request")).to_be_focused()
    page.wait_for_timeout(3100)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your request has arrived")).to_be_visible()
