"""A desk at the workbench, and a folder of its own for shares and backups."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from lerend_web.scans.domain.cards import print_cards
from lerend_web.scans.domain.opening import open_wave
from lerend_web.scans.models import Wave
from tests.lerend_web.scans.dairy import OPENS, add_holders, plan
from tests.lerend_web.workbench.desk import Desk, a_desk


@pytest.fixture(autouse=True)
def var(tmp_path: Path) -> Iterator[Path]:
    with override_settings(VAR=tmp_path):
        yield tmp_path


@pytest.fixture
def desk(db: None) -> Desk:
    return a_desk()


@pytest.fixture
def planned(desk: Desk) -> Wave:
    """Without keys and without cards."""
    return plan(desk.dairy)


@pytest.fixture
def open_one(desk: Desk) -> Wave:
    wave = plan(desk.dairy)
    add_holders(wave, desk.dairy)
    print_cards(wave=wave, by=desk.people["coordinator"], at=OPENS)
    return open_wave(wave=wave, by=desk.people["contact"], at=OPENS)
