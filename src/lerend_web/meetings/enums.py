"""What kinds of meetings there are, who comes as what, and how far a meeting is."""

from __future__ import annotations

from enum import StrEnum


class MeetingKind(StrEnum):
    THEME = "theme"  # which bottleneck is taken up first
    DEEPENING = "deepening"  # of one theme: causes, what was tried, the first concrete step


class MeetingRole(StrEnum):
    """As what somebody takes part. The code on a card says the role, and nothing else about who holds it."""

    COMPANY = "company"
    TEACHER = "teacher"
    EMPLOYEES = "employees"
    RESEARCHER = "researcher"


class MeetingState(StrEnum):
    PLANNED = "planned"
    OPEN = "open"  # people join with their code
    ROUND_1 = "round_1"
    REVEALED_1 = "revealed_1"
    ROUND_2 = "round_2"
    REVEALED_2 = "revealed_2"
    DECIDED = "decided"
    CLOSED = "closed"


class Answer(StrEnum):
    """Whether somebody who was invited comes."""

    NONE = ""
    YES = "yes"
    NO = "no"
