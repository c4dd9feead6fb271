"""What can be told about a round, and how far a request to join is."""

from __future__ import annotations

from enum import StrEnum


class Part(StrEnum):
    """The parts of the trace page, in the order in which they are read."""

    HEARD = "heard"
    CHOSEN = "chosen"
    NOT_CHOSEN = "not_chosen"
    DONE = "done"
    CAME_OF_IT = "came_of_it"


class Asked(StrEnum):
    """A request to join: whether somebody decided about it."""

    WAITING = "waiting"
    TAKEN_IN = "taken_in"
    PUT_ASIDE = "put_aside"


class Kept(StrEnum):
    """How it stands with the promised day on which people hear back."""

    WAITS = "waits"
    KEPT = "kept"
    LATE = "late"
    OVERDUE = "overdue"
