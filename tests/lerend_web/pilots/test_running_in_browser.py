"""A pilot that runs in a real browser: every screen on phone and desk, light and dark, and a session written with a phone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.lerend_web.browsing import Visit, seeded_by, visiting

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def seeded(address: str, environment: dict[str, str]) -> Any:
    """A pilot that runs, in the databases of the platform at `address`."""
    return seeded_by("tests.lerend_web.pilots.running_seeding", environment)


@pytest.fixture
def visit(browser: Browser, address: str, seeded: dict[str, Any]) -> Iterator[Visit]:
    with visiting(browser, address, seeded, expected="400") as opened:
        yield opened


def test_every_screen_is_accessible_and_fits(visit: Visit) -> None:
    assert visit.faults((360, 1280)) == {}


def test_a_session_is_written_from_the_square_with_a_few_touches(
    visit: Visit, address: str, seeded: dict[str, Any]
) -> None:
    page = visit.by(viewport={"width": 360, "height": 740})
    sent = list[str]()
    page.on("request", lambda request: sent.append(request.url))
    page.goto(f"{address}/log#{seeded['code']}")
    expect(page.get_by_label("Code on the sheet")).to_have_value(seeded["code"])
    page.get_by_label("How many minutes did it take?").fill("40")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("Fill in how many people came, from 1 to 500.")).to_be_visible()
    expect(page.get_by_label("Code on the sheet")).to_have_value(seeded["code"])
    page.get_by_label("How many people came?").fill("9")
    page.get_by_label("The leader of the team was there").check()
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_role("heading", name="Written down")).to_be_visible()
    assert not [one for one in sent if seeded["code"] in one]
    assert page.context.cookies() == []


def test_it_works_without_script_too(visit: Visit, address: str, seeded: dict[str, Any]) -> None:
    page = visit.by(java_script_enabled=False)
    page.goto(f"{address}/log")
    page.get_by_label("It did not take place").check()
    page.get_by_label("Code on the sheet").fill(seeded["code"].lower())
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_role("heading", name="Written down")).to_be_visible()
