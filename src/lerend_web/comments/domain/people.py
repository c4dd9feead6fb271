"""How many people answered in a round, as far as its release says so: what may be done with comments depends on it."""

from __future__ import annotations

from lerend.disclosure.bands import PeopleBand
from lerend_web.comments.rules import ANY_FROM
from lerend_web.scans.domain.releasing import newest_of, read
from lerend_web.scans.enums import Collected
from lerend_web.scans.models import Wave


def people_at_least(wave: Wave) -> int:
    """The low end of the band in the release; 0 where nothing was released.

    The exact number decides nothing: else whether comments are literal would tell on which side of a border it lies.
    """
    stored = newest_of(wave)
    if stored is None:
        return 0
    people = read(stored).diagnosis.companies[0].people
    if isinstance(people, PeopleBand):
        return people.low
    return people or 0


def can_have_comments(wave: Wave) -> bool:
    """Whether comments of this round can ever be shown; if not, nobody reads them either."""
    return wave.takes_comments and wave.collected == Collected.HERE and people_at_least(wave) >= ANY_FROM
