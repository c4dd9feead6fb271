"""Pages of the running platform in a real browser: seeded, signed in, and looked at as everybody may see them.

A page is loaded once and then looked at in every width, light and dark. What the dark changes are colours: where the
page's own styles say so, only the rules about colour are judged again there.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.request import Request, urlopen

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Browser, BrowserContext, Page

WIDTHS: Final = (320, 768, 1280)
REPOSITORY: Final = Path(__file__).parents[2]
Faults = list[tuple[Any, ...]]

_AXE: Final = AXE_FILE_PATH.read_text("utf-8")
_FAULTS: Final = """async (colours) => {
    const rules = colours ? {runOnly: {type: 'rule', values: ['color-contrast', 'link-in-text-block']}} : {};
    const found = await axe.run(document, {resultTypes: ['violations'], ...rules});
    return found.violations.map((fault) => [fault.id, fault.nodes.map((node) => node.html)]);
}"""
_DARK_IS_COLOURS: Final = """() => [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => rule instanceof CSSMediaRule && rule.conditionText.includes('prefers-color-scheme'))
    .flatMap((rule) => [...rule.cssRules])
    .every((rule) => rule.style && [...rule.style].every((name) => CSS.supports('color', rule.style.getPropertyValue(name))))"""


def faults_of(page: Page, *, colours_only: bool = False) -> Faults:
    """Faults for people with a handicap that a machine can find in the page as it is now: rule and elements."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    return [tuple(fault) for fault in page.evaluate(_FAULTS, colours_only)]


def faults_in_every_look(page: Page, widths: Sequence[int] = WIDTHS) -> Faults:
    """The same in every width, light and dark, and where the page scrolls sideways; the page is left as it was."""
    faults: Faults = []
    size = page.viewport_size
    only_colours = bool(page.evaluate(_DARK_IS_COLOURS))
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append((width, "scrolls sideways"))
        page.emulate_media(color_scheme="light")
        faults += [(width, "light", *fault) for fault in faults_of(page)]
        page.emulate_media(color_scheme="dark")
        faults += [(width, "dark", *fault) for fault in faults_of(page, colours_only=only_colours)]
    page.emulate_media(color_scheme="null")
    if size is not None:
        page.set_viewport_size(size)
    return faults


def seeded_by(module: str, environment: dict[str, str]) -> Any:
    """What a program like ``tests.lerend_web.workbench.seeding`` prints, run in the databases of that environment."""
    done = subprocess.run(
        [sys.executable, "-m", module],
        cwd=REPOSITORY,
        env={**environment, "PYTHONPATH": f"{environment['PYTHONPATH']}:{REPOSITORY}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


class Visit:
    """Browsers in which somebody of the seeded people is signed in, or nobody; they remember every complaint."""

    def __init__(self, browser: Browser, site: str, seeded: dict[str, Any], expected: str = "") -> None:
        self._browser, self._site, self._seeded, self._expected = browser, site, seeded, expected
        self._open: list[BrowserContext] = []
        self.complaints: list[str] = []
        self._seen: set[str] = set()

    def by(self, who: str = "", **wish: Any) -> Page:
        """A page in a browser of its own.

        Args:
            who: a name in ``seeded["sessions"]``; nobody is signed in when empty.
            wish: what Playwright's new_context takes; pages are English when no locale is wished for.
        """
        context = self._browser.new_context(**{"locale": "en-GB"} | wish)
        if who:
            session = self._seeded["sessions"][who]
            context.add_cookies([{"name": self._seeded["cookie"], "value": session, "url": self._site}])
        self._open.append(context)
        page = context.new_page()
        page.on("console", lambda message: self._hear(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def _hear(self, text: str) -> None:
        if not (self._expected and self._expected in text.lower()):
            self.complaints.append(text)

    def close(self) -> None:
        while self._open:
            self._open.pop().close()

    def faults(self, widths: Sequence[int] = WIDTHS, *, only: Sequence[str] = (), locale: str = "nl") -> dict[str, Any]:
        """Pages of ``seeded["pages"]`` that are not as they should be in some look, with what is wrong there.

        Every page must be there; of those that differ in their words only, the first is looked at.

        Args:
            widths: in pixels.
            only: names of pages; all when empty.
            locale: the language of the browser.
        """
        page, faults = self.by(locale=locale), {}
        page.add_init_script(_AXE)
        for name in only or self._seeded["pages"]:
            who, path = self._seeded["pages"][name]
            cookie = {"name": self._seeded["cookie"], "value": self._seeded["sessions"][who]}
            kind = _kind(f"{self._site}{path}", f"{cookie['name']}={cookie['value']}", locale)
            if kind not in self._seen:
                self._seen.add(kind)
                page.context.add_cookies([{**cookie, "url": self._site}])  # type: ignore[typeddict-item]  # all that is needed
                page.goto(f"{self._site}{path}")
                faults[name] = faults_in_every_look(page, widths)
        return {name: found for name, found in faults.items() if found}


def _kind(address: str, cookie: str, language: str) -> str:
    """The elements and classes of a page, without its words; fails when it is not there."""
    with urlopen(Request(address, headers={"Cookie": cookie, "Accept-Language": language})) as page:  # noqa: S310 -- our own process
        assert page.status == 200, address
        elements = re.sub(r">[^<]+<", "><", page.read().decode())
    return re.sub(r' (action|aria-label|content|datetime|for|href|id|name|src|title|value)="[^"]*"', "", elements)


@contextmanager
def visiting(
    browser: Browser, site: str = "", seeded: dict[str, Any] | None = None, *, expected: str = ""
) -> Iterator[Visit]:
    """Fails the test when a browser complains, such as about our own content security policy.

    Args:
        browser: of the fixture.
        site: where the platform answers.
        seeded: what `seeded_by` gave.
        expected: a word, in small letters, of complaints that belong to the test.
    """
    opened = Visit(browser, site, seeded or {}, expected)
    try:
        yield opened
    finally:
        opened.close()
    assert opened.complaints == []
