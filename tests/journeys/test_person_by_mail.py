"""A person by mail: from the invitation, over a blind token, to a receipt; changed once, and withdrawn."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.looking import Looker, visitor
from tests.journeys.site import Site, open_mail
from tests.lerend_web.answering.person import answer_first, go_to_the_end, send

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    page = visitor(browser, width=360)
    yield page
    page.context.close()


def test_from_the_mail_to_a_receipt_then_changed_and_withdrawn(phone: Page, site: Site) -> None:
    looker = Looker()
    told, cookies = listen(phone, site)
    secret = reads_the_invitation(phone, site, looker)
    starts(phone, looker)
    first = answers(phone, site, looker, option=3)
    assert site.boxes == 1
    changed = changes(phone, looker)
    assert (changed, site.boxes) == (first, 1), "one person, one ballot"
    withdraws(phone, looker)
    assert site.boxes == 0
    assert told
    assert not [text for text in told if secret in text], "what stands behind the # is never sent"
    assert cookies == [], "door 2 sets none"


def listen(page: Page, site: Site) -> tuple[list[str], list[str]]:
    """All that the browser says from here on, and every cookie that door 2 tries to set."""
    told: list[str] = []
    cookies: list[str] = []
    page.on("request", lambda request: told.append(f"{request.url} {request.headers} {request.post_data}"))
    of_door_2 = (f"{site.door}/",)
    page.on(
        "response",
        lambda reply: cookies.extend(
            value for name, value in reply.headers.items() if name == "set-cookie" and reply.url.startswith(of_door_2)
        ),
    )
    return told, cookies


def reads_the_invitation(page: Page, site: Site, looker: Looker) -> str:
    """Gives the secret in the link."""
    page.goto(site.address)
    looker.at(page)
    page.get_by_role("main").get_by_role("link", name="Open Noor's invitation").click()
    open_mail(page, site, "Voorbeeld Bakkerij would like to know", to="noor@bakkerij.example")
    expect(page.get_by_role("main")).to_contain_text("noor@bakkerij.example")
    looker.at(page, state="mail")
    link = page.get_by_role("link", name="/start/#").first
    secret = link.inner_text().rpartition(".")[2]
    assert len(secret) == 32
    link.click()
    return secret


def starts(page: Page, looker: Looker) -> None:
    """Nothing but a click on Start uses the link up, and no other page learns of it."""
    start = page.get_by_role("button", name="Start", exact=True)
    expect(start).to_be_visible()
    looker.at(page)
    start.click()
    own = page.get_by_role("button", name="Only me")
    expect(own).to_be_visible()
    looker.at(page, state="start")
    own.click()


def answers(page: Page, site: Site, looker: Looker, *, option: int) -> str:
    assert page.url.startswith(site.door)
    expect(page.locator("fieldset:visible").first).to_be_visible()
    answer_first(page, option)
    looker.at(page, state="questions")
    go_to_the_end(page)
    looker.at(page, state="check")
    receipt = send(page)
    looker.at(page, state="thanks")
    return receipt


def changes(page: Page, looker: Looker) -> str:
    page.get_by_role("link", name="Change or withdraw").first.click()
    change = page.get_by_role("button", name="Change my answers")
    expect(change).to_be_visible()
    looker.at(page, state="withdraw")
    change.click()
    expect(page.locator("fieldset:visible").first).to_be_visible()
    answer_first(page, 1)
    go_to_the_end(page)
    return send(page)


def withdraws(page: Page, looker: Looker) -> None:
    page.get_by_role("link", name="Change or withdraw").first.click()
    page.get_by_role("button", name="Withdraw my answers").click()
    expect(page.get_by_text("Your answers are withdrawn")).to_be_visible()
    looker.at(page, state="withdrawn")
