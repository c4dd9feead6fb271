"""The first page of every role, and where it leads, in a real browser: accessible, fitting, and reached by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.lerend_web.browsing import Visit, seeded_by, visiting

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def seeded(address: str, environment: dict[str, str]) -> Any:
    """Every role in companies whose rounds are in every state."""
    return seeded_by("tests.lerend_web.workbench.homes_seeding", environment)


@pytest.fixture
def visit(browser: Browser, address: str, seeded: dict[str, Any]) -> Iterator[Visit]:
    with visiting(browser, address, seeded) as opened:
        yield opened


def test_every_page_is_accessible_and_fits(visit: Visit, seeded: dict[str, Any]) -> None:
    """The states differ in words: all are looked at on a phone, those of an open round in every width."""
    opened = [name for name, (who, _path) in seeded["pages"].items() if who.endswith(", open")]
    others = [name for name in seeded["pages"] if name not in opened]
    assert opened
    assert visit.faults(only=opened) | visit.faults((320,), only=others) == {}


def reached(page: Page) -> list[str]:
    """The addresses in the main part that the tab key comes by, each with something to see around it."""
    found: list[str] = []
    for _press in range(200):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """() => {
                const one = document.activeElement;
                if (!one || one === document.body) return null;
                const style = getComputedStyle(one);
                const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
                return {main: !!one.closest("main"), href: one.getAttribute("href") || "", seen};
            }"""
        )
        if here is None or (found and not here["main"]):
            break
        if here["main"]:
            assert here["seen"], here
            found.append(here["href"])
    return found


@pytest.mark.parametrize("role", ["company_contact", "works_council", "team_leader", "coordinator", "researcher"])
def test_everything_on_the_first_page_is_reached_by_keyboard(
    visit: Visit, address: str, seeded: dict[str, Any], role: str
) -> None:
    page = visit.by(f"{role}, open")
    page.goto(f"{address}/work")
    links = [one.get_attribute("href") for one in page.locator("main a").all()]
    assert links
    assert [one for one in reached(page) if one] == links


def test_works_council_comes_from_its_first_page_to_the_promise_and_the_log_by_keyboard(
    visit: Visit, address: str
) -> None:
    page = visit.by("works_council, open", viewport={"width": 360, "height": 800})
    page.goto(f"{address}/work")
    page.get_by_role("link", name="To the works council page").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/works-council")
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    assert "sha256sum" in page.locator("details[open]").inner_text()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save the promise as a document").press("Enter")
    assert saved.value.suggested_filename == "promise.json"
    page.get_by_role("link", name="Who looked at what").press("Enter")
    page.wait_for_url("**/log?about=seen")
    assert page.locator("[aria-current=page]").inner_text() == "What was looked at"


def test_team_leader_comes_from_the_first_page_to_the_guide_without_script(visit: Visit, address: str) -> None:
    page = visit.by("team_leader, open", java_script_enabled=False)
    page.goto(f"{address}/work")
    page.get_by_role("link", name="To my team").click()
    assert "18 people work here." in page.locator("main").inner_text()
    page.get_by_role("link", name="What you can say in your team now").click()
    assert "Have you answered yet" in page.locator("main").inner_text()


def test_contact_asks_somebody_by_name_and_takes_it_back_without_script(visit: Visit, address: str) -> None:
    page = visit.by("company_contact, planned", java_script_enabled=False)
    page.goto(f"{address}/work")
    page.get_by_role("link", name="Voorbeeld planned").click()
    page.get_by_role("link", name="To the company form").click()
    section = page.locator("#name")
    section.get_by_label("Name").fill("Iris")
    section.get_by_label("E-mail address").fill("iris-planned@test.example")
    section.get_by_label("HR or personnel").check()
    section.get_by_role("button", name="Send the invitation").click()
    row = page.get_by_role("row", name="Iris")
    assert "asked, not begun yet" in row.inner_text()
    row.get_by_role("button", name="Ask no longer").click()
    assert page.get_by_role("row", name="Iris").count() == 0
