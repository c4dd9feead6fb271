"""Door 1 in Polish on every screen, in both lights."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_start_page_has_no_accessibility_fault(
    browser: Browser, address: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, locale="pl")
    page = context.new_page()
    page.goto(f"{address}/start/#{'a' * 26}.{'0' * 32}")
    assert page.locator("html").get_attribute("lang") == "pl"
    assert page.get_by_role("button", name="Zacznij", exact=True).is_visible()
    assert [fault["id"] for fault in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
