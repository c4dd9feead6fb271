"""Does it begin to work? A plan of a company, two pulses of three questions about it, and what came of them.

Keys are made once in the browser, for both pulses; people answer at door 2 into the real urn; each pulse is closed with the same
file, and the second shows its teams because the contact said that nobody came or left.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.looking import Looker, visitor
from tests.journeys.site import Site
from tests.lerend_web.answering.person import answer_first, go_to_the_end, send
from tests.lerend_web.scans.paper import needs_pdftotext, text_of

pytestmark = pytest.mark.browser

WHAT = "Look back together after each shift"
TEAMS = ("Bereiding dag", "Afvullen dag")
ANSWER = 13
"""Of each team."""
APPROACH = "Looking back together after work"
QUESTION = "In the past two weeks we looked back together after work."
GAP = 30
ADVICE = {1: "Most say that it does not happen.", 2: "It happens, helps and is used."}


@dataclass
class Company:
    """Who works on the pulses, each in a browser of their own, and the key files on the contact's stick."""

    site: Site
    contact: Page
    coordinator: Page
    looker: Looker
    stick: Path

    @property
    def key(self) -> Path:
        return self.stick / "keys-0.json"

    def look(self, state: str = "") -> None:
        self.looker.at(self.contact, state=state)


@pytest.fixture
def company(browser: Browser, site: Site, tmp_path: Path) -> Iterator[Company]:
    contact, coordinator = visitor(browser), visitor(browser)
    yield Company(site, contact, coordinator, Looker(), tmp_path)
    for page in (contact, coordinator):
        page.context.close()


@needs_pdftotext
def test_from_a_plan_by_two_pulses_to_what_to_do_next(company: Company, browser: Browser) -> None:
    action = makes_a_plan(company)
    series = plans_two_pulses(company, action)
    makes_keys_once(company, series)
    seals(company, series)
    before = company.site.boxes
    for number, answer in ((1, 1), (2, 3)):
        cards = coordinator_makes_the_cards(company, series, number)
        opens(company, number)
        people_answer(company, browser, cards, answer)
        assert company.site.boxes == before + 2 * ANSWER
        if number == 2:
            says_that_nobody_came_or_left(company, series)
        closes(company, series, number)
        assert company.site.boxes == before, "every box of the pulse is destroyed"
        reads(company, action, series, number)


def makes_a_plan(company: Company) -> str:
    """From what is known to help: looking back together after work."""
    page = company.contact
    page.goto(company.site.address)
    page.get_by_role("button", name="Play Marloes").click()
    page.goto(f"{company.site.address}/work")
    page.get_by_role("main").get_by_role("link", name="Voorbeeld Zuivel").first.click()
    page.get_by_role("link", name="Actions", exact=True).click()
    page.get_by_role("link", name="Make a plan").first.click()
    page.get_by_label("What are you going to do?").fill(WHAT)
    page.get_by_label("For which theme").select_option(label="Looking back together and giving each other feedback")
    page.get_by_label("Approach from the catalogue").fill(APPROACH)
    page.get_by_label("First step", exact=True).fill("Choose a moment after the shift")
    page.get_by_role("button", name="Make this plan").click()
    expect(page.get_by_role("status").first).to_contain_text("The plan is there.")
    return page.url.partition("?")[0]


def plans_two_pulses(company: Company, action: str) -> str:
    page, today = company.contact, demo_today(company)
    page.goto(action)
    page.get_by_role("link", name="Plan the three questions").click()
    expect(page.get_by_role("main")).to_contain_text(QUESTION)
    company.look()
    for team in TEAMS:
        page.get_by_label(re.compile(team)).check()
    page.get_by_label("First pulse").fill(today.isoformat())
    page.get_by_label("How many pulses").fill("2")
    page.get_by_label("Days from one to the next").fill(str(GAP))
    page.get_by_label("When the works council agreed").fill((today - timedelta(7)).isoformat())
    page.get_by_role("button", name="Plan these pulses").click()
    expect(page.get_by_role("heading", name="Pulse 2")).to_be_visible()
    company.look("planned")
    return page.url.partition("?")[0]


def demo_today(company: Company) -> date:
    """Today in the demo, whose clock may be ahead."""
    said = re.search(r"(\d+) days? ahead", company.contact.locator("body").inner_text())
    return date.today() + timedelta(int(said.group(1)) if said else 0)  # noqa: DTZ011 -- a pulse may begin a day off


def makes_keys_once(company: Company, series: str) -> None:
    """A file for each of two holders, with a key for each pulse in it. In the demo one person may make both."""
    page = company.contact
    page.goto(series)
    page.get_by_role("link", name="To the keys").click()
    company.look()
    for number, holder in enumerate(("Marloes", "Works council")):
        page.get_by_label("Who keeps these keys").fill(holder)
        page.get_by_role("button", name="Make my keys").click()
        with page.expect_download() as saved:
            page.get_by_role("link", name="Save my key file").click()
        file = company.stick / f"keys-{number}.json"
        saved.value.save_as(file)
        assert len(json.loads(file.read_text("utf-8"))["keys"]) == 2
        page.get_by_role("button", name="I have saved it: hand in the locks").click()
        expect(page.get_by_role("heading", level=3, name=holder)).to_be_visible()
        page.get_by_label("Your key file").set_input_files(file)
        page.get_by_role("button", name="Try this file").click()
        expect(page.get_by_role("status").first).to_contain_text("This file opens every pulse.")
    company.look("tried")


def seals(company: Company, series: str) -> None:
    page = company.contact
    page.goto(series)
    page.get_by_role("button", name="Seal the promise").click()
    expect(page.get_by_role("main")).to_contain_text("The promise of the series is sealed.")
    company.look("sealed")


def coordinator_makes_the_cards(company: Company, series: str, number: int) -> list[str]:
    """The codes on cards that are drawn from the bowls of both teams. What waits for Arjen brings him there."""
    page = company.coordinator
    page.goto(company.site.address)
    page.get_by_role("button", name="Play Arjen").click()
    page.goto(f"{company.site.address}/work")
    page.get_by_role("link", name="Make the cards of a pulse").click()
    with page.expect_download(timeout=60_000) as saved:
        page.get_by_role("button", name="Make the cards (PDF)").click()
    paper = company.stick / f"cards-{number}.pdf"
    saved.value.save_as(paper)
    printed = text_of(paper.read_bytes())
    codes = list(dict.fromkeys(re.findall(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}\b", printed)))
    assert len(codes) >= 2 * ANSWER
    page.goto(series)
    expect(page.get_by_role("main")).not_to_contain_text("What came of it")
    return [*codes[:ANSWER], *codes[-ANSWER:]]


def opens(company: Company, number: int) -> None:
    page = company.contact
    page.goto(f"{company.site.address}/work")
    page.get_by_role("link", name="Open a pulse").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"pulse {number}")
    page.get_by_role("button", name="Open the round").click()
    expect(page.get_by_role("heading", name="Response")).to_be_visible()


def people_answer(company: Company, browser: Browser, cards: list[str], answer: int) -> None:
    """One on a phone; all others send what such a phone sends."""
    phone = visitor(browser, width=360)
    phone.goto(company.site.door)
    phone.get_by_label("code on your card").fill(cards[0])
    phone.get_by_role("button", name="Next").click()
    phone.get_by_role("button", name="Only me").click()
    expect(phone.locator("fieldset:visible").first).to_be_visible()
    expect(phone.get_by_text(QUESTION)).to_be_visible()
    company.looker.at(phone, state="a pulse")
    answer_first(phone, answer)
    go_to_the_end(phone)
    send(phone)
    deliver = f"{company.site.door}/{urlsplit(phone.url).path.split('/')[1]}/deliver"
    for place, card in enumerate(cards[1:], start=1):
        body = json.dumps(sheet_of(card, place, answer)).encode()
        request = Request(deliver, body, {"Content-Type": "application/json"})  # noqa: S310 -- our own process
        with urlopen(request, timeout=30) as reply:  # noqa: S310 -- see above
            assert json.load(reply)["receipt"]
    phone.context.close()


def sheet_of(card: str, place: int, answer: int) -> dict[str, object]:
    """What somebody says: the three questions differ a little, and people do too."""
    codes = {item: str(1 + (answer + (place + nth) % 2)) for nth, item in enumerate(("done_1", "helped_1", "used_1"))}
    content = {"form": "all", "language": "nl", "answers": codes, "background": {}, "comments": {}}
    return {**content, "secret": bytes([place]).hex() * 32, "card": card}


def says_that_nobody_came_or_left(company: Company, series: str) -> None:
    page = company.contact
    page.goto(series)
    expect(page.get_by_role("link", name=re.compile("Close it ?: 2"))).to_have_count(0)
    page.get_by_role("link", name="Who came, who left").click()
    for field in page.get_by_role("spinbutton").all():
        field.fill("0")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").first).to_be_visible()


def closes(company: Company, series: str, number: int) -> None:
    page = company.contact
    page.get_by_role("button", name="Next month").click()
    page.goto(series)
    page.get_by_role("link", name=re.compile(f"Close it ?: {number}")).click()
    page.get_by_label("Your key file").set_input_files(company.key)
    page.get_by_role("button", name="Close the round now").click()
    expect(page.get_by_role("link", name="This is one pulse of a series: see all of them")).to_be_visible(
        timeout=60_000
    )


def reads(company: Company, action: str, series: str, number: int) -> None:
    page = company.contact
    page.goto(action)
    page.get_by_role("link", name="2 pulses of three questions").click()
    assert page.url.startswith(series)
    company.look(f"after pulse {number}")
    expect(page.locator(".pulse-charts").first.locator("svg circle")).to_have_count(3 * number)
    expect(page.locator("details .pulse-charts")).to_have_count(len(TEAMS))
    expect(page.get_by_role("main")).to_contain_text(ADVICE[number])
    page.get_by_role("link", name="Sheet for the team").click()
    expect(page.get_by_role("main")).to_contain_text(ADVICE[number])
    assert not any(team in page.get_by_role("main").inner_text() for team in TEAMS), "everybody together, no team apart"
    company.look()
