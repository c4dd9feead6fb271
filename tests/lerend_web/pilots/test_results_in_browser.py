"""What came of pilots in a real browser: every screen on phone and desk, light and dark, and the picture that everybody can read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.lerend_web.browsing import Visit, seeded_by, visiting

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def seeded(address: str, environment: dict[str, str]) -> Any:
    """Pilots with every kind of outcome, in the databases of the platform at `address`."""
    return seeded_by("tests.lerend_web.pilots.result_seeding", environment)


@pytest.fixture
def visit(browser: Browser, address: str, seeded: dict[str, Any]) -> Iterator[Visit]:
    with visiting(browser, address, seeded) as opened:
        yield opened


def test_every_screen_is_accessible_and_fits(visit: Visit) -> None:
    assert visit.faults((320, 1280)) == {}


def test_the_table_holds_what_the_picture_shows(visit: Visit, address: str, seeded: dict[str, Any]) -> None:
    page = visit.by("researcher")
    page.goto(f"{address}{seeded['pages']['outcome with a verdict, of a researcher'][1]}")
    page.get_by_text("The same in a table").press("Enter")
    rows = page.get_by_role("row")
    expect(rows).to_have_count(4)
    expect(page.locator(".effect-picture .value")).to_have_count(3)
