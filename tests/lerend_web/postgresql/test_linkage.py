"""Somebody with both schemas and PostgreSQL's own bookkeeping: what can be linked while people answer, and afterwards.

PostgreSQL keeps which transaction wrote a row (`xmin`) and where it lies (`ctid`). While people answer these tell in
which order boxes came: what they lead to is sealed. After closing there is nothing that they could lead to.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from lerend_web.scans.domain.closing import close_wave
from lerend_web.scans.domain.server_share import share_of
from lerend_web.scans.models import KeyGroup, Wave
from lerend_web.urn import passes
from lerend_web.urn.domain import boxes
from lerend_web.urn.domain.sheet import checked_sheet
from lerend_web.urn.sealing import CannotOpen, new_key_pair, unseal
from tests.lerend_web.postgresql.cluster import Cluster
from tests.lerend_web.postgresql.conftest import opened
from tests.lerend_web.scans import dairy as scans
from tests.lerend_web.urn.test_linkage import GROUPS, MOST_BY_CHANCE, PEOPLE, Arrivals
from tests.lerend_web.urn.waves import INSTRUMENT, MadeWave, filled_in, new_secret

Reader = psycopg.Connection[Any]
LATER_WAVE = 60
STEP = 4
MOST_ALONE = 9
"""One of a whole list is guessed right by chance; more than nine of one guess once in ten million."""


@dataclass
class Story:
    """One wave from its first answer to its end, and what a reader of everything saw on the way."""

    reader: Reader
    files: Path
    arrivals: Arrivals
    remarks: list[bytes]
    """Of everybody, in the order in which they came."""
    by_serial: list[bytes]
    """The same in the order of an old copy's boxes."""
    values: list[bytes]
    """Serial, card and binding of everybody."""
    register_before: list[Any]
    register_during: list[Any]
    found_during: dict[str, int]
    pairs_during: int
    sealed: list[bytes]
    share: bytes
    in_files_during: int
    later: Arrivals
    later_found_before: int


@pytest.fixture(scope="module")
def story(
    cluster: Cluster,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Story]:
    """200 people in 20 groups of 10 answer, everything committed as for real; then the wave is closed."""
    name = cluster.copy("linkage")
    var = override_settings(VAR=tmp_path_factory.mktemp("var"))
    with django_db_blocker.unblock(), opened(cluster, name), var, cluster.as_superuser(name) as reader:
        yield _played(reader, cluster)


def _played(reader: Reader, cluster: Cluster) -> Story:
    dairy = scans.new_dairy({f"Team {number}": PEOPLE // GROUPS for number in range(GROUPS)})
    wave = scans.plan(dairy)
    scans.add_holders(wave, dairy)
    wave = scans.opened(wave, dairy)
    codes = [(group.code, [passes.new_card_code() for _ in range(10)]) for group in wave.key_groups.all()]
    assert len(codes) == GROUPS
    for group, own in codes:
        boxes.register_cards(key_group=group, hashes=[passes.card_hash(code) for code in own])
    before = _register(reader)
    arrivals, remarks = _answered(wave, codes)
    during = _register(reader)
    by_serial = [arrivals_remark(arrivals, row[0]) for row in rows(reader, "SELECT serial FROM urn.urn_box ORDER BY 1")]
    orders = {"xmin": "xmin::text::bigint", "ctid": "ctid"}
    found = {
        name: arrivals.found(rows(reader, _BOXES.replace("ctid", order)), group=0, value=1)
        for name, order in orders.items()
    }
    pairs = "SELECT c.code_hash, b.serial FROM urn.urn_card c JOIN urn.urn_box b ON c.xmin = b.xmin"
    pairs_found = sum(owner(arrivals, card) == owner(arrivals, serial) for card, serial in rows(reader, pairs))
    sealed = [row[0] for row in rows(reader, "SELECT sealed FROM urn.urn_box")]
    values = [value for own in arrivals.owns.values() for value in own]
    # What the server notes down for its planner is a copy too.
    reader.execute("ANALYZE")
    reader.execute("CHECKPOINT")
    in_files = _in_files(reader, cluster.folder, values)
    later = _answered_later()
    later_rows = rows(reader, _LATER, [list(later.order)])
    share = share_of(wave).private
    scans.void(wave, dairy)
    close_wave(wave=wave, holder_file=dairy.files[0], by=dairy.contact, at=scans.CLOSES)
    reader.execute("CHECKPOINT")
    return Story(
        reader,
        cluster.folder,
        arrivals,
        remarks,
        by_serial,
        values,
        before,
        during,
        found,
        pairs_found,
        sealed,
        share,
        in_files,
        later,
        later.found(later_rows, group=0, value=1),
    )


_BOXES = "SELECT key_group, serial FROM urn.urn_box ORDER BY ctid"
_LATER = "SELECT key_group, serial FROM urn.urn_box WHERE key_group = ANY(%s) ORDER BY ctid"


def _answered(wave: Wave, codes: list[tuple[str, list[str]]]) -> tuple[Arrivals, list[bytes]]:
    people = [(person, *codes[person % GROUPS]) for person in range(PEOPLE)]
    random.Random(3).shuffle(people)  # noqa: S311 -- who comes when, not a secret
    arrivals, remarks = Arrivals(), []
    for person, group, cards in people:
        secret, card, remark = new_secret(), cards.pop(), f"remark {person:03}"
        scans.answer_with(wave, card, scans.sheet("12345"[person % 5], remark), secret)
        arrivals.came(person, group, passes.serial_of(secret), passes.card_hash(card), passes.binding_of(secret))
        remarks.append(remark.encode())
    return arrivals, remarks


def _answered_later() -> Arrivals:
    """Another wave, which stays open while the first is closed."""
    wave, arrivals = MadeWave(), Arrivals()
    boxes.start_intake(document=wave.document())
    sheet = checked_sheet(INSTRUMENT, filled_in())
    for person, card in enumerate(wave.print_cards(wave.packers, LATER_WAVE)):
        secret = new_secret()
        boxes.deliver(wave=wave.code, secret=secret, card=card, signature=None, key_group=None, sheet=sheet)
        arrivals.came(person, wave.packers, passes.serial_of(secret))
    return arrivals


def rows(reader: Reader, statement: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
    return reader.execute(statement.encode(), values).fetchall()


def owner(arrivals: Arrivals, value: bytes) -> int:
    return next(person for person, owned in arrivals.owns.items() if value in owned)


def arrivals_remark(arrivals: Arrivals, serial: bytes) -> bytes:
    return f"remark {owner(arrivals, serial):03}".encode()


def _register(reader: Reader) -> list[Any]:
    """Every row of every table, with the bookkeeping."""
    return [(table, row) for table in tables(reader, "register") for row in rows(reader, _with_bookkeeping(table))]


def tables(reader: Reader, schema: str) -> list[str]:
    found = rows(reader, "SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", [schema])
    return [f"{schema}.{name}" for (name,) in found]


def _with_bookkeeping(table: str) -> str:
    return f"SELECT xmin::text::bigint, ctid::text, t.* FROM {table} AS t"  # noqa: S608 -- our own tables


def _in_files(reader: Reader, folder: Path, values: list[bytes]) -> int:
    """How many of a good part of these values stand in the files of the database."""
    ((number,),) = rows(reader, "SELECT oid FROM pg_database WHERE datname = current_database()")
    content = b"".join(path.read_bytes() for path in (folder / "data" / "base" / str(number)).iterdir())
    return sum(value in content for value in values[::STEP])


def test_while_people_answer_the_register_does_not_change_at_all(story: Story) -> None:
    assert story.register_before == story.register_during
    assert len(story.register_before) > 200


def test_while_people_answer_the_order_of_boxes_can_be_read_and_the_boxes_cannot(story: Story) -> None:
    assert story.found_during == {"xmin": PEOPLE, "ctid": PEOPLE}, "the attack itself must work"
    assert story.pairs_during == PEOPLE
    assert len({len(sealed) for sealed in story.sealed}) == 1
    assert len(set(story.sealed)) == PEOPLE
    assert not any(b"remark" in sealed for sealed in story.sealed)
    stranger = new_key_pair()
    for sealed in story.sealed:
        with pytest.raises(CannotOpen):
            unseal(sealed, holder=stranger.private, server=story.share)


def test_after_closing_no_value_of_anybody_is_in_a_table(story: Story) -> None:
    for table in [*tables(story.reader, "register"), *tables(story.reader, "urn")]:
        cells = {_cell(value) for row in rows(story.reader, _with_bookkeeping(table)) for value in row}
        assert not cells & set(story.values), table


def test_after_closing_no_order_of_any_table_is_an_order_of_people(story: Story) -> None:
    attacked = []
    for table in [*tables(story.reader, "register"), *tables(story.reader, "urn")]:
        found = rows(story.reader, _with_bookkeeping(table))
        if sum(any(_cell(cell) in story.remarks for cell in row) for row in found):
            attacked.append(table)
        for column in range(len(found[0]) if found else 0):
            for ordered in (_sorted(found, column), _sorted(found, column)[::-1]):
                for people in (story.remarks, story.by_serial):
                    assert _matched(ordered, people) <= MOST_ALONE, (table, column)
    assert attacked == ["register.scans_frozencomment"]
    assert KeyGroup.objects.count() == GROUPS


def _sorted(found: list[tuple[Any, ...]], column: int) -> list[tuple[Any, ...]]:
    if column == 1:  # "(block,line)"
        return sorted(found, key=lambda row: tuple(map(int, row[1].strip("()").split(","))))
    return sorted(
        found, key=lambda row: (0, row[column], "") if isinstance(row[column], int) else (1, 0, str(row[column]))
    )


def _matched(ordered: list[tuple[Any, ...]], people: list[bytes]) -> int:
    return sum(mine in map(_cell, row) for row, mine in zip(ordered, people, strict=False))


def _cell(value: Any) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def test_same_attack_finds_every_remark_that_is_stored_as_it_comes(story: Story) -> None:
    naive = [(number, f"(0,{number})", remark) for number, remark in enumerate(story.remarks, start=1)]
    assert all(_matched(_sorted(naive, column), story.remarks) == PEOPLE for column in (0, 1))


def test_after_closing_the_files_of_the_tables_have_forgotten_everybody(story: Story) -> None:
    assert story.in_files_during == len(story.values[::STEP]), "the search itself must work"
    assert _in_files(story.reader, story.files, story.values) == 0


def test_closing_mixes_the_boxes_of_waves_that_are_still_open(story: Story) -> None:
    assert story.later_found_before == LATER_WAVE
    for order in ("ctid", "xmin::text::bigint, ctid"):
        left = rows(story.reader, _LATER.replace("ctid", order), [list(story.later.order)])
        assert len(left) == LATER_WAVE
        assert story.later.found(left, group=0, value=1) <= MOST_ALONE


@pytest.fixture(scope="module")
def naive(cluster: Cluster) -> Iterator[Reader]:
    """How it must not be done: who took part and what was answered in two tables without a common column."""
    with cluster.as_superuser() as reader:
        for kind in ("together", "apart"):
            reader.execute(f"CREATE TABLE who_{kind} (person int PRIMARY KEY, day date)".encode())
            reader.execute(f"CREATE TABLE what_{kind} (id uuid PRIMARY KEY, truth int)".encode())
        for person in random.Random(7).sample(range(PEOPLE), PEOPLE):  # noqa: S311 -- who comes when, not a secret
            with reader.transaction():
                _insert(reader, "together", person)
            _insert(reader, "apart", person)
        yield reader


def _insert(reader: Reader, kind: str, person: int) -> None:
    for table, first in (("who", "%s, '2026-09-08'"), ("what", "gen_random_uuid(), %s")):
        reader.execute(f"INSERT INTO {table}_{kind} VALUES ({first})".encode(), [person])  # noqa: S608 -- our own tables


def joined(reader: Reader, kind: str, apart: int) -> float:
    """The share of people whose answers a join on the number of the transaction finds."""
    found = rows(
        reader,
        f"SELECT w.person = a.truth FROM who_{kind} w JOIN what_{kind} a "  # noqa: S608 -- our own tables
        f"ON a.xmin::text::bigint - w.xmin::text::bigint = {apart}",
    )
    return sum(bool(right) for (right,) in found) / PEOPLE


def lined_up(reader: Reader, kind: str) -> float:
    """The share that lies at the same place in both tables."""
    people, truths = (
        [value for (value,) in rows(reader, f"SELECT {column} FROM {table}_{kind} ORDER BY ctid")]  # noqa: S608 -- our own tables
        for table, column in (("who", "person"), ("what", "truth"))
    )
    return sum(map(int.__eq__, people, truths)) / PEOPLE


def test_naive_split_gives_everybody_away_even_after_tidying_up(naive: Reader) -> None:
    assert joined(naive, "together", 0) == 1.0
    # The server's own housekeeping may take a number in between.
    assert joined(naive, "apart", 1) >= 0.95, "two transactions right after each other are no better"
    assert lined_up(naive, "together") == lined_up(naive, "apart") == 1.0
    # Nor does tidying up afterwards mend it.
    naive.execute("VACUUM (FREEZE) who_together, what_together")
    assert joined(naive, "together", 0) == 1.0
    naive.execute("CLUSTER what_together USING what_together_pkey")
    naive.execute("CLUSTER who_together USING who_together_pkey")
    assert joined(naive, "together", 0) == 1.0
    assert lined_up(naive, "together") <= MOST_ALONE / PEOPLE


def test_chance_is_what_the_same_attack_gives_when_order_is_by_hash(story: Story) -> None:
    shuffled = [(group, value) for group, value in _by_hash(story)]
    assert story.arrivals.found(shuffled, group=0, value=1) <= MOST_BY_CHANCE


def _by_hash(story: Story) -> list[tuple[str, bytes]]:
    groups = {person: group for group, people in story.arrivals.order.items() for person in people}
    return sorted((groups[person], value) for person, owned in story.arrivals.owns.items() for value in [min(owned)])
