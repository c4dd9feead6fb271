"""The company form in a real browser: on phone and desk, in light and dark, and without script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.lerend_web.browsing import Visit, seeded_by, visiting

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def seeded(address: str, environment: dict[str, str]) -> Any:
    """Forms in every state, in the databases of the platform that answers at `address`."""
    return seeded_by("tests.lerend_web.company_form.seeding", environment)


@pytest.fixture
def visit(browser: Browser, address: str, seeded: dict[str, Any]) -> Iterator[Visit]:
    with visiting(browser, address, seeded) as opened:
        yield opened


def test_every_screen_is_accessible_and_fits(visit: Visit) -> None:
    assert visit.faults() == {}


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
