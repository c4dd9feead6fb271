"""What waits for somebody themselves: steps, pulses, themes that they look after, invitations to a working group, proposals for a learning partner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise, cached_property

from lerend_web.community.models import GroupMember
from lerend_web.community.queries import groups_of, open_invitations_of, with_proposals_to_answer
from lerend_web.community.rules import CONTACT
from lerend_web.core.clock import AMSTERDAM
from lerend_web.organisations.models import Organisation
from lerend_web.organisations.queries import organisations_for
from lerend_web.people.models import Person
from lerend_web.pilots.domain.grade_history import grades_to_sign_by
from lerend_web.pilots.domain.partners import to_answer_by
from lerend_web.pilots.domain.todos import todos_of
from lerend_web.pilots.domain.verdicts import to_sign_by
from lerend_web.pilots.models import GradeChange, Partner, Pilot
from lerend_web.pilots.queries import looked_after_by
from lerend_web.pulses.domain.waiting import Task, Waits, waits_for
from lerend_web.scans.rules import day_of
from lerend_web.themes.models import ActionStep, Theme
from lerend_web.themes.queries import open_steps_of, themes_looked_after_by
from lerend_web.themes.rules import ACTION_READERS, is_late
from lerend_web.workbench.pulse_words import TASKS

MOST_SHOWN: Final = 12
"""Steps; who has more sees the rest with the plans."""


@dataclass(frozen=True, slots=True)
class PulseStep:
    """Something to do about pulses, by when, and where."""

    says: Promise
    name: str
    on: date
    is_late: bool
    link: str


@dataclass(frozen=True)
class Waiting:
    """Each is asked for at first use, so that a page without it costs nothing."""

    person: Person
    at: datetime

    @cached_property
    def steps(self) -> list[tuple[ActionStep, bool]]:
        """Open steps with whether they are late, soonest first."""
        today = day_of(self.at, AMSTERDAM)
        found = open_steps_of(self.person, organisations_for(self.person, *ACTION_READERS))[:MOST_SHOWN]
        return [(step, is_late(step, today)) for step in found]

    @cached_property
    def pulses(self) -> list[PulseStep]:
        """What is to be done about pulses: planning one that is due, keys, cards, opening, closing."""
        return [_pulse_step(one) for one in waits_for(self.person, at=self.at)[:MOST_SHOWN]]

    @cached_property
    def themes(self) -> list[tuple[Theme, bool]]:
        """Themes that they look after, with whether the next date is over."""
        today = day_of(self.at, AMSTERDAM)
        return [(one, one.next_on is not None and one.next_on < today) for one in themes_looked_after_by(self.person)]

    @cached_property
    def grades(self) -> list[GradeChange]:
        """What judged pilots propose for the catalogue, for a researcher to sign."""
        return grades_to_sign_by(self.person)

    @cached_property
    def invitations(self) -> Sequence[GroupMember]:
        return list(open_invitations_of(self.person))

    @cached_property
    def groups(self) -> Sequence[GroupMember]:
        return list(groups_of(self.person))

    @cached_property
    def proposals(self) -> list[Organisation]:
        """Organisations of which this person is the contact, and that have a proposal to answer."""
        return list(with_proposals_to_answer(organisations_for(self.person, *CONTACT)))

    @cached_property
    def pilots(self) -> list[tuple[Pilot, int]]:
        """Pilots that they look after and in which something waits, each with how much."""
        counted = ((one, len(todos_of(one, on=day_of(self.at, AMSTERDAM)))) for one in looked_after_by(self.person))
        return [(one, number) for one, number in counted if number]

    @cached_property
    def verdicts(self) -> list[Pilot]:
        """Pilots that are over, of which this person signs the verdict."""
        return to_sign_by(self.person)

    @cached_property
    def asked_for_pilots(self) -> list[Partner]:
        """Companies of which this person is the contact, and that were asked for a pilot."""
        return to_answer_by(self.person)


def _pulse_step(waits: Waits) -> PulseStep:
    return PulseStep(TASKS[waits.task], waits.name, waits.on, waits.is_late, _link_of(waits))


def _link_of(waits: Waits) -> str:
    """The page on which it is done."""
    if waits.task is Task.PLAN:
        return reverse("pulse-plan", args=[waits.organisation, waits.action])
    if waits.task is Task.KEY:
        return reverse("pulse-keys", args=[waits.organisation, waits.series])
    pages = {Task.CARDS: "wave-cards", Task.OPEN: "wave", Task.COUNT: "wave-people-since", Task.CLOSE: "wave-close"}
    if waits.task in pages:
        return reverse(pages[waits.task], args=[waits.wave])
    return reverse("pulses", args=[waits.organisation, waits.series])
