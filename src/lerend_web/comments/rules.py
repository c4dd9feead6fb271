"""What holds for comments, as pure rules: how many answers, how late, how long it takes, and who may read them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Final

from django.utils.functional import Promise

from lerend_web.people.enums import ProgrammeRole, Role
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import day_of

MODERATOR: Final[tuple[Role, ...]] = (ProgrammeRole.MODERATOR,)
"""Who reads comments: never somebody with a role in the organisation itself (`queries.waves_to_moderate`)."""
EDITORS: Final[tuple[Role, ...]] = (ProgrammeRole.MODERATOR, ProgrammeRole.RESEARCHER)
"""Who may see and change the word lists of a programme."""

ANY_FROM: Final = 10
"""Answers: of a round with fewer no comment is ever shown, nor read."""
LITERAL_FROM: Final = 25
"""Answers: below this only what a moderator writes, for colleagues know each other's way of writing."""
LATE: Final = timedelta(days=14)
"""After closing, so that what is shown is not tied to what somebody said in the days before it."""
LONGEST: Final = 500
"""Characters of a comment and of a paraphrase."""
USUAL_SECONDS: Final = 20.0
"""For one comment, as long as a moderator's own pace is not known."""
FEWEST_FOR_PACE: Final = 5
LONGEST_PACE: Final = 300.0
"""Seconds between two decisions; more is a break."""


class CommentsRefused(Exception):
    """Something that cannot be done with a comment now; `sentence` says why, and what to do."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def may_be_literal(people: int) -> bool:
    """Whether comments may be shown as they were written, of at least so many people who answered."""
    return people >= LITERAL_FROM


def earliest_release(wave: Wave) -> date:
    """The first day on which comments of a closed wave may be shown, in the programme's zone.

    Raises:
        ValueError: the wave is not closed.
    """
    if wave.closed_at is None:
        raise ValueError("comments are shown after closing")
    return day_of(wave.closed_at + LATE, wave.programme.time_zone)


def is_late_enough(wave: Wave, *, at: datetime) -> bool:
    return wave.closed_at is not None and day_of(at, wave.programme.time_zone) >= earliest_release(wave)


def seconds_each(decided: Sequence[datetime]) -> float:
    """How long one comment takes: the median of somebody's own times between two decisions, without breaks."""
    ordered = sorted(decided)
    steps = [(after - before).total_seconds() for before, after in pairwise(ordered)]
    own = [step for step in steps if step <= LONGEST_PACE]
    return median(own) if len(own) >= FEWEST_FOR_PACE else USUAL_SECONDS


def minutes_left(left: int, seconds: float) -> int:
    """Minutes of work, rounded up."""
    return -int(-left * seconds // 60)


def place_for(person: int, comment: int, wave: str) -> str:
    """By what comments are ordered for one moderator: another order for each, the same one every day."""
    return hashlib.sha256(f"{wave} {person} {comment}".encode()).hexdigest()
