"""Received means durable: killed processes lose nothing that was acknowledged, and store nothing twice."""

from __future__ import annotations

from pathlib import Path

from tests.lerend_web.answering.killing import kill_often
from tests.lerend_web.answering.running import running_door


def test_twenty_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    with running_door(tmp_path, cards=6000) as door:
        outcome = kill_often(door, kills=20)
    assert len(outcome.acknowledged) > 50
    assert outcome.tries_again > 0, "no kill ever hit a delivery: this proves nothing"
    assert outcome.lost == set()
    assert outcome.refused == []
    assert sorted(outcome.stored) == sorted(outcome.acknowledged)
