"""Proposing, writing scripts and making together in a real browser: on phone and desk, light and dark, without script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.lerend_web.browsing import Visit, seeded_by, visiting
from tests.lerend_web.interventions.cards import CARD

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 800}


@pytest.fixture(scope="module")
def seeded(address: str, environment: dict[str, str]) -> Any:
    """Proposals, scripts and workshops in every state, in the databases of the platform at `address`."""
    return seeded_by("tests.lerend_web.interventions.seeding", environment)


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


def test_proposal_goes_from_a_phone_without_script_past_three_people_into_the_catalogue(
    visit: Visit, address: str, seeded: dict[str, Any]
) -> None:
    contact = visit.by("contact", java_script_enabled=False, viewport=PHONE)
    contact.goto(f"{address}/programmes/{seeded['programme']}/proposals")
    contact.get_by_role("link", name="Propose an approach").click()
    contact.get_by_label("English").check()
    contact.get_by_role("button", name="Begin").click()
    for _part in range(5):
        _fill(contact, CARD | {"name_en": "A walk with a question"})
        contact.locator("form.panel button").first.click()
    contact.get_by_role("button", name="Send it to be reviewed").click()
    expect(contact.get_by_role("status").first).to_contain_text("Sent.")
    for who in ("peer", "teacher", "researcher"):
        page = visit.by(who, viewport=PHONE)
        page.goto(f"{address}/work")
        page.get_by_role("link", name="Review the proposal “A walk with a question”").click()
        page.get_by_label("I agree").check()
        page.get_by_role("button", name="Say so").click()
        expect(page.get_by_role("status").first).to_contain_text("Thank you.")
    coordinator = visit.by("coordinator")
    coordinator.goto(f"{address}/work")
    coordinator.get_by_role("link", name="Put “A walk with a question” into the catalogue").click()
    coordinator.get_by_role("button", name="Put it into the catalogue").click()
    coordinator.get_by_role("link", name="See it in the catalogue").click()
    expect(coordinator.get_by_role("heading", level=1)).to_have_text("A walk with a question")
    expect(coordinator.get_by_role("main")).to_contain_text("Version 1, accepted on")


def test_script_is_approved_and_one_page_on_paper(visit: Visit, address: str, seeded: dict[str, Any]) -> None:
    page = visit.by("researcher")
    page.goto(f"{address}/programmes/{seeded['programme']}/scripts/{seeded['script']}")
    page.get_by_label("I approve it").check()
    page.get_by_role("button", name="Say so").click()
    page.get_by_role("link", name="See it with its approach, to print").click()
    page.emulate_media(media="print")
    script = page.locator(".own-page")
    expect(script).to_contain_text("What did you find out this week?")
    assert script.evaluate("one => getComputedStyle(one).breakBefore") == "page"


def _fill(page: Page, card: dict[str, Any]) -> None:
    """What the card says about the fields of this part."""
    for name, value in card.items():
        field = page.locator(f"[name={name}]")
        if not field.count():
            continue
        if isinstance(value, list) or field.first.get_attribute("type") == "radio":
            for one in value if isinstance(value, list) else [value]:
                page.locator(f"[name={name}][value={one}]").check()
        else:
            field.fill(str(value))
