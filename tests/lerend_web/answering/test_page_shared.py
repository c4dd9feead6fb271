"""A device that others use too: nothing stays behind, whatever button the next person presses."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.lerend_web.answering.door import Door
from tests.lerend_web.answering.person import answer_first, begin, device, go_to_the_end, scan, send

pytestmark = pytest.mark.browser

SAID = "Only on this line I said something."
EVERYTHING_STORED = """async () => JSON.stringify([
    Object.entries(localStorage), Object.entries(sessionStorage), document.cookie, window.name,
    Object.keys(history.state ?? {}).filter((one) => one !== 'screen'), // a number, for the button "back"
    (await indexedDB.databases()).length,
    'caches' in window ? await caches.keys() : [],
    navigator.serviceWorker ? (await navigator.serviceWorker.getRegistrations()).length : 0,
])"""
NOTHING = '[[],[],"","",[],0,[],0]'
EVERYTHING_IN_THE_PAGE = """() => document.documentElement.outerHTML
    + [...document.querySelectorAll('input, textarea')].map((one) => one.type === 'radio' ? one.checked : one.value).join(' ')"""


@pytest.fixture
def computer(browser: Browser) -> Iterator[Page]:
    with device(browser, width=1280) as context:
        yield context.new_page()


def _answer_all_and_say_something(page: Page) -> None:
    while True:
        for group in page.locator("fieldset:visible").all():
            group.locator("label").nth(1).click()
        if page.locator("textarea:visible").count():
            page.locator("textarea:visible").first.fill(SAID)
        if not page.locator("#next").is_visible():
            return
        page.locator("#next").click()


def test_shared_device_gets_the_short_form(computer: Page, opened: Door) -> None:
    begin(computer, opened, opened.draw(), own=False)
    assert computer.locator("body").get_attribute("data-form") == "short"


def test_nothing_is_stored_while_answering(computer: Page, opened: Door) -> None:
    begin(computer, opened, opened.draw(), own=False)
    answer_first(computer, 2)
    assert computer.evaluate(EVERYTHING_STORED) == NOTHING


def test_an_own_device_does_store_so_that_the_test_above_can_fail(computer: Page, opened: Door) -> None:
    begin(computer, opened, opened.draw(), own=True)
    answer_first(computer, 2)
    assert computer.evaluate("localStorage.length") == 1


def test_after_sending_back_and_forward_show_the_thank_you_page_only(computer: Page, opened: Door) -> None:
    card = opened.draw()
    begin(computer, opened, card, own=False)
    _answer_all_and_say_something(computer)
    send(computer)
    assert computer.evaluate(EVERYTHING_STORED) == NOTHING
    for step in (computer.go_back, computer.go_back, computer.go_forward, computer.go_back):
        step()
        expect(computer.locator("#thanks h1")).to_be_visible()
        shown = computer.evaluate(EVERYTHING_IN_THE_PAGE)
        assert SAID not in shown
        assert card not in shown
        assert computer.locator("#sheet").count() == 0


def test_after_leaving_back_brings_nothing_back(computer: Page, opened: Door) -> None:
    card = opened.draw()
    computer.goto(opened.address)
    begin(computer, opened, card, own=False)
    _answer_all_and_say_something(computer)
    receipt = send(computer)
    computer.goto("about:blank")
    for _ in range(4):
        if computer.go_back() is None and computer.url == "about:blank":
            break
        computer.wait_for_load_state()
        shown = computer.evaluate(EVERYTHING_IN_THE_PAGE)
        assert not [one for one in (SAID, card, receipt, "true") if one in shown.replace('"true"', "")]
        assert computer.evaluate(EVERYTHING_STORED) == NOTHING


def test_loading_anew_on_a_shared_device_never_shows_what_somebody_else_keeps_there(
    computer: Page, opened: Door
) -> None:
    begin(computer, opened, opened.draw(), own=True)
    answer_first(computer, 2)
    begin(computer, opened, opened.draw(), own=False)
    computer.on("dialog", lambda dialog: dialog.accept())  # the warning that answers will be gone
    computer.reload()
    expect(computer.locator("#no-pass")).to_be_visible()
    expect(computer.locator("#kept")).to_be_hidden()
    assert computer.locator("input:checked").count() == 0
    computer.goto(f"{opened.address}/{opened.wave}/received")
    expect(computer.locator("#thanks h1")).to_be_visible()
    expect(computer.locator("#receipt, #own, #shared").first).to_be_hidden()


def test_leaving_halfway_wipes_the_answers(computer: Page, opened: Door) -> None:
    card = opened.draw()
    begin(computer, opened, card, own=False)
    answer_first(computer, 2)
    computer.on("dialog", lambda dialog: dialog.accept())  # the warning that answers will be gone
    computer.goto(f"{opened.address}/health")
    computer.go_back()
    expect(computer.locator("#no-pass, #device, #enter").first).to_be_attached()
    shown = computer.evaluate(EVERYTHING_IN_THE_PAGE)
    assert card not in shown
    assert computer.locator("input:checked").count() == 0
    assert computer.evaluate(EVERYTHING_STORED) == NOTHING


def test_printing_after_answering_prints_no_answers(computer: Page, opened: Door) -> None:
    begin(computer, opened, opened.draw(), own=False)
    computer.emulate_media(media="print")
    expect(computer.locator("#sheet")).to_be_hidden()


def test_kiosk_asks_after_forty_seconds_and_wipes_after_sixty(computer: Page, opened: Door) -> None:
    computer.clock.install()
    scan(computer, opened, opened.draw(), query="?kiosk=1")
    computer.get_by_role("button", name="Start").click()
    expect(computer.locator("#sheet")).to_be_visible()
    answer_first(computer, 2)
    computer.clock.fast_forward(41_000)
    expect(computer.get_by_role("dialog")).to_be_visible()
    computer.get_by_role("button", name="still here").click()
    expect(computer.get_by_role("dialog")).to_be_hidden()
    expect(computer.locator("input:checked")).to_have_count(1)
    computer.clock.fast_forward(41_000)
    expect(computer.get_by_role("dialog")).to_be_visible()
    computer.clock.run_for(21_000)
    computer.wait_for_url(f"{opened.address}/?*kiosk=1*")
    assert computer.locator("#code").input_value() == ""


def test_kiosk_is_ready_for_the_next_person_after_sending(computer: Page, opened: Door) -> None:
    computer.clock.install()
    scan(computer, opened, opened.draw(), query="?kiosk=1")
    computer.get_by_role("button", name="Start").click()
    expect(computer.locator("#sheet")).to_be_visible()
    go_to_the_end(computer)
    send(computer)
    expect(computer.locator("#own")).to_be_hidden()
    computer.clock.run_for(61_000)
    computer.wait_for_url(f"{opened.address}/?*kiosk=1*")
    assert computer.evaluate(EVERYTHING_STORED) == NOTHING
