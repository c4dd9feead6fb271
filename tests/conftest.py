"""What every test may need: a browser, and one clear line about what was not tested here."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from tests.long import LONG

HOME = Path(__file__).parents[1]
# Laws that need more examples say so themselves; `HYPOTHESIS_PROFILE=default` looks longer everywhere.
settings.register_profile("quick", max_examples=30)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium of the system; tests that need it carry the mark `browser`.

    One a module: a process can hold one only, and a module may bring a browser of its own.
    """
    if CHROMIUM is None:
        pytest.skip("no Chromium here (on Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        # In a container there is no second sandbox to be had; these are pages of our own.
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is of the long form."""
    for item in items:
        if item.path.relative_to(HOME).as_posix() in LONG:
            item.add_marker(pytest.mark.long)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line a reason for what was skipped, however many tests it were."""
    reasons = Counter(report.longrepr[2] for report in terminalreporter.stats.get("skipped", []))
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"{count} not run: {reason.removeprefix('Skipped: ')}")
