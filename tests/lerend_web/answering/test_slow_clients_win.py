"""The negative control of T35: with threads that read for themselves, sixty clients that stand still keep everybody out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lerend_web.answering.running import full_sheet, new_person, running_door
from tests.lerend_web.answering.slow import slow_clients

PLAIN = ("--threads=4", "--preload", "--no-control-socket", "--log-level=error", "--graceful-timeout=1")


def test_without_reading_whole_requests_first_nobody_gets_through(tmp_path: Path) -> None:
    with running_door(tmp_path, cards=1, options=("--workers=1", *PLAIN)) as door, slow_clients(door.port, 60):
        card, secret, _ = new_person(door)
        with pytest.raises(TimeoutError):
            door.deliver(full_sheet(card, secret))
