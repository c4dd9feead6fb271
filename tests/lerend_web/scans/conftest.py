"""A small dairy with a plan for a round, and the people who run it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from lerend_web.scans.models import Wave
from tests.lerend_web.scans.dairy import Dairy, add_holders, new_dairy, opened, plan


@pytest.fixture(autouse=True)
def var(tmp_path: Path) -> Iterator[Path]:
    """A folder of its own for shares and backups."""
    with override_settings(VAR=tmp_path):
        yield tmp_path


@pytest.fixture
def dairy(db: None) -> Dairy:
    return new_dairy()


@pytest.fixture
def wave(dairy: Dairy) -> Wave:
    """Planned, with two keys that were tried: only cards are missing."""
    wave = plan(dairy)
    add_holders(wave, dairy)
    return wave


@pytest.fixture
def open_one(wave: Wave, dairy: Dairy) -> Wave:
    return opened(wave, dairy)
