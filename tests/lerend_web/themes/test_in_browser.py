"""Themes, plans, working groups and partners in a real browser: on phone and desk, light and dark, by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.lerend_web.browsing import Visit, seeded_by, visiting

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def seeded(address: str, environment: dict[str, str]) -> Any:
    """Themes and all that follows from them, in the databases of the platform at `address`."""
    return seeded_by("tests.lerend_web.themes.seeding", environment)


@pytest.fixture
def visit(browser: Browser, address: str, seeded: dict[str, Any]) -> Iterator[Visit]:
    with visiting(browser, address, seeded) as opened:
        yield opened


def test_every_screen_is_accessible_and_fits(visit: Visit, seeded: dict[str, Any]) -> None:
    """Where there is nothing yet, on a phone only."""
    empty = [name for name in seeded["pages"] if name.startswith("no")]
    full = [name for name in seeded["pages"] if name not in empty]
    assert empty
    assert visit.faults((320, 1280), only=full) | visit.faults((320,), only=empty) == {}


def test_owner_marks_a_late_step_from_the_first_page_by_keyboard_without_script(visit: Visit, address: str) -> None:
    page = visit.by("leader", java_script_enabled=False, viewport={"width": 360, "height": 800})
    page.goto(f"{address}/work")
    page.get_by_role("link", name="Agree on three questions").press("Enter")
    expect(page.locator("main")).to_contain_text("late, was due on 1 September 2026")
    page.get_by_role("button", name="Agree on three questions").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Marked as done.")
    page.goto(f"{address}/work")
    expect(page.locator("main")).not_to_contain_text("Agree on three questions")


def test_somebody_who_is_invited_joins_with_consent_and_takes_it_back(visit: Visit, address: str) -> None:
    page = visit.by("leader")
    page.goto(f"{address}/work")
    page.get_by_role("link", name="You are invited to the working group").click()
    page.get_by_label("The other members may see my name").check()
    page.get_by_role("button", name="Join").click()
    expect(page.locator(".contacts")).to_contain_text("team_leader.themes")
    page.get_by_role("button", name="Take me off the list").click()
    expect(page.locator(".contacts")).not_to_contain_text("team_leader.themes")


def test_contact_says_yes_to_a_proposal_and_sees_no_name_yet(
    visit: Visit, address: str, seeded: dict[str, Any]
) -> None:
    page = visit.by("contact")
    page.goto(f"{address}{seeded['pages']['partner'][1]}")
    page.get_by_role("button", name="Yes, tell each other our names").click()
    expect(page.locator("main")).to_contain_text("The other company has not answered yet.")
    expect(page.locator("main")).not_to_contain_text("Neighbour B")
