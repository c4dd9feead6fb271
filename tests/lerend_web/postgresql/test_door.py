"""Door 2 as a process of its own on PostgreSQL, with the role that can do no more than take answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lerend_web.answering.crowd import PEOPLE, let_people_take_part
from tests.lerend_web.answering.door import WAVE
from tests.lerend_web.answering.running import RunningDoor, full_sheet, new_person, running_door
from tests.lerend_web.postgresql.cluster import ANSWERING, OWNER, Cluster

DATABASE = "door"


@pytest.fixture(scope="module")
def door(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDoor]:
    cluster.copy(DATABASE)
    environment, opening = (
        {"LEREND_ANSWERING_DATABASE_URL": cluster.url(role, DATABASE)} for role in (ANSWERING, OWNER)
    )
    folder = tmp_path_factory.mktemp("door")
    with running_door(folder, cards=PEOPLE + 2, environment=environment, opening=opening) as door:
        yield door


def boxes(cluster: Cluster) -> int:
    with cluster.as_superuser(DATABASE) as reader:
        (row,) = reader.execute("SELECT count(*) FROM urn.urn_box").fetchall()
    assert isinstance(row[0], int)
    return row[0]


def test_fifty_people_leave_no_trace_in_any_log(door: RunningDoor, cluster: Cluster, tmp_path: Path) -> None:
    before = boxes(cluster)
    traces = let_people_take_part(door)
    assert boxes(cluster) == before + PEOPLE
    server = cluster.log.read_bytes()
    assert b"connection authorized: user=lerend_answering" in server, "the log was read"
    assert [trace for trace in traces if trace in server or trace in door.said.encode()] == []


def test_delivery_that_fails_in_the_server_is_not_quoted_in_its_log(door: RunningDoor, cluster: Cluster) -> None:
    card, secret, serial = new_person(door)
    body = json.dumps(full_sheet(card, secret, general="Mijn ploegbaas")).encode()
    headers = {"Content-Type": "application/json"}
    with cluster.as_superuser(DATABASE) as connection:
        connection.execute("ALTER TABLE urn.urn_box ADD CONSTRAINT full_disk CHECK (length(sealed) < 9) NOT VALID")
        assert door.request("POST", f"/{WAVE}/deliver", body, headers)[0] == 503
        connection.execute("ALTER TABLE urn.urn_box DROP CONSTRAINT full_disk")
    assert door.request("POST", f"/{WAVE}/deliver", body, headers)[0] == 200
    server = cluster.log.read_bytes()
    assert b"full_disk" in server, "the failure itself is told"
    assert serial.hex().encode() not in server
    assert b"INSERT INTO urn_box" not in server


def test_withdrawn_box_is_gone(door: RunningDoor, cluster: Cluster) -> None:
    card, secret, _serial = new_person(door)
    before = boxes(cluster)
    assert door.deliver(full_sheet(card, secret))[0] == 200
    body = json.dumps({"secret": secret.hex(), "card": card}).encode()
    status, _page = door.request("POST", f"/{WAVE}/withdraw", body, {"Content-Type": "application/json"})
    assert (status, boxes(cluster)) == (200, before)
