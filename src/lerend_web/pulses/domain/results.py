"""What came of the pulses of a series so far: three small charts over time, from releases only, and what comes next.

Points are never joined by a line: between two pulses nothing was asked. Where the gate holds something back, the reason stands in
its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _

from lerend.answers.table import Path
from lerend.diagnosis.result import Finding, UnitDiagnosis
from lerend.disclosure.cells import Extreme
from lerend.interventions.pulses import DONE, HELPED, NAMES, SCALES, USED
from lerend.release.value import Release
from lerend.report.visible import visible
from lerend.report.words import EXTREMES, TOO_FEW, people_text, printable, spoken
from lerend.wording import Message
from lerend_web.instruments.domain.faults import language
from lerend_web.pulses.models import PulseSeries
from lerend_web.pulses.queries import arms_of, waves_of
from lerend_web.scans.domain.questionnaire import instrument_of
from lerend_web.scans.domain.releasing import newest_of, read
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import Wave

MIDDLE: Final = 3.0
"""Neither agree nor disagree."""


class Next(StrEnum):
    """What to do now, by the order of the mechanism: first whether it happens, then whether it helps, then whether it is used."""

    WAIT = "wait"
    TALK = "talk"
    MAKE_IT_HAPPEN = "make_it_happen"
    ADAPT = "adapt"
    HELP_TO_USE = "help_to_use"
    KEEP_ON = "keep_on"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Point:
    """One question in one pulse, on the scale of 1 to 5 with its interval and the band of people; or why it is not shown.

    `extreme` where the score lies so near an end that words stand in its place, which `hidden` then holds.
    """

    number: int
    on: date
    value: float | None = None
    low: float = 0.0
    high: float = 0.0
    people: str = ""
    hidden: str = ""
    extreme: Extreme | None = None

    @property
    def says_something(self) -> bool:
        return self.value is not None or self.extreme is not None

    @property
    def is_low(self) -> bool:
        """For certain below the middle: the whole interval is, never the value alone."""
        return self.extreme is Extreme.VERY_LOW or (self.value is not None and self.high < MIDDLE)

    @property
    def is_high(self) -> bool:
        return self.extreme is Extreme.VERY_HIGH or (self.value is not None and self.low > MIDDLE)


@dataclass(frozen=True, slots=True)
class Chart:
    """One question over the pulses that were closed."""

    scale: str
    name: str
    question: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Everybody who was asked, or a team of them (or teams taken together); `arm` where groups are compared."""

    name: str
    charts: tuple[Chart, ...]
    arm: str = ""


@dataclass(frozen=True, slots=True)
class Results:
    """What may be seen: of everybody who was asked, and of teams.

    `closed` counts pulses; `can_compare` is false where the gate forbids to lay one beside an earlier one.
    """

    everybody: Group
    teams: tuple[Group, ...]
    closed: int
    next: Next
    can_compare: bool


def results_of(series: PulseSeries, *, labels: frozenset[str] | None = None) -> Results:
    """The results of a series so far.

    Args:
        labels: of the groups that the reader may see by themselves; None for all of them.
    """
    waves = [wave for wave in waves_of(series) if wave.state == WaveState.CLOSED]
    found = [(wave, _release_of(wave)) for wave in waves]
    everybody = Group("", _charts(series, [(wave, _company(release)) for wave, release in found]))
    names = dict.fromkeys(name for _wave, release in found for name in _team_names(release))
    arms = arms_of(series)
    seen = sorted((one for one in names if labels is None or one in labels), key=lambda one: arms.get(one, ""))
    teams = tuple(
        Group(
            printable(name),
            _charts(series, [(wave, _team(release, name)) for wave, release in found]),
            printable(arms.get(name, "")),
        )
        for name in seen
    )
    return Results(
        everybody,
        teams if len(names) > 1 else (),
        len(waves),
        next_of(everybody.charts),
        all(_can_be_compared(release) for _wave, release in found if release is not None),
    )


def next_of(charts: Sequence[Chart]) -> Next:
    """What to do now, from the newest point of each question of everybody. The interval decides, never the value alone."""
    if not all(chart.points for chart in charts):
        return Next.WAIT
    newest = {chart.scale: chart.points[-1] for chart in charts}
    if not any(point.says_something for point in newest.values()):
        return Next.TALK
    for scale, following in ((DONE, Next.MAKE_IT_HAPPEN), (HELPED, Next.ADAPT), (USED, Next.HELP_TO_USE)):
        if newest[scale].is_low:
            return following
        if not newest[scale].is_high:
            # Whether it helps says little while nobody knows whether it happens.
            return Next.CANNOT_TELL
    return Next.KEEP_ON


def _release_of(wave: Wave) -> Release | None:
    stored = newest_of(wave)
    return None if stored is None else read(stored)


def _company(release: Release | None) -> UnitDiagnosis | None:
    return None if release is None else visible(release.diagnosis).companies[0]


def _team(release: Release | None, name: str) -> UnitDiagnosis | None:
    teams = () if release is None else visible(release.diagnosis).teams
    return next((team for team in teams if team.path[-1:] == (name,)), None)


def _team_names(release: Release | None) -> Iterator[str]:
    for team in () if release is None else release.diagnosis.teams:
        yield team.path[-1]


def _can_be_compared(release: Release) -> bool:
    organisation: Path = (release.wave.organisation,)
    return not any(trend.unknown or organisation in trend.masked for trend in release.trends)


def _charts(series: PulseSeries, found: Sequence[tuple[Wave, UnitDiagnosis | None]]) -> tuple[Chart, ...]:
    texts = {item.measures: item.text for item in instrument_of(series.instrument).items}
    spoken_in = language()
    return tuple(
        Chart(
            scale,
            NAMES[scale].in_language(spoken_in),
            texts[scale].in_language(spoken_in),
            tuple(_point(number, wave, unit, scale) for number, (wave, unit) in enumerate(found, start=1)),
        )
        for scale in SCALES
    )


def _point(number: int, wave: Wave, unit: UnitDiagnosis | None, scale: str) -> Point:
    number = int(wave.series.get("number", number))
    if unit is None or unit.hidden is not None:
        return Point(number, wave.opens_on, hidden=_said(unit.hidden if unit is not None else None))
    finding = next((one for one in unit.findings if one.scale == scale), None)
    if finding is None:
        return Point(
            number,
            wave.opens_on,
            hidden=_("Not shown: beside an earlier pulse it could tell of the few who came or left."),
        )
    if finding.score is None:
        return Point(number, wave.opens_on, hidden=_in_words(finding), extreme=finding.words)
    score = finding.score
    return Point(number, wave.opens_on, score.value, score.low, score.high, _people(finding))


def _in_words(finding: Finding) -> str:
    """What stands in place of a score: that it is very low or high, or why nothing is shown."""
    return _said(EXTREMES[finding.words] if finding.words is not None else finding.hidden)


def _said(message: Message | None) -> str:
    return spoken(message or TOO_FEW, language())


def _people(finding: Finding) -> str:
    return "" if finding.people is None else people_text(finding.people)
