"""Somebody with the whole urn, and the order in which people came, finds nobody's box better than by chance.

The attacker knows everything that the tables hold, who belongs to which key group, and exactly when each of 200 people
pressed "send": the i-th arrival of a group is guessed to own the i-th row, in every order that the database can give.
"""

from __future__ import annotations

import math
import random
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from lerend_web.urn import passes
from lerend_web.urn.domain import boxes
from lerend_web.urn.domain.sheet import checked_sheet
from tests.lerend_web.answering.running import full_sheet as sent_sheet
from tests.lerend_web.answering.running import new_person, running_door
from tests.lerend_web.urn.waves import INSTRUMENT, MadeWave, filled_in, new_secret

PEOPLE, GROUPS = 200, 20
MOST_BY_CHANCE = GROUPS + 5 * math.sqrt(GROUPS)
"""One a group is guessed right by chance. Three times the spread is what one guess may reach; these are two dozen
guesses with new secrets at every run, of which the best may reach five. All 200 are found where rows have numbers."""

Row = tuple[Any, ...]


class Arrivals:
    """Who came when, and what each truly owns: the attacker knows `order`, the judge `owns`."""

    def __init__(self) -> None:
        self.order: dict[str, list[int]] = defaultdict(list)
        self.owns: dict[int, set[bytes]] = {}

    def came(self, person: int, group: str, *owned: bytes) -> None:
        self.order[group].append(person)
        self.owns[person] = set(owned)

    def found(self, rows: Iterable[Row], *, group: int, value: int) -> int:
        """How many people the guess "i-th arrival, i-th row" finds, over all groups."""
        by_group: dict[str, list[bytes]] = defaultdict(list)
        for row in rows:
            by_group[row[group]].append(bytes(row[value]))
        return sum(
            owned in self.owns[person]
            for name, people in self.order.items()
            for person, owned in zip(people, by_group[name], strict=False)
        )


@pytest.fixture
def collected(db: None) -> tuple[MadeWave, Arrivals]:
    wave = MadeWave()
    groups = [passes.new_public_code() for _ in range(GROUPS)]
    document = wave.document()
    document["key_groups"] = [{"code": group, "mode": "card", "token_key": None} for group in groups]
    boxes.start_intake(document=document)
    people = [(person, groups[person % GROUPS]) for person in range(PEOPLE)]
    cards = {group: wave.print_cards(group, 12) for group in groups}
    random.Random(3).shuffle(people)  # noqa: S311 -- who comes when, not a secret
    arrivals = Arrivals()
    sheet = checked_sheet(INSTRUMENT, filled_in())
    for person, group in people:
        secret, card = new_secret(), cards[group].pop()
        boxes.deliver(wave=wave.code, secret=secret, card=card, signature=None, key_group=None, sheet=sheet)
        owned = (passes.serial_of(secret), passes.card_hash(card), passes.binding_of(secret))
        arrivals.came(person, group, *owned)
    return wave, arrivals


def rows_of(sql: str) -> list[Row]:
    with connections["urn"].cursor() as cursor:
        cursor.execute(sql)
        return [tuple(row) for row in cursor.fetchall()]


@pytest.fixture
def _rows_lie_by_key(db: None) -> None:
    if connections["urn"].vendor != "sqlite":
        pytest.skip("PostgreSQL keeps rows in the order of arrival: until closing only the seal protects them there")


ORDERS = ["", *(f"ORDER BY {column} {way}" for column in ("1", "2", "3", "key_group") for way in ("ASC", "DESC"))]


@pytest.mark.usefixtures("_rows_lie_by_key")
@pytest.mark.django_db(databases=["urn"])
def test_no_order_of_boxes_is_the_order_of_arrival(collected: tuple[MadeWave, Arrivals]) -> None:
    _wave, arrivals = collected
    for order in ORDERS:
        rows = rows_of(f"SELECT serial, key_group, sealed FROM urn_box {order}")  # noqa: S608 -- our own words
        assert len(rows) == PEOPLE
        assert arrivals.found(rows, group=1, value=0) <= MOST_BY_CHANCE, order


@pytest.mark.usefixtures("_rows_lie_by_key")
@pytest.mark.django_db(databases=["urn"])
def test_no_order_of_cards_is_the_order_of_arrival(collected: tuple[MadeWave, Arrivals]) -> None:
    _wave, arrivals = collected
    for order in ORDERS:
        rows = rows_of(f"SELECT code_hash, key_group, bound_to FROM urn_card WHERE bound_to IS NOT NULL {order}")  # noqa: S608 -- our own words
        assert arrivals.found(rows, group=1, value=0) <= MOST_BY_CHANCE, order


@pytest.mark.django_db(databases=["urn"])
def test_card_and_box_of_one_person_share_no_value_and_no_rank(collected: tuple[MadeWave, Arrivals]) -> None:
    _wave, arrivals = collected
    cards = rows_of("SELECT key_group, code_hash, bound_to FROM urn_card WHERE bound_to IS NOT NULL")
    found = rows_of("SELECT key_group, serial, sealed FROM urn_box")
    values = [{bytes(row[place]) for row in rows} for rows in (cards, found) for place in (1, 2)]
    assert all(not one & other for one in values[:2] for other in values[2:])
    owners = {owned: person for person, all_owned in arrivals.owns.items() for owned in all_owned}
    for by_card, by_box in ((1, 1), (1, 2), (2, 1), (2, 2)):
        right = _same_owner(_ranked(cards, by_card, show=1), _ranked(found, by_box, show=1), owners)
        assert right <= MOST_BY_CHANCE, (by_card, by_box)


def _ranked(rows: Sequence[Row], by: int, *, show: int) -> list[tuple[str, bytes]]:
    return [(row[0], bytes(row[show])) for row in sorted(rows, key=lambda row: (row[0], bytes(row[by])))]


def _same_owner(one: Sequence[tuple[str, bytes]], other: Sequence[tuple[str, bytes]], owners: dict[bytes, int]) -> int:
    return sum(owners[a] == owners[b] for (_g, a), (_h, b) in zip(one, other, strict=True))


@pytest.mark.django_db(databases=["urn"])
def test_hidden_row_number_is_not_there_to_be_read(collected: tuple[MadeWave, Arrivals]) -> None:
    if connections["urn"].vendor != "sqlite":
        pytest.skip("rowid is SQLite's")
    for table in ("urn_box", "urn_card", "urn_openwave"):
        with connections["urn"].cursor() as cursor:
            cursor.execute("SELECT wr FROM pragma_table_list WHERE name = %s", [table])
            assert cursor.fetchone() == (1,)


def naive(insert: Callable[[sqlite3.Connection], None]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE box (serial BLOB PRIMARY KEY, key_group TEXT, sealed BLOB)")
    insert(connection)
    return connection


def test_same_attack_finds_everybody_where_rows_have_numbers() -> None:
    arrivals = Arrivals()

    def insert(connection: sqlite3.Connection) -> None:
        for person in random.Random(5).sample(range(PEOPLE), PEOPLE):  # noqa: S311 -- who comes when, not a secret
            serial, group = new_secret(), f"group {person % GROUPS}"
            connection.execute("INSERT INTO box VALUES (?, ?, ?)", [serial, group, b"sealed"])
            arrivals.came(person, group, serial)

    rows = naive(insert).execute("SELECT serial, key_group FROM box ORDER BY rowid").fetchall()
    assert arrivals.found(rows, group=1, value=0) == PEOPLE


@pytest.mark.django_db(databases=["urn"])
def test_nothing_is_left_to_link_when_the_wave_is_over(collected: tuple[MadeWave, Arrivals]) -> None:
    wave, _arrivals = collected
    boxes.stop_intake(code=wave.code)
    boxes.destroy(code=wave.code)
    assert rows_of("SELECT * FROM urn_box") == rows_of("SELECT * FROM urn_card") == []


def test_files_of_the_urn_forget_the_boxes_and_never_held_a_text(tmp_path: Path) -> None:
    text = "niemand mag dit lezen"
    with running_door(tmp_path, cards=12) as door:
        people = [new_person(door) for _ in range(10)]
        for card, secret, _serial in people:
            assert door.deliver(sent_sheet(card, secret, general=text))[0] == 200
        during = _bytes(tmp_path)
        assert all(serial in during for _card, _secret, serial in people)
        assert text.encode() not in during
        assert not any(secret in during or secret.hex().encode() in during for _card, secret, _serial in people)
        door.destroy_the_wave()
        after = _bytes(tmp_path)
    assert [serial for _card, _secret, serial in people if serial in after] == []
    assert [card for card, _secret, _serial in people if passes.card_hash(card) in after] == []


def _bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob("urn.sqlite3*")))
