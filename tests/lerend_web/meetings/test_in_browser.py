"""Meetings in a real browser: every screen and every page of a phone, narrow and wide, in light and dark."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.lerend_web.browsing import Visit, faults_in_every_look, seeded_by, visiting

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def seeded(address: str, environment: dict[str, str]) -> Any:
    """Meetings at every step, in the databases of the platform at `address`."""
    return seeded_by("tests.lerend_web.meetings.seeding", environment)


@pytest.fixture
def visit(browser: Browser, address: str, seeded: dict[str, Any]) -> Iterator[Visit]:
    with visiting(browser, address, seeded) as opened:
        yield opened


def test_every_screen_is_accessible_and_fits(visit: Visit) -> None:
    assert visit.faults((320, 1280)) == {}


@pytest.mark.parametrize("face", ["wait", "rate", "rated", "revealed", "decided"])
def test_every_page_of_a_phone_is_accessible_and_fits(
    visit: Visit, address: str, seeded: dict[str, Any], face: str
) -> None:
    page = visit.by(viewport={"width": 360, "height": 800})
    kept = json.dumps({"seat": seeded["seats"][face], "code": ""})
    page.add_init_script(f"localStorage.setItem('lerend-meeting-seat', {json.dumps(kept)})")
    page.goto(f"{address}/m/")
    expect(page.locator(f".face[data-face={face}]")).to_be_visible()
    assert page.context.cookies() == []
    assert faults_in_every_look(page, (320, 1280)) == []
