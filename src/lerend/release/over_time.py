"""Two releases of one organisation side by side: what changed between the waves, and whether that can be chance.

Only scales whose questions stayed the same are compared: with other questions a difference says nothing about people. Nor are
scales of which it was found that people read the same questions differently.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from lerend.answers.table import Path
from lerend.diagnosis.result import Estimate, UnitDiagnosis
from lerend.disclosure.bands import above, below, nearest
from lerend.model.structure import Instrument
from lerend.release.value import ReadAlike, Release, Trend
from lerend.statistics.structure.continuous.comparable import Comparable

_WIDTH_OF_95: Final = 2 * 1.959964
_STEP: Final = 0.1


class NoTrend(StrEnum):
    """Why two waves are not compared on a scale."""

    NOT_IN_BOTH = "not_in_both"
    OTHER_QUESTIONS = "other_questions"
    FEW_CAME_OR_LEFT = "few_came_or_left"
    UNKNOWN_WHO_CAME = "unknown_who_came"
    READ_DIFFERENTLY = "read_differently"


@dataclass(frozen=True, slots=True)
class ScaleTrend:
    """One scale of one unit in two waves.

    Attributes:
        before, now: scores; None where they were not shown.
        difference: now minus before, in points of the 1 to 5 scale; None where `why_not` says why.
        can_be_chance: the interval of the difference holds zero.
        reading: whether people of the whole organisation read the questions as they did then; None where it was not asked.
    """

    scale: str
    before: Estimate | None
    now: Estimate | None
    difference: Estimate | None
    can_be_chance: bool
    why_not: NoTrend | None
    reading: ReadAlike | None = None


def trends_of(
    now: Release, before: Release, path: Path, *, instrument: Instrument, earlier_instrument: Instrument
) -> tuple[ScaleTrend, ...]:
    """Per scale of one unit what changed since an earlier wave, in the order of the later one.

    Args:
        now, before: the two releases.
        path: of the unit, in both.
        instrument, earlier_instrument: the questionnaires of both waves.

    Raises:
        KeyError: the later release has no such unit.
    """
    unit = _unit(now, path)
    if unit is None:
        raise KeyError(path)
    was = _unit(before, path)
    allowed = trend_between(now, before)
    why_not_unit = _why_not(allowed, path, joined=bool(unit.joined_with or (was and was.joined_with)))
    same = unchanged_scales(instrument, earlier_instrument)
    found = []
    for finding in unit.findings:
        reading = allowed.reading_of(finding.scale) if allowed else None
        why_not = why_not_unit if finding.scale in same else NoTrend.OTHER_QUESTIONS
        if why_not is None and reading is not None and reading.comparable is Comparable.CHANGED:
            why_not = NoTrend.READ_DIFFERENTLY
        found.append(replace(_trend(finding.scale, unit, was, why_not), reading=reading))
    return tuple(found)


def trend_between(now: Release, before: Release) -> Trend | None:
    """What the later release says may be compared with the earlier one; None where it was not judged with it."""
    return next((trend for trend in now.trends if trend.earlier == before.digest), None)


def unchanged_scales(instrument: Instrument, earlier: Instrument) -> frozenset[str]:
    """Scales that both questionnaires ask about with the same questions and the same answers."""
    return frozenset(
        scale
        for scale in _scales(instrument)
        if (asked := _asked(instrument, scale)) and asked == _asked(earlier, scale)
    )


def _scales(instrument: Instrument) -> frozenset[str]:
    return frozenset(item.measures for item in instrument.items)


def _asked(instrument: Instrument, scale: str) -> frozenset[tuple[object, ...]]:
    return frozenset(
        (
            item.id,
            item.text,
            item.reversed,
            instrument.answer_scale_of(item).codes,
            instrument.answer_scale_of(item).labels,
        )
        for item in instrument.items
        if item.measures == scale
    )


def _why_not(allowed: Trend | None, path: Path, *, joined: bool) -> NoTrend | None:
    if allowed is None or allowed.unknown:
        return NoTrend.UNKNOWN_WHO_CAME
    if joined or path in allowed.masked:
        return NoTrend.FEW_CAME_OR_LEFT
    return None


def _trend(scale: str, unit: UnitDiagnosis, was: UnitDiagnosis | None, reason: NoTrend | None) -> ScaleTrend:
    now = _score(unit, scale)
    before = _score(was, scale) if was else None
    if reason is None and (now is None or before is None):
        reason = NoTrend.NOT_IN_BOTH
    if reason is not None or now is None or before is None:
        return ScaleTrend(scale, before, now, None, can_be_chance=True, why_not=reason)
    difference = difference_of(now, before)
    return ScaleTrend(scale, before, now, difference, not (difference.low > 0 or difference.high < 0), None)


def difference_of(now: Estimate, before: Estimate) -> Estimate:
    """The difference of two scores with its 95 % interval, the waves taken as independent.

    People who answered both make the real interval narrower: this one is on the safe side.
    """
    error = math.hypot(now.high - now.low, before.high - before.low) / _WIDTH_OF_95
    value = now.value - before.value
    half = _WIDTH_OF_95 / 2 * error
    return Estimate(nearest(value, _STEP), below(value - half, _STEP), above(value + half, _STEP))


def _unit(release: Release, path: Path) -> UnitDiagnosis | None:
    diagnosis = release.diagnosis
    units = (*diagnosis.companies, *diagnosis.teams, diagnosis.programme)
    return next((unit for unit in units if unit.path == path and unit.hidden is None), None)


def _score(unit: UnitDiagnosis, scale: str) -> Estimate | None:
    return next((finding.score for finding in unit.findings if finding.scale == scale), None)
