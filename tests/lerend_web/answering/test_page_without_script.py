"""The same way without script: a card, at most five parts, a receipt; then withdrawn."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.lerend_web.answering.door import Door
from tests.lerend_web.answering.person import device
from tests.lerend_web.browsing import faults_in_every_look

pytestmark = pytest.mark.browser


@pytest.fixture
def old_phone(browser: Browser) -> Iterator[Page]:
    with device(browser, has_script=False) as context:
        yield context.new_page()


def _begin(page: Page, door: Door) -> None:
    page.goto(door.address)
    page.get_by_label("code on your card").fill(door.draw())
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Start").click()


def test_from_code_to_receipt_and_withdrawn(old_phone: Page, opened: Door) -> None:
    before = opened.boxes()
    _begin(old_phone, opened)
    parts = 0
    while True:
        parts += 1
        expect(old_phone.locator("h2").first).to_contain_text(f"Part {parts} of ")
        old_phone.locator("fieldset").first.locator("label").nth(2).click()
        if old_phone.get_by_role("button", name="Send my answers").count():
            break
        old_phone.get_by_role("button", name="Next").click()
    assert 2 <= parts <= 5
    old_phone.get_by_role("button", name="Send my answers").click()
    expect(old_phone.locator("#sign")).not_to_be_empty()
    assert opened.boxes() == before + 1
    old_phone.get_by_text("Show the whole receipt").click()
    receipt = old_phone.locator("#full-receipt").inner_text()
    assert receipt.startswith("lerend ")
    old_phone.get_by_role("link", name="Change or withdraw").click()
    old_phone.get_by_label("The whole receipt").fill(receipt)
    old_phone.get_by_role("button", name="Withdraw my answers").click()
    expect(old_phone.get_by_text("Your answers are withdrawn")).to_be_visible()
    assert opened.boxes() == before


def test_back_brings_the_earlier_part_with_its_answers(old_phone: Page, opened: Door) -> None:
    _begin(old_phone, opened)
    old_phone.locator("fieldset").first.locator("label").nth(3).click()
    old_phone.get_by_role("button", name="Next").click()
    expect(old_phone.locator("h2").first).to_contain_text("Part 2 of ")
    old_phone.get_by_role("button", name="Back").click()
    expect(old_phone.locator("fieldset").first.locator("input").nth(3)).to_be_checked()


def test_no_button_of_the_script_shows(old_phone: Page, opened: Door) -> None:
    old_phone.goto(f"{opened.address}/{opened.wave}/")
    expect(old_phone.get_by_label("code on your card")).to_be_visible()
    assert old_phone.locator(".scripted:visible").count() == 0
    old_phone.goto(f"{opened.address}/{opened.wave}/answer")
    expect(old_phone.get_by_role("link", name="To the code")).to_be_visible()
    assert old_phone.locator(".scripted:visible").count() == 0


def test_part_has_no_accessibility_fault(browser: Browser, opened: Door) -> None:
    # The checker itself is a script: the page is fetched without ours and looked at.
    with device(browser, width=320) as context:
        page = context.new_page()
        page.route("**/*.js", lambda route: route.abort())
        _begin(page, opened)
        expect(page.locator("h2").first).to_contain_text("Part 1 of ")
        assert faults_in_every_look(page, (320,)) == []
