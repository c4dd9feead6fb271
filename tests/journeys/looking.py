"""Looking at a page as everybody may see it: three widths, light and dark, without a fault for people or machines."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page

from tests.lerend_web.browsing import faults_in_every_look


class Looker:
    """Looks at each kind of page once. Pages are of one kind when their addresses differ in numbers and codes only."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def at(self, page: Page, *, state: str = "") -> None:
        """Fail when this page has a fault in any width or scheme.

        Args:
            page: it is left as it was.
            state: tells apart what one address can show.
        """
        kind = _kind(page.url) + state
        if kind in self.seen:
            return
        self.seen.add(kind)
        page.wait_for_load_state()
        assert faults_in_every_look(page) == [], kind


def visitor(browser: Browser, *, width: int = 1280, has_script: bool = True, language: str = "en-GB") -> Page:
    """Somebody with a browser of their own, and nothing in it yet."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, locale=language, java_script_enabled=has_script
    )
    context.set_default_timeout(30_000)
    return context.new_page()


def _kind(address: str) -> str:
    path = re.sub(r"^\w+://[^/]+", "", address).partition("#")[0].partition("?")[0]
    return re.sub(r"\d+|[0-9A-Za-z]{26}", "#", path)
