"""The same on PostgreSQL: backups by pg_dump and pg_restore, and processes killed while they close."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.lerend_web.postgresql.cluster import Cluster
from tests.lerend_web.scans.test_restore import (
    STEPS,
    Place,
    collected,
    copied,
    must_be_closed,
    must_open,
    must_stay_shut,
)

OLDEST = "oldest.dump"


def settings(cluster: Cluster, database: str) -> dict[str, str]:
    return {**cluster.environment(database), "LEREND_DATABASE_OWNER": ""}


@pytest.fixture(scope="module")
def full(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Everybody answered, and a backup was made."""
    place = Place(tmp_path_factory.mktemp("var"), databases=settings(cluster, cluster.copy("restored_from")))
    place = collected(place)
    cluster.dump("restored_from", OLDEST)
    return place


def restored(cluster: Cluster, full: Place, folder: Path, name: str, *, share: bool = True) -> Place:
    cluster.restore(str(cluster.folder / OLDEST), name)
    return copied(full, folder / name, databases=settings(cluster, name), share=share)


def test_oldest_dump_and_the_holders_files_open_nothing(cluster: Cluster, full: Place, tmp_path: Path) -> None:
    must_stay_shut(restored(cluster, full, tmp_path, "without_share", share=False))


def test_same_dump_opens_where_somebody_kept_the_share(cluster: Cluster, full: Place, tmp_path: Path) -> None:
    must_open(restored(cluster, full, tmp_path, "with_share"))


def test_dump_put_beside_a_closed_wave_stays_shut(cluster: Cluster, full: Place, tmp_path: Path) -> None:
    closed = restored(cluster, full, tmp_path, "to_close")
    must_be_closed(closed)
    cluster.restore(str(cluster.folder / OLDEST), "put_back")
    must_stay_shut(Place(closed.folder, closed.holders, settings(cluster, "put_back")))


@pytest.mark.parametrize("step", STEPS)
def test_process_killed_in_the_middle_of_closing_loses_nothing(
    cluster: Cluster, full: Place, tmp_path: Path, step: str
) -> None:
    place = restored(cluster, full, tmp_path, f"killed_{step}")
    assert place.run("close", step).returncode == -signal.SIGKILL
    must_be_closed(place)
