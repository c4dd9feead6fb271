"""Taking in a scan that was held elsewhere, in a real browser: accessible and fitting at every step, by keyboard too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.lerend_web.browsing import Visit, faults_in_every_look, seeded_by, visiting
from tests.lerend_web.scans.elsewhere import PROMISED, as_csv, rows_of

pytestmark = pytest.mark.browser
WIDTHS = (320, 1280)


@pytest.fixture(scope="module")
def seeded(address: str, environment: dict[str, str]) -> Any:
    return seeded_by("tests.lerend_web.workbench.import_scan_seeding", environment)


@pytest.fixture
def visit(browser: Browser, address: str, seeded: dict[str, Any]) -> Iterator[Visit]:
    with visiting(browser, address, seeded, expected="400 (bad request)") as opened:
        yield opened


def look(page: Page, file: Path) -> None:
    page.get_by_label("File with the answers").set_input_files(file)
    page.get_by_role("button", name="Look at it first").click()


def test_every_step_is_accessible_fits_and_leads_to_the_round(
    visit: Visit, address: str, seeded: dict[str, Any], tmp_path: Path
) -> None:
    good, bad = tmp_path / "scan.csv", tmp_path / "names.csv"
    good.write_bytes(as_csv(rows_of()))
    bad.write_bytes(as_csv(rows_of(more={"Naam": lambda person: f"Somebody {person}"})))
    page = visit.by("contact")
    page.goto(address + seeded["import"])
    faults = {"form": faults_in_every_look(page, WIDTHS)}
    page.get_by_label("Name of the round").fill("Scan of 2024")
    page.get_by_label("Day on which it was collected").fill("2024-03-09")
    page.get_by_label("What were people promised when they answered?").fill(PROMISED)
    page.get_by_label("What happens with the answers here fits that promise").press("Space")
    look(page, bad)
    page.get_by_role("cell", name="Column “Naam” looks like names of people.").wait_for()
    faults["refused"] = faults_in_every_look(page, WIDTHS)
    look(page, good)
    page.get_by_text("This is what is in scan.csv").wait_for()
    faults["preview"] = faults_in_every_look(page, WIDTHS)
    page.get_by_label("The same file once more").set_input_files(good)
    page.get_by_role("button", name="Take it in").click()
    page.wait_for_url("**done=taken-in")
    page.get_by_text("collected elsewhere").first.wait_for()
    faults["round"] = faults_in_every_look(page, WIDTHS)
    assert {step: found for step, found in faults.items() if found} == {}
