"""Every screen of the workbench in a real browser: on phone and desk, in light and dark; and making a key."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Page

from tests.lerend_web.browsing import Visit, seeded_by, visiting

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def seeded(address: str, environment: dict[str, str]) -> Any:
    """Rounds in every state, in the databases of the platform that answers at `address`."""
    return seeded_by("tests.lerend_web.workbench.seeding", environment)


@pytest.fixture
def visit(browser: Browser, address: str, seeded: dict[str, Any]) -> Iterator[Visit]:
    with visiting(browser, address, seeded) as opened:
        yield opened


def test_every_screen_is_accessible_and_fits(visit: Visit) -> None:
    assert visit.faults() == {}


def test_buttons_are_large_enough_for_a_thumb(visit: Visit, address: str, seeded: dict[str, Any]) -> None:
    page = visit.by("contact", viewport={"width": 360, "height": 800})
    for name in ("organisation", "team", "planned round", "plan"):
        page.goto(f"{address}{seeded['pages'][name][1]}")
        for button in page.locator("main button:visible, main a.button:visible, main .tabs a").all():
            box = button.bounding_box()
            assert box is not None
            assert box["height"] >= 43, f"{name}: {button.inner_text()}"


def test_key_is_made_in_the_browser_saved_handed_in_and_tried(
    visit: Visit, address: str, seeded: dict[str, Any], tmp_path: Path
) -> None:
    page = visit.by("council")
    page.goto(f"{address}{seeded['keys']}")
    _without_keys(page)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    page.get_by_label("Who keeps this key").first.fill("works council")
    page.get_by_role("button", name="Make my key").click()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save my key file").click()
    file = tmp_path / "key.json"
    saved.value.save_as(file)
    page.get_by_role("button", name="I have saved or printed it").click()
    page.wait_for_url("**done=key-added**")
    assert json.loads(file.read_text())["private"] not in "".join(sent)
    page.get_by_label("Your key file").set_input_files(file)
    page.get_by_role("button", name="Try this key").click()
    page.wait_for_url("**done=key-tried**")
    assert page.get_by_role("cell", name="works, tried on").count() == 1


def _without_keys(page: Page) -> None:
    """A person hands in one key a round, and these tests share a person and a round."""
    for _made in range(page.get_by_role("button", name="Take this key away").count()):
        page.get_by_role("button", name="Take this key away").first.click()
        page.wait_for_url("**done=removed")


def test_key_is_printed_handed_in_and_typed_from_the_sheet(visit: Visit, address: str, seeded: dict[str, Any]) -> None:
    page = visit.by("council")
    page.goto(f"{address}{seeded['keys']}")
    _without_keys(page)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    page.evaluate(
        "window.print = () => { window.printed = getComputedStyle(document.querySelector('.key-sheet')).display; dispatchEvent(new Event('afterprint')) }"
    )
    page.get_by_label("Who keeps this key").first.fill("envelope")
    page.get_by_role("button", name="Make my key").click()
    page.get_by_role("button", name="Print it on paper instead").click()
    assert page.evaluate("window.printed") == "block"
    hand_in = page.get_by_role("button", name="I have saved or printed it")
    assert hand_in.is_disabled(), "a print that was cancelled is no key"
    page.get_by_label("The sheet is printed").check()
    lines = page.locator("[data-key-lines] li").all_text_contents()
    page.get_by_role("button", name="I have saved or printed it").click()
    page.wait_for_url("**done=key-added**")
    assert lines[1].replace(" ", "") not in "".join(sent).replace(" ", "")
    page.get_by_text("My key is on paper").click()
    page.get_by_label("The four lines on your sheet").fill("\n".join(lines).lower())
    page.get_by_role("button", name="Try this key").click()
    page.wait_for_url("**done=key-tried**")


def test_teams_are_edited_without_script(visit: Visit, address: str, seeded: dict[str, Any]) -> None:
    page = visit.by("contact", java_script_enabled=False)
    page.goto(f"{address}{seeded['pages']['no teams'][1]}")
    page.get_by_label("Name").fill("Line 1")
    page.get_by_label("Own people").fill("12")
    page.get_by_role("button", name="Add this team").click()
    page.get_by_role("link", name="Change Line 1").click()
    page.get_by_label("Own people").first.fill("14")
    page.get_by_role("button", name="Save").click()
    assert page.get_by_role("status").inner_text() == "Saved."
    assert page.locator(".tree .people").inner_text() == "14"


def test_file_is_looked_at_and_taken_in_without_script(
    visit: Visit, address: str, seeded: dict[str, Any], tmp_path: Path
) -> None:
    page = visit.by("contact", java_script_enabled=False)
    page.goto(f"{address}{seeded['pages']['import'][1]}")
    file = tmp_path / "teams.csv"
    file.write_text("team;onderdeel van;aantal\nDroger;Hal;9\n", "utf-8")
    page.get_by_label("File with your teams").set_input_files(file)
    page.get_by_role("button", name="Look at it first").click()
    assert "Hal > Droger" in page.locator("main").inner_text()
    page.get_by_role("button", name="Take this in").click()
    assert page.get_by_role("status").inner_text() == "The file has been taken in."


def test_t18_no_name_runs_as_a_program(visit: Visit, address: str, seeded: dict[str, Any]) -> None:
    page = visit.by("contact")
    said: list[str] = []

    def heard(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", heard)
    for place in seeded["named like programs"]:
        page.goto(f"{address}{place}")
        assert page.get_by_text("<script>alert(1)</script>").count() > 0, "the name is there, as text"
    assert said == []
    page.evaluate("setTimeout(() => alert('works'), 0)")
    page.wait_for_timeout(200)
    assert said == ["works"], "a program would have been heard"
