"""The meeting of the demo, played alone: from the front page, with fourteen made-up phones, to a theme, a plan and a pilot brief."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.looking import Looker, visitor
from tests.journeys.site import Site

pytestmark = pytest.mark.browser

FEEDBACK = "Looking back together and giving each other feedback"


@pytest.fixture
def arjen(browser: Browser) -> Iterator[Page]:
    page = visitor(browser)
    yield page
    page.context.close()


def test_one_visitor_plays_a_whole_meeting_with_fourteen_phones(arjen: Page, site: Site) -> None:
    looker = Looker()
    arjen.goto(site.address)
    arjen.get_by_role("button", name="Play Arjen").click()
    is_at(arjen, "Choice")
    arjen.get_by_role("complementary", name="How the story goes on").get_by_role("link", name="To the meeting").click()
    looker.at(arjen, state="planned")
    press(arjen, "Open the meeting: people can join")
    press(arjen, "Let the phones join")
    expect(arjen.get_by_role("main")).to_contain_text("Company: 5")
    for begin in ("Begin the first round", "Begin the second round"):
        press(arjen, begin)
        press(arjen, "Let the phones rate")
        expect(arjen.get_by_text("14 of 14 have handed in")).to_be_visible()
        press(arjen, "Reveal to everybody at once")
        expect(arjen.locator(".ranking").first).to_be_visible()
        looker.at(arjen, state=begin)
    press(arjen, "Let the room decide")
    looker.at(arjen, state="decided")
    press(arjen, "Write this in the themes")
    is_a_decided_theme(arjen)
    looker.at(arjen)
    has_a_solution_for_one_and_a_brief_for_the_other(arjen, looker)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def is_at(page: Page, step: str) -> None:
    steps = page.get_by_role("list", name="The five steps")
    expect(steps.locator("[aria-current=step]")).to_have_text(step)


def is_a_decided_theme(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(FEEDBACK)
    facts = page.get_by_role("main")
    expect(facts).to_contain_text("chosen")
    expect(facts).to_contain_text("Arjen")
    expect(facts).to_contain_text(re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}"))
    is_at(page, "Pilot")


def has_a_solution_for_one_and_a_brief_for_the_other(page: Page, looker: Looker) -> None:
    press(page, "See what now")
    main = page.get_by_role("main")
    expect(main).to_contain_text("There is an approach that worked elsewhere.")
    expect(main).to_contain_text("In 4 companies nothing proven fits.")
    looker.at(page)
    page.get_by_role("link", name="See the brief of the pilot").click()
    expect(page.locator(".figures li").nth(1)).to_contain_text("4 of them where nothing proven fits")
    looker.at(page)
    page.go_back()
    page.get_by_role("button", name="Go on as Marloes: make a plan for Voorbeeld Zuivel").click()
    expect(page.get_by_label("What are you going to do?")).to_have_value("Looking back together after work")
    page.get_by_label("First step", exact=True).fill("Choose the team that begins")
    press(page, "Make this plan")
    expect(page.get_by_role("status").first).to_contain_text("The plan is there.")
