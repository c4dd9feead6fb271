"""A person by card: on a phone of their own, on one without script, and on a tablet that everybody uses."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.looking import Looker, visitor
from tests.journeys.site import Site
from tests.lerend_web.answering.person import answer_first, go_to_the_end, send

pytestmark = pytest.mark.browser

SAID = "Only on this line I said something."
STORED = """async () => JSON.stringify([
    Object.entries(localStorage), Object.entries(sessionStorage), document.cookie, window.name,
    Object.keys(history.state ?? {}).filter((one) => one !== 'screen'), // a number, for the button "back"
    (await indexedDB.databases()).length,
    'caches' in window ? await caches.keys() : [],
    navigator.serviceWorker ? (await navigator.serviceWorker.getRegistrations()).length : 0,
])"""
NOTHING = '[[],[],"","",[],0,[],0]'
IN_THE_PAGE = """() => document.documentElement.outerHTML
    + [...document.querySelectorAll('input, textarea')].map((one) => one.type === 'radio' ? '' : one.value).join(' ')"""
CHOSEN = "document.querySelectorAll('input:checked').length"


def test_on_a_phone_answered_changed_and_withdrawn(browser: Browser, site: Site) -> None:
    looker, page = Looker(), visitor(browser, width=360)
    before = site.boxes
    page.goto(site.door)
    looker.at(page)
    page.get_by_label("code on your card").fill(site.card_of_colleague(0).lower())
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Only me").click()
    expect(page.locator("fieldset:visible").first).to_be_visible()
    answer_first(page, 3)
    page.goto(f"{site.door}/{site.wave}/")  # the phone was put away: what was answered is still there
    page.get_by_role("button", name="Go on where I was").click()
    expect(page.locator("input:checked")).to_have_count(1)
    go_to_the_end(page)
    first = send(page)
    assert site.boxes == before + 1
    page.get_by_role("link", name="Change or withdraw").first.click()
    page.get_by_role("button", name="Change my answers").click()
    expect(page.locator("fieldset:visible").first).to_be_visible()
    answer_first(page, 0)
    go_to_the_end(page)
    assert send(page) == first
    assert site.boxes == before + 1
    page.get_by_role("link", name="Change or withdraw").first.click()
    page.get_by_role("button", name="Withdraw my answers").click()
    expect(page.get_by_text("Your answers are withdrawn")).to_be_visible()
    assert site.boxes == before
    assert page.context.cookies() == []
    page.context.close()


def test_on_a_phone_without_script_answered_changed_and_withdrawn(browser: Browser, site: Site) -> None:
    page = visitor(browser, width=360, has_script=False)
    before, card = site.boxes, site.card_of_colleague(1)
    receipt = answers_without_script(page, site, card, option=2)
    assert site.boxes == before + 1
    page.goto(site.door)
    page.get_by_label("code on your card").fill(card)
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("alert").or_(page.locator(".error:visible")).first).to_be_visible()  # used, by somebody
    page.goto(f"{site.door}/{site.wave}/withdraw")
    page.get_by_label("The whole receipt").fill(receipt)
    page.get_by_role("button", name="Withdraw my answers").click()
    expect(page.get_by_text("Your answers are withdrawn")).to_be_visible()
    assert site.boxes == before
    page.context.close()


def answers_without_script(page: Page, site: Site, card: str, *, option: int) -> str:
    page.goto(site.door)
    page.get_by_label("code on your card").fill(card)
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Start").click()
    for _part in range(6):
        page.locator("fieldset").first.locator("label").nth(option).click()
        if page.get_by_role("button", name="Send my answers").count():
            break
        page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Send my answers").click()
    page.get_by_text("Show the whole receipt").click()
    return page.locator("#full-receipt").inner_text()


def test_tablet_for_everybody_keeps_nothing_of_anybody(browser: Browser, site: Site) -> None:
    looker, page = Looker(), visitor(browser, width=768)
    headers: list[str] = []
    page.on(
        "response", lambda reply: headers.append(reply.headers.get("cache-control", "")) if is_page(reply.url) else None
    )
    card = site.card_of_colleague(2)
    takes_part_at_the_tablet(page, site, card, looker)
    nothing_comes_back(page, card)
    page.get_by_role("button", name="Ready for the next person").click()
    page.wait_for_url(f"{site.door}/?*kiosk=1*")
    assert page.get_by_label("code on your card").input_value() == ""
    nothing_comes_back(page, card)
    takes_part_at_the_tablet(page, site, site.card_of_colleague(3), looker)  # the next person
    assert headers
    assert all("no-store" in one for one in headers)
    page.context.close()


def is_page(address: str) -> bool:
    return "/static/" not in address


def takes_part_at_the_tablet(page: Page, site: Site, card: str, looker: Looker) -> None:
    page.goto(f"{site.door}/?kiosk=1&lang=en")
    looker.at(page, state="kiosk")
    before = site.boxes
    page.get_by_label("code on your card").fill(card)
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Start").click()
    expect(page.locator("fieldset:visible").first).to_be_visible()
    looker.at(page, state="kiosk questions")
    while not page.get_by_role("button", name="Send my answers").is_visible():
        if page.locator("fieldset:visible").count():
            answer_first(page, 1)
        for field in page.locator("textarea:visible").all():
            field.fill(SAID)
        page.get_by_role("button", name="Next").click()
    send(page)
    looker.at(page, state="kiosk thanks")
    assert site.boxes == before + 1
    assert page.evaluate(STORED) == NOTHING


def nothing_comes_back(page: Page, card: str) -> None:
    """Whatever button the next person presses: no answer, no code, nothing stored (and no page out of a cache)."""
    for step in (page.go_back, page.go_back, page.go_forward, page.go_back, page.go_forward, page.go_forward):
        step()
        page.wait_for_load_state()
        if not page.url.startswith("http"):
            continue
        shown = page.evaluate(IN_THE_PAGE)
        assert SAID not in shown
        assert card not in shown
        assert page.evaluate(CHOSEN) == 0
        assert page.evaluate(STORED) == NOTHING
