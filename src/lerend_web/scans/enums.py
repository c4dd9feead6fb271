"""The states of a wave, and the ways to take part."""

from __future__ import annotations

from enum import StrEnum


class WaveState(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"


class WaveKind(StrEnum):
    """A scan is a round that everybody is asked in; a pulse asks a few questions about one thing, in a series."""

    SCAN = "scan"
    PULSE = "pulse"


class Mode(StrEnum):
    """One way per key group: else one person could have two votes."""

    CARD = "card"
    MAIL = "mail"


class MailState(StrEnum):
    """How far the mail to an address is. Nothing here depends on whether somebody took part."""

    READY = "ready"
    QUEUED = "queued"
    SENT = "sent"
    RETURNED = "returned"


class Collected(StrEnum):
    """Under whose promise people answered."""

    HERE = "here"
    ELSEWHERE = "elsewhere"
