"""What a meeting of the programme decided, laid beside its themes: what would become of each, and making it so.

A meeting chooses between themes of the organisation model, factors, and what people typed. Which theme of the programme
is meant follows from the factors that both stand for, else from the name. Nothing changes by itself: the coordinator
sees what would change, and says so.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lerend.report.words import printable
from lerend_web.core.audit import record
from lerend_web.meetings.enums import MeetingKind, MeetingState
from lerend_web.meetings.models import Decision, Meeting
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme
from lerend_web.themes.domain.choosing import WhatBecomes, add_theme, decide_theme
from lerend_web.themes.domain.newest import factors_behind, model_of_programme
from lerend_web.themes.enums import ThemeState
from lerend_web.themes.models import Theme
from lerend_web.themes.rules import ThemesRefused


class Change(StrEnum):
    """What a decision means for a theme."""

    CHOOSE = "choose"
    PUT_OFF = "put_off"  # not chosen, with the reason that the meeting gave
    STAYS = "stays"  # it is where the decision wants it, or further


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that a meeting could choose; `theme` is none where the programme has no such theme yet.

    `factors` are those that it stands for: without any it cannot become a theme by itself. `was_chosen` says that an
    earlier choice would be undone, so that nobody does so by a habit of clicking.
    """

    id: int
    name: str
    source: str
    theme: Theme | None
    factors: tuple[str, ...]
    change: Change
    why: str = ""
    was_chosen: bool = False

    @property
    def may_change(self) -> bool:
        return self.change is not Change.STAYS and (self.theme is not None or bool(self.factors))


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a decision means for the themes: what was chosen, and what was not and why."""

    chosen: Option
    against: tuple[Option, ...]

    @property
    def is_carried_out(self) -> bool:
        """Whether nothing is left to do that was not done on purpose."""
        left = [one for one in (self.chosen, *self.against) if one.may_change and not one.was_chosen]
        return not left


def consequence_of(meeting: Meeting) -> Consequence | None:
    """None where a meeting has nothing to say about themes: it is of one company, deepens one, or chose nothing."""
    decision = Decision.objects.filter(meeting=meeting).select_related("option").first()
    is_about_themes = meeting.organisation_id is None and meeting.kind == MeetingKind.THEME
    if not is_about_themes or decision is None or decision.option is None:
        return None
    said = {one["option"]: one["why"] for one in decision.not_chosen}
    themes = list(Theme.objects.filter(programme=meeting.programme_id).select_related("owner"))
    options = [
        _read(one.pk, one.name, one.source, themes, meeting.programme, None if one == decision.option else said)
        for one in meeting.options.all()
    ]
    chosen = next(one for one in options if one.id == decision.option.pk)
    return Consequence(chosen, tuple(one for one in options if one is not chosen))


@transaction.atomic
def carry_out(
    *, meeting: Meeting, owner: Person | None, next_on: date | None, put_off: Collection[int], by: Person, at: datetime
) -> Theme | None:
    """Let the themes of the programme stand as the meeting decided; each change has its own row of history.

    Args:
        owner: who looks after the theme that was chosen; somebody with a part in the programme.
        next_on: when something happens next with it.
        put_off: options (their ids) whose themes become *not chosen*; only those for which the meeting said why.

    Returns:
        the theme that was chosen; None where that is no theme, and cannot become one.

    Raises:
        ThemesRefused: the meeting chose nothing, or a theme cannot go where it should; then nothing is changed.
    """
    meeting.refresh_from_db(from_queryset=Meeting.objects.select_for_update())
    found = consequence_of(meeting)
    if found is None or meeting.state not in {MeetingState.DECIDED, MeetingState.CLOSED}:
        raise ThemesRefused(_("This meeting chose no theme. First write down what it decided."))
    changed = 0
    for one in found.against:
        if one.id in put_off and one.may_change:
            becomes = WhatBecomes(ThemeState.NOT_CHOSEN, one.why)
            decide_theme(theme=_theme_for(one, meeting, by=by, at=at), becomes=becomes, by=by, at=at)
            changed += 1
    chosen = found.chosen.theme
    if found.chosen.may_change:
        chosen = _theme_for(found.chosen, meeting, by=by, at=at)
        becomes = WhatBecomes(ThemeState.CHOSEN, owner=owner, next_on=next_on)
        decide_theme(theme=chosen, becomes=becomes, by=by, at=at)
        changed += 1
    if changed:
        record(
            by=by,
            at=at,
            code="meeting.carried_out",
            programme=meeting.programme_id,
            subject=meeting.key,
            themes=changed,
        )
    return chosen


def _read(
    key: int,
    name: str,
    source: str,
    themes: Sequence[Theme],
    programme: Programme,
    reasons: dict[int, str] | None,
) -> Option:
    """An option beside the themes; without `reasons` it is the one that was chosen."""
    factors = factors_behind(programme, source)
    theme = _meant(name, factors, themes)
    state = ThemeState(theme.state) if theme is not None else None
    if reasons is None:
        stays = state in {ThemeState.CHOSEN, ThemeState.RUNNING, ThemeState.DONE}
        return Option(key, name, source, theme, factors, Change.STAYS if stays else Change.CHOOSE)
    why = reasons.get(key, "").strip()
    stays = not why or state in {ThemeState.RUNNING, ThemeState.DONE, ThemeState.NOT_CHOSEN}
    change = Change.STAYS if stays else Change.PUT_OFF
    return Option(key, name, source, theme, factors, change, why, was_chosen=state is ThemeState.CHOSEN)


def _meant(name: str, factors: tuple[str, ...], themes: Sequence[Theme]) -> Theme | None:
    """The theme of the same factors; among several, or where there is none, the one of the same name."""
    same_name = [one for one in themes if name.strip().casefold() in {one.name_nl.casefold(), one.name_en.casefold()}]
    same_factors = [one for one in themes if factors and set(one.factors) == set(factors)]
    both = [one for one in same_factors if one in same_name]
    return next(iter((*both, *same_factors, *same_name)), None)


def _theme_for(option: Option, meeting: Meeting, *, by: Person, at: datetime) -> Theme:
    """The theme that is meant, or a new one by the names that the model has for it."""
    if option.theme is not None:
        return option.theme
    model = model_of_programme(meeting.programme)
    factors = {one.id: one.name for one in model.factors}
    spoken = (factors | {one.id: one.name for one in model.themes}).get(option.source)
    dutch, english = (
        (printable(spoken.in_language("nl")), printable(spoken.in_language("en"))) if spoken else (option.name, "")
    )
    return add_theme(programme=meeting.programme, name_nl=dutch, name_en=english, factors=option.factors, by=by, at=at)
