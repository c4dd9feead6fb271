"""Somebody with both databases, and the order in which people came, joins nobody to a box better than by chance.

Forty people start and answer in one and the same order. The attacker joins every column of the register's invitations
with every column of the urn's boxes: by equal values, and by equal rank within a key group.
"""

from __future__ import annotations

import json
import math
import random
import secrets
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from lerend_web.scans.domain.closing import close_wave
from lerend_web.scans.models import Wave
from lerend_web.urn import passes
from lerend_web.urn.domain import boxes
from lerend_web.urn.tokens import blind, finalise
from tests.lerend_web.invited.conftest import link_of
from tests.lerend_web.scans.dairy import CLOSES, Dairy, everything_in, sheet

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

PEOPLE = 40
Rows = Sequence[tuple[Any, ...]]


@pytest.fixture
def truth(wave: Wave, door: Client) -> dict[str, bytes]:
    """Which address has which box, after everybody answered right after they started."""
    owned = {}
    invitations = random.Random(7).sample(list(wave.invitations.select_related("key_group", "wave")), PEOPLE)  # noqa: S311 -- who comes when, no secret
    for invitation in invitations:
        link, secret = link_of(invitation), secrets.token_bytes(32)
        blinding = blind(link.token_key, secret)
        body = json.dumps(link.asked(blinding.blinded))
        answer = door.post("/start/sign", body, content_type="application/json").json()
        token = finalise(link.token_key, blinding, bytes.fromhex(answer["signature"]))
        boxes.deliver(wave=wave.code, secret=secret, card=None, signature=token, key_group=link.group, sheet=sheet())
        owned[invitation.address] = passes.serial_of(secret)
    return owned


def rows_of(alias: str, sql: str) -> Rows:
    with connections[alias].cursor() as cursor:
        cursor.execute(sql)
        return [tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in cursor.fetchall()]


def used_invitations() -> Rows:
    return rows_of(
        "default",
        "SELECT i.address, g.code, i.name, i.blinded, i.id, i.unit FROM scans_invitation i"
        " JOIN scans_keygroup g ON g.id = i.key_group_id WHERE i.issued > 0",
    )


def stored_boxes() -> Rows:
    return rows_of("urn", "SELECT serial, key_group, sealed FROM urn_box")


def joined_by_rank(people: Rows, found: Rows, by_person: int, by_box: int) -> Iterable[tuple[str, bytes]]:
    for group in {row[1] for row in people}:
        ranked = sorted((row for row in people if row[1] == group), key=lambda row: row[by_person])
        other = sorted((row for row in found if row[1] == group), key=lambda row: row[by_box])
        yield from ((one[0], two[0]) for one, two in zip(ranked, other, strict=False))


def right(pairs: Iterable[tuple[str, bytes]], truth: dict[str, bytes]) -> int:
    return sum(truth[address] == serial for address, serial in pairs)


def by_equal_values(people: Rows, found: Rows, hashed: Callable[[bytes], bytes]) -> list[tuple[str, bytes]]:
    """People of whom some value, or its hash by our own names, stands in some box."""
    pairs = []
    for person in people:
        values = {value for value in person if isinstance(value, bytes)}
        values |= {hashed(value) for value in values if len(value) == 32}
        pairs += [(person[0], box[0]) for box in found if any(value and value in box[0] + box[2] for value in values)]
    return pairs


def test_both_databases_together_find_nobody_better_than_by_chance(truth: dict[str, bytes]) -> None:
    people, found = used_invitations(), stored_boxes()
    assert len(people) == len(found) == PEOPLE
    assert by_equal_values(people, found, passes.serial_of) == []
    groups = len({row[1] for row in people})
    most = groups + 5 * math.sqrt(groups)  # one a group by chance; twelve guesses are tried, so the best reaches higher
    for by_person in (0, 2, 3, 4):
        for by_box in (0, 2):
            assert right(joined_by_rank(people, found, by_person, by_box), truth) <= most, (by_person, by_box)


def test_same_attack_finds_everybody_where_door_one_sees_what_it_signs(truth: dict[str, bytes], wave: Wave) -> None:
    """A register that kept the secret it signed, or rows with the number of arrival on both sides."""
    people = [(address, "group", passes.binding_of(bytes(32)), serial) for address, serial in truth.items()]
    found = [(serial, "group", b"") for serial in truth.values()]
    assert right(by_equal_values(people, found, passes.serial_of), truth) == PEOPLE
    numbered = [(address, "group", number) for number, address in enumerate(truth)]
    arrived = [(serial, "group", number) for number, serial in enumerate(truth.values())]
    assert right(joined_by_rank(numbered, arrived, 2, 2), truth) == PEOPLE


def test_after_closing_nothing_is_left_to_join(truth: dict[str, bytes], wave: Wave, dairy: Dairy) -> None:
    kept = {row[3].hex() for row in used_invitations()} | {serial.hex() for serial in truth.values()}
    close_wave(wave=wave, holder_file=dairy.files[0], by=dairy.contact, at=CLOSES)
    left = everything_in("default") + everything_in("urn")
    assert [value for value in kept if value in left] == []
    assert used_invitations() == stored_boxes() == []
