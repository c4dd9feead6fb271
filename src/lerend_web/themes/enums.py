"""How far a theme and an action are."""

from __future__ import annotations

from enum import StrEnum


class ThemeState(StrEnum):
    PROPOSED = "proposed"
    CHOSEN = "chosen"
    NOT_CHOSEN = "not_chosen"  # and the theme says why
    RUNNING = "running"
    DONE = "done"


class ActionState(StrEnum):
    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
