"""Text and shapes on a slide: measures in inches, letters in points, text always real text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE_DASH_STYLE, MSO_PATTERN_TYPE
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import MSO_CONNECTOR_TYPE, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.shapes.autoshape import Shape
from pptx.util import Inches, Pt

from lerend.report.charts.lettering import width_of, wrapped
from lerend.wording import Language

WIDE: Final = 13.333
MARGIN: Final = 0.6
INK: Final = "1C2330"
SOFT: Final = "505A6A"
RULE: Final = "DCD7CB"
ACCENT: Final = "0C5C63"
WARN: Final = "FFF0DC"
LOW: Final = "B8540F"
PAPER: Final = "FFFFFF"

_LINE: Final = 1.2
_AFTER: Final = 0.45
"""Room after a paragraph, in letters."""
_LANGUAGES: Final[dict[Language, MSO_LANGUAGE_ID]] = {
    "nl": MSO_LANGUAGE_ID.DUTCH,
    "en": MSO_LANGUAGE_ID.ENGLISH_UK,
}

Shapes: TypeAlias = Any
"""Those of a slide or of a group."""


@dataclass(frozen=True, slots=True)
class Box:
    """A place, in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def inside(self, by: float) -> Box:
        return Box(self.left + by, self.top + by, self.width - 2 * by, self.height - 2 * by)


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph. `scale` makes it larger or smaller than its box's letters; a numbered one counts on from the last."""

    text: str
    bold: bool = False
    colour: str = INK
    scale: float = 1.0
    numbered: bool = False


def rgb(colour: str) -> RGBColor:
    """A colour from its six hexadecimal digits."""
    make: Any = RGBColor
    found: RGBColor = make(*bytes.fromhex(colour))
    return found


def set_place(shape: Any, box: Box) -> None:
    shape.left, shape.top = Inches(box.left), Inches(box.top)
    shape.width, shape.height = Inches(box.width), Inches(box.height)


def height_of(lines: Sequence[Line], width: float, size: float) -> float:
    """Inches that the paragraphs need; a little on the safe side."""
    return sum(_height_of(line, width * 72, size * line.scale) for line in lines) / 72


def _height_of(line: Line, width: float, size: float) -> float:
    room = width - (size * 1.6 if line.numbered else 0)
    return len(wrapped(line.text, width=room, size=size * 0.92)) * size * _LINE + size * _AFTER


def fitting_size(lines: Sequence[Line], box: Box, sizes: Sequence[float]) -> float:
    """The largest letters that fit; the smallest where none do."""
    return next((size for size in sizes if height_of(lines, box.width, size) <= box.height), sizes[-1])


def one_line_size(words: Sequence[str], width: float, sizes: Sequence[float]) -> float:
    """The largest letters in which each of these stays on one line."""
    return next((size for size in sizes if all(width_of(word, size) <= width * 72 for word in words)), sizes[-1])


def shortened(words: str, width: float, size: float) -> str:
    """On one line of this width, the end left out where it does not fit."""
    if width_of(words, size) <= width * 72:
        return words
    kept = words
    while kept and width_of(f"{kept}…", size) > width * 72:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def write(
    shapes: Shapes,
    lines: Sequence[Line],
    box: Box,
    *,
    language: Language,
    sizes: Sequence[float] = (22, 20, 18, 16, 14, 13, 12, 11, 10),
    middle: bool = False,
    right: bool = False,
) -> Shape:
    """A text box whose letters are as large as fits."""
    shape: Shape = shapes.add_textbox(Inches(box.left), Inches(box.top), Inches(box.width), Inches(box.height))
    fill_text(shape, lines, size=fitting_size(lines, box, sizes), language=language, middle=middle, right=right)
    return shape


def fill_text(
    shape: Any, lines: Sequence[Line], *, size: float, language: Language, middle: bool = False, right: bool = False
) -> None:
    """Writes into a shape or the cell of a table."""
    frame = shape.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE if middle else MSO_ANCHOR.TOP
    for place, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = line.text
        run.font.size, run.font.bold = Pt(round(size * line.scale, 1)), line.bold
        run.font.color.rgb = rgb(line.colour)
        paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
        paragraph.space_after = Pt(0 if middle else round(size * line.scale * _AFTER, 1))
    _number(shape, lines, size)
    in_language(frame, language)


def _number(shape: Any, lines: Sequence[Line], size: float) -> None:
    """Makes the numbered lines a real list, whose numbers a screen reader says."""
    if not any(line.numbered for line in lines):
        return
    for found, line in zip(shape.element.xpath(".//a:p"), lines, strict=True):
        if line.numbered:
            properties = found.get_or_add_pPr()
            indent = str(int(Pt(size * line.scale * 1.6)))
            properties.set("marL", indent)
            properties.set("indent", f"-{indent}")
            properties.append(properties.makeelement(qn("a:buFont"), {"typeface": "+mj-lt"}))
            properties.append(properties.makeelement(qn("a:buAutoNum"), {"type": "arabicPeriod"}))


def in_language(frame: Any, language: Language) -> None:
    """So that a screen reader speaks it, and a spelling checker checks it, in the right language."""
    for run in (run for paragraph in frame.paragraphs for run in paragraph.runs):
        run.font.language_id = _LANGUAGES[language]


def describe(shape: Any, words: str, *, name: str = "") -> None:
    """What a screen reader says of a shape or group."""
    properties = shape.element.xpath(".//p:cNvPr")[0]
    properties.set("descr", words)
    if name:
        properties.set("name", name)


def panel(shapes: Shapes, box: Box, *, fill: str, line: str | None = None, rounded: bool = True) -> Shape:
    """A coloured surface without words."""
    kind = MSO_SHAPE.ROUNDED_RECTANGLE if rounded else MSO_SHAPE.RECTANGLE
    return mark(shapes, kind, box, fill=fill, line=line)


def mark(
    shapes: Shapes, kind: MSO_SHAPE, box: Box, *, fill: str, line: str | None = None, striped: bool = False, weight: float = 1
) -> Shape:  # fmt: skip
    """A shape in one colour; striped where what it shows may be chance."""
    shape: Shape = shapes.add_shape(kind, Inches(box.left), Inches(box.top), Inches(box.width), Inches(box.height))
    if striped:
        shape.fill.patterned()
        shape.fill.pattern = MSO_PATTERN_TYPE.WIDE_UPWARD_DIAGONAL
        shape.fill.fore_color.rgb, shape.fill.back_color.rgb = rgb(fill), rgb(PAPER)
    else:
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(fill)
    if line is None:
        shape.line.fill.background()
    else:
        shape.line.color.rgb, shape.line.width = rgb(line), Pt(weight)
    shape.shadow.inherit = False
    if kind == MSO_SHAPE.ROUNDED_RECTANGLE:
        shape.adjustments[0] = min(0.5, 0.08 / max(min(box.width, box.height), 0.01))
    describe(shape, "")
    return shape


def rule(shapes: Shapes, start: tuple[float, float], end: tuple[float, float], *, colour: str, weight: float, dotted: bool = False) -> None:  # fmt: skip
    """A straight line."""
    found = shapes.add_connector(
        MSO_CONNECTOR_TYPE.STRAIGHT, Inches(start[0]), Inches(start[1]), Inches(end[0]), Inches(end[1])
    )
    found.line.color.rgb, found.line.width = rgb(colour), Pt(weight)
    if dotted:
        found.line.dash_style = MSO_LINE_DASH_STYLE.ROUND_DOT
    describe(found, "")
