"""Workers that are killed while they send, on PostgreSQL with the roles of an operator."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.lerend_web.postgresql.cluster import Cluster
from tests.lerend_web.scans.killed_mailing import send_and_kill

DATABASE = "mailing"


def test_killed_workers_leave_out_nobody_on_postgresql(cluster: Cluster, tmp_path: Path) -> None:
    cluster.copy(DATABASE)
    environment = {**cluster.environment(DATABASE), "LEREND_VAR": str(tmp_path), "LEREND_DATABASE_OWNER": ""}

    def ask(statement: str) -> list[tuple[Any, ...]]:
        with cluster.as_superuser(DATABASE) as connection:
            connection.execute("SET search_path = register")
            return list(connection.execute(statement.encode()).fetchall())

    outcome = send_and_kill(tmp_path, ask, environment, people=50, kills=2)
    assert len(outcome.got) == 50
    assert outcome.doubled <= outcome.kills
    assert outcome.jobs_seen >= outcome.kills
    assert (outcome.jobs_left, outcome.leaked) == (0, [])
