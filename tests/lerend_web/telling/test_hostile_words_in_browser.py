"""Attack T26 in a real browser: it makes nothing of hostile Markdown but what can be read, and asks nobody for anything."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt
from playwright.sync_api import Browser, Dialog, Page

from lerend_web.core.markdown import shown
from tests.lerend_web.core.test_markdown import is_harmless
from tests.lerend_web.telling.test_hostile_words import HOSTILE

pytestmark = pytest.mark.browser


def looked_at(page: Page, html: str) -> tuple[list[str], list[str]]:
    """What ran or was asked for while a browser read this, and the elements that it made of it."""
    happened: list[str] = []

    def heard(dialog: Dialog) -> None:
        happened.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", heard)
    page.on("request", lambda request: happened.append(request.url))
    page.set_content(f"<!DOCTYPE html><title>x</title><main>{html}</main>")
    page.wait_for_timeout(200)
    made = page.evaluate(
        "() => [...document.querySelectorAll('main *, body > :not(main)')].map((one) => one.cloneNode(false).outerHTML)"
    )
    return happened, made


def test_t26_a_real_browser_makes_nothing_else_of_them(browser: Browser) -> None:
    page = browser.new_page()
    happened, made = looked_at(page, shown(HOSTILE) + shown(f"> - ## {HOSTILE}"))
    page.close()
    assert happened == []
    assert [one for one in made if not is_harmless(one)] == []


def test_t26_same_browser_runs_them_where_nobody_cleans(browser: Browser) -> None:
    """The negative control."""
    page = browser.new_page()
    happened, made = looked_at(page, MarkdownIt("commonmark").render(HOSTILE))
    page.close()
    assert "1" in happened
    assert not all(is_harmless(one) for one in made)
