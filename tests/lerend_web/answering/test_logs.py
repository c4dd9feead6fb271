"""While fifty people take part, no log says anything of anybody."""

from __future__ import annotations

from pathlib import Path

from tests.lerend_web.answering.crowd import PEOPLE, let_people_take_part
from tests.lerend_web.answering.running import running_door

EAGER = (
    "--workers=2",
    "--threads=4",
    "--preload",
    "--no-control-socket",
    "--graceful-timeout=3",
    "--log-level=error",
    "--access-logfile=-",
)


def test_fifty_people_leave_no_trace_even_where_an_access_log_was_asked_for(tmp_path: Path) -> None:
    with running_door(tmp_path, cards=PEOPLE, options=EAGER) as door:
        traces = let_people_take_part(door)
        assert len(door.serials()) == PEOPLE
    logs = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and "urn" not in path.name)
    assert [trace for trace in [*traces, b"127.0.0.1"] if trace in logs] == []
    assert logs == b""


def test_same_search_finds_people_where_something_talks(tmp_path: Path) -> None:
    application = "tests.lerend_web.answering.talkative_wsgi"
    with running_door(tmp_path, cards=2, application=application) as door:
        traces = let_people_take_part(door, 1)
        found = {trace for trace in [*traces, b"127.0.0.1"] if trace in door.said.encode()}
    assert found == {b"Phone/000.7", b"tracker.example", b"198.51.100.0", b"127.0.0.1"}
