"""A demo in a folder of its own: made for one test, or once for a whole file of tests that each change a copy of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from pytest_django import DjangoDbBlocker, Settings

from lerend_web.core.clock import now
from lerend_web.demo.domain import seeding
from lerend_web.demo.domain.world import first_rounds
from tests.lerend_web.taken_back import taken_back


@pytest.fixture
def empty(tmp_path: Path, settings: Settings) -> Path:
    """An installation that may become a demo; gives its folder."""
    settings.VAR = tmp_path
    settings.DEMO = True
    return tmp_path


def _make_two_companies(patch: pytest.MonkeyPatch) -> None:
    """Two companies instead of twelve: the others differ in nothing but time."""
    patch.setattr(seeding, "first_rounds", lambda: first_rounds()[:2])


@pytest.fixture
def demo(empty: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A demo as a visitor finds it; gives its folder."""
    _make_two_companies(monkeypatch)
    seeding.seed(at=now())
    return empty


@pytest.fixture(scope="module")
def kept_demo(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """Made once; the last test of a file takes it back."""
    folder = tmp_path_factory.mktemp("demo")
    with (
        django_db_blocker.unblock(),
        taken_back(),
        override_settings(VAR=folder, DEMO=True),
        pytest.MonkeyPatch.context() as patch,
    ):
        _make_two_companies(patch)
        seeding.seed(at=now())
        yield folder


@pytest.fixture
def copied_demo(kept_demo: Path, empty: Path) -> Path:
    """As `demo`, for files in which every test begins with it; gives the folder of this test."""
    shutil.copytree(kept_demo, empty, dirs_exist_ok=True)
    return empty
