"""Pulses in a real browser: every screen on phone and desk, light and dark, and the keys of a series made there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from lerend_web.urn.key_series import key_in_series
from lerend_web.urn.sealing import public_half
from tests.lerend_web.browsing import Visit, seeded_by, visiting

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def seeded(address: str, environment: dict[str, str]) -> Any:
    """Series of pulses in every state, in the databases of the platform at `address`."""
    return seeded_by("tests.lerend_web.pulses.seeding", environment)


@pytest.fixture
def visit(browser: Browser, address: str, seeded: dict[str, Any]) -> Iterator[Visit]:
    with visiting(browser, address, seeded) as opened:
        yield opened


def test_every_screen_is_accessible_and_fits(visit: Visit) -> None:
    assert visit.faults((320, 1280)) == {}


def test_a_file_made_in_the_browser_holds_a_key_of_its_own_for_each_pulse(
    visit: Visit, address: str, seeded: dict[str, Any], tmp_path: Path
) -> None:
    """The other half of it, with Python, is in `test_key_series`."""
    page = visit.by("council")
    page.goto(f"{address}{seeded['pages']['keys'][1]}")
    codes = json.loads(page.locator("form[data-key-series]").get_attribute("data-key-series") or "")
    page.get_by_label("Who keeps these keys").fill("Council “north”")
    page.get_by_role("button", name="Make my keys").press("Enter")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save my key file").press("Enter")
    saved.value.save_as(tmp_path / "keys.json")
    content = (tmp_path / "keys.json").read_bytes()
    sent = json.loads(page.locator("[data-key-public]").input_value())
    keys = [key_in_series(content, wave=code) for code in codes]
    assert len({key.private for key in keys}) == len(codes) == 2
    assert all(public_half(key.private) == key.public and key.label == "Council “north”" for key in keys)
    assert not any(key in json.dumps(sent) for key in (one["private"] for one in json.loads(content)["keys"]))
    page.get_by_role("button", name="I have saved it").press("Enter")
    expect(page.get_by_role("heading", level=3, name="Council “north”")).to_be_visible()
