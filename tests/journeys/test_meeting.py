"""From outcomes to action: a meeting with six phones, a theme that is decided, a plan of a company, the brief of a pilot.

In the meeting there are two sealed rounds; two phones drop out and come back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.looking import visitor
from tests.journeys.site import Site
from tests.lerend_web.scans.paper import needs_pdftotext, text_of

pytestmark = pytest.mark.browser

FEEDBACK = "Looking back together and giving each other feedback"
SMALL_TASKS = "Fewer small subtasks and more to decide yourself"
OPTIONS = (FEEDBACK, SMALL_TASKS, "A safe climate at work")
"""The first that the outcomes propose."""
ROLES = ("Company", "Company", "Company", "Teacher", "Teacher", "Researcher")
FIRST, SECOND = (5, 2, 3), (4, 1, 3)


@pytest.fixture
def leader(browser: Browser) -> Iterator[Page]:
    page = visitor(browser)
    yield page
    page.context.close()


@pytest.fixture
def phones(browser: Browser) -> Iterator[list[Page]]:
    found = [visitor(browser, width=360) for _role in ROLES]
    yield found
    for phone in found:
        phone.context.close()


@needs_pdftotext
def test_from_outcomes_by_six_phones_to_a_theme_an_action_and_a_pilot_brief(
    site: Site, leader: Page, phones: list[Page], tmp_path: Path
) -> None:
    reads_what_companies_share(site, leader)
    plans(leader)
    codes = codes_on_cards(leader, tmp_path)
    press(leader, "Open the meeting")
    for role, phone in zip(ROLES, phones, strict=True):
        joins(site, phone, codes[role])
    press(leader, "Begin the first round")
    lost, closed = phones[1], phones[4]
    rate(phones[0], FIRST)
    marks(lost, FIRST)
    lost.context.set_offline(True)
    lost.get_by_role("button", name="Hand in").click()
    expect(lost.locator("#status")).to_contain_text("No connection")
    closed.close()
    for phone in (phones[2], phones[3], phones[5]):
        rate(phone, FIRST)
    lost.context.set_offline(False)
    shows(lost, "rated")
    closed = phones[4] = phones[4].context.new_page()
    closed.goto(f"{site.address}/m/")
    rate(closed, FIRST)
    expect(leader.get_by_text("6 of 6 have handed in")).to_be_visible()
    assert "5.0" not in leader.locator("main").inner_text(), "sealed: whoever leads sees no marks either"
    press(leader, "Reveal to everybody at once")
    for phone in phones:
        shows(phone, "revealed")
        expect(phone.locator(".ranking > li").first).to_contain_text(FEEDBACK)
    expect(phones[0].get_by_text("taken together with another")).to_be_visible()
    press(leader, "Begin the second round")
    for phone in phones:
        rate(phone, SECOND)
    phones[2].reload()
    shows(phones[2], "rated")
    press(leader, "Reveal to everybody at once")
    decides(leader)
    for phone in phones:
        shows(phone, "decided")
        expect(phone.get_by_text("Two teams look back together")).to_be_visible()
    with leader.expect_download() as saved:
        leader.get_by_role("link", name="Minutes (PDF)").click()
    saved.value.save_as(tmp_path / "minutes.pdf")
    minutes = text_of((tmp_path / "minutes.pdf").read_bytes())
    for words in ("Looking back together", "Two teams look back together", "Round 1", "Round 2", "Company: 3"):
        assert words in minutes
    assert not any(phone.context.cookies() for phone in phones)
    theme = writes_it_in_the_themes(leader)
    company_makes_a_plan(site, leader, theme)
    finds_the_brief_of_a_pilot(site, leader)


def reads_what_companies_share(site: Site, page: Page) -> None:
    page.goto(site.address)
    page.get_by_role("button", name="Play Arjen").click()
    page.get_by_role("link", name="To the organisations").click()
    page.get_by_role("link", name="What the companies share").click()
    for name in OPTIONS:
        expect(page.get_by_role("rowheader", name=name)).to_be_visible()
    page.go_back()


def plans(page: Page) -> None:
    """With the three that most companies share, as the outcomes propose them."""
    page.get_by_role("link", name="Meetings", exact=True).click()
    page.get_by_role("link", name="Plan a meeting").click()
    page.get_by_label("Title").fill("What comes first")
    page.get_by_label("Day", exact=True).fill("2026-10-01")
    page.get_by_label("Begins at").fill("14:00")
    page.get_by_label("Place").fill("Canteen")
    boxes = page.get_by_role("checkbox")
    for place in range(boxes.count()):
        boxes.nth(place).set_checked(place < len(OPTIONS))
    page.get_by_role("button", name="Plan this meeting").click()
    expect(page.get_by_role("status").first).to_contain_text("The meeting is planned.")
    for name in OPTIONS:
        expect(page.get_by_role("heading", level=3, name=name)).to_be_visible()


def codes_on_cards(page: Page, folder: Path) -> dict[str, str]:
    """The code of each role, from the paper."""
    with page.expect_download() as saved:
        page.get_by_role("link", name="Cards and paper to print (PDF)").click()
    saved.value.save_as(folder / "cards.pdf")
    printed = re.findall(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}\b", text_of((folder / "cards.pdf").read_bytes()))
    codes = list(dict.fromkeys(printed))
    return dict(zip(("Company", "Teacher", "Employees", "Researcher"), codes, strict=True))


def joins(site: Site, phone: Page, code: str) -> None:
    """As the square on the card does: the code stands behind the #."""
    phone.goto(f"{site.address}/m/#{code}")
    phone.get_by_role("button", name="Take part").click()
    shows(phone, "wait")
    assert "#" not in phone.url


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def shows(phone: Page, face: str) -> None:
    expect(phone.locator(f".face[data-face={face}]")).to_be_visible()


def marks(phone: Page, scores: tuple[int, ...]) -> None:
    """The same on every question about an option."""
    shows(phone, "rate")
    for section, score in zip(phone.locator(".rate").all(), scores, strict=True):
        section.get_by_role("radio", name=str(score)).evaluate_all("radios => radios.forEach((radio) => radio.click())")


def rate(phone: Page, scores: tuple[int, ...]) -> None:
    marks(phone, scores)
    phone.get_by_role("button", name="Hand in").click()
    shows(phone, "rated")


def decides(page: Page) -> None:
    page.get_by_role("link", name="Write down the decision").click()
    expect(page.get_by_label("What was chosen")).to_contain_text(FEEDBACK)
    page.get_by_label("Why", exact=True).fill("Both rounds put it first.")
    page.get_by_label("Who sees it otherwise, and why").fill("The night shift fears more work.")
    page.get_by_label("First concrete step").fill("Two teams look back together")
    page.get_by_label("Who does it").fill("Arjen")
    page.get_by_label("By when").fill("2027-03-01")
    page.get_by_label(SMALL_TASKS).fill("In some companies nothing proven fits: there a pilot begins.")
    page.get_by_role("button", name="Write this down").click()
    expect(page.get_by_role("status").first).to_contain_text("The decision is written down.")


def writes_it_in_the_themes(page: Page) -> str:
    """By one click, and not before: then the theme stands there with owner and date; gives its address."""
    panel = page.locator("#themes")
    expect(panel).to_contain_text("Nothing has changed there yet.")
    panel.get_by_role("button", name="Write this in the themes").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(FEEDBACK)
    for words in ("chosen", "1 March 2027", "Arjen", "No organisation does something about it yet."):
        expect(page.get_by_role("main")).to_contain_text(words)
    theme = page.url.partition("?")[0]
    page.get_by_role("navigation", name="Where you are").get_by_role("link", name="Themes").click()
    expect(page.get_by_role("main")).to_contain_text("In some companies nothing proven fits: there a pilot begins.")
    return theme


def company_makes_a_plan(site: Site, page: Page, theme: str) -> None:
    page.goto(site.address)
    page.get_by_role("button", name="Play Marloes").click()
    page.goto(theme)
    page.get_by_role("link", name="Make a plan for this theme").click()
    page.get_by_label("What are you going to do?").fill("Debrief each week")
    page.get_by_label("First step", exact=True).fill("Choose the team that begins")
    page.get_by_role("button", name="Make this plan").click()
    expect(page.get_by_role("status").first).to_contain_text("The plan is there.")
    page.goto(theme)
    expect(page.get_by_role("main")).to_contain_text("Organisations that do something about it: a few.")


def finds_the_brief_of_a_pilot(site: Site, page: Page) -> None:
    """For the other bottleneck: richer work fails on what it needs in four companies, which share the gap."""
    page.goto(site.address)
    page.get_by_role("button", name="Play Arjen").click()
    page.goto(f"{site.address}/demo/choice")
    expect(page.get_by_role("main")).to_contain_text("In 4 companies nothing proven fits.")
    page.get_by_role("link", name="See the brief of the pilot").click()
    expect(page.get_by_role("heading", level=1, name="Varied and complete work")).to_be_visible()
    figures = page.locator(".figures li")
    expect(figures.nth(0)).to_contain_text("12 companies")
    expect(figures.nth(1)).to_contain_text("4 of them where nothing proven fits")
    enriched = page.get_by_role("listitem").filter(has_text="Making work richer and more complete")
    expect(enriched.filter(has_text="blocked")).to_be_visible()
