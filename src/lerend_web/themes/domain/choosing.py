"""Themes of a programme: proposing one, changing it, and saying what becomes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lerend_web.core.audit import record
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme
from lerend_web.themes.domain.newest import model_of_programme
from lerend_web.themes.enums import ThemeState
from lerend_web.themes.models import Theme
from lerend_web.themes.queries import possible_owners
from lerend_web.themes.rules import MOST_FACTORS, MUST_BE_OWNED, ThemesRefused, must_follow, must_have_what_it_needs


@dataclass(frozen=True, slots=True)
class WhatBecomes:
    """What is said of a theme; `why` only where it is not chosen."""

    state: ThemeState
    why: str = ""
    owner: Person | None = None
    next_on: date | None = None


@transaction.atomic
def add_theme(
    *, programme: Programme, name_nl: str, name_en: str, factors: Iterable[str], by: Person | None, at: datetime
) -> Theme:
    """A theme that is proposed; one name is enough, it then stands for both.

    Raises:
        ThemesRefused: there is one of that name, or its factors are not in the model.
    """
    theme = Theme(programme=programme, made_at=at)
    _name(theme, name_nl, name_en, factors)
    theme.save()
    record(by=by, at=at, code="theme.added", programme=programme, subject=str(theme.pk), name=theme.name_nl)
    return theme


@transaction.atomic
def change_theme(
    *, theme: Theme, name_nl: str, name_en: str, factors: Iterable[str], by: Person | None, at: datetime
) -> None:
    """Other names or factors.

    Raises:
        ThemesRefused: as for a new one; and the factors of a theme stay once something is done about it.
    """
    wanted = list(dict.fromkeys(factors))
    if sorted(wanted) != sorted(theme.factors) and theme.state in {ThemeState.RUNNING, ThemeState.DONE}:
        raise ThemesRefused(
            _("Work on this theme has begun, so its factors stay. Make another theme for the others."), "factors"
        )
    _name(theme, name_nl, name_en, wanted)
    theme.save()
    record(by=by, at=at, code="theme.changed", programme=theme.programme_id, subject=str(theme.pk), name=theme.name_nl)


@transaction.atomic
def decide_theme(*, theme: Theme, becomes: WhatBecomes, by: Person | None, at: datetime) -> None:
    """Say what becomes of a theme, who looks after it and when something happens next.

    Raises:
        ThemesRefused: it cannot go from where it is to there, or something is missing: a reason, an owner, a date.
    """
    theme.refresh_from_db(from_queryset=Theme.objects.select_for_update())
    why = " ".join(becomes.why.split()) if becomes.state is ThemeState.NOT_CHOSEN else ""
    must_follow(ThemeState(theme.state), becomes.state)
    must_have_what_it_needs(becomes.state, why=why, owned=becomes.owner is not None, next_on=becomes.next_on)
    if becomes.owner is not None and becomes.owner not in possible_owners(theme.programme):
        raise ThemesRefused(_("Choose somebody who has a part in this programme."), "owner")
    lives_on = becomes.state in MUST_BE_OWNED or becomes.state is ThemeState.PROPOSED
    theme.state, theme.why, theme.owner = becomes.state, why, becomes.owner
    theme.next_on = becomes.next_on if lives_on else None
    theme.save()
    record(
        by=by,
        at=at,
        code="theme.decided",
        programme=theme.programme_id,
        subject=str(theme.pk),
        name=theme.name_nl,
        state=becomes.state.value,
    )


def _name(theme: Theme, name_nl: str, name_en: str, factors: Iterable[str]) -> None:
    dutch, english = (" ".join(name.split()) for name in (name_nl, name_en))
    theme.name_nl, theme.name_en = dutch or english, english or dutch
    theme.factors = list(dict.fromkeys(factors))
    if not theme.name_nl:
        raise ThemesRefused(_("Give the theme a name."), "name_nl")
    others = Theme.objects.filter(programme=theme.programme, name_nl__iexact=theme.name_nl).exclude(pk=theme.pk)
    if others.exists():
        raise ThemesRefused(_("There is a theme of this name already."), "name_nl")
    known = {factor.id for factor in model_of_programme(theme.programme).factors if factor.measured}
    if not theme.factors or not known.issuperset(theme.factors) or len(theme.factors) > MOST_FACTORS:
        raise ThemesRefused(_("Choose one to six factors that this theme stands for."), "factors")
