"""The fixed scale from 1 to 5, on which every picture of scores is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from lerend.report.charts.svg import element, join, text
from lerend.report.rows import Row, Side


@dataclass(frozen=True, slots=True)
class Axis:
    """Where 1 and 5 lie on the picture; values outside are drawn at the end."""

    left: float
    right: float

    def at(self, value: float) -> float:
        within = min(max(value, 1.0), 5.0)
        return self.left + (within - 1) / 4 * (self.right - self.left)

    def lines(self, top: float, bottom: float) -> Markup:
        return join(
            element("line", class_="grid", x1=self.at(tick), x2=self.at(tick), y1=top, y2=bottom)
            for tick in range(1, 6)
        )

    def numbers(self, y: float) -> Markup:
        return join(text(str(tick), self.at(tick), y, class_="tick", anchor="middle") for tick in range(1, 6))

    def mean_line(self, mean: float | None, top: float, bottom: float) -> Markup:
        if mean is None:
            return Markup("")
        return element("line", class_="mean", x1=self.at(mean), x2=self.at(mean), y1=top, y2=bottom)


def bar(row: Row, axis: Axis, middle: float, *, stripes: str) -> Markup:
    """The interval as a bar and the score as a point on it.

    The point is a diamond where higher is not simply better, and open where the difference can be chance: the stripes
    of a very short bar cannot be seen.
    """
    if row.score is None:
        return Markup("")
    left, right = axis.at(row.score.low), axis.at(row.score.high)
    place = {"x": left, "y": middle - 6, "width": max(right - left, 2.0), "height": 12, "rx": 6}
    parts = [element("rect", class_=f"interval {row.side}", **place)]
    if row.can_be_chance:
        parts.append(element("rect", fill=f"url(#{stripes})", **place))
    return join([*parts, _point(row, axis.at(row.score.value), middle)])


def _point(row: Row, x: float, y: float) -> Markup:
    if row.side is Side.NEUTRAL and not row.is_outcome:
        shape = f"M{x:.1f} {y - 7:.1f}l7 7l-7 7l-7 -7z"
        return element("path", class_=f"point {row.side}", d=shape)
    if row.can_be_chance:
        return element("circle", class_=f"point {row.side} open", cx=x, cy=y, r=4.8)
    return element("circle", class_=f"point {row.side}", cx=x, cy=y, r=5.5)
