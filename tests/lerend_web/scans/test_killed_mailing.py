"""Workers that are killed while they send: everybody gets the mail, and what is kept of it names nobody."""

from __future__ import annotations

from pathlib import Path

from tests.lerend_web.scans.killed_mailing import in_file, send_and_kill


def test_killed_workers_leave_out_nobody_and_keep_no_trace(tmp_path: Path) -> None:
    ask = in_file(tmp_path / "register.sqlite3")
    outcome = send_and_kill(tmp_path, ask, {"LEREND_VAR": str(tmp_path)}, people=100, kills=2)
    assert (len(outcome.got), len(outcome.secrets)) == (100, 100)
    assert outcome.doubled <= outcome.kills
    assert dict(outcome.states) == {"sent": 100}
    assert outcome.jobs_seen >= outcome.kills, "a killed worker leaves its job behind"
    assert (outcome.jobs_left, outcome.leaked) == (0, [])
