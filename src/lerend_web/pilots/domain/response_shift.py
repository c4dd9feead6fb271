"""Whether people read the questions after the start as they did before, as the releases of the companies say it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lerend.release.over_time import trend_between
from lerend.statistics.structure.continuous.comparable import Comparable
from lerend_web.pilots.domain.kept_looks import Shift
from lerend_web.pilots.domain.plans import Plan
from lerend_web.pilots.domain.readings import release_at
from lerend_web.pilots.models import Measurement, Pilot

_SAID: Final[dict[Comparable, Shift]] = {
    Comparable.ALIKE: Shift.HOLDS,
    Comparable.NEARLY: Shift.HOLDS,
    Comparable.UNCLEAR: Shift.UNCLEAR,
    Comparable.CHANGED: Shift.FAILS,
}
_FIRST_OF: Final = (Shift.FAILS, Shift.NOT_CHECKED, Shift.UNCLEAR, Shift.HOLDS)


def shift_by_releases(pilot: Pilot, plan: Plan, number: int) -> Shift:
    """What the releases at a measurement say about the pilot's scale, beside those of the measurement before the start.

    One company where people read the questions differently is enough to say so, for it is part of the effect; else one where it
    was not checked is enough to call it not checked. It is said of whole companies, teams that began and teams that wait
    together: a release says nothing of the kind about fewer people.
    """
    measured = pilot.measurements.filter(number__in=[0, number]).select_related("wave")
    at = {(one.organisation_id, one.number): one for one in measured}
    found = [
        _of_company(at.get((company, 0)), one, plan.scale)
        for (company, when), one in at.items()
        if when == number and one.wave is not None
    ]
    return _together(found)


def _of_company(before: Measurement | None, now: Measurement, scale: str) -> Shift:
    earlier, later = release_at(before) if before is not None else None, release_at(now)
    if earlier is None or later is None:
        return Shift.NOT_CHECKED
    trend = trend_between(later, earlier)
    reading = trend.reading_of(scale) if trend is not None else None
    return _SAID.get(reading.comparable, Shift.NOT_CHECKED) if reading is not None else Shift.NOT_CHECKED


def _together(found: Iterable[Shift]) -> Shift:
    return min(found, key=_FIRST_OF.index, default=Shift.NOT_CHECKED)
