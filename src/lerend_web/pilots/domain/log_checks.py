"""Is the log of a company complete, on time, consistent, and without numbers that lie far off? Each as something to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import median
from typing import Final

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from lerend_web.pilots.domain.dose import beginnings, entries_of, people_in, planned_by, teams_that_begin, was_held
from lerend_web.pilots.models import LogEntry, Pilot
from lerend_web.scans.rules import day_of

QUIET_FOR: Final = timedelta(weeks=2)
"""So long after its start a team without a line is asked about."""
BEHIND_FROM: Final = 0.7
"""Share of the sessions planned by now below which a team is behind."""
LATE_AFTER: Final = timedelta(weeks=2)
"""A line written so long after its session is written from memory."""
FAR_OFF: Final = 3
"""Times the middle one of all sessions of the pilot, or below one part in so many of it, is far off."""
ENOUGH_TO_COMPARE: Final = 5


class Quality(StrEnum):
    """What a remark is about."""

    COMPLETE = "complete"
    ON_TIME = "on_time"
    CONSISTENT = "consistent"
    OUTLYING = "outlying"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in the log to put right or to explain, in one company."""

    quality: Quality
    organisation: int
    team: str
    says: str | Promise
    entry: LogEntry | None = None


def remarks_on(pilot: Pilot, *, on: date, organisations: frozenset[int] | None = None) -> tuple[Remark, ...]:
    """All remarks on a day, in the order of the teams.

    Args:
        organisations: about whose teams; None for all. Numbers that lie far off are judged beside all teams of the pilot.
    """
    teams = teams_that_begin(pilot)
    begins, people, entries = beginnings(pilot, teams), people_in(teams), entries_of(teams)
    minutes = [line.minutes for lines in entries.values() for line in lines if was_held(line)]
    usual = median(minutes) if len(minutes) >= ENOUGH_TO_COMPARE else None
    return tuple(
        Remark(quality, one.organisation_id, one.name, says, line)
        for one in teams
        if organisations is None or one.organisation_id in organisations
        for quality, says, line in _about(pilot, entries[one.pk], begins[one.pk], people[one.pk], usual, on)
    )


_Found = tuple[Quality, str | Promise, LogEntry | None]


def _about(
    pilot: Pilot,
    lines: Sequence[LogEntry],
    begins: date | None,
    people: int,
    usual: float | None,
    on: date,
) -> Iterator[_Found]:
    yield from _complete(pilot, lines, begins, on)
    yield from _on_time(pilot, lines)
    yield from _consistent(lines, begins, people)
    if usual is not None:
        yield from _outlying(lines, usual)


def _complete(pilot: Pilot, lines: Sequence[LogEntry], begins: date | None, on: date) -> Iterator[_Found]:
    if begins is None or on < begins + QUIET_FOR:
        return
    if not lines:
        yield Quality.COMPLETE, _("Nothing was written down yet. Did no session take place? Write that down too."), None
        return
    held, planned = sum(map(was_held, lines)), planned_by(pilot, begins, on)
    if held < BEHIND_FROM * planned:
        words = ngettext_lazy(
            "One session was written down; by now %(planned)d were planned.",
            "%(held)d sessions were written down; by now %(planned)d were planned.",
            "held",
        )
        yield Quality.COMPLETE, words % {"held": held, "planned": round(planned)}, None


def _on_time(pilot: Pilot, lines: Sequence[LogEntry]) -> Iterator[_Found]:
    zone = pilot.programme.time_zone
    late = [line for line in lines if day_of(line.at, zone) - line.on > LATE_AFTER]
    if late:
        words = ngettext_lazy(
            "One line was written more than two weeks after its session. Write it down on the day itself.",
            "%(n)d lines were written more than two weeks after their sessions. Write them down on the day itself.",
            "n",
        )
        yield Quality.ON_TIME, words % {"n": len(late)}, None


def _consistent(lines: Sequence[LogEntry], begins: date | None, people: int) -> Iterator[_Found]:
    twice = {day for day, times in Counter(line.on for line in lines).items() if times > 1}
    for line in lines:
        if begins is not None and line.on < begins:
            yield (
                Quality.CONSISTENT,
                _("A session before the team began. Then the comparison is not fair any more."),
                line,
            )
        if line.came > people:
            words = _("{came} people came, but {people} work there.")
            yield Quality.CONSISTENT, format_lazy(words, came=line.came, people=people), line
        if line.on in twice:
            yield Quality.CONSISTENT, _("Two lines about the same day. Is one of them a mistake?"), line


def _outlying(lines: Sequence[LogEntry], usual: float) -> Iterator[_Found]:
    for line in lines:
        if was_held(line) and not usual / FAR_OFF <= line.minutes <= usual * FAR_OFF:
            words = _("{minutes} minutes; in this pilot {usual} is usual. Is that right?")
            yield Quality.OUTLYING, format_lazy(words, minutes=line.minutes, usual=round(usual)), line
