"""Bottleneck tables: how much of a factor goes with each level of the outcome, read from the ceiling."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from lerend.statistics.necessity.ceilings import CeilingKind, Line, Peers, peers_of, regression_line, tightest_line
from lerend.statistics.necessity.corner import Corner, Scope, Values, checked_scope, observed_scope

_SAME: Final = 1e-12
"""Share of the scope within which two values are the same."""


class TableUnit(StrEnum):
    """What levels are told in."""

    RANGE = "percentage.range"
    MAXIMUM = "percentage.max"
    ACTUAL = "actual"
    PERCENTILE = "percentile"


class Need(StrEnum):
    """What the ceiling says at a level of the outcome."""

    NEEDED = "needed"
    NOT_NECESSARY = "not necessary"
    NOT_ATTAINABLE = "not attainable"


@dataclass(frozen=True, slots=True)
class Level:
    """One row.

    Attributes:
        outcome: the level, in the unit that was asked for.
        outcome_value: the same in the unit of the data.
        required: the least value of the factor under the ceiling there (the highest one in the right-hand corners),
            in the unit that was asked for; None where nothing is needed, or nothing suffices.
        required_value: the same in the unit of the data.
    """

    outcome: float
    outcome_value: float
    need: Need
    required: float | None
    required_value: float | None


@dataclass(frozen=True, slots=True)
class BottleneckTable:
    """Levels of the outcome from low to high (in the lower corners: from high to low)."""

    kind: CeilingKind
    x_unit: TableUnit
    y_unit: TableUnit
    levels: tuple[Level, ...]


def bottleneck_table(
    x: Values,
    y: Values,
    kind: CeilingKind,
    *,
    x_unit: TableUnit = TableUnit.RANGE,
    y_unit: TableUnit = TableUnit.RANGE,
    steps: int = 10,
    corner: Corner = Corner.UPPER_LEFT,
    scope: Scope | None = None,
) -> BottleneckTable:
    """What the ceiling asks for at `steps` + 1 levels of the outcome (Dul 2016).

    For a percentile the value of the factor is told as the percentage of points below it.

    Raises:
        NoCeilingPossible: as `necessity`.
    """
    used = checked_scope(observed_scope(x, y), scope)
    turned = used.turned(corner)
    stairs = peers_of(corner.x_sign * x, corner.y_sign * y)
    levels = []
    for share in np.linspace(0.0, 1.0, steps + 1).tolist():
        told, height = _outcome(share, corner.y_sign * y, turned, y_unit, corner)
        need, value = _needed(kind, stairs, height, turned, corner)
        at = None if value is None else corner.x_sign * value
        levels.append(Level(told, corner.y_sign * height, need, None if at is None else _told(at, x, used, x_unit), at))
    return BottleneckTable(kind, x_unit, y_unit, tuple(levels))


def need_at(
    x: Values,
    y: Values,
    kind: CeilingKind,
    outcome: float,
    *,
    corner: Corner = Corner.UPPER_LEFT,
    scope: Scope | None = None,
) -> tuple[Need, float | None]:
    """What the ceiling asks for at one outcome, both in the unit of the data; None where nothing is needed or suffices."""
    turned = checked_scope(observed_scope(x, y), scope).turned(corner)
    stairs = peers_of(corner.x_sign * x, corner.y_sign * y)
    need, value = _needed(kind, stairs, corner.y_sign * outcome, turned, corner)
    return need, None if value is None else corner.x_sign * value


def _outcome(share: float, y: Values, scope: Scope, unit: TableUnit, corner: Corner) -> tuple[float, float]:
    """A level as it is told, and its height with the empty corner in the upper left."""
    if unit is TableUnit.PERCENTILE:
        return 100 * share, float(np.quantile(y, share))
    if unit is TableUnit.MAXIMUM:
        top = scope.y_high if corner.y_sign > 0 else -scope.y_low
        return 100 * share, corner.y_sign * share * top
    height = scope.y_low + share * scope.height
    return (100 * share if unit is TableUnit.RANGE else corner.y_sign * height), height


def _needed(kind: CeilingKind, stairs: Peers, height: float, scope: Scope, corner: Corner) -> tuple[Need, float | None]:
    """What a height asks for. On the right-hand side the staircase tells the end of the scope too, as published tables do."""
    blur_x, blur_y = _SAME * scope.width, _SAME * scope.height
    if kind is CeilingKind.CE_FDH:
        reached = np.flatnonzero(stairs.y >= height - blur_y)
        if not len(reached):
            return Need.NOT_ATTAINABLE, None
        value = float(stairs.x[reached[0]])
        free = value < scope.x_low - blur_x if corner.x_sign < 0 else value <= scope.x_low + blur_x
        return (Need.NOT_NECESSARY, None) if free else (Need.NEEDED, value)
    line = _line(kind, stairs)
    if line is None:
        return Need.NOT_NECESSARY, None
    value = (height - line.intercept) / line.slope
    if value <= scope.x_low + blur_x:
        return Need.NOT_NECESSARY, None
    return (Need.NOT_ATTAINABLE, None) if value > scope.x_high + blur_x else (Need.NEEDED, value)


def _line(kind: CeilingKind, stairs: Peers) -> Line | None:
    if kind is CeilingKind.CR_FDH:
        return regression_line(stairs)
    found = tightest_line(stairs)
    return found[0] if found else None


def _told(value: float, x: Values, scope: Scope, unit: TableUnit) -> float:
    match unit:
        case TableUnit.RANGE:
            return 100 * (value - scope.x_low) / scope.width
        case TableUnit.MAXIMUM:
            return 100 * value / scope.x_high
        case TableUnit.PERCENTILE:
            return float(100 * (x < value - _SAME * scope.width).mean())
        case TableUnit.ACTUAL:
            return value
