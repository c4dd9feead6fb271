"""T35: whoever has a slow line, or pretends to, keeps nobody else from handing in."""

from __future__ import annotations

from pathlib import Path

import pytest

from lerend_web.ops.processes import DOOR_2_OPTIONS
from tests.lerend_web.answering.running import full_sheet, new_person, running_door
from tests.lerend_web.answering.slow import slow_clients


@pytest.mark.parametrize("half", ["header", "body"])
def test_people_hand_in_beside_sixty_clients_that_stand_still(tmp_path: Path, half: str) -> None:
    with (
        running_door(tmp_path, cards=3, options=("--workers=1", *DOOR_2_OPTIONS)) as door,
        slow_clients(door.port, 60, half=half),
    ):
        for _ in range(3):
            card, secret, serial = new_person(door)
            assert door.deliver(full_sheet(card, secret))[0] == 200
            assert serial in door.serials()


def test_stopping_ends_what_was_begun(tmp_path: Path) -> None:
    with running_door(tmp_path, cards=1, options=("--workers=1", *DOOR_2_OPTIONS)) as door:
        card, secret, serial = new_person(door)
        assert door.deliver(full_sheet(card, secret))[0] == 200
        with slow_clients(door.port, 5):
            door.stop()
        assert door.process is not None
        assert door.process.returncode == 0
        assert serial in door.serials()
