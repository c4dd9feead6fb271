"""How far a pilot is, and the words that its rows keep."""

from __future__ import annotations

from enum import StrEnum


class PilotState(StrEnum):
    DRAFT = "draft"
    FROZEN = "frozen"  # the plan cannot change any more; lots are drawn
    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"


class Faithful(StrEnum):
    """Whether a session went as planned, as whoever led it says."""

    AS_PLANNED = "as_planned"
    CHANGED = "changed"
    NOT_DONE = "not_done"


class GradeState(StrEnum):
    PROPOSED = "proposed"
    SIGNED = "signed"
    REFUSED = "refused"
