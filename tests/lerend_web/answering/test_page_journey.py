"""A person's way by card, on a phone of 360 pixels and their own: from the code to the receipt, and after."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.lerend_web.answering.door import Door
from tests.lerend_web.answering.person import answer_first, begin, device, go_to_the_end, scan, send

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    with device(browser) as context:
        page = context.new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
        yield page
        assert wrong == []


def test_from_typed_code_to_receipt(phone: Page, opened: Door) -> None:
    before = opened.boxes()
    phone.goto(opened.address)
    phone.get_by_label("code on your card").fill(opened.draw().lower().replace("-", " "))
    phone.get_by_role("button", name="Next").click()
    phone.get_by_role("button", name="Only me").click()
    answer_first(phone, 3)
    assert go_to_the_end(phone) >= 14
    expect(phone.locator("#parts li").first).to_contain_text(re.compile(r"^Your own work\s*24 of 25 left open"))
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}", send(phone))
    assert phone.url.split("?")[0] == f"{opened.address}/{opened.wave}/received"
    assert opened.boxes() == before + 1


def test_wrong_code_is_said_beside_the_field(phone: Page, opened: Door) -> None:
    phone.goto(opened.address)
    field = phone.get_by_label("code on your card")
    field.fill("ABC")
    phone.get_by_role("button", name="Next").click()
    expect(phone.locator("#code-error")).to_contain_text("13 characters")
    expect(field).to_be_focused()
    field.fill("0000-0000-00000")
    phone.get_by_role("button", name="Next").click()
    expect(phone.locator("#code-error")).not_to_contain_text("13 characters")
    expect(phone.locator("#code-error")).not_to_be_empty()


def test_scanned_code_leaves_the_address_at_once_and_nothing_is_asked_of_the_server(phone: Page, opened: Door) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    card = opened.draw()
    scan(phone, opened, card)
    expect(phone.locator("#device")).to_be_visible()
    assert "#" not in phone.url
    assert not [one for one in asked if one.startswith("POST")]
    phone.locator(".device").first.click()
    expect(phone.locator("#sheet")).to_be_visible()
    go_to_the_end(phone)
    send(phone)
    everything = " ".join(asked)
    assert card not in everything
    assert {one.split("/")[2] for one in asked} == {opened.address.split("/")[2]}
    assert phone.context.cookies() == []


def test_nothing_is_chosen_beforehand_and_a_choice_can_be_cleared(phone: Page, opened: Door) -> None:
    begin(phone, opened, opened.draw())
    assert phone.locator("#sheet input:checked").count() == 0
    answer_first(phone, 2)
    phone.get_by_role("button", name="Clear this answer").click()
    assert phone.locator("#sheet input:checked").count() == 0
    expect(phone.locator("#status")).to_have_text("The answer is cleared.")


def test_every_choice_and_button_is_large_enough_for_a_thumb(phone: Page, opened: Door) -> None:
    begin(phone, opened, opened.draw())
    answer_first(phone, 0)
    for target in phone.locator("label.o:visible, button:visible, .foot *:visible").all():
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 44, target.inner_text()
    assert 3 <= phone.locator("fieldset:visible").count() <= 5


def test_browser_goes_back_and_forth_within_the_questionnaire(phone: Page, opened: Door) -> None:
    begin(phone, opened, opened.draw())
    answer_first(phone, 1)
    phone.locator("#next").click()
    second = phone.locator("legend:visible").first.inner_text()
    phone.go_back()
    expect(phone.locator("fieldset:visible").first.locator("input").nth(1)).to_be_checked()
    phone.go_forward()
    expect(phone.locator("legend:visible").first).to_have_text(second)
    phone.locator("#back").click()
    expect(phone.locator("fieldset:visible").first.locator("input").nth(1)).to_be_checked()


def test_language_changes_and_the_answers_stay(phone: Page, opened: Door) -> None:
    begin(phone, opened, opened.draw())
    answer_first(phone, 4)
    phone.locator("#next").click()
    english = phone.locator("legend:visible").first.inner_text()
    phone.get_by_role("link", name="Nederlands").click()
    expect(phone.locator("html")).to_have_attribute("lang", "nl")
    assert phone.locator("legend:visible").first.inner_text() != english
    phone.locator("#back").click()
    expect(phone.locator("fieldset:visible").first.locator("input").nth(4)).to_be_checked()


def test_going_on_later_on_the_same_device(phone: Page, opened: Door) -> None:
    begin(phone, opened, opened.draw())
    answer_first(phone, 3)
    phone.locator("#next").click()
    again = phone.context.new_page()
    phone.close()
    again.goto(f"{opened.address}/{opened.wave}/")
    again.get_by_role("button", name="Go on where I was").click()
    expect(again.locator("#where")).to_contain_text("Questions 6 to")
    again.locator("#back").click()
    expect(again.locator("fieldset:visible").first.locator("input").nth(3)).to_be_checked()
    go_to_the_end(again)
    send(again)


def test_loading_anew_halfway_goes_on_where_one_was(phone: Page, opened: Door) -> None:
    begin(phone, opened, opened.draw())
    answer_first(phone, 3)
    phone.locator("#next").click()
    answer_first(phone, 1)
    phone.reload()
    expect(phone.locator("#where")).to_contain_text("Questions 6 to")
    expect(phone.locator("fieldset:visible").first.locator("input").nth(1)).to_be_checked()
    phone.locator("#back").click()
    expect(phone.locator("fieldset:visible").first.locator("input").nth(3)).to_be_checked()


def test_new_window_on_the_questions_asks_before_it_goes_on(phone: Page, opened: Door) -> None:
    begin(phone, opened, opened.draw())
    answer_first(phone, 3)
    forms = (phone.locator("body").get_attribute("data-forms") or "").split()
    other = next(form for form in forms if f"form={form}&" not in phone.url)
    again = phone.context.new_page()
    again.goto(f"{opened.address}/{opened.wave}/answer?lang=nl&form={other}")
    expect(again.locator("#sheet")).to_be_hidden()
    again.locator("#go-on").click()
    expect(again.locator("#sheet")).to_be_visible()
    assert f"form={other}" not in again.url
    expect(again.locator("fieldset:visible").first.locator("input").nth(3)).to_be_checked()


def test_answers_leave_the_device_when_they_are_sent_and_the_receipt_stays(phone: Page, opened: Door) -> None:
    card = opened.draw()
    begin(phone, opened, card)
    answer_first(phone, 3)
    go_to_the_end(phone)
    send(phone)
    (record,) = _kept(phone)
    assert record["answers"] == {}
    assert record["pass"]["card"] == card
    phone.get_by_label("Keep my answers on this device too").check()
    assert len(_kept(phone)[0]["answers"]) == 1
    phone.get_by_role("button", name="Remove everything").click()
    assert _kept(phone) == []


def test_thanks_loaded_anew_on_an_own_device_show_the_receipt_again(phone: Page, opened: Door) -> None:
    begin(phone, opened, opened.draw())
    go_to_the_end(phone)
    receipt = send(phone)
    phone.reload()
    expect(phone.locator("#sign")).to_have_text(receipt)
    expect(phone.get_by_label("Keep my answers")).to_be_hidden()
    phone.get_by_role("button", name="Remove everything").click()
    assert _kept(phone) == []
    phone.reload()
    expect(phone.locator("#receipt")).to_be_hidden()


def test_changing_afterwards_replaces_the_answers(phone: Page, opened: Door) -> None:
    begin(phone, opened, opened.draw())
    answer_first(phone, 3)
    go_to_the_end(phone)
    receipt, before = send(phone), opened.boxes()
    phone.get_by_label("Keep my answers on this device too").check()
    phone.goto(f"{opened.address}/{opened.wave}/withdraw")
    phone.get_by_role("button", name="Change my answers").click()
    expect(phone.locator("fieldset:visible").first.locator("input").nth(3)).to_be_checked()
    answer_first(phone, 0)
    go_to_the_end(phone)
    assert send(phone) == receipt
    assert opened.boxes() == before


def test_withdrawing_with_the_receipt_from_a_file(phone: Page, opened: Door, browser: Browser, tmp_path: Path) -> None:
    begin(phone, opened, opened.draw())
    go_to_the_end(phone)
    send(phone)
    with phone.expect_download() as saving:
        phone.get_by_role("link", name="Save the whole receipt").click()
    saving.value.save_as(tmp_path / "lerend.txt")
    before = opened.boxes()
    with device(browser) as other:
        page = other.new_page()
        page.goto(f"{opened.address}/{opened.wave}/withdraw")
        page.get_by_label("Or choose the file").set_input_files(tmp_path / "lerend.txt")
        page.get_by_role("button", name="Withdraw my answers").click()
        expect(page.locator("#withdrawn")).to_be_visible()
    assert opened.boxes() == before - 1


def test_without_connection_it_says_so_and_sends_by_itself_later(phone: Page, opened: Door) -> None:
    before = opened.boxes()
    begin(phone, opened, opened.draw())
    answer_first(phone, 2)
    go_to_the_end(phone)
    phone.context.set_offline(True)
    phone.locator("#send").click()
    expect(phone.locator("#status")).to_contain_text("Not sent yet")
    expect(phone.locator("#thanks")).to_be_hidden()
    assert opened.boxes() == before
    phone.context.set_offline(False)
    expect(phone.locator("#thanks")).to_be_visible()
    assert opened.boxes() == before + 1


def test_a_failing_server_is_no_acknowledgement(phone: Page, opened: Door) -> None:
    begin(phone, opened, opened.draw())
    go_to_the_end(phone)
    replies = [(503, '{"message": "not now"}'), (200, "<html>a page of somebody between us</html>")]

    def answer(route: Route) -> None:
        if replies:
            status, body = replies.pop(0)
            route.fulfill(status=status, body=body)
        else:
            route.continue_()

    phone.route("**/deliver", answer)
    phone.locator("#send").click()
    expect(phone.locator("#status")).to_contain_text("Not sent yet")
    expect(phone.locator("#thanks")).to_be_visible(timeout=20_000)
    assert replies == []


def test_every_request_that_sends_has_the_same_size(phone: Page, opened: Door) -> None:
    sizes: list[int] = []
    phone.on(
        "request", lambda request: sizes.append(len(request.post_data or "")) if "/deliver" in request.url else None
    )
    for says in ("", "x" * 500):
        begin(phone, opened, opened.draw())
        while phone.locator("#next").is_visible():
            if phone.locator("textarea:visible").count():
                phone.locator("textarea:visible").fill(says)
            phone.locator("#next").click()
        send(phone)
    assert sizes == [16384, 16384]


def test_keyboard_alone_is_enough(phone: Page, opened: Door) -> None:
    scan(phone, opened, opened.draw())
    phone.get_by_role("button", name="Only me").focus()
    phone.keyboard.press("Enter")
    expect(phone.locator(".part h2:visible")).to_be_focused()
    phone.keyboard.press("Tab")
    phone.keyboard.press("Space")
    phone.keyboard.press("ArrowDown")
    expect(phone.locator("fieldset:visible").first.locator("input").nth(1)).to_be_checked()
    assert (
        phone.evaluate("getComputedStyle(document.activeElement.nextElementSibling, '::before').outlineStyle")
        == "solid"
    )
    screens = 0
    while phone.locator("#next").is_visible():
        _tab_to(phone, "next")
        phone.keyboard.press("Enter")
        expect(phone.locator(".part h2:visible")).to_be_focused()
        screens += 1
    assert screens >= 14
    _tab_to(phone, "send")
    phone.keyboard.press("Enter")
    expect(phone.locator("#thanks h1")).to_be_focused()


def test_skip_link_does_not_lose_the_place(phone: Page, opened: Door) -> None:
    begin(phone, opened, opened.draw())
    phone.locator("#next").click()
    phone.locator(".skip").focus()
    phone.keyboard.press("Enter")
    expect(phone.locator("#main")).to_be_focused()
    expect(phone.locator("#where")).to_contain_text("Questions 6 to")


def test_link_from_a_mail_needs_no_code_and_can_be_withdrawn(phone: Page, opened: Door) -> None:
    before = opened.boxes()
    phone.goto(f"{opened.address}/{opened.wave}/#{opened.mail}")
    phone.get_by_role("button", name="Only me").click()
    assert "#" not in phone.url
    expect(phone.locator("#sheet")).to_be_visible()
    answer_first(phone, 0)
    go_to_the_end(phone)
    send(phone)
    assert opened.boxes() == before + 1
    expect(phone.locator("#show-code")).to_be_hidden()  # a token is too long for a picture
    phone.goto(f"{opened.address}/{opened.wave}/withdraw")
    phone.get_by_role("button", name="Withdraw my answers").click()
    expect(phone.locator("#withdrawn")).to_be_visible()
    assert opened.boxes() == before
    assert _kept(phone) == []


def test_card_that_another_device_has_used_is_refused_and_said(phone: Page, opened: Door, browser: Browser) -> None:
    card = opened.draw()
    begin(phone, opened, card)
    go_to_the_end(phone)
    send(phone)
    with device(browser) as other:
        page = other.new_page()
        begin(page, opened, card)
        go_to_the_end(page)
        page.locator("#send").click()
        expect(page.locator("#problems")).to_be_focused()
        expect(page.locator("#problems h2")).not_to_be_empty()
        expect(page.locator("#send")).to_be_enabled()


def test_receipt_as_qr_code_opens_on_another_device(phone: Page, opened: Door, browser: Browser) -> None:
    begin(phone, opened, opened.draw())
    go_to_the_end(phone)
    receipt, before = send(phone), opened.boxes()
    (record,) = _kept(phone)
    with device(browser) as other:
        page = other.new_page()
        page.goto(f"{opened.address}/{opened.wave}/#r={record['pass']['secret']}&c={record['pass']['card']}")
        page.get_by_role("button", name="Only me").click()
        expect(page.locator("#sheet")).to_be_visible()
        go_to_the_end(page)
        assert send(page) == receipt
    assert opened.boxes() == before


def test_forms_are_drawn_by_lot(phone: Page, opened: Door) -> None:
    phone.goto(f"{opened.address}/{opened.wave}/")
    drawn = phone.evaluate(
        """async () => {
            const { byLot } = await import('/static/answering/passes.js');
            return Array.from({ length: 700 }, () => byLot(['a', 'b', 'c', 'd', 'e', 'f', 'g']));
        }"""
    )
    assert set(drawn) == set("abcdefg")
    assert max(drawn.count(form) for form in "abcdefg") < 160


def _kept(page: Page) -> list[dict[str, Any]]:
    return [json.loads(text) for text in page.evaluate("Object.values(localStorage)")]


def _tab_to(page: Page, id: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == id:
            return
    raise AssertionError(id)
