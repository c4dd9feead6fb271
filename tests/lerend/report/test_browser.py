"""The report in a real browser: accessibility, narrow screens, and paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from lerend.diagnosis.result import Diagnosis
from lerend.wording import Text, say

from .diagnoses import Shape, made_diagnosis
from .test_html import STATES, page

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed (apt-get install chromium)"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


def opened(browser: Browser, html: str, *, width: int = 1280, dark: bool = False) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light", bypass_csp=True
    )
    tab = context.new_page()
    tab.set_content(html)
    return tab


@pytest.mark.parametrize(
    ("state", "dark"),
    [
        ("programme", False),
        ("one company", True),
        ("hidden team", True),
        ("not for sharing", False),
    ],
)
def test_no_accessibility_problem_is_found(browser: Browser, state: str, dark: bool) -> None:
    shape, unit = STATES[state]
    tab = opened(browser, page(shape, unit=unit, language="nl"), dark=dark)
    tab.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    found = Axe().run(tab, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]})
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("state", STATES)
def test_a_small_phone_never_scrolls_sideways(browser: Browser, state: str) -> None:
    shape, unit = STATES[state]
    tab = opened(browser, page(shape, unit=unit, language="nl"), width=320)
    tab.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320
    tab.add_style_tag(content=SPACED)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_phone_gets_the_picture_that_is_drawn_for_it(browser: Browser) -> None:
    html = page(Shape(companies=1))
    for width, seen in ((360, ["narrow-model"]), (1280, ["wide-model"])):
        tab = opened(browser, html, width=width)
        drawn = tab.evaluate("[...document.querySelectorAll('svg.model')].filter(e => e.clientWidth).map(e => e.id)")
        assert drawn == seen


def test_no_text_of_a_picture_leaves_the_picture(browser: Browser) -> None:
    html = page(Shape(companies=1), language="nl")
    for width in (320, 1280):
        tab = opened(browser, html, width=width)
        outside = tab.evaluate(
            """[...document.querySelectorAll('figure svg')].filter(e => e.clientWidth).flatMap(svg => {
                 const frame = svg.getBoundingClientRect();
                 return [...svg.querySelectorAll('text')].filter(t => {
                   const box = t.getBoundingClientRect();
                   return box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1;
                 }).map(t => t.textContent);
               })"""
        )
        assert outside == []


def wordy(shape: Shape) -> Diagnosis:
    """Sentences as long as they may ever get, a note, and a difference on every third topic in two ways."""
    base = made_diagnosis(shape)
    long = say(
        "{text}", text=Text("Mensen merken dit niet elke week in hun werk. " * 4, "People do not notice it. " * 6)
    )
    units = [base.programme, *base.companies]
    programme, *companies = (
        replace(
            unit,
            headline=(long,) * 5,
            findings=tuple(replace(finding, sentence=long) for finding in unit.findings),
            gaps=(*unit.gaps, *(replace(gap, seen_by="leaders") for gap in unit.gaps)),
        )
        for unit in units
    )
    return replace(base, programme=programme, companies=tuple(companies), notes=(long, long))


@pytest.mark.parametrize(
    "diagnosis",
    [
        made_diagnosis(Shape(companies=50, teams=0)),
        wordy(Shape(companies=60, teams=0)),
        wordy(Shape(companies=1, teams=30)),
        wordy(Shape(companies=200, teams=0)),
    ],
    ids=["50 companies", "60 companies, many words", "30 teams, many words", "200 companies, many words"],
)
def test_the_report_is_at_most_eight_printed_pages(browser: Browser, diagnosis: Diagnosis) -> None:
    tab = opened(browser, page(diagnosis, language="nl"))
    paper = tab.pdf(prefer_css_page_size=True, print_background=True)
    pages = len(re.findall(rb"/Type\s*/Page\b", paper))
    assert 4 <= pages <= 8


@pytest.mark.parametrize("shape", [Shape(companies=50), Shape(companies=1, teams=9)], ids=str)
def test_nothing_is_wider_than_the_paper(browser: Browser, shape: Shape) -> None:
    tab = opened(browser, page(shape, language="nl"), width=680)
    tab.emulate_media(media="print")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 680
