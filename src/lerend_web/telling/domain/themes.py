"""Themes that the companies share, told to everybody: off until the coordinator switches it on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lerend_web.core.audit import record
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme
from lerend_web.telling.models import SharedThemes
from lerend_web.telling.queries import published_themes
from lerend_web.telling.rules import TellingRefused, at_least, may_follow


@dataclass(frozen=True, slots=True)
class Counted:
    """A theme with its names by language.

    Attributes:
        concerned: companies in which it is possibly or very likely among those with most room.
        very_likely: those of them in which it is very likely.
    """

    id: str
    names: Mapping[str, str]
    concerned: int
    very_likely: int


@dataclass(frozen=True, slots=True)
class Countable:
    """What could be told now: themes over so many companies, each of which stands behind it with one round.

    Attributes:
        rounds: the code of that round, by organisation.
    """

    companies: int
    simulated: bool
    themes: Sequence[Counted]
    rounds: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ToldTheme:
    """In so many companies at least; `very_likely` is nothing (0) where that number would point at a few."""

    names: Mapping[str, str]
    at_least: int
    very_likely: int


@dataclass(frozen=True, slots=True)
class ToldThemes:
    companies: int
    simulated: bool
    themes: tuple[ToldTheme, ...]
    at: datetime


def safe_themes(counted: Countable, *, at: datetime) -> ToldThemes:
    """What of it may be told; themes of too few companies are left out. Those of most companies come first."""
    found = [_told(one, counted.companies) for one in counted.themes]
    told = sorted((one for one in found if one.at_least), key=lambda one: (-one.very_likely, -one.at_least))
    return ToldThemes(counted.companies, counted.simulated, tuple(told), at)


def _told(one: Counted, companies: int) -> ToldTheme:
    """The second number leaves three companies in the first as well: the difference of the two says nothing of a few."""
    concerned = at_least(one.concerned, companies)
    return ToldTheme(one.names, concerned, at_least(one.very_likely, concerned))


def why_not_tell(programme: Programme, counted: Countable) -> TellingRefused | None:
    """Why these cannot be published after what was published before; None when they can."""
    before = SharedThemes.objects.filter(programme=programme).first()
    if before is not None and not may_follow(before.rounds, counted.rounds):
        return TellingRefused(
            _(
                "Only one or two companies differ from what was told before. Then everybody could see what is new of them. "
                "Wait until there are three."
            )
        )
    if not any(at_least(one.concerned, counted.companies) for one in counted.themes):
        return TellingRefused(_("There is no theme yet that enough companies share to tell it safely."))
    return None


@transaction.atomic
def tell_themes(*, programme: Programme, counted: Countable, by: Person | None, at: datetime) -> SharedThemes:
    """From now on everybody reads these, until another version is published. The same rounds are told in the same words.

    Raises:
        TellingRefused: see `why_not_tell`.
    """
    Programme.objects.select_for_update().get(pk=programme.pk)
    refusal = why_not_tell(programme, counted)
    if refusal is not None:
        raise refusal
    before = SharedThemes.objects.filter(programme=programme).first()
    is_same = before is not None and before.rounds == dict(counted.rounds)
    content = before.content if before is not None and is_same else _written(safe_themes(counted, at=at))
    row = SharedThemes.objects.create(programme=programme, content=content, rounds=dict(counted.rounds), at=at)
    record(by=by, at=at, code="themes.told", programme=programme, themes=len(content["themes"]))
    return row


@transaction.atomic
def withdraw_themes(*, programme: Programme, by: Person, at: datetime) -> None:
    """Nobody reads them any more. What was once told still counts for what may be told next."""
    if SharedThemes.objects.filter(programme=programme, withdrawn_at__isnull=True).update(withdrawn_at=at):
        record(by=by, at=at, code="themes.withdrawn", programme=programme)


def _written(told: ToldThemes) -> dict[str, Any]:
    return {
        "companies": told.companies,
        "simulated": told.simulated,
        "themes": [
            {"names": dict(one.names), "at_least": one.at_least, "very_likely": one.very_likely} for one in told.themes
        ],
    }


def told_themes(programme: Programme) -> ToldThemes | None:
    """What everybody reads now."""
    row = published_themes(programme)
    if row is None:
        return None
    themes = tuple(ToldTheme(one["names"], one["at_least"], one["very_likely"]) for one in row.content["themes"])
    return ToldThemes(row.content["companies"], row.content["simulated"], themes, row.at)
