"""How many companies and people a theme concerns, counted from releases: below three companies it is *a few*."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lerend.release.over_companies import LEAST_FOR_A_COUNT, Shared, shared_over
from lerend.report.words import count_of_companies
from lerend_web.instruments.domain.faults import language
from lerend_web.programmes.models import Programme
from lerend_web.themes.domain.newest import model_of_programme, newest_releases
from lerend_web.themes.models import Theme


@dataclass(frozen=True, slots=True)
class Concerned:
    """What stands beside a theme, in words: companies where it is very likely or possible, and people there in tens.

    `people` is 0 where that would be about one or two companies.
    """

    very_likely: str
    possibly: str
    companies: str
    people: int


def concerned_by(themes: Sequence[Theme], programme: Programme) -> dict[int, Concerned]:
    """Per theme, by its number; nothing while fewer than three companies have a release: that would show one."""
    model = model_of_programme(programme)
    same = [one.release for one in newest_releases(programme) if one.release.trail.model == model.reference]
    if len(same) < LEAST_FOR_A_COUNT:
        return {}
    groups = [(str(theme.pk), tuple(theme.factors)) for theme in themes]
    return {int(found.id): _in_words(found) for found in shared_over(same, groups)}


def in_a_few(count: int) -> str:
    """A number of companies in words; one or two are *a few*."""
    return count_of_companies(count, language())


def _in_words(found: Shared) -> Concerned:
    enough = found.very_likely + found.possibly >= LEAST_FOR_A_COUNT
    return Concerned(
        in_a_few(found.very_likely), in_a_few(found.possibly), in_a_few(found.companies), found.people if enough else 0
    )
