"""The attacker who has both databases: joins every column of people with every column of boxes, wave after wave.

Everybody answers right after starting, in one order. The attacker guesses by equal value, by equal day, and by equal
rank within a key group. By chance one a group is right. With this many pairs some reach over three times the spread by
luck: such a pair must do it a second time, on people that played no part in choosing it.
"""

from __future__ import annotations

import hashlib
import math
import random
import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connections

from lerend_web.scans.domain.door_one import sign_unseen
from lerend_web.scans.domain.invitation_secrets import mail_key_of, secret_for, shown_for
from lerend_web.scans.models import Invitation, Wave
from lerend_web.urn import passes
from lerend_web.urn.domain import boxes
from lerend_web.urn.tokens import blind, finalise, public_part
from tests.lerend_web.scans.dairy import Dairy, add_holders, new_dairy, opened, opened_by_mail, plan, sheet

PEOPLE, GROUPS = 200, 20
WAVES = 1
"""In each half: the first points at pairs, the second convicts."""

Row = dict[str, Any]
Pair = tuple[str, str, str]
Shown = tuple[str, str, set[bytes]]


@dataclass
class Played:
    """One wave in which everybody answered; `owner` tells of each value that is somebody's whose it is."""

    wave: Wave
    dairy: Dairy
    owner: dict[bytes, str] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)

    def came(self, person: str, *owned: bytes) -> None:
        self.order.append(person)
        self.owner |= dict.fromkeys(owned, person)


def teams(seed: int) -> dict[str, int]:
    """Of no other wave, nor are the addresses of their people."""
    return {f"Team {seed}-{number}": PEOPLE // GROUPS for number in range(GROUPS)}


def by_mail(seed: int) -> Played:
    """Everybody presses Start and sends at once: the worst that can happen to the two doors."""
    dairy = new_dairy(teams(seed))
    played = Played(opened_by_mail(dairy), dairy)
    key = mail_key_of(played.wave)
    for invitation in _shuffled(played.wave.invitations.select_related("key_group"), seed):
        _start_and_send(played, invitation, key)
    return played


def _start_and_send(played: Played, invitation: Invitation, key: bytes) -> None:
    group, secret = invitation.key_group, secrets.token_bytes(32)
    assert group is not None
    public = public_part(bytes(group.token_key or b""))
    blinding = blind(public, secret)
    shown = shown_for(secret_for(invitation.address, key))
    signed = sign_unseen(group=group.code, shown=shown, blinded=blinding.blinded)
    token = finalise(public, blinding, signed)
    boxes.deliver(wave=played.wave.code, secret=secret, card=None, signature=token, key_group=group.code, sheet=sheet())
    played.came(invitation.address, invitation.address.encode(), passes.serial_of(secret))


def by_card(seed: int) -> Played:
    """No register of people: the attacker joins used cards with boxes."""
    dairy = new_dairy(teams(seed))
    wave = plan(dairy)
    add_holders(wave, dairy)
    played = Played(opened(wave, dairy), dairy)
    codes = [(group.code, passes.new_card_code()) for group in played.wave.key_groups.all() for _ in range(10)]
    for group, code in codes:
        boxes.register_cards(key_group=group, hashes=[passes.card_hash(code)])
    for _group, code in _shuffled(codes, seed):
        secret = secrets.token_bytes(32)
        boxes.deliver(
            wave=played.wave.code,
            secret=secret,
            card=code,
            signature=None,
            key_group=None,
            sheet=sheet("12345"[seed % 5]),
        )
        played.came(code, passes.card_hash(code), passes.serial_of(secret))
    return played


def _shuffled(found: Iterable[Any], seed: int) -> list[Any]:
    people = list(found)
    random.Random(seed).shuffle(people)  # noqa: S311 -- who comes when, no secret
    assert len(people) == PEOPLE
    return people


@dataclass(frozen=True)
class Side:
    """Rows of one table, with the column that says whose they are and the one that holds the key group."""

    rows: list[Row]
    whose: str
    group: str = "key_group"

    @property
    def columns(self) -> list[str]:
        return list(self.rows[0])

    def people(self, played: Played) -> list[str]:
        return [played.owner[as_bytes(row[self.whose])] for row in self.rows]


def sides(played: Played, *, hidden: str = "") -> tuple[Side, Side]:
    """Who took part, and what was answered, with all their columns, and a hidden one that is named."""
    groups = list(played.wave.key_groups.values_list("code", flat=True))
    extra = f", {hidden} AS hidden" if hidden else ""
    found = Side(_read("urn", f"SELECT t.*{extra} FROM urn_box t", groups), "serial")  # noqa: S608 -- our own words
    if played.wave.mode == "mail":
        query = f"SELECT t.*, g.code AS key_group{extra} FROM scans_invitation t JOIN scans_keygroup g ON g.id = t.key_group_id"  # noqa: S608 -- our own words
        return Side(_read("default", f"{query} WHERE t.issued > 0", groups), "address"), found
    cards = _read("urn", f"SELECT t.*{extra} FROM urn_card t WHERE bound_to IS NOT NULL", groups)  # noqa: S608 -- our own words
    return Side(cards, "code_hash"), found


def _read(alias: str, query: str, groups: list[str]) -> list[Row]:
    with connections[alias].cursor() as cursor:
        cursor.execute(query)
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    rows = [row for row in rows if row["key_group"] in groups]
    assert len(rows) == PEOPLE
    return rows


def attack(played: Played, people: Side, found: Side) -> dict[Pair, int]:
    """How many people each guess finds: both orders of rank, equal values, equal days."""
    right: dict[Pair, int] = {}
    for name, parts in (("value", _values), ("day", _days)):
        shown = {column: _shown(played, people, column, parts) for column in people.columns}
        alone = {column: _alone(_shown(played, found, column, parts)) for column in found.columns}
        for one in people.columns:
            for other in found.columns:
                right[one, other, name] = _by_equal(shown[one], alone[other])
    ranked = {column: _grouped(people, column) for column in people.columns}
    others = {column: _grouped(found, column) for column in found.columns}
    for one in people.columns:
        for other in found.columns:
            for way in (1, -1):
                right[one, other, f"rank {way}"] = sum(
                    played.owner[as_bytes(a[people.whose])] == played.owner[as_bytes(b[found.whose])]
                    for a, b in _by_rank(ranked[one], others[other], way)
                )
    return right


def _by_rank(ranked: dict[str, list[Row]], others: dict[str, list[Row]], way: int) -> Iterator[tuple[Row, Row]]:
    for group in ranked:
        yield from zip(ranked[group], others[group][::way], strict=True)


def _grouped(side: Side, column: str) -> dict[str, list[Row]]:
    groups = defaultdict(list)
    # Equal values are put in no order: the order on the disk is an attack of its own (urn/test_linkage.py).
    for row in sorted(side.rows, key=lambda row: (_sortable(row[column]), _scattered(row[side.whose]))):
        groups[row[side.group]].append(row)
    return groups


def _shown(played: Played, side: Side, column: str, parts: Any) -> list[Shown]:
    """Of every row: the key group, whose it is, and the parts that the attacker can compare."""
    people = side.people(played)
    return [(row[side.group], person, parts(row[column])) for row, person in zip(side.rows, people, strict=True)]


def _alone(found: list[Shown]) -> dict[tuple[str, bytes], str]:
    """Parts that stand in the boxes of one person only, within their group."""
    owners: dict[tuple[str, bytes], set[str]] = defaultdict(set)
    for group, person, parts in found:
        for part in parts:
            owners[group, part].add(person)
    return {key: next(iter(people)) for key, people in owners.items() if len(people) == 1}


def _by_equal(people: list[Shown], alone: dict[tuple[str, bytes], str]) -> int:
    """People who share a part with their own box alone, and with no other box of their group."""
    return sum(any(alone.get((group, part)) == person for part in parts) for group, person, parts in people)


def _values(value: Any) -> set[bytes]:
    """The value, what it is made of, and what the protocol's own hashes would make of it."""
    whole = as_bytes(value)
    pieces = {whole, *(whole[place : place + 32] for place in range(0, len(whole) - 31, 32))}
    hashed = {name(piece) for piece in pieces if len(piece) == 32 for name in (passes.serial_of, passes.binding_of)}
    return (pieces | hashed | {hashlib.sha256(whole).digest()}) - {b""}


def _days(value: Any) -> set[bytes]:
    return {value.strftime("%Y-%m-%d").encode()} if isinstance(value, date | datetime) else set()


def as_bytes(value: Any) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def _sortable(value: Any) -> tuple[int, int, bytes]:
    if isinstance(value, int):
        return (0, value, b"")
    return (1, 0, as_bytes(value))


def _scattered(value: Any) -> bytes:
    return hashlib.sha256(b"ties" + as_bytes(value)).digest()


def suspects(waves: Sequence[dict[Pair, int]]) -> dict[Pair, int]:
    """Pairs that find more than chance and three times its spread over all of these waves together."""
    by_chance = GROUPS * len(waves)
    most = by_chance + 3 * math.sqrt(by_chance)
    totals = {pair: sum(wave[pair] for wave in waves) for pair in waves[0]}
    return {pair: total for pair, total in totals.items() if total > most}


def convicted(waves: Sequence[dict[Pair, int]]) -> set[Pair]:
    """Pairs that exceed it in the first half of the waves, and again in the second."""
    half = len(waves) // 2
    return set(suspects(waves[:half])) & set(suspects(waves[half:]))
