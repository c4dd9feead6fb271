"""The whole demo, played in a browser against the platform as it is started: from the front page to the attack."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.lerend_web.answering.person import go_to_the_end, send

pytestmark = pytest.mark.browser

SOURCE = Path(__file__).parents[2] / "src"
Scheme = Literal["dark", "light"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the demo answers: one command in an empty folder."""
    environment = {"PATH": os.environ["PATH"], "LEREND_VAR": str(tmp_path_factory.mktemp("demo"))}
    environment |= {"PYTHONPATH": str(SOURCE), "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "lerend_web", "serve", "--port", "0", "--workers", "1"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        said = next(filter(None, (re.search(r"lerend: (http://\S+)/", line) for line in server.stdout)))
        yield said.group(1)
        server.terminate()


def new_page(browser: Browser, *, width: int = 1280, scheme: Scheme = "light", language: str = "nl") -> Page:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, locale=language)
    context.set_default_timeout(15_000)
    return context.new_page()


def must_be_accessible(page: Page) -> None:
    found = Axe().run(page)
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]  # it was set


def test_whole_story_from_the_front_page_to_the_attack(browser: Browser, demo: str) -> None:
    phone, desk = new_page(browser, width=360), new_page(browser)
    sanne_answers(phone, demo)
    others_answer(phone)
    marloes_closes(desk, demo)
    attacker_finds_her_by_the_usual_rule_only(desk)
    begin_again(desk, demo)
    for page in (phone, desk):
        page.context.close()


def sanne_answers(page: Page, demo: str) -> None:
    page.goto(demo)
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    assert page.locator(".demo-doors li").count() == 3
    must_be_accessible(page)
    page.locator(".demo-doors button[value=sanne]").click()
    must_be_accessible(page)
    with page.expect_popup() as opened:
        page.locator("#demo-answer").click()
    questions = opened.value
    questions.locator(".device").first.click()
    expect(questions.locator("#sheet")).to_be_visible()
    for _screen in range(2):
        for question in questions.locator("fieldset:visible").all():
            question.locator("label").nth(1).click()
        questions.locator("#next").click()
    go_to_the_end(questions)
    assert send(questions)
    assert questions.context.cookies(questions.url) == page.context.cookies(page.url)
    questions.close()
    page.reload()
    expect(page.locator("main .demo-button").last).to_have_attribute("href", "/demo/others")


def others_answer(page: Page) -> None:
    page.locator("main a[href='/demo/others']").click()
    must_be_accessible(page)
    page.locator("main form button").click()
    expect(page.locator("progress")).to_have_count(0)  # the page comes back without it when all have answered
    must_be_accessible(page)


def marloes_closes(page: Page, demo: str) -> None:
    page.goto(demo)
    page.locator(".demo-next button[value=marloes]").click()
    assert page.url == f"{demo}/demo/closing"
    must_be_accessible(page)
    assert page.locator("main a[download]").count() == 2
    page.locator("main form button").click()
    must_be_accessible(page)
    outcome = page.locator("main .demo-button").first.get_attribute("href")
    page.goto(f"{demo}{outcome}")
    text = page.locator("body").inner_text()
    assert "120" in text
    assert "Voorbeeld Zuivel" in text
    page.goto(demo)


def attacker_finds_her_by_the_usual_rule_only(page: Page) -> None:
    page.locator(".demo-next a").click()
    usual, ours = page.locator(".demo-trial").all()
    for answer in (1, 4):
        page.locator("#answer").select_option(str(answer))
        page.locator("main .demo-choice button").click()
        label = page.locator(f"#answer option[value='{answer}']").inner_text()
        expect(usual.locator(".demo-verdict")).to_contain_text(label)
        assert usual.locator("tfoot td").all_inner_texts()[1:] == [str(int(n == answer)) for n in range(1, 6)]
        assert ours.locator(".demo-possible li").count() == 5
    must_be_accessible(page)


def begin_again(page: Page, demo: str) -> None:
    page.locator(".demo-bar form[action='/demo/month'] button").click()
    assert "30" in page.locator(".demo-bar").inner_text()
    page.locator(".demo-bar form[action='/demo/again'] button").click()
    assert "30" not in page.locator(".demo-bar").inner_text()
    expect(page.locator(".demo-next button[value=sanne]")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768])
def test_front_page_holds_on_every_screen(browser: Browser, demo: str, width: int, scheme: Scheme) -> None:
    page = new_page(browser, width=width, scheme=scheme, language="en")
    page.goto(demo)
    must_be_accessible(page)
    for button in page.locator("main button").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 44
    page.context.close()


def test_arjen_sees_his_twelve_companies(browser: Browser, demo: str) -> None:
    page = new_page(browser)
    page.goto(demo)
    page.locator(".demo-doors button[value=arjen]").click()
    assert page.url == f"{demo}/work"
    assert "Arjen" in page.locator("body").inner_text()
    page.context.close()
