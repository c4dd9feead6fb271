"""One factor and one outcome: the size of the empty corner, by three ceilings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lerend.statistics.necessity.ceilings import (
    CeilingKind,
    Line,
    Peers,
    area_above_line,
    area_above_staircase,
    peers_of,
    points_above,
    regression_line,
    tightest_line,
)
from lerend.statistics.necessity.corner import Corner, Scope, Values, checked_scope, observed_scope


@dataclass(frozen=True, slots=True)
class Inefficiency:
    """What part of the scope the ceiling does not speak about, in percent.

    Attributes:
        condition: values of the factor so high that even the highest outcome does not ask for them.
        outcome: outcomes so low that they ask for nothing of the factor.
        relative: share of the scope that is in one or both.
        absolute: the same as an area.
    """

    condition: float
    outcome: float
    relative: float
    absolute: float


@dataclass(frozen=True, slots=True)
class Ceiling:
    """One ceiling, in the coordinates of the data.

    Attributes:
        zone: the empty area.
        effect_size: the zone as a share of the scope: d, from 0 to 1.
        slope, intercept: of a line; None for the staircase, and where no line can be drawn.
        above: points that lie above the ceiling.
        accuracy: percentage of the points on or below it.
        fit: the zone as a percentage of that of the staircase; None where neither has one.
        inefficiency: None where there is no zone.
        peers: the points that the ceiling rests on, from the empty corner on.
    """

    kind: CeilingKind
    zone: float
    effect_size: float
    slope: float | None
    intercept: float | None
    above: int
    accuracy: float
    fit: float | None
    inefficiency: Inefficiency | None
    peers: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Necessity:
    """The ceilings of one factor and one outcome.

    Attributes:
        n: points.
        observed: the bounds of what was seen.
        scope: the bounds that effect sizes are shares of.
    """

    n: int
    corner: Corner
    observed: Scope
    scope: Scope
    ceilings: tuple[Ceiling, ...]

    def by(self, kind: CeilingKind) -> Ceiling:
        """The ceiling that was drawn this way."""
        return next(ceiling for ceiling in self.ceilings if ceiling.kind == kind)


def necessity(
    x: Values,
    y: Values,
    *,
    corner: Corner = Corner.UPPER_LEFT,
    scope: Scope | None = None,
    kinds: Sequence[CeilingKind] = tuple(CeilingKind),
) -> Necessity:
    """How empty a corner is (Dul 2016; Dul, van der Laan & Kuik 2020).

    Args:
        x: (n,) the factor, in any unit.
        y: (n,) the outcome.
        scope: lowest and highest possible values; those that were seen when left out.

    Raises:
        NoCeilingPossible: missing values, fewer than two points, no spread, or values outside the scope.
    """
    observed = observed_scope(x, y)
    used = checked_scope(observed, scope)
    turned = _Turned(corner, corner.x_sign * x, corner.y_sign * y, used.turned(corner))
    stairs = peers_of(turned.x, turned.y)
    return Necessity(len(x), corner, observed, used, tuple(_ceiling(kind, stairs, turned) for kind in kinds))


@dataclass(frozen=True, slots=True, eq=False)
class _Turned:
    corner: Corner
    x: Values
    y: Values
    scope: Scope

    def back(self, peers: Peers, places: Sequence[int]) -> tuple[tuple[float, float], ...]:
        return tuple(
            (float(self.corner.x_sign * peers.x[place]), float(self.corner.y_sign * peers.y[place])) for place in places
        )


def _ceiling(kind: CeilingKind, stairs: Peers, turned: _Turned) -> Ceiling:
    staircase = area_above_staircase(stairs, turned.scope)
    if kind is CeilingKind.CE_FDH:
        zone, line, on = staircase, None, tuple(range(len(stairs)))
        ends = float(stairs.y[0]), float(stairs.x[-1])
    else:
        line, on = _line(kind, stairs)
        if line is None:
            return Ceiling(kind, 0.0, 0.0, None, None, 0, 100.0, None, None, ())
        zone, ends = area_above_line(line, turned.scope), _ends(line, turned.scope)
    above = points_above(line, turned.x, turned.y, turned.scope) if line else 0
    signs = turned.corner.x_sign * turned.corner.y_sign
    return Ceiling(
        kind=kind,
        zone=zone,
        effect_size=zone / turned.scope.area,
        slope=line.slope * signs if line else None,
        intercept=line.intercept * turned.corner.y_sign if line else None,
        above=above,
        accuracy=100 * (1 - above / len(turned.x)),
        fit=_fit(kind, zone, staircase),
        inefficiency=_inefficiency(ends, turned.scope) if zone > 0 else None,
        peers=turned.back(stairs, on),
    )


def _fit(kind: CeilingKind, zone: float, staircase: float) -> float | None:
    if kind is CeilingKind.CE_FDH:
        return 100.0
    return 100 * zone / staircase if staircase > 0 else None


def _line(kind: CeilingKind, stairs: Peers) -> tuple[Line | None, tuple[int, ...]]:
    if kind is CeilingKind.CR_FDH:
        return regression_line(stairs), tuple(range(len(stairs)))
    return tightest_line(stairs) or (None, ())


def _ends(line: Line, scope: Scope) -> tuple[float, float]:
    """How high the line is at the left, and how far to the right it reaches the top."""
    return line.intercept + line.slope * scope.x_low, (scope.y_high - line.intercept) / line.slope


def _inefficiency(ends: tuple[float, float], scope: Scope) -> Inefficiency:
    outcome = min(max((ends[0] - scope.y_low) / scope.height, 0.0), 1.0)
    condition = min(max((scope.x_high - ends[1]) / scope.width, 0.0), 1.0)
    outside = 1 - (1 - outcome) * (1 - condition)
    return Inefficiency(100 * condition, 100 * outcome, 100 * outside, outside * scope.area)
