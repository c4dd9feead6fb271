"""What a browser asks for while somebody takes part, and what it tells others: nothing beyond door 2."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route

from tests.lerend_web.answering.door import Door
from tests.lerend_web.answering.person import answer_first, device, go_to_the_end, send

pytestmark = pytest.mark.browser

TRACKER, OUTSIDE = "http://tracker.example/mail?person=17", "http://outside.example/help"


def come_from_a_tracker(context: BrowserContext, door: Door, asked: list[Request]) -> Page:
    """A page that wants its address to be known has a link to a card."""
    link = f'<meta name="referrer" content="unsafe-url"><a href="{door.address}/{door.wave}/#{door.draw()}">Scan</a>'
    context.route("http://*.example/**", lambda route: route.fulfill(content_type="text/html", body=link))
    page = context.new_page()
    page.goto(TRACKER)
    context.on("request", lambda request: asked.append(request))
    page.get_by_text("Scan").click()
    return page


def take_part(page: Page, door: Door) -> None:
    page.locator(".device").nth(0).click()
    answer_first(page, 2)
    go_to_the_end(page)
    send(page)
    for path in ("", f"{door.wave}/promise", f"{door.wave}/withdraw", "nothing"):
        page.goto(f"{door.address}/{path}")


@pytest.mark.parametrize("language", ["nl", "en", "pl"])
def test_every_request_goes_to_door_2_without_cookie_or_referrer(browser: Browser, opened: Door, language: str) -> None:
    asked: list[Request] = []
    with device(browser, language=language) as context:
        page = come_from_a_tracker(context, opened, asked)
        take_part(page, opened)
        assert context.cookies() == []
        headers = [request.all_headers() for request in asked]
    assert len(asked) > 10
    assert {urlsplit(request.url).netloc for request in asked} == {urlsplit(opened.address).netloc}
    assert {request.resource_type for request in asked}.isdisjoint(
        {"font", "ping", "media", "websocket", "eventsource"}
    )
    assert not [found for found in headers if "cookie" in found]
    told = [found["referer"] for found in headers if "referer" in found]
    assert told == [TRACKER], "only the tracker's own page may speak of itself; ours never pass anything on"


def told_outside(page: Page, asked: list[Request]) -> tuple[str | None, str]:
    """Follow a link to outside from our page; gives what is told on the way, and what the other page can read."""
    page.locator(".device").nth(0).click()
    page.evaluate(
        """address => {
            const link = document.createElement('a');
            link.href = address;
            document.body.append(link);
            link.click();
        }""",
        OUTSIDE,
    )
    page.wait_for_url(OUTSIDE)
    outside = next(request for request in asked if request.url == OUTSIDE)
    return outside.all_headers().get("referer"), page.evaluate("document.referrer")


def test_link_to_outside_tells_nobody_where_it_was_followed(browser: Browser, opened: Door) -> None:
    asked: list[Request] = []
    with device(browser) as context:
        assert told_outside(come_from_a_tracker(context, opened, asked), asked) == (None, "")


def test_same_link_tells_where_our_pages_allow_it(browser: Browser, opened: Door) -> None:
    """The negative control: our pages with the opposite of what keeps this to themselves, in the header and the page."""
    asked: list[Request] = []

    def talkative(route: Route) -> None:
        response = route.fetch()
        headers = {**response.headers, "referrer-policy": "unsafe-url"}
        route.fulfill(response=response, headers=headers, body=response.text().replace("no-referrer", "unsafe-url"))

    with device(browser) as context:
        context.route(f"{opened.address}/**", talkative)
        on_the_way, there = told_outside(come_from_a_tracker(context, opened, asked), asked)
        context.unroute_all(behavior="wait")  # a page that is still being changed would break the next test
    assert on_the_way == there
    assert there.startswith(f"{opened.address}/{opened.wave}/")
