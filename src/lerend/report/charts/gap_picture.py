"""Two points on one line per factor: how management sees it, and how employees see it with what we do not know."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from lerend.diagnosis.result import Estimate
from lerend.report.charts.axis import Axis
from lerend.report.charts.lettering import wrapped
from lerend.report.charts.svg import element, join, lines_of_text, picture, stripes, text


@dataclass(frozen=True, slots=True)
class GapRow:
    """One factor in finished words. `texts` are management, employees, difference."""

    name: str
    management: float
    employees: Estimate
    management_text: str
    employees_text: str
    interval_text: str
    difference_text: str
    difference_interval_text: str
    can_be_chance: bool
    chance_text: str
    sentence: str


@dataclass(frozen=True, slots=True)
class GapPicture:
    id: str
    title: str
    description: str
    rows: tuple[GapRow, ...]


@dataclass(frozen=True, slots=True)
class _Style:
    prefix: str
    width: float
    axis: Axis
    names_above: bool
    difference_at: float
    interval_at: float

    def lines(self, row: GapRow) -> tuple[str, ...]:
        room = self.width - 12 if self.names_above else self.axis.left - 28
        return wrapped(row.name, width=room, size=15.5)

    def height(self, row: GapRow) -> float:
        names = len(self.lines(row)) * 19
        return names + 44 if self.names_above else names + 15


_WIDE = _Style("wide", 920, Axis(392, 744), names_above=False, difference_at=768, interval_at=816)
_NARROW = _Style("narrow", 340, Axis(14, 226), names_above=True, difference_at=240, interval_at=240)


def wide_gaps(gaps: GapPicture) -> Markup:
    return _drawn(gaps, _WIDE)


def narrow_gaps(gaps: GapPicture) -> Markup:
    return _drawn(gaps, _NARROW)


def _drawn(gaps: GapPicture, style: _Style) -> Markup:
    rows, y = [], 30.0
    for row in gaps.rows:
        rows.append(_row(row, style, y, f"{gaps.id}-{style.prefix}-stripes"))
        y += style.height(row)
    return picture(
        stripes(f"{gaps.id}-{style.prefix}-stripes"),
        style.axis.numbers(18),
        Markup("") if style.names_above else style.axis.lines(26, y),
        *rows,
        width=style.width,
        height=y + 6,
        id=f"{gaps.id}-{style.prefix}",
        title=gaps.title,
        description=gaps.description,
        class_=f"gaps {style.prefix}",
    )


def _row(row: GapRow, style: _Style, top: float, stripes: str) -> Markup:
    lines = style.lines(row)
    height = len(lines) * 19
    middle = top + height + 11 if style.names_above else top + height / 2 + 4
    name = lines_of_text(lines, 6, top + 19, class_="name", height=19)
    return element(
        "g",
        name,
        style.axis.lines(middle - 9, middle + 9) if style.names_above else Markup(""),
        _dumbbell(row, style.axis, middle, stripes),
        text(row.difference_text, style.difference_at, middle + 5, class_="score"),
        text(
            row.difference_interval_text, style.interval_at, middle + (22 if style.names_above else 5), class_="range"
        ),
    )


def _dumbbell(row: GapRow, axis: Axis, y: float, stripes: str) -> Markup:
    employees, management = axis.at(row.employees.value), axis.at(row.management)
    left, right = axis.at(row.employees.low), axis.at(row.employees.high)
    place = {"x": left, "y": y - 6, "width": max(right - left, 2.0), "height": 12, "rx": 6}
    parts = [element("rect", class_="interval high", **place)]
    if row.can_be_chance:
        parts.append(element("rect", fill=f"url(#{stripes})", **place))
    parts += [
        element("line", class_="between", x1=employees, x2=management, y1=y, y2=y),
        element("circle", class_="point high", cx=employees, cy=y, r=6),
        element("rect", class_="point management", x=management - 6, y=y - 6, width=12, height=12),
    ]
    return join(parts)
