"""Deliver and withdraw: the two things a person can do with a pass. One transaction each, safe to repeat.

Refusals are exceptions; whoever answers the person gives one text for all of them (`Refused`), so that nobody learns
which codes exist. Nothing here is logged, and no exception holds what somebody sent.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext_lazy as _

from lerend_web.core.databases import URN
from lerend_web.urn.documents import DocumentGroup, WaveDocument
from lerend_web.urn.domain import last_day, turnstile
from lerend_web.urn.domain.intake import destroy, register_cards, sealed_boxes, start_intake, stop_intake, void_cards
from lerend_web.urn.domain.sheet import Sheet, SheetIsWrong, packed
from lerend_web.urn.passes import SECRET_BYTES, binding_of, card_hash, receipt_of, serial_of
from lerend_web.urn.queries import delivered, known_wave
from lerend_web.urn.sealing import TooLongToSeal, seal
from lerend_web.urn.tokens import verify

__all__ = [
    "BadToken",
    "CardIsBound",
    "NoSuchWave",
    "NotTaking",
    "Refused",
    "UnknownCard",
    "deliver",
    "delivered",
    "destroy",
    "register_cards",
    "sealed_boxes",
    "start_intake",
    "stop_intake",
    "void_cards",
    "withdraw",
]

# The box is given twice: `excluded.sealed` would need the right to read boxes back, which door 2 does not have.
_UPSERT = """
    INSERT INTO urn_box (serial, key_group, sealed) VALUES (%s, %s, %s)
    ON CONFLICT (serial) DO UPDATE SET sealed = %s WHERE urn_box.key_group = excluded.key_group
"""


class NotTaking(Exception):
    """The wave takes no answers (any more): somebody closed it, or its last day is over."""


class NoSuchWave(NotTaking):
    """Nobody knows this wave."""


class Refused(Exception):
    """The pass cannot be used here."""


class UnknownCard(Refused):
    """No card of this wave has this code, or it was voided."""


class CardIsBound(Refused):
    """Somebody else used this card first."""


class BadToken(Refused):
    """The signature is not one of this key group's key over this secret."""


@dataclass(frozen=True, slots=True, repr=False)
class Pass:
    """What a person shows: a secret of their own, with a card's code or with a signature for a key group."""

    secret: bytes
    card: str | None = None
    signature: bytes | None = None
    key_group: str | None = None


def deliver(
    *, wave: str, secret: bytes, card: str | None, signature: bytes | None, key_group: str | None, sheet: Sheet
) -> str:
    """Seal the answers and store them under the person's serial; again with the same secret replaces them.

    When this returns, the answers are durable. Gives the receipt of eight characters. In a trial nothing is stored.

    Raises:
        NotTaking: the wave is closed; `NoSuchWave` when it never was.
        Refused: unknown, void or taken card; wrong signature.
        SheetIsWrong: the texts together are too long for a box.
    """
    shown = Pass(secret, card, signature, key_group)
    document = _document(wave)
    signed = _checked_pass(document, shown)
    sealed = _sealed(sheet, document)
    with transaction.atomic(using=URN), connections[URN].cursor() as cursor:
        _enter(cursor, wave)
        group = _bound_group(cursor, document, shown, keeps=not document.is_trial) if signed is None else signed.code
        if document.is_trial:
            return receipt_of(secret)
        if signed is not None and signed.at_most is not None:
            _check_room(cursor, signed.code, signed.at_most, shown)
        cursor.execute(_UPSERT, [serial_of(secret), group, sealed, sealed])
        if cursor.rowcount != 1:
            raise BadToken  # this secret was used in another wave or key group
    return receipt_of(secret)


def withdraw(*, wave: str, secret: bytes, card: str | None, signature: bytes | None, key_group: str | None) -> None:
    """Remove the person's box; without one nothing happens. The pass stays theirs, so they can deliver again.

    Raises:
        NotTaking, Refused: as for `deliver`; a card must have been bound to this secret.
    """
    shown = Pass(secret, card, signature, key_group)
    document = _document(wave)
    signed = _checked_pass(document, shown)
    with transaction.atomic(using=URN), connections[URN].cursor() as cursor:
        _enter(cursor, wave)
        group = (
            _bound_group(cursor, document, shown, binds=False, keeps=not document.is_trial)
            if signed is None
            else signed.code
        )
        cursor.execute("DELETE FROM urn_box WHERE serial = %s AND key_group = %s", [serial_of(secret), group])


def _document(wave: str) -> WaveDocument:
    known = known_wave(wave)
    if known is None:
        raise NoSuchWave
    if not known.is_taking or last_day.is_over(known.document.takes_until, at=last_day.now()):
        raise NotTaking
    return known.document


def _checked_pass(document: WaveDocument, shown: Pass) -> DocumentGroup | None:
    """The key group whose key signed the secret; none for a card, which only the database can judge."""
    if shown.card is not None:
        if len(shown.secret) != SECRET_BYTES:
            raise BadToken
        return None
    group = document.group(shown.key_group or "")
    # A wrong key group costs the same check as a wrong signature: the time says nothing.
    key = group.token_key if group is not None else None
    keys = [other.token_key for other in document.key_groups if other.token_key is not None]
    if not keys:
        raise BadToken
    fits = verify(key or keys[0], shown.secret, shown.signature or b"")
    if group is None or key is None or len(shown.secret) != SECRET_BYTES or not fits:
        raise BadToken
    return group


def _sealed(sheet: Sheet, document: WaveDocument) -> bytes:
    try:
        return seal(packed(sheet), holders=document.holders, server=document.server)
    except TooLongToSeal:
        raise SheetIsWrong({"comments": _("Together these texts are too long. Please make them shorter.")}) from None


def _enter(cursor: CursorWrapper, wave: str) -> None:
    turnstile.enter(wave)
    cursor.execute("SELECT is_taking FROM urn_openwave WHERE code = %s", [wave])
    row = cursor.fetchone()
    if row is None or not row[0]:
        raise NotTaking


def _bound_group(
    cursor: CursorWrapper, document: WaveDocument, shown: Pass, *, binds: bool = True, keeps: bool = True
) -> str:
    """The key group of the card, which is (or now becomes) bound to the person's secret; never without `keeps`."""
    code = shown.card if shown.card is not None and shown.card.isascii() else ""
    code_hash, binding = card_hash(code), binding_of(shown.secret)
    cursor.execute("SELECT key_group, bound_to, is_void FROM urn_card WHERE code_hash = %s", [code_hash])
    row = cursor.fetchone()
    if row is None or row[2] or document.group(row[0]) is None:
        raise UnknownCard
    if row[1] is None and keeps:
        _bind(cursor, code_hash, binding, binds=binds)
    elif row[1] is not None and bytes(row[1]) != binding:
        raise CardIsBound
    return str(row[0])


def _bind(cursor: CursorWrapper, code_hash: bytes, binding: bytes, *, binds: bool) -> None:
    if not binds:
        raise UnknownCard  # nothing was ever delivered with it
    # The same person may have been faster, with a second press: that is no refusal.
    cursor.execute(
        "UPDATE urn_card SET bound_to = %s WHERE code_hash = %s AND (bound_to IS NULL OR bound_to = %s) "
        "AND NOT is_void",
        [binding, code_hash, binding],
    )
    if cursor.rowcount != 1:
        raise CardIsBound  # somebody else was faster


def _check_room(cursor: CursorWrapper, key_group: str, at_most: int, shown: Pass) -> None:
    """Never more boxes than passes that door 1 may have signed, whatever became of its key."""
    turnstile.one_at_a_time(key_group)
    cursor.execute(
        "SELECT count(*) FROM urn_box WHERE key_group = %s AND serial <> %s", [key_group, serial_of(shown.secret)]
    )
    if cursor.fetchone()[0] >= at_most:
        raise BadToken
