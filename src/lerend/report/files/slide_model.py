"""The picture of the model in native shapes: per topic a point and its interval on one axis, striped where it may be chance.

All words are real text, and each topic is a group that a screen reader says in one sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import PP_ALIGN
from pptx.slide import Slide

from lerend.report.charts.model_picture import Frame
from lerend.report.files.drawing import (
    INK,
    MARGIN,
    PAPER,
    RULE,
    SOFT,
    WIDE,
    Box,
    Line,
    Shapes,
    describe,
    mark,
    one_line_size,
    panel,
    rule,
    shortened,
    write,
)
from lerend.report.rows import Row, Side
from lerend.report.words import spoken
from lerend.wording import Language, say

MOST_LINES: Final = 17
"""Rows and headings on one slide."""

_TOP: Final = 1.62
_BOTTOM: Final = 6.3
_LEGEND: Final = Box(MARGIN, 6.56, WIDE - 2 * MARGIN, 0.42)
_TALLEST: Final = 0.36
_NAME_LEFT: Final = 0.85
_NAME_RIGHT: Final = 5.35
_AXIS_LEFT: Final = 5.6
_AXIS_RIGHT: Final = 10.4
_SCORE: Final = 10.75
_INTERVAL: Final = 11.35
_INDENT: Final = 0.12
_DEPTHS: Final = ("F1EDE4", "F6F3EC", "FBF9F5", "FFFFFF")
_POINT: Final = {Side.LOW: "B8540F", Side.HIGH: "2A6496", Side.NEUTRAL: "505A6A"}
_BAR: Final = {Side.LOW: "F3C9A6", Side.HIGH: "BCD6EC", Side.NEUTRAL: "D9DCE2"}


@dataclass(frozen=True, slots=True)
class Part:
    """A layer, or what of it stands on one slide; `depth` is how far inside it lies."""

    frame: Frame
    depth: int

    @property
    def lines(self) -> int:
        return len(self.frame.rows) + 1


def pages_of(frames: Sequence[Frame]) -> list[list[Part]]:
    """The layers over as few slides as hold them, in order; only a layer that is too long for one slide is cut."""
    parts = [
        Part(replace(frame, rows=frame.rows[start : start + MOST_LINES - 1]), min(depth, len(_DEPTHS) - 1))
        for depth, frame in enumerate(frames)
        for start in range(0, len(frame.rows), MOST_LINES - 1)
    ]
    pages: list[list[Part]] = []
    for part in parts:
        if pages and sum(held.lines for held in pages[-1]) + part.lines <= MOST_LINES:
            pages[-1].append(part)
        else:
            pages.append([part])
    return pages


def at(value: float) -> float:
    """Where a score lies on the axis, in inches; what is outside is drawn at its end."""
    return _AXIS_LEFT + (min(max(value, 1.0), 5.0) - 1) / 4 * (_AXIS_RIGHT - _AXIS_LEFT)


def draw_page(slide: Slide, parts: Sequence[Part], own_mean: float | None, language: Language) -> None:
    """One slide of the picture."""
    shapes: Shapes = slide.shapes
    height = min(_TALLEST, (_BOTTOM - _TOP) / sum(part.lines for part in parts))
    bottom = _TOP + height * sum(part.lines for part in parts)
    names = [row.name for part in parts for row in part.frame.rows]
    size = one_line_size(names, _NAME_RIGHT - _NAME_LEFT, [s for s in (14, 13, 12, 11, 10) if s <= height * 72 / 1.25])
    _surfaces(shapes, parts, height)
    _axis(shapes, bottom, own_mean, language)
    _heads(shapes, language)
    top = _TOP
    for part in parts:
        heading = Box(MARGIN + part.depth * _INDENT + 0.1, top, _NAME_RIGHT - MARGIN, height)
        write(
            shapes,
            [Line(part.frame.name, bold=True, colour=SOFT)],
            heading,
            language=language,
            sizes=(size,),
            middle=True,
        )
        for row in part.frame.rows:
            top += height
            _draw_row(shapes, row, top, height, size, language)
        top += height
    _draw_legend(shapes, own_mean, language)


def _surfaces(shapes: Shapes, parts: Sequence[Part], height: float) -> None:
    """A frame per layer, further in where the layer lies further in."""
    top = _TOP
    for part in parts:
        indent = part.depth * _INDENT
        box = Box(MARGIN + indent, top + 0.02, WIDE - 2 * MARGIN - 2 * indent, part.lines * height - 0.04)
        panel(shapes, box, fill=_DEPTHS[part.depth], line=RULE)
        top += part.lines * height


def _axis(shapes: Shapes, bottom: float, own_mean: float | None, language: Language) -> None:
    group = shapes.add_group_shape()
    for tick in range(1, 6):
        rule(group.shapes, (at(tick), _TOP), (at(tick), bottom), colour=RULE, weight=0.75)
        box = Box(at(tick) - 0.2, _TOP - 0.3, 0.4, 0.28)
        _centred(group.shapes, Line(str(tick), colour=SOFT), box, 12, language)
    if own_mean is not None:
        rule(group.shapes, (at(own_mean), _TOP), (at(own_mean), bottom), colour=INK, weight=1.5, dotted=True)
        said = spoken(say("own mean {mean}", mean=own_mean), language)
        label = Box(at(own_mean) - 1.2, bottom + 0.01, 2.4, 0.22)
        _centred(group.shapes, Line(said), label, 11, language)
    words = say("The scale from 1 to 5, one line per point.")
    if own_mean is not None:
        words = say("The scale from 1 to 5, one line per point. Dotted: own mean {mean}.", mean=own_mean)
    describe(group, spoken(words, language), name="scale 1-5")


def _centred(shapes: Shapes, line: Line, box: Box, size: float, language: Language) -> None:
    found = write(shapes, [line], box, language=language, sizes=(size,), middle=True)
    found.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER


def _heads(shapes: Shapes, language: Language) -> None:
    """What the two columns of figures are."""
    for words, left in ((say("Score 1–5"), _SCORE), (say("Interval (95 %)"), _INTERVAL)):
        box = Box(left, _TOP - 0.5, 0.58 if left < _INTERVAL else 1.4, 0.48)
        write(shapes, [Line(spoken(words, language), colour=SOFT)], box, language=language, sizes=(11,), middle=True)


def _draw_row(shapes: Shapes, row: Row, top: float, height: float, size: float, language: Language) -> None:
    group = shapes.add_group_shape()
    inside: Shapes = group.shapes
    name = Box(_NAME_LEFT + 0.1, top, _NAME_RIGHT - _NAME_LEFT - 0.1, height)
    words = shortened(row.name, name.width, size)
    write(inside, [Line(words)], name, language=language, sizes=(size,), middle=True)
    if row.score is None:
        instead = Box(_AXIS_LEFT + 0.08, top, 4.0, height)
        write(inside, [Line(row.instead, colour=SOFT)], instead, language=language, sizes=(size,), middle=True)
    else:
        _draw_bar(inside, row, top + height / 2)
        score = Box(_SCORE, top, _INTERVAL - _SCORE, height)
        write(inside, [Line(row.score_text, bold=True)], score, language=language, sizes=(size,), middle=True)
        interval = Box(_INTERVAL, top, WIDE - MARGIN - 0.4 - _INTERVAL, height)
        write(
            inside, [Line(row.interval_text, colour=SOFT)], interval, language=language, sizes=(size - 1,), middle=True
        )
    describe(group, row_in_words(row, language), name=f"topic {row.scale}")


def row_in_words(row: Row, language: Language) -> str:
    """One topic as a sentence: name, score, interval, and whether it may be chance."""
    if row.score is None:
        return spoken(say("{topic}: {words}.", topic=row.name, words=row.instead), language)
    told = say(
        "{topic}: {score}, probably {interval}.", topic=row.name, score=row.score_text, interval=row.interval_text
    )
    chance = say("The difference with the own mean can be chance.")
    return " ".join(spoken(message, language) for message in (told, *((chance,) if row.can_be_chance else ())))


def _draw_bar(shapes: Shapes, row: Row, middle: float) -> None:
    """The interval, and the point on it: a diamond where more is not simply better, open where it may be chance."""
    assert row.score is not None  # noqa: S101 -- the caller looked
    left, right = at(row.score.low), at(row.score.high)
    colour = _POINT[row.side]
    bar = Box(left, middle - 0.08, max(right - left, 0.03), 0.16)
    mark(
        shapes,
        MSO_SHAPE.ROUNDED_RECTANGLE,
        bar,
        fill=_BAR[row.side],
        line=colour,
        striped=row.can_be_chance,
        weight=0.75,
    )
    x, half = at(row.score.value), 0.085
    point = Box(x - half, middle - half, 2 * half, 2 * half)
    kind = MSO_SHAPE.DIAMOND if row.side is Side.NEUTRAL and not row.is_outcome else MSO_SHAPE.OVAL
    mark(shapes, kind, point, fill=PAPER if row.can_be_chance else colour, line=colour, weight=1.75)


def _draw_legend(shapes: Shapes, own_mean: float | None, language: Language) -> None:
    """How to read it, in words; the marks themselves are in the picture."""
    said = [
        say("Point: our estimate. Bar: the true mean probably lies here."),
        say("Stripes and an open point: the difference with the own mean can be chance."),
        say("Diamond: more is not simply better here."),
    ]
    if own_mean is not None:
        said.append(say("Dotted line: own mean of all topics. Orange lies below it, blue above."))
    words = " ".join(spoken(message, language) for message in said)
    write(shapes, [Line(words, colour=SOFT)], _LEGEND, language=language, sizes=(12, 11, 10))
