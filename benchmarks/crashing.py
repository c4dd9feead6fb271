"""Stops a PostgreSQL at once, again and again, while boxes are stored; nothing acknowledged may be lost.

python -m benchmarks.crashing [--stops 20]

The second run is the control: with `synchronous_commit=off`, which the platform refuses, the same must lose boxes.
"""

from __future__ import annotations

import argparse
import random
import secrets
import sys
import threading
import time

import psycopg

from lerend_web.conf.databases import URN_SCHEMA, postgresql
from lerend_web.conf.env import DatabaseServer, database_server
from tests.lerend_web.postgresql.cluster import URN, Cluster, prepared, running_cluster

DATABASE, CLIENTS = "crashing", 4


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stops", type=int, default=20)
    stops = parser.parse_args().stops
    with running_cluster() as cluster:
        prepared(cluster).copy(DATABASE)
        ours = str(postgresql(server_of(cluster), URN_SCHEMA)["OPTIONS"]["options"])
        lost = told("as the platform connects", *stopped_often(cluster, ours, stops))
        control = told("control", *stopped_often(cluster, ours.replace("commit=on", "commit=off"), stops))
    return 0 if not lost and control else 1


def server_of(cluster: Cluster) -> DatabaseServer:
    server = database_server("url", cluster.url(URN, DATABASE))
    assert server is not None
    return server


def stopped_often(cluster: Cluster, options: str, stops: int) -> tuple[set[bytes], set[bytes]]:
    """Serials that were acknowledged, and serials that are there."""
    acknowledged: set[bytes] = set()
    done = threading.Event()
    clients = [threading.Thread(target=_store, args=(cluster, options, acknowledged, done)) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    for _ in range(stops):
        time.sleep(random.uniform(0.3, 0.8))  # noqa: S311 -- a moment, not a secret
        cluster.crash()
        cluster.start()
    done.set()
    for client in clients:
        client.join()
    with cluster.as_superuser(DATABASE) as reader:
        rows = reader.execute("SELECT serial FROM urn.urn_box").fetchall()
    return acknowledged, {serial for (serial,) in rows if isinstance(serial, bytes)}


def _store(cluster: Cluster, options: str, acknowledged: set[bytes], done: threading.Event) -> None:
    while not done.is_set():
        try:
            with psycopg.connect(cluster.url(URN, DATABASE), options=options, autocommit=True) as connection:
                while not done.is_set():
                    serial = secrets.token_bytes(32)
                    connection.execute("INSERT INTO urn_box VALUES (%s, 'group', %s)", [serial, bytes(8192)])
                    acknowledged.add(serial)
        except psycopg.OperationalError:
            time.sleep(0.02)


def told(name: str, acknowledged: set[bytes], there: set[bytes]) -> int:
    lost = len(acknowledged - there)
    print(f"{name}: acknowledged {len(acknowledged)}, lost {lost}")
    return lost


if __name__ == "__main__":
    sys.exit(main())
