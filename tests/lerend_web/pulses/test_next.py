"""What the advice of a series follows: the order of the mechanism, and the interval, never the value alone."""

from __future__ import annotations

from datetime import date

import pytest

from lerend.disclosure.cells import Extreme
from lerend.interventions.pulses import SCALES
from lerend_web.pulses.domain.results import Chart, Next, Point, next_of

LOW, DOUBT, HIGH = (2.0, 1.4, 2.6), (2.8, 2.2, 3.4), (4.0, 3.5, 4.5)
NOT_SHOWN, ALL_LOW, ALL_HIGH = "not shown", Extreme.VERY_LOW, Extreme.VERY_HIGH
Said = tuple[float, float, float] | str


def charts(*newest: Said) -> list[Chart]:
    """Three questions: an earlier pulse that was low, and the newest."""
    day = date(2026, 9, 7)
    before = Point(1, day, *LOW)
    return [Chart(scale, scale, scale, (before, _point(said))) for scale, said in zip(SCALES, newest, strict=True)]


def _point(said: Said) -> Point:
    day = date(2026, 10, 7)
    if isinstance(said, Extreme):
        return Point(2, day, hidden="very low", extreme=said)
    return Point(2, day, hidden=said) if isinstance(said, str) else Point(2, day, *said)


@pytest.mark.parametrize(
    ("done", "helped", "used", "following"),
    [
        (HIGH, HIGH, HIGH, Next.KEEP_ON),
        (LOW, HIGH, HIGH, Next.MAKE_IT_HAPPEN),
        (LOW, LOW, LOW, Next.MAKE_IT_HAPPEN),
        (HIGH, LOW, HIGH, Next.ADAPT),
        (HIGH, HIGH, LOW, Next.HELP_TO_USE),
        (DOUBT, HIGH, HIGH, Next.CANNOT_TELL),
        (DOUBT, LOW, LOW, Next.CANNOT_TELL),
        (HIGH, DOUBT, LOW, Next.CANNOT_TELL),
        (HIGH, HIGH, NOT_SHOWN, Next.CANNOT_TELL),
        (NOT_SHOWN, LOW, HIGH, Next.CANNOT_TELL),
        (NOT_SHOWN, NOT_SHOWN, NOT_SHOWN, Next.TALK),
        (ALL_LOW, NOT_SHOWN, NOT_SHOWN, Next.MAKE_IT_HAPPEN),
        (ALL_HIGH, ALL_HIGH, ALL_HIGH, Next.KEEP_ON),
        (ALL_HIGH, ALL_LOW, HIGH, Next.ADAPT),
    ],
)
def test_the_first_that_is_low_decides_and_doubt_stays_doubt(
    done: Said, helped: Said, used: Said, following: Next
) -> None:
    assert next_of(charts(done, helped, used)) is following


def test_without_a_closed_pulse_there_is_nothing_to_say() -> None:
    assert next_of([Chart(scale, scale, scale, ()) for scale in SCALES]) is Next.WAIT
