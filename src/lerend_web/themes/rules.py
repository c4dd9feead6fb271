"""What holds for themes and actions: who may do what, what may follow what, and what a chosen one must have."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lerend_web.people.enums import OrganisationRole, ProgrammeRole, Role
from lerend_web.themes.enums import ActionState, ThemeState
from lerend_web.themes.models import ActionStep

EDITORS: Final[tuple[Role, ...]] = (ProgrammeRole.COORDINATOR,)
"""Who makes themes and says what becomes of them."""
THEME_READERS: Final[tuple[Role, ...]] = (
    ProgrammeRole.COORDINATOR,
    ProgrammeRole.RESEARCHER,
    ProgrammeRole.TEACHER,
    OrganisationRole.COMPANY_CONTACT,
    OrganisationRole.TEAM_LEADER,
    OrganisationRole.WORKS_COUNCIL,
    OrganisationRole.INFORMANT,
)
THEME_OWNERS: Final[tuple[Role, ...]] = (
    ProgrammeRole.COORDINATOR,
    ProgrammeRole.RESEARCHER,
    ProgrammeRole.TEACHER,
)
"""Whose name every company of the programme may see beside a theme."""
ACTION_EDITORS: Final[tuple[Role, ...]] = (OrganisationRole.COMPANY_CONTACT,)
ACTION_READERS: Final[tuple[Role, ...]] = (
    OrganisationRole.COMPANY_CONTACT,
    OrganisationRole.TEAM_LEADER,
    OrganisationRole.WORKS_COUNCIL,
    OrganisationRole.INFORMANT,
)
"""Who sees the actions of an organisation, and can own one or a step of it. Nobody outside it does."""

NEXT: Final[dict[ThemeState, tuple[ThemeState, ...]]] = {
    ThemeState.PROPOSED: (ThemeState.CHOSEN, ThemeState.NOT_CHOSEN),
    ThemeState.CHOSEN: (ThemeState.RUNNING, ThemeState.NOT_CHOSEN),
    ThemeState.NOT_CHOSEN: (ThemeState.PROPOSED, ThemeState.CHOSEN),
    ThemeState.RUNNING: (ThemeState.DONE, ThemeState.NOT_CHOSEN),
    ThemeState.DONE: (ThemeState.RUNNING,),
}
"""What may become of a theme."""
MUST_BE_OWNED: Final = frozenset({ThemeState.CHOSEN, ThemeState.RUNNING})
LIVE: Final = frozenset({ActionState.PLANNED, ActionState.RUNNING})
"""States of an action in which its steps can be late."""
PULSE_AFTER: Final = timedelta(days=30)
"""A month after the first step: long enough for something to be felt, soon enough to mend it."""
MOST_STEPS: Final = 40
MOST_FACTORS: Final = 6


class ThemesRefused(Exception):
    """A change that cannot be: `field` of the form (empty: all of it), and a sentence that says what to do."""

    def __init__(self, sentence: str | Promise, field: str = "") -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.field = field


def must_follow(before: ThemeState, after: ThemeState) -> None:
    """Raises: ThemesRefused."""
    if after is not before and after not in NEXT[before]:
        raise ThemesRefused(_("A theme cannot go from there to here in one step. Choose one of the others."), "state")


def must_have_what_it_needs(state: ThemeState, *, why: str, owned: bool, next_on: date | None) -> None:
    """Raises: ThemesRefused."""
    if state is ThemeState.NOT_CHOSEN and not why:
        raise ThemesRefused(_("Say why it was not chosen: people who answered read that too."), "why")
    if state in MUST_BE_OWNED and not owned:
        raise ThemesRefused(_("Choose who looks after this theme."), "owner")
    if state in MUST_BE_OWNED and next_on is None:
        raise ThemesRefused(_("Fill in when something happens next."), "next_on")


def is_late(step: ActionStep, today: date) -> bool:
    """Whether the last day of a step is over while it is not done."""
    return step.done_on is None and step.due_on < today


def pulse_date(due: Iterable[date]) -> date | None:
    """When three questions can be asked: a month after the first step; None without steps."""
    first = min(due, default=None)
    return None if first is None else first + PULSE_AFTER
