"""Preparing a pilot in a real browser: every screen on phone and desk, light and dark, and offering a team with a phone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.lerend_web.browsing import Visit, faults_in_every_look, seeded_by, visiting

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def seeded(address: str, environment: dict[str, str]) -> Any:
    """Pilots that are being prepared, in the databases of the platform at `address`."""
    return seeded_by("tests.lerend_web.pilots.plan_seeding", environment)


@pytest.fixture
def visit(browser: Browser, address: str, seeded: dict[str, Any]) -> Iterator[Visit]:
    with visiting(browser, address, seeded) as opened:
        yield opened


def test_every_screen_is_accessible_and_fits(visit: Visit) -> None:
    assert visit.faults((320, 1280)) == {}


def test_somebody_scans_a_card_and_offers_their_team(visit: Visit, address: str, seeded: dict[str, Any]) -> None:
    page = visit.by(viewport={"width": 360, "height": 800})
    page.goto(f"{address}/v/#{seeded['code']}")
    expect(page.get_by_label("Code on the card")).to_have_value(seeded["code"])
    page.get_by_role("button", name="Go on").press("Enter")
    page.get_by_label("Your name").fill("Jan")
    page.get_by_label("Your team").select_option(label="Another team")
    assert faults_in_every_look(page, (320, 1280)) == []
    page.get_by_role("button", name="Offer my team").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Thank you")
    assert page.context.cookies() == []
    assert seeded["code"] not in page.url
