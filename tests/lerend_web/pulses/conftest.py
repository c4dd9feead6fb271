"""A small dairy with an action, and a series of pulses about it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from lerend_web.pulses.models import PulseSeries
from lerend_web.themes.models import Action
from tests.lerend_web.pulses.series import an_action, planned, sealed
from tests.lerend_web.scans.dairy import Dairy, new_dairy


@pytest.fixture(autouse=True)
def var(tmp_path: Path) -> Iterator[Path]:
    """A folder of its own for shares and backups."""
    with override_settings(VAR=tmp_path):
        yield tmp_path


@pytest.fixture
def dairy(db: None) -> Dairy:
    return new_dairy()


@pytest.fixture
def action(dairy: Dairy) -> Action:
    return an_action(dairy)


@pytest.fixture
def series(dairy: Dairy, action: Action) -> PulseSeries:
    """Planned: two pulses in two teams; nothing is promised."""
    return planned(dairy, action)


@pytest.fixture
def out(dairy: Dairy, series: PulseSeries) -> PulseSeries:
    """The same, sealed with two key holders, who tried their keys."""
    return sealed(dairy, series)
