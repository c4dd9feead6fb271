"""Ceilings over the points of a plot whose upper left corner is empty: a staircase and two lines.

Dul (2016), Organizational Research Methods 19: CE-FDH is the free disposal hull, CR-FDH the regression line through its
corners, C-LP the line that lies on or above all of them and as close to them as a line can (linear programming).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from lerend.statistics.necessity.corner import Scope, Values

_TOUCHING: Final = 1e-10
"""Share of the height of the scope within which a point counts as on the line."""


class CeilingKind(StrEnum):
    """The way in which a ceiling is drawn."""

    CE_FDH = "ce_fdh"
    CR_FDH = "cr_fdh"
    C_LP = "c_lp"


@dataclass(frozen=True, slots=True, eq=False)
class Peers:
    """The corners of the staircase, from left to right; both coordinates rise.

    Attributes:
        x, y: (peers,).
        count: (peers,) how many points lie exactly there; all of them count in the regression.
    """

    x: Values
    y: Values
    count: Values

    def __len__(self) -> int:
        return len(self.x)


@dataclass(frozen=True, slots=True)
class Line:
    """y = intercept + slope · x."""

    slope: float
    intercept: float

    def at(self, x: Values) -> Values:
        return self.intercept + self.slope * x


def peers_of(x: Values, y: Values) -> Peers:
    """The points that have nothing above them at the same place or to the left."""
    order = np.lexsort((-y, x))
    along, up = x[order], y[order]
    first = np.concatenate([[True], along[1:] > along[:-1]])
    along, up = along[first], up[first]
    highest = np.maximum.accumulate(up)
    rises = np.concatenate([[True], highest[1:] > highest[:-1]])
    along, up = along[rises], up[rises]
    count = ((x[:, None] == along) & (y[:, None] == up)).sum(axis=0).astype(np.float64)
    return Peers(along, up, count)


def regression_line(peers: Peers) -> Line | None:
    """Least squares through the peers, points at the same place each counted; None with fewer than two peers."""
    if len(peers) < 2:
        return None
    weight = peers.count / peers.count.sum()
    x, y = peers.x - weight @ peers.x, peers.y - weight @ peers.y
    slope = float((weight * x) @ y / ((weight * x) @ x))
    return Line(slope, float(weight @ peers.y - slope * (weight @ peers.x)))


def tightest_line(peers: Peers) -> tuple[Line, tuple[int, int]] | None:
    """The line on or above all peers with the least sum of distances to them, and the two peers on it.

    That sum is least where the line is lowest at the mean of the peers, so the line is the edge of their upper convex
    hull over that mean. None with fewer than two peers.
    """
    if len(peers) < 2:
        return None
    hull: list[int] = []
    for place in range(len(peers)):
        while len(hull) > 1 and _slope(peers, hull[-2], place) >= _slope(peers, hull[-2], hull[-1]):
            hull.pop()
        hull.append(place)
    middle = float(peers.x.mean())
    right = next(place for place, point in enumerate(hull) if place and peers.x[point] > middle)
    ends = hull[right - 1], hull[right]
    slope = _slope(peers, *ends)
    return Line(slope, float(peers.y[ends[0]] - slope * peers.x[ends[0]])), ends


def area_above_staircase(peers: Peers, scope: Scope) -> float:
    """The empty area to the upper left of the staircase, within the scope."""
    edges = np.concatenate([[scope.x_low], peers.x, [scope.x_high]])
    heights = np.concatenate([[scope.height], scope.y_high - peers.y])
    return float(np.diff(edges) @ heights)


def area_above_line(line: Line, scope: Scope) -> float:
    """The area above a rising line, within the scope."""
    start = min(max((scope.y_low - line.intercept) / line.slope, scope.x_low), scope.x_high)
    stop = min(max((scope.y_high - line.intercept) / line.slope, scope.x_low), scope.x_high)
    left = scope.y_high - (line.intercept + line.slope * start)
    right = scope.y_high - (line.intercept + line.slope * stop)
    return (start - scope.x_low) * scope.height + (stop - start) * (left + right) / 2


def points_above(line: Line, x: Values, y: Values, scope: Scope) -> int:
    """How many points the line leaves above it."""
    return int((y - line.at(x) > _TOUCHING * scope.height).sum())


def _slope(peers: Peers, left: int, right: int) -> float:
    return float((peers.y[right] - peers.y[left]) / (peers.x[right] - peers.x[left]))
