"""The screens of models and questionnaires in a real browser: on phone and desk, in light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.lerend_web.browsing import Visit, seeded_by, visiting
from tests.lerend_web.instruments.files import AFTER, BEFORE, changed_scan

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def seeded(address: str, environment: dict[str, str]) -> Any:
    """A programme with an own questionnaire and two drafts, in the databases of the platform at `address`."""
    return seeded_by("tests.lerend_web.instruments.seeding", environment)


@pytest.fixture
def visit(browser: Browser, address: str, seeded: dict[str, Any]) -> Iterator[Visit]:
    with visiting(browser, address, seeded) as opened:
        yield opened


def test_every_screen_is_accessible_and_fits(visit: Visit) -> None:
    assert visit.faults((320, 1280)) == {}


def test_file_is_handed_in_read_and_published_without_script(
    visit: Visit, address: str, seeded: dict[str, Any], tmp_path: Path
) -> None:
    page = visit.by("researcher", java_script_enabled=False)
    page.goto(f"{address}{seeded['pages']['upload'][1]}")
    file = tmp_path / "scan.yaml"
    file.write_bytes(changed_scan(("id: employee-scan\n", "id: night-scan\n"), (BEFORE, AFTER)))
    page.get_by_label("File with the new version").set_input_files(file)
    page.get_by_role("button", name="Look at the difference").click()
    page.get_by_label("Laid beside").select_option("employee-scan@1")
    page.get_by_role("button", name="Show this difference").click()
    shown = page.locator("main").inner_text()
    assert BEFORE in shown
    assert AFTER in shown
    page.get_by_label("I have read the difference").check()
    page.get_by_role("button", name="Publish it").click()
    assert page.get_by_role("status").inner_text().startswith("Published.")
