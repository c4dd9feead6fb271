"""Whether people read the questions after the start as before: what releases say of it is kept at a look."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils.translation import override

from lerend.release.value import ReadAlike, Trend
from lerend.release.writing import sealed, to_json
from lerend.statistics.structure.continuous.comparable import Comparable
from lerend_web.pilots.domain.finding import finding_of
from lerend_web.pilots.domain.kept_looks import CheckedOn, Shift, seen_in
from lerend_web.pilots.domain.response_shift import shift_by_releases
from lerend_web.pilots.domain.results import look
from lerend_web.scans.domain.releasing import newest_of, read
from lerend_web.scans.models import StoredRelease
from tests.lerend_web.pilots.world import SCALE, Built, build, moment_at

pytestmark = pytest.mark.django_db


def said(built: Built, *comparable: Comparable | None, scale: str = SCALE) -> None:
    """The releases of the first measurement say this of the scale, company by company; None where one says nothing."""
    for organisation, answer in zip(built.organisations, comparable, strict=True):
        at = {
            one.number: newest_of(one.wave)
            for one in built.pilot.measurements.filter(organisation=organisation, number__lte=1)
            if one.wave is not None
        }
        earlier, later = at[0], at[1]
        assert earlier is not None
        assert later is not None
        reading = () if answer is None else (ReadAlike(scale, answer),)
        told = sealed(replace(read(later), trends=(Trend(earlier.digest, read_alike=reading),), digest=""))
        StoredRelease.objects.filter(pk=later.pk).update(content=to_json(told), digest=told.digest)


def shift_of(built: Built) -> Shift:
    return shift_by_releases(built.pilot, built.plan, 1)


@pytest.mark.parametrize(
    ("answers", "wanted"),
    [
        ((Comparable.ALIKE, Comparable.NEARLY), Shift.HOLDS),
        ((Comparable.ALIKE, Comparable.UNCLEAR), Shift.UNCLEAR),
        ((Comparable.UNCLEAR, Comparable.CHANGED), Shift.FAILS),
        ((Comparable.CHANGED, None), Shift.FAILS),
        ((Comparable.ALIKE, None), Shift.NOT_CHECKED),
        ((Comparable.UNCLEAR, Comparable.TOO_FEW_PEOPLE), Shift.NOT_CHECKED),
        ((Comparable.NOT_SHOWN, Comparable.TOO_FEW_ITEMS), Shift.NOT_CHECKED),
    ],
)
def test_all_companies_together_say_one_thing(answers: tuple[Comparable | None, ...], wanted: Shift) -> None:
    built = build()
    said(built, *answers)
    assert shift_of(built) is wanted


def test_what_is_said_of_another_scale_or_nothing_is_not_checked() -> None:
    built = build()
    assert shift_of(built) is Shift.NOT_CHECKED
    said(built, Comparable.CHANGED, Comparable.CHANGED, scale="workload")
    assert shift_of(built) is Shift.NOT_CHECKED


def test_a_look_keeps_it_and_says_what_it_rests_on() -> None:
    built = build()
    said(built, Comparable.ALIKE, Comparable.CHANGED)
    seen = seen_in(look(built.pilot, 1, at=moment_at(1)))
    assert (seen.shift, seen.checked_on) == (Shift.FAILS, CheckedOn.SUMS)
    with override("en"):
        finding = finding_of(built.pilot)
    assert finding is not None
    assert "people read the questions differently after the start" in finding.shift
    assert "teams that began and teams that wait together" in finding.shift


def test_a_researcher_who_checked_a_file_has_the_last_word() -> None:
    built = build()
    said(built, Comparable.ALIKE, Comparable.CHANGED)
    seen = seen_in(look(built.pilot, 1, at=moment_at(1), shift=Shift.HOLDS))
    assert (seen.shift, seen.checked_on) == (Shift.HOLDS, CheckedOn.FILE)
    with override("en"):
        finding = finding_of(built.pilot)
    assert finding is not None
    assert finding.shift == "First checked: people read the questions after the start as they did before."
