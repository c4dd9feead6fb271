"""How many companies and people a theme concerns, counted from releases: below three companies it is *a few*.

Who has a part in the programme itself reads the counts. A company knows its own outcome, and could work out that of the
others from a count of all or of none: it reads *at least so many*, which always leaves others open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lerend.release.over_companies import LEAST_FOR_A_COUNT, Shared, shared_over
from lerend.report.words import count_of_companies
from lerend_web.instruments.domain.faults import language
from lerend_web.programmes.models import Programme
from lerend_web.themes.domain.newest import model_of_programme, newest_releases
from lerend_web.themes.models import Theme

LEFT_OPEN: Final = 2
"""So many companies a number for companies never speaks of: one is the reader's own."""


@dataclass(frozen=True, slots=True)
class Concerned:
    """What stands beside a theme, in words: companies where it is very likely or possible, and people there in tens.

    `people` is 0 where that would be about one or two companies.
    """

    very_likely: str
    possibly: str
    companies: str
    people: int


@dataclass(frozen=True, slots=True)
class AtLeast:
    """What a company reads: at least so many of all; 0 where it is less than three."""

    at_least: int
    companies: int


def concerned_by(themes: Sequence[Theme], programme: Programme) -> dict[int, Concerned]:
    """Per theme, by its number; nothing while fewer than three companies have a release: that would show one."""
    return {int(found.id): _in_words(found) for found in _counted(themes, programme, least=LEAST_FOR_A_COUNT)}


def at_least_by(themes: Sequence[Theme], programme: Programme) -> dict[int, AtLeast]:
    """The same for readers of a company; nothing below five companies, of which three can be told and two are left open."""
    counted = _counted(themes, programme, least=LEAST_FOR_A_COUNT + LEFT_OPEN)
    return {int(found.id): safe_count(found.very_likely + found.possibly, found.companies) for found in counted}


def safe_count(concerned: int, companies: int) -> AtLeast:
    """At least so many of all companies, in which no company can read another."""
    told = min(concerned, companies - LEFT_OPEN)
    return AtLeast(told if told >= LEAST_FOR_A_COUNT else 0, companies)


def in_a_few(count: int) -> str:
    """A number of companies in words; one or two are *a few*."""
    return count_of_companies(count, language())


def _counted(themes: Sequence[Theme], programme: Programme, *, least: int) -> tuple[Shared, ...]:
    model = model_of_programme(programme)
    same = [one.release for one in newest_releases(programme) if one.release.trail.model == model.reference]
    if len(same) < least:
        return ()
    return shared_over(same, [(str(theme.pk), tuple(theme.factors)) for theme in themes])


def _in_words(found: Shared) -> Concerned:
    enough = found.very_likely + found.possibly >= LEAST_FOR_A_COUNT
    return Concerned(
        in_a_few(found.very_likely), in_a_few(found.possibly), in_a_few(found.companies), found.people if enough else 0
    )
