"""A demo in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from lerend_web.core.clock import now
from lerend_web.demo.domain import seeding
from lerend_web.demo.domain.world import first_rounds


@pytest.fixture
def empty(tmp_path: Path, settings: Settings) -> Path:
    """An installation that may become a demo; gives its folder."""
    settings.VAR = tmp_path
    settings.DEMO = True
    return tmp_path


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two companies instead of twelve: the others differ in nothing but time."""
    monkeypatch.setattr(seeding, "first_rounds", lambda: first_rounds()[:2])


@pytest.fixture
def demo(empty: Path, quick: None) -> Path:
    """A demo as a visitor finds it; gives its folder."""
    seeding.seed(at=now())
    return empty
