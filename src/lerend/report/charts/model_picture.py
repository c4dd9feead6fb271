"""The picture of the organisation model: four nested layers from outside to inside, every factor on one axis.

`wide_picture` puts names left of the bars; `narrow_picture` is drawn anew for a phone, with names above them.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from lerend.report.charts.axis import Axis, bar
from lerend.report.charts.lettering import width_of, wrapped
from lerend.report.charts.svg import element, join, lines_of_text, picture, stripes, text
from lerend.report.rows import Row


@dataclass(frozen=True, slots=True)
class Frame:
    """One layer of the model, or the outcomes."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ModelPicture:
    """Everything that is drawn, in finished words. `layers` go from outside to inside."""

    title: str
    description: str
    layers: tuple[Frame, ...]
    outcomes: Frame
    own_mean: float | None
    mean_text: str
    not_shown: str


@dataclass(frozen=True, slots=True)
class _Style:
    """The measures of one of the two drawings, in the picture's own unit."""

    prefix: str
    width: float
    axis: Axis
    inset: float
    letters: float
    line: float
    head: float
    score_at: float
    interval_at: float
    names_above: bool

    def name_left(self, depth: int) -> float:
        return (depth + 1) * self.inset + (10 if self.names_above else 16)

    def name_width(self, depth: int) -> float:
        end = self.width - (depth + 1) * self.inset if self.names_above else self.axis.left
        return end - self.name_left(depth) - 10

    def lines(self, row: Row, depth: int) -> tuple[str, ...]:
        return wrapped(row.name, width=self.name_width(depth), size=self.letters)

    def height(self, row: Row, depth: int) -> float:
        names = len(self.lines(row, depth)) * self.line
        return names + 30 if self.names_above else names + 11


_WIDE = _Style(
    prefix="wide", width=920, axis=Axis(392, 744), inset=14, letters=15.5, line=19, head=38, score_at=768, interval_at=802,
    names_above=False,
)  # fmt: skip
_NARROW = _Style(
    prefix="narrow", width=340, axis=Axis(44, 220), inset=6, letters=15, line=19, head=56, score_at=232, interval_at=264,
    names_above=True,
)  # fmt: skip


def wide_picture(model: ModelPicture) -> Markup:
    return _drawn(model, _WIDE)


def narrow_picture(model: ModelPicture) -> Markup:
    return _drawn(model, _NARROW)


def _drawn(model: ModelPicture, style: _Style) -> Markup:
    top = 8.0 if style.names_above else 34.0
    frames, bottom = _layers(model, style, top)
    outcomes, end = _outcomes(model, style, bottom + 16)
    numbers = Markup("") if style.names_above else style.axis.numbers(top - 12)
    return picture(
        stripes(f"{style.prefix}-stripes"),
        numbers,
        frames,
        outcomes,
        _mean_label(model, style, end + 18),
        width=style.width,
        height=end + 28,
        id=f"{style.prefix}-model",
        title=model.title,
        description=model.description,
        class_=f"model {style.prefix}",
    )


def _layers(model: ModelPicture, style: _Style, top: float) -> tuple[Markup, float]:
    """The nested frames with their rows, and where the outermost ends."""
    starts, contents, y = [], [], top
    for depth, frame in enumerate(model.layers):
        starts.append(y)
        content, y = _content(frame, model, style, y, depth)
        contents.append(content)
    count = len(model.layers)
    bottom = y + count * style.inset
    boxes = [_box(style, depth, start, bottom - depth * style.inset) for depth, start in enumerate(starts)]
    return join([*boxes, _lines(model, style, top, y), *contents]), bottom


def _outcomes(model: ModelPicture, style: _Style, top: float) -> tuple[Markup, float]:
    if not model.outcomes.rows:
        return Markup(""), top - 16
    content, end = _content(model.outcomes, model, style, top, 0)
    end += 8
    return join([_box(style, 0, top, end), _lines(model, style, top, end - 8), content]), end


def _content(frame: Frame, model: ModelPicture, style: _Style, top: float, depth: int) -> tuple[Markup, float]:
    parts = [text(frame.name, style.name_left(depth) - 6, top + 25, class_="layer")]
    if style.names_above:
        parts.append(style.axis.numbers(top + 46))
    y = top + style.head
    for row in frame.rows:
        parts.append(_row(row, model, style, y, depth))
        y += style.height(row, depth)
    return join(parts), y + 4


def _box(style: _Style, depth: int, top: float, bottom: float) -> Markup:
    left = depth * style.inset + 1
    return element(
        "rect", class_=f"frame depth{min(depth, 3)}", x=left, y=top, width=style.width - 2 * left, height=bottom - top, rx=12
    )  # fmt: skip


def _lines(model: ModelPicture, style: _Style, top: float, bottom: float) -> Markup:
    """The lines of the scale and the own mean, over all rows at once; not where they would cross the names."""
    if style.names_above:
        return Markup("")
    return join([style.axis.lines(top, bottom), style.axis.mean_line(model.own_mean, top, bottom)])


def _row(row: Row, model: ModelPicture, style: _Style, top: float, depth: int) -> Markup:
    lines = style.lines(row, depth)
    height = len(lines) * style.line
    name = lines_of_text(lines, style.name_left(depth), top + 15, class_="name", height=style.line)
    middle = top + height + 9 if style.names_above else top + height / 2
    if row.score is None:
        hidden = text(row.instead or model.not_shown, style.axis.left + 6, middle + 5, class_="hidden")
        return element("g", name, hidden)
    lines_here = Markup("")
    if style.names_above:
        lines_here = join(
            [style.axis.lines(middle - 9, middle + 9), style.axis.mean_line(model.own_mean, middle - 10, middle + 10)]
        )
    return element(
        "g",
        name,
        lines_here,
        bar(row, style.axis, middle, stripes=f"{style.prefix}-stripes"),
        text(row.score_text, style.score_at, middle + 5, class_="score"),
        text(row.interval_text, style.interval_at, middle + 5, class_="range"),
    )


def _mean_label(model: ModelPicture, style: _Style, y: float) -> Markup:
    if model.own_mean is None:
        return Markup("")
    half = width_of(model.mean_text, 13) / 2
    x = min(max(style.axis.at(model.own_mean), half + 2), style.width - half - 2)
    return text(model.mean_text, x, y, class_="tick", anchor="middle")
