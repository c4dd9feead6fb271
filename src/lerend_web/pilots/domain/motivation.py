"""How motivated the teams of a pilot are: measured before, with the announced scale, and shown as a distribution only."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from lerend.release.over_companies import LEAST_FOR_A_COUNT
from lerend.report.words import number
from lerend_web.instruments.domain.faults import language
from lerend_web.pilots.models import Pilot

LEAST_FOR_A_PICTURE: Final = 6
"""Teams below which the distribution of their motivation would tell of single teams."""
LEAST_COMPANIES: Final = LEAST_FOR_A_COUNT
"""Companies below which it would tell of one of them."""
_STARTS: Final = (1.0, 2.0, 2.5, 3.0, 3.5, 4.0)


@dataclass(frozen=True, slots=True)
class Bar:
    """How many teams have a mean from `low` up to below `high` on the scale of 1 to 5."""

    low: str
    high: str
    teams: int


def motivation_of(pilot: Pilot) -> tuple[Bar, ...]:
    """How the means of the teams are spread, for all companies together; nothing where that would tell of one team."""
    known = list(pilot.teams.exclude(motivation=None).values_list("organisation", "motivation"))
    if len(known) < LEAST_FOR_A_PICTURE or len({company for company, _score in known}) < LEAST_COMPANIES:
        return ()
    scores = [score for _company, score in known if score is not None]
    counted = Counter(max(start for start in _STARTS if start <= score) for score in scores)
    ends = (*_STARTS[1:], 5.0)
    spoken_in = language()
    return tuple(
        Bar(number(low, spoken_in), number(high, spoken_in), counted[low])
        for low, high in zip(_STARTS, ends, strict=True)
    )


def teams_without_motivation(pilot: Pilot) -> int:
    """Teams of which the announced scale was not released."""
    return pilot.teams.filter(motivation=None).count()
