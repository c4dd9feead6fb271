"""A meeting with six phones: joined with a code, two sealed rounds, two phones that drop out and come back, a decision."""

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

OPTIONS = ("Small tasks", "Learning time", "Feedback")
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
def test_six_phones_choose_a_theme_in_two_rounds(site: Site, leader: Page, phones: list[Page], tmp_path: Path) -> None:
    plans(site, leader)
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
        expect(phone.locator(".ranking > li").first).to_contain_text("Small tasks")
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
        expect(phone.get_by_text("Two teams swap a task")).to_be_visible()
    with leader.expect_download() as saved:
        leader.get_by_role("link", name="Minutes (PDF)").click()
    saved.value.save_as(tmp_path / "minutes.pdf")
    minutes = text_of((tmp_path / "minutes.pdf").read_bytes())
    for words in ("Small tasks", "Two teams swap a task", "Marloes", "Round 1", "Round 2", "Company: 3"):
        assert words in minutes
    assert not any(phone.context.cookies() for phone in phones)


def plans(site: Site, page: Page) -> None:
    page.goto(site.address)
    page.get_by_role("button", name="Play Arjen").click()
    page.get_by_role("link", name="To the organisations").click()
    page.get_by_role("link", name="Meetings", exact=True).click()
    page.get_by_role("link", name="Plan a meeting").click()
    page.get_by_label("Title").fill("What comes first")
    page.get_by_label("Day", exact=True).fill("2026-10-01")
    page.get_by_label("Begins at").fill("14:00")
    page.get_by_label("Place").fill("Canteen")
    for box in page.get_by_role("checkbox").all():
        box.uncheck()
    page.get_by_label("Also to choose from").fill("\n".join(OPTIONS))
    page.get_by_role("button", name="Plan this meeting").click()
    expect(page.get_by_role("status").first).to_contain_text("The meeting is planned.")


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
    expect(page.get_by_label("What was chosen")).to_contain_text("Small tasks")
    page.get_by_label("Why", exact=True).fill("Both rounds put it first.")
    page.get_by_label("Who sees it otherwise, and why").fill("The night shift fears more work.")
    page.get_by_label("First concrete step").fill("Two teams swap a task")
    page.get_by_label("Who does it").fill("Marloes")
    page.get_by_label("By when").fill("2027-03-01")
    page.get_by_role("button", name="Write this down").click()
    expect(page.get_by_role("status").first).to_contain_text("The decision is written down.")
