"""What waits for somebody where something is made or talked about: reviews, scripts, workshops, meetings, cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.utils.functional import cached_property

from lerend_web.community.models import Case
from lerend_web.core.clock import AMSTERDAM
from lerend_web.interventions.domain.catalogue import named_entry
from lerend_web.interventions.domain.scripts import script_tasks
from lerend_web.interventions.models import OwnScript, Proposal, Session
from lerend_web.interventions.queries import (
    coming_sessions_of,
    reviews_waiting_for,
    scripts_to_approve_by,
    scripts_written_by,
    to_accept_by,
    to_mend_by,
)
from lerend_web.interventions.rules import PROPOSERS
from lerend_web.meetings.enums import MeetingState
from lerend_web.meetings.models import Meeting
from lerend_web.meetings.queries import meetings_for
from lerend_web.people.enums import ProgrammeRole
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme
from lerend_web.programmes.queries import programmes_for
from lerend_web.scans.rules import day_of
from lerend_web.themes.queries import programmes_reached

MOST_SHOWN: Final = 12
_STILL_ON: Final = timedelta(hours=6)
"""A meeting stays in the list so long after it began."""


@dataclass(frozen=True)
class Making:
    """Each is asked for at first use, so that a page without it costs nothing."""

    person: Person
    at: datetime

    @cached_property
    def is_teacher(self) -> bool:
        return bool(self._taught)

    @cached_property
    def reviews(self) -> list[Proposal]:
        """Proposals at which they can look now."""
        return reviews_waiting_for(self.person)[:MOST_SHOWN]

    @cached_property
    def to_accept(self) -> Sequence[Proposal]:
        """What all three reviewers agree on, for the coordinator."""
        return list(to_accept_by(self.person)[:MOST_SHOWN])

    @cached_property
    def to_approve(self) -> list[tuple[OwnScript, str]]:
        """Scripts of colleagues, each with what its approach is called."""
        return _named(scripts_to_approve_by(self.person)[:MOST_SHOWN])

    @cached_property
    def writing(self) -> list[tuple[OwnScript, str]]:
        return _named(list(scripts_written_by(self.person)[:MOST_SHOWN]))

    @cached_property
    def to_claim(self) -> list[tuple[Programme, int]]:
        """Programmes in which they teach, with how many scripts nobody writes."""
        counted = [(one, sum(task.script is None for task in script_tasks(one))) for one in self._taught]
        return [(one, number) for one, number in counted if number]

    @cached_property
    def to_mend(self) -> Sequence[Proposal]:
        return list(to_mend_by(self.person)[:MOST_SHOWN])

    @cached_property
    def sessions(self) -> Sequence[Session]:
        return list(coming_sessions_of(self.person, today=self._today)[:MOST_SHOWN])

    @cached_property
    def meetings(self) -> Sequence[Meeting]:
        """Those that are coming or going on."""
        found = meetings_for(self.person).exclude(state=MeetingState.CLOSED.value)
        return list(found.filter(starts_at__gte=self.at - _STILL_ON).order_by("starts_at", "pk")[:MOST_SHOWN])

    @cached_property
    def cases(self) -> Sequence[Case]:
        """Practical cases that they began and did not publish."""
        begun = Case.objects.filter(author=self.person, published_at=None)
        return list(begun.select_related("theme")[:MOST_SHOWN])

    @cached_property
    def programmes(self) -> Sequence[Programme]:
        """Where they can propose something for the catalogue."""
        return list(programmes_reached(self.person, *PROPOSERS))

    @property
    def is_empty(self) -> bool:
        """Whether nothing of all this waits for them."""
        parts = (
            self.reviews,
            self.to_accept,
            self.to_approve,
            self.writing,
            self.to_claim,
            self.to_mend,
            self.sessions,
        )
        return not any((*parts, self.meetings, self.cases))

    @cached_property
    def _taught(self) -> list[Programme]:
        return list(programmes_for(self.person, ProgrammeRole.TEACHER))

    @cached_property
    def _today(self) -> date:
        return day_of(self.at, AMSTERDAM)


def _named(scripts: Sequence[OwnScript]) -> list[tuple[OwnScript, str]]:
    return [(one, named_entry(one.programme, one.entry)) for one in scripts]
