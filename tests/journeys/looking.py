"""Looking at a page as everybody may see it: three widths, light and dark, without a fault for people or machines."""

from __future__ import annotations

import re
from typing import Any, Final, Literal

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Browser, Page

WIDTHS: Final = (320, 768, 1280)
SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
_AXE: Final = AXE_FILE_PATH.read_text("utf-8")
_FAULTS: Final = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
    .map((fault) => [fault.id, fault.nodes.map((node) => node.html)])"""


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
        size = page.viewport_size
        faults = [fault for width in WIDTHS for fault in self._in_width(page, width)]
        page.emulate_media(color_scheme=None)
        if size is not None:
            page.set_viewport_size(size)
        assert faults == [], kind

    def _in_width(self, page: Page, width: int) -> list[tuple[Any, ...]]:
        page.set_viewport_size({"width": width, "height": 800})
        faults: list[tuple[Any, ...]] = []
        page.wait_for_load_state()
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append((width, "scrolls sideways"))
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            if not page.evaluate("'axe' in window"):
                page.evaluate(_AXE)
            faults += [(width, scheme, *fault) for fault in page.evaluate(_FAULTS)]
        return faults


def visitor(browser: Browser, *, width: int = 1280, has_script: bool = True, language: str = "en-GB") -> Page:
    """Somebody with a browser of their own, and nothing in it yet."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, locale=language, java_script_enabled=has_script
    )
    context.set_default_timeout(6_000)
    return context.new_page()


def _kind(address: str) -> str:
    path = re.sub(r"^\w+://[^/]+", "", address).partition("#")[0].partition("?")[0]
    return re.sub(r"\d+|[0-9A-Za-z]{26}", "#", path)
