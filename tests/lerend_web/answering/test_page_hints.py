"""While somebody writes, names and numbers are pointed out on the device; nothing of it goes anywhere."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.lerend_web.answering.door import Door
from tests.lerend_web.answering.person import begin, device
from tests.lerend_web.browsing import faults_of

pytestmark = pytest.mark.browser


def test_name_and_number_are_pointed_out_while_typing_and_nothing_leaves_the_device(
    browser: Browser, opened: Door
) -> None:
    with device(browser, language="en") as context:
        page = context.new_page()
        begin(page, opened, opened.draw())
        while not page.locator("textarea:visible").count():
            page.locator("#next").click()
        expect(page.locator(".comment:visible")).to_contain_text("Write no names")
        expect(page.locator(".comment:visible")).to_contain_text("Your manager can recognise your way of writing.")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.locator("textarea:visible").fill("Then Karin helps. Call 06-12345678 or j@mail.example. The CNC is old.")
        hint = page.locator(".comment:visible [role=status]")
        expect(hint).to_contain_text("“Karin”: is that a name?")
        expect(hint).to_contain_text("“06-12345678” looks like a number")
        expect(hint).to_contain_text("“j@mail.example” looks like an e-mail address")
        expect(hint).not_to_contain_text("CNC")
        assert faults_of(page) == []
        page.locator("textarea:visible").fill("People help each other here.")
        expect(hint).to_be_empty()
        assert asked == []
