"""The end of the demo's story, and a pilot of a visitor's own: from the brief to the verdict to a new grade."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.looking import Looker, visitor
from tests.journeys.site import Site

pytestmark = pytest.mark.browser

WHITE_SPOT: Final = "Machines and systems that help learning"
APPROACH: Final = "A knowledge bank on the shop floor"
COMPANY: Final = "Voorbeeld Meubel"
LONG: Final = 120_000
"""Milliseconds for what holds rounds: each goes through the gate and the attackers."""


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    page = visitor(browser)
    yield page
    page.context.close()


def test_story_ends_with_three_pilots_and_a_grade_that_moves(desk: Page, site: Site) -> None:
    looker = Looker()
    _three_pilots_are_there(desk, site)
    looker.at(desk)
    expect(_step(desk)).to_have_text("Pilot")
    _way_on(desk).get_by_role("link", name="Who is right?").click()
    three = desk.get_by_role("main").locator("section")
    expect(three.nth(0)).to_contain_text("“It works!”")
    expect(three.nth(1)).to_contain_text("An effect is not to be seen.")
    expect(three.nth(2)).to_contain_text("It does nothing.")
    expect(desk.get_by_role("main")).to_contain_text("Grade A → B")
    expect(_step(desk)).to_have_text("Evidence")
    looker.at(desk)
    _way_on(desk).get_by_role("button", name="Go on as Fenna").click()
    expect(desk.get_by_role("complementary", name="The demo")).to_contain_text("You are Fenna.")
    desk.get_by_role("button", name="Sign", exact=True).click()
    expect(desk.locator(".big")).to_contain_text(re.compile(r"A → B\s+signed"))
    desk.goto(f"{site.address}/catalogue/guided_team_reflexivity")
    here = desk.get_by_role("main")
    expect(here).to_contain_text("The entry came with A.")
    expect(here.locator(".grade").filter(has_text=re.compile("^B$")).first).to_be_visible()
    desk.goto(f"{site.address}/demo/judged")
    expect(desk.get_by_role("main")).to_contain_text("A researcher decided on this.")
    _way_on(desk).get_by_role("button", name="See what pilots found").click()
    expect(desk.get_by_role("main")).to_contain_text("Guided thinking about how the team works")


def test_pilot_goes_from_the_brief_to_the_verdict_to_a_new_grade(desk: Page, site: Site) -> None:
    looker = Looker()
    _three_pilots_are_there(desk, site)
    desk.goto(site.address)
    desk.get_by_role("button", name="Play Arjen").click()
    key = _charter_from_the_brief(desk, site)
    _companies_say_yes(desk, looker)
    _plan_is_frozen_and_the_lot_drawn(desk)
    _teams_carry_it_out(desk)
    _outcome_is_looked_at(desk)
    _researcher_signs(desk, site, key)


def _charter_from_the_brief(page: Page, site: Site) -> str:
    page.goto(f"{site.address}/demo/evidence")
    programme = page.url.split("/programmes/")[1].split("/")[0]
    page.goto(f"{site.address}/programmes/{programme}/gaps")
    page.get_by_role("link", name=f"Pilot brief : {WHITE_SPOT}").or_(
        page.get_by_role("row", name=re.compile(WHITE_SPOT)).get_by_role("link", name=re.compile("Pilot brief"))
    ).first.click()
    page.get_by_role("button", name="Make a pilot of it").click()
    expect(page.get_by_role("heading", level=1, name=WHITE_SPOT)).to_be_visible()
    page.get_by_role("link", name="Change the charter").click()
    page.get_by_label("Which approach is tried").select_option(label=APPROACH)
    page.get_by_role("button", name="Keep").click()
    return page.url.split("/pilots/")[1].split("?")[0]


def _companies_say_yes(page: Page, looker: Looker) -> None:
    page.get_by_role("link", name="Companies", exact=True).click()
    page.get_by_label("Which company").select_option(label=COMPANY)
    page.get_by_role("button", name="Ask", exact=True).click()
    looker.at(page)
    _others(page, "Let the companies say yes")
    expect(_strip(page)).to_contain_text("They wait for the next step, which is yours.")


def _plan_is_frozen_and_the_lot_drawn(page: Page) -> None:
    page.get_by_role("link", name="Comparison", exact=True).click()
    page.get_by_role("button", name=re.compile("^Read ")).click()
    page.locator("a[href*='kind=lottery']").click()
    after = page.locator("[name=date_1]")
    after.fill((date.fromisoformat(after.input_value() or _today(page)) + timedelta(days=1)).isoformat())
    page.get_by_label("Number for the lot").fill("1806")
    page.get_by_role("button", name="Show the whole plan").click()
    page.get_by_role("button", name="Freeze the plan and draw the lot").click()
    expect(page.get_by_role("main")).to_contain_text("The plan is frozen and the lot is drawn.")


def _teams_carry_it_out(page: Page) -> None:
    page.get_by_role("link", name="Carrying out", exact=True).click()
    page.get_by_role("button", name="Start the pilot").click()
    _others(page, "Let the months pass")
    expect(page.get_by_role("complementary", name="The demo")).to_contain_text("days ahead")


def _outcome_is_looked_at(page: Page) -> None:
    page.get_by_role("button", name="Look, and keep what is seen").click()
    expect(page.get_by_role("main")).to_contain_text("points on the scale from 1 to 5")
    page.get_by_role("link", name="Carrying out", exact=True).click()
    page.get_by_role("button", name="Finish the pilot").click()
    expect(_strip(page)).to_contain_text("Their part is over.")


def _researcher_signs(page: Page, site: Site, key: str) -> None:
    """The lot is drawn by chance, so what it finds is not known beforehand; that all show the same is."""
    page.goto(f"{site.address}/demo/judged?pilot={key}")
    lottery = page.get_by_role("main").locator("section").nth(1)
    works = "It works." in lottery.inner_text()
    _way_on(page).get_by_role("button", name="Go on as Fenna").click()
    page.goto(f"{site.address}/pilots/{key}/verdict")
    assert works or "Adopt" not in page.locator("#says").inner_text()
    page.get_by_role("button", name="Sign this verdict").click()
    expect(page).to_have_url(re.compile("said=signed"))
    page.goto(f"{site.address}/pilots/{key}/grade")
    grades = page.locator(".big .grade").all_inner_texts()
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.locator(".big")).to_contain_text("signed")
    page.goto(f"{site.address}/catalogue/knowledge_bank")
    expect(page.get_by_role("main")).to_contain_text("Judged pilots: 2.")
    expect(
        page.get_by_role("main").locator(".grade").filter(has_text=re.compile(f"^{grades[1]}$")).first
    ).to_be_visible()


def _three_pilots_are_there(page: Page, site: Site) -> None:
    """The worker makes them right after the start."""
    for _look in range(120):
        page.goto(f"{site.address}/demo/pilots")
        if page.get_by_role("status").filter(has_text="still being made").count() == 0 and _over(page) >= 2:
            return
        page.wait_for_timeout(1_000)
    pytest.fail("the pilots of the demo were never made")


def _over(page: Page) -> int:
    return page.get_by_role("link", name="Judge it in three ways").count()


def _today(page: Page) -> str:
    return str(page.evaluate("new Date().toISOString().slice(0, 10)"))


def _others(page: Page, button: str) -> None:
    with page.expect_navigation(timeout=LONG):
        _strip(page).get_by_role("button", name=button).click(timeout=LONG, no_wait_after=True)


def _strip(page: Page) -> Locator:
    return page.locator("#others")


def _step(page: Page) -> Locator:
    return page.get_by_role("list", name="The five steps").locator("[aria-current=step]")


def _way_on(page: Page) -> Locator:
    """How the story goes on from this page."""
    return page.get_by_role("complementary", name="How the story goes on")
