"""Attack T10 on PostgreSQL: door 2's right to the urn's schema is taken away while people answer.

Negative control: with the right given back, the same request is taken, so it was the right that was missing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.lerend_web.answering.door import WAVE
from tests.lerend_web.answering.running import RunningDoor, full_sheet, new_person, running_door
from tests.lerend_web.postgresql.cluster import ANSWERING, OWNER, Cluster

DATABASE = "permission"
TEXT = "Mijn ploegbaas luistert nooit"


@pytest.fixture
def door(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDoor]:
    cluster.copy(DATABASE)
    environment, opening = (
        {"LEREND_ANSWERING_DATABASE_URL": cluster.url(role, DATABASE)} for role in (ANSWERING, OWNER)
    )
    with running_door(tmp_path_factory.mktemp("door"), cards=1, environment=environment, opening=opening) as running:
        yield running


def test_taken_right_is_503_in_words_and_nothing_is_quoted(door: RunningDoor, cluster: Cluster) -> None:
    card, secret, serial = new_person(door)
    body = json.dumps(full_sheet(card, secret, general=TEXT)).encode()
    headers = {"Content-Type": "application/json", "User-Agent": "Probe/7.7"}
    with cluster.as_superuser(DATABASE) as connection:
        connection.execute(f"REVOKE USAGE ON SCHEMA urn FROM {ANSWERING}")
        status, page = door.request("POST", f"/{WAVE}/deliver", body, headers)
        connection.execute(f"GRANT USAGE ON SCHEMA urn TO {ANSWERING}")
    assert status == 503
    assert json.loads(page)["message"]
    assert door.request("POST", f"/{WAVE}/deliver", body, headers)[0] == 200
    said = door.said.encode() + cluster.log.read_bytes()
    sent = (TEXT, card, secret.hex(), serial.hex(), "Probe/7.7")
    assert [one for one in sent if one.encode() in said] == []
