"""The company form in a real browser: on phone and desk, in light and dark, and without script."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.lerend_web.workbench.test_in_browser import Visit

pytestmark = pytest.mark.browser

REPOSITORY = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def seeded(address: str, environment: dict[str, str]) -> dict[str, Any]:
    """Forms in every state, in the databases of the platform that answers at `address`."""
    command = [sys.executable, "-m", "tests.lerend_web.company_form.seeding"]
    path = f"{environment['PYTHONPATH']}:{REPOSITORY}"
    done = subprocess.run(
        command, cwd=REPOSITORY, env={**environment, "PYTHONPATH": path}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture
def visit(browser: Browser, address: str, seeded: dict[str, Any]) -> Iterator[Visit]:
    opened = Visit(browser, address, seeded)
    yield opened
    opened.close()
    assert opened.complaints == []


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_screen_is_accessible_and_fits(
    visit: Visit, address: str, seeded: dict[str, Any], width: int, scheme: Literal["light", "dark"]
) -> None:
    looks = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme, "locale": "nl"}
    pages = {who: visit.by(who, **looks) for who in seeded["sessions"]}
    faults = {}
    for name, (who, path) in seeded["pages"].items():
        page = pages[who]
        answer = page.goto(f"{address}{path}")
        assert answer is not None
        assert answer.status == 200, name
        found = [fault["id"] for fault in Axe().run(page).response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append("scrolls sideways")
        faults[name] = found
    assert {name: found for name, found in faults.items() if found} == {}


def test_answers_are_large_enough_for_a_thumb_and_the_same_on_every_device(
    visit: Visit, address: str, seeded: dict[str, Any]
) -> None:
    heads = []
    for width in (320, 1280):
        page = visit.by("beginner", viewport={"width": width, "height": 800})
        page.goto(f"{address}{seeded['draft']}/1")
        labels = page.locator("fieldset label").all()
        boxes = [box for label in labels if (box := label.bounding_box())]
        assert len(boxes) == 30
        assert min(box["height"] for box in boxes) >= 44
        heads.append({round(box["x"]) for box in boxes})
    assert [len(left) for left in heads] == [1, 1]


def test_form_is_filled_in_without_script(visit: Visit, address: str, seeded: dict[str, Any]) -> None:
    page = visit.by("beginner", java_script_enabled=False)
    page.goto(f"{address}{seeded['draft']}/1")
    first = page.locator("fieldset").first
    first.get_by_label("Agree", exact=True).check()
    page.get_by_role("button", name="Save and go on").click()
    assert "Page 2 of 11" in page.locator("main").inner_text()
    page.get_by_role("button", name="Back").click()
    assert page.locator("fieldset").first.get_by_label("Agree", exact=True).is_checked()
    page.goto(f"{address}{seeded['draft']}/8")
    assert "Write a number here" in page.locator("main").inner_text()
