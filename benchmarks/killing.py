"""Kills the answering processes many times while people deliver; nothing acknowledged may be lost.

python -m benchmarks.killing [--kills 200] [--clients 6] [--postgresql]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.lerend_web.answering.killing import Outcome, kill_often
from tests.lerend_web.answering.running import RunningDoor, running_door
from tests.lerend_web.postgresql import cluster as own
from tests.lerend_web.postgresql.cluster import Cluster, prepared, running_cluster

DATABASE = "killing"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--clients", type=int, default=6)
    parser.add_argument("--postgresql", action="store_true", help="a server of its own instead of a file")
    chosen = parser.parse_args()
    opened = on_postgresql if chosen.postgresql else on_sqlite
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder), cards=150 * chosen.kills) as door:
        return told(kill_often(door, kills=chosen.kills, clients=chosen.clients), kills=chosen.kills)


@contextmanager
def on_sqlite(folder: Path, *, cards: int) -> Iterator[RunningDoor]:
    with running_door(folder, cards=cards) as door:
        yield door


@contextmanager
def on_postgresql(folder: Path, *, cards: int) -> Iterator[RunningDoor]:
    """Door 2 with the role that can do no more than take answers; the server itself is not killed."""
    with running_cluster() as cluster:
        prepared(cluster).copy(DATABASE)
        environment, opening = (
            {"LEREND_ANSWERING_DATABASE_URL": cluster.url(role, DATABASE)} for role in (own.ANSWERING, own.OWNER)
        )
        with running_door(folder, cards=cards, environment=environment, opening=opening) as door:
            door.serials = lambda: serials_in(cluster)  # type: ignore[method-assign]  # read past everything of ours
            yield door


def serials_in(cluster: Cluster) -> list[bytes]:
    with cluster.as_superuser(DATABASE) as reader:
        rows = reader.execute("SELECT serial FROM urn.urn_box").fetchall()
    return [serial for (serial,) in rows if isinstance(serial, bytes)]


def told(outcome: Outcome, *, kills: int) -> int:
    doubled = len(outcome.stored) - len(set(outcome.stored))
    print(f"kills {kills}, acknowledged {len(outcome.acknowledged)}, tried again {outcome.tries_again}")
    print(f"lost {len(outcome.lost)}, refused {len(outcome.refused)}, doubled {doubled}")
    return 1 if outcome.lost or outcome.refused or doubled else 0


if __name__ == "__main__":
    sys.exit(main())
