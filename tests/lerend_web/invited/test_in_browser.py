"""A round by mail in a real browser: from the list of addresses to a receipt, and the start page in every look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.lerend_web.answering.person import answer_first, go_to_the_end, send
from tests.lerend_web.browsing import faults_in_every_look, faults_of, seeded_by, visiting

pytestmark = pytest.mark.browser

TEAMS = {"Packing day": 20, "Packing night": 4, "Cheese": 18, "Office": 12, "Lab": 8}


@pytest.fixture(scope="module")
def seeded(address: str, environment: dict[str, str]) -> Any:
    return seeded_by("tests.lerend_web.invited.seeding", environment)


@contextmanager
def visitor(browser: Browser, site: str = "", seeded: dict[str, Any] | None = None, who: str = "") -> Iterator[Page]:
    """Somebody with a browser of their own; signed in when they have a name. Refusals (400) belong to these tests."""
    with visiting(browser, site, seeded, expected="400") as visit:
        yield visit.by(who)


@pytest.fixture(scope="module")
def links(browser: Browser, address: str, seeded: dict[str, Any]) -> list[str]:
    """The contact gives the addresses, opens the round and sends; the operator reads three of the kept mails."""
    lines = "\n".join(
        f"{team.replace(' ', '').lower()}.{number}@mail.example; {team}"
        for team, people in TEAMS.items()
        for number in range(people)
    )
    with visitor(browser, address, seeded, "contact") as page:
        page.goto(f"{address}/waves/{seeded['wave']}/addresses")
        page.get_by_label("E-mail addresses").fill(f"{lines}\nno address; Lab")
        page.get_by_role("button", name="Look at it first").click()
        assert "“no address” is no e-mail address." in page.locator("main").inner_text()
        page.get_by_label("E-mail addresses").fill(lines)
        page.get_by_role("button", name="Look at it first").click()
        assert faults_of(page) == []
        page.get_by_role("button", name="Take this in").click()
        page.goto(f"{address}/waves/{seeded['wave']}")
        page.get_by_role("button", name="Open the round").click()
        page.get_by_role("link", name="To the invitations").click()
        page.get_by_role("button", name="Send the invitations").click()
        sent = page.locator("dl.facts div").filter(has_text=re.compile("^(sent)?62(sent)?$"))
        for _look in range(60):
            if sent.count():
                break
            page.wait_for_timeout(1000)
            page.reload()
        assert faults_of(page) == []
    with visitor(browser, address, seeded, "operator") as page:
        return [link_in_mail(page, f"{address}/mail/", number) for number in range(3)]


def link_in_mail(page: Page, mails: str, number: int) -> str:
    page.goto(mails)
    page.get_by_role("link").filter(has_text="Example Dairy").nth(number).click()
    return str(re.findall(r"http://\S+/start/#\S+", page.locator("main").inner_text())[0])


def test_person_takes_part_by_mail(browser: Browser, address: str, seeded: dict[str, Any], links: list[str]) -> None:
    mailed = links[0]
    with visitor(browser) as page:
        asked: list[tuple[str, str]] = []
        page.on("request", lambda request: asked.append((request.method, request.url)))
        page.on("request", lambda request: asked.append(("body", request.post_data or "")))
        page.goto(mailed)
        expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
        assert [method for method, _url in asked if method == "POST"] == []  # nothing before Start is pressed
        assert "#" not in page.url
        page.get_by_role("button", name="Start", exact=True).click()
        page.wait_for_url(f"**/{seeded['code']}/**")
        page.locator(".device").nth(0).click()
        expect(page.locator("#sheet")).to_be_visible()
        answer_first(page, 3)
        go_to_the_end(page)
        assert re.fullmatch(r"[0-9A-Z]{4} ?-?[0-9A-Z]{4}", send(page))
        secret = mailed.rpartition(".")[2]
        assert [url for _method, url in asked if secret in url] == []
        assert page.context.cookies() == []
        # Coming back by the same mail, on the same device: on to where one was, no second ballot.
        page.goto(mailed)
        page.get_by_role("button", name="Start", exact=True).click()
        page.get_by_role("link", name="Go on where I was").click()
        expect(page.locator("#kept")).to_be_visible()


def test_third_device_is_refused_and_told_why(browser: Browser, links: list[str], seeded: dict[str, Any]) -> None:
    mailed = links[1]
    for reached in (True, True, False):
        with visitor(browser) as page:
            page.goto(mailed)
            page.get_by_role("button", name="Start", exact=True).click()
            if reached:
                page.wait_for_url(f"**/{seeded['code']}/**")
            else:
                expect(page.locator("#status")).to_contain_text("This link gives no way in")
                expect(page.get_by_role("link", name="I started on this device before")).to_be_visible()


def test_language_keeps_the_link(browser: Browser, links: list[str]) -> None:
    with visitor(browser) as page:
        page.goto(links[2])
        page.get_by_role("link", name="Nederlands").click()
        page.wait_for_url("**lang=nl")
        expect(page.locator("html")).to_have_attribute("lang", "nl")
        expect(page.locator("#start")).to_be_visible()


@pytest.mark.parametrize(("locale", "start"), [("nl", "Begin"), ("pl", "Zacznij")])
def test_start_page_is_accessible_and_fits(browser: Browser, address: str, locale: str, start: str) -> None:
    with visiting(browser, expected="failed to load") as visit:  # such an invitation does not exist
        page = visit.by(locale=locale)
        page.goto(f"{address}/start/#{'0' * 26}.{'0' * 32}")
        expect(page.locator("html")).to_have_attribute("lang", locale)
        expect(page.get_by_role("button", name=start, exact=True)).to_be_visible()
        assert faults_in_every_look(page) == []
        page.get_by_role("button").first.click()
        expect(page.locator("#status")).to_be_visible()


def test_incomplete_link_and_no_script_are_told_what_to_do(browser: Browser, address: str) -> None:
    with visitor(browser) as page:
        page.goto(f"{address}/start/#{'0' * 26}")
        expect(page.locator("#status")).to_contain_text("Open the link from your mail once more")
        expect(page.locator("#start")).to_be_hidden()
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto(f"{address}/start/")
    expect(page.get_by_text("This needs JavaScript")).to_be_visible()
    context.close()
