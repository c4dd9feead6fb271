"""Evidence and advice in a real browser: every screen on phone and desk, light and dark, and a grade that is signed by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.lerend_web.browsing import Visit, seeded_by, visiting

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def seeded(address: str, environment: dict[str, str]) -> Any:
    """Judged pilots and advice, in the databases of the platform at `address`."""
    return seeded_by("tests.lerend_web.pilots.evidence_seeding", environment)


@pytest.fixture
def visit(browser: Browser, address: str, seeded: dict[str, Any]) -> Iterator[Visit]:
    with visiting(browser, address, seeded) as opened:
        yield opened


def test_every_screen_is_accessible_and_fits(visit: Visit) -> None:
    assert visit.faults((320, 1280)) == {}


def test_a_researcher_works_out_and_signs_with_the_keyboard(visit: Visit, address: str, seeded: dict[str, Any]) -> None:
    page = visit.by("researcher")
    page.goto(f"{address}{seeded['pages']['grade to work out'][1]}")
    page.get_by_role("button", name="Work it out").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("A researcher signs it")
    page.get_by_role("button", name="Sign", exact=True).press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The catalogue shows it")
