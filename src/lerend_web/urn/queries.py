"""What door 2 and the register may ask of the urn. No answer here names a person, a time or a serial."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connections
from django.db.models import Count

from lerend_web.core.databases import URN
from lerend_web.urn.documents import WaveDocument, read_document
from lerend_web.urn.models import Box, Card
from lerend_web.urn.passes import SECRET_BYTES, binding_of, card_hash


@dataclass(frozen=True, slots=True)
class KnownWave:
    """A wave that door 2 knows, open or closed."""

    document: WaveDocument
    is_taking: bool


def known_wave(code: str) -> KnownWave | None:
    """The wave of this code, or none. Past the ORM: it would parse the JSON at every request."""
    with connections[URN].cursor() as cursor:
        cursor.execute("SELECT document, is_taking FROM urn_openwave WHERE code = %s", [code])
        row = cursor.fetchone()
    return None if row is None else KnownWave(read_document(row[0]), bool(row[1]))


def wave_of_card(code: str) -> str | None:
    """The open wave that this card is for; none for a card that nobody knows or that was voided."""
    return _card_and_wave(code)[1]


def card_is_usable(wave: str, code: str, secret: bytes) -> bool:
    """Whether this card could deliver in this wave with this secret now; only a hint before the questions begin."""
    card, its_wave = _card_and_wave(code)
    if len(secret) != SECRET_BYTES:
        return False
    binding = binding_of(secret)
    bound_to = bytes(card.bound_to) if card is not None and card.bound_to is not None else binding
    return its_wave == wave and hmac.compare_digest(bound_to, binding)


def _card_and_wave(code: str) -> tuple[Card | None, str | None]:
    """The card, unless it is void, and the open wave that it is for.

    Every code costs the same two queries and the same search, known or not, and what cannot be a code too: the time
    that a refusal takes tells nothing.
    """
    card = Card.objects.filter(code_hash=card_hash(code if code.isascii() else ""), is_void=False).first()
    with connections[URN].cursor() as cursor:
        cursor.execute("SELECT document FROM urn_openwave WHERE is_taking")
        documents = [read_document(text) for (text,) in cursor.fetchall()]
    key_group = card.key_group if card is not None else ""
    waves = [document.wave for document in documents if document.group(key_group) is not None]
    return card, waves[0] if waves else None


def delivered(*, key_groups: Sequence[str]) -> dict[str, int]:
    """How many boxes each key group holds; for the register's rounded response figure, never for a screen as it is."""
    found = Box.objects.filter(key_group__in=key_groups).values_list("key_group").annotate(Count("serial")).order_by()
    return dict.fromkeys(key_groups, 0) | dict(found)
