"""The deck: wide slides with a real title, a foot that says where they come from, notes, and bytes that never change."""

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import deepcopy
from datetime import date, datetime, time
from typing import Any, Final

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Emu, Inches, Pt

from lerend.report.files.archive import zipped_again
from lerend.report.files.drawing import (
    INK,
    LOW,
    MARGIN,
    SOFT,
    WIDE,
    Box,
    Line,
    fitting_size,
    in_language,
    rgb,
    set_place,
    shortened,
)
from lerend.report.files.origin import DIVIDER
from lerend.wording import Language

_HIGH: Final = 7.5
_TITLE: Final = Box(MARGIN, 0.35, WIDE - 2 * MARGIN, 0.85)
_FOOT: Final = Box(MARGIN, 7.02, WIDE - 2 * MARGIN - 0.9, 0.32)
_NUMBER: Final = Box(WIDE - MARGIN - 0.8, 7.02, 0.8, 0.32)
_OPENING_TITLE: Final = Box(MARGIN, 1.9, WIDE - 2 * MARGIN, 1.1)
_OPENING_TEXT: Final = Box(MARGIN, 3.1, WIDE - 2 * MARGIN, 1.3)
_LONGEST: Final = 255
"""Letters that a property of a document may have."""
_FOOT_SIZE: Final = 11
_TITLE_SIZES: Final = (28, 26, 24, 22, 20, 18, 16)
_OPENING, _TITLED = "Title Slide", "Title Only"


class Deck:
    """Slides that are being made, in one language."""

    def __init__(self, *, title: str, stamp: str, marks: int, digest: str, day: date, language: Language) -> None:
        """`marks` is how many parts of the stamp, from the first, must stand out."""
        self._deck = Presentation()
        self._language: Language = language
        self._stamp = stamp
        self._marks = marks
        self._day = day
        self._deck.slide_width, self._deck.slide_height = Inches(WIDE), Inches(_HIGH)
        for size in self._deck.element.xpath("./p:sldSz"):
            size.attrib.pop("type", None)
        self._leave_out()
        _restyle(self._deck.slide_master)
        self._layouts = {layout.name: layout for layout in self._deck.slide_layouts}
        for layout in self._layouts.values():
            if layout.name not in (_OPENING, _TITLED):
                self._deck.slide_layouts.remove(layout)
        _restyle_opening(self._layouts[_OPENING])
        self._describe(title, digest)

    def opening(self, title: str, lines: Sequence[str], notes: Sequence[str]) -> Slide:
        """The first slide."""
        slide = self._new(_OPENING, title, notes)
        frame = slide.placeholders[1].text_frame
        frame.text = "\n".join(lines)
        in_language(frame, self._language)
        return slide

    def slide(self, title: str, notes: Sequence[str]) -> Slide:
        """One with a title and room below it."""
        return self._new(_TITLED, title, notes)

    def to_bytes(self) -> bytes:
        target = io.BytesIO()
        self._deck.save(target)
        return zipped_again(target.getvalue(), day=self._day)

    def _new(self, layout: str, title: str, notes: Sequence[str]) -> Slide:
        slide: Slide = self._deck.slides.add_slide(self._layouts[layout])
        assert slide.shapes.title is not None  # noqa: S101 -- tells the type checker what the layout has
        place = _TITLE if layout == _TITLED else _OPENING_TITLE
        size = fitting_size([Line(title)], place, _TITLE_SIZES)
        head = slide.shapes.title.text_frame
        head.text = title
        for run in head.paragraphs[0].runs:
            run.font.size, run.font.color.rgb = Pt(size), rgb(INK)
        in_language(head, self._language)
        self._add_foot(slide, self._layouts[layout])
        frame = slide.notes_slide.notes_text_frame
        assert frame is not None  # noqa: S101 -- notes made here have one
        frame.text = "\n".join([*notes, self._stamp])
        in_language(frame, self._language)
        return slide

    def _add_foot(self, slide: Slide, layout: Any) -> None:
        """Where the slide comes from and its number, in the places that the layout has for them."""
        for place in layout.placeholders:
            kind = place.placeholder_format.type
            if kind not in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
                continue
            copy = deepcopy(place.element)
            number = 1 + max(int(found) for found in slide.shapes.element.xpath(".//p:cNvPr/@id"))
            copy.xpath(".//p:cNvPr")[0].set("id", str(number))
            slide.shapes.element.append(copy)
            if kind == PP_PLACEHOLDER.FOOTER:
                added = slide.placeholders[place.placeholder_format.idx]
                self._stamp_on(added.text_frame)

    def _stamp_on(self, frame: TextFrame) -> None:
        """The foot: what must stand out in strong letters, then the rest, on one line."""
        parts = shortened(self._stamp, _FOOT.width - 0.3, _FOOT_SIZE).split(DIVIDER)
        strong, rest = DIVIDER.join(parts[: self._marks]), DIVIDER.join(parts[self._marks :])
        for words, colour in ((strong, LOW), (f"{DIVIDER}{rest}" if strong else rest, SOFT)):
            run = frame.paragraphs[0].add_run()
            run.text, run.font.bold, run.font.size = words, colour == LOW, Pt(_FOOT_SIZE)
            run.font.color.rgb = rgb(colour)
        in_language(frame, self._language)

    def _describe(self, title: str, digest: str) -> None:
        title = title[:_LONGEST]
        about, when = self._deck.core_properties, datetime.combine(self._day, time())
        about.title, about.author, about.last_modified_by = title, "lerend", "lerend"
        about.comments, about.keywords, about.identifier = self._stamp[:_LONGEST], digest, digest
        about.subject, about.category, about.revision = title, "", 1
        about.created = about.modified = when
        about.language = "nl-NL" if self._language == "nl" else "en-GB"

    def _leave_out(self) -> None:
        """What the library's own template brings along: a picture of itself, and somebody's printer."""
        package, part = self._deck.part.package, self._deck.part
        for relation in list(package.iter_rels()):
            if relation.reltype.endswith("/thumbnail"):
                package.drop_rel(relation.rId)
        for name, relation in list(part.rels.items()):
            if relation.reltype.endswith("/printerSettings"):
                part.rels.pop(name)


def _restyle(master: Any) -> None:
    places = {
        PP_PLACEHOLDER.TITLE: _TITLE,
        PP_PLACEHOLDER.FOOTER: _FOOT,
        PP_PLACEHOLDER.SLIDE_NUMBER: _NUMBER,
        PP_PLACEHOLDER.BODY: Box(MARGIN, 1.4, WIDE - 2 * MARGIN, 5.4),
        PP_PLACEHOLDER.DATE: Box(MARGIN, 6.6, 2.0, 0.3),
    }
    for place in master.placeholders:
        kind = place.placeholder_format.type
        set_place(place, places[kind])
        if kind in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
            for style in place.element.iter(qn("a:lvl1pPr")):
                style.set("algn", "l" if kind == PP_PLACEHOLDER.FOOTER else "r")
                style.find(qn("a:defRPr")).set("sz", f"{_FOOT_SIZE}00")
        if kind == PP_PLACEHOLDER.TITLE:
            place.text_frame.margin_left = place.text_frame.margin_right = Emu(0)
    (first,) = master.element.xpath(".//p:titleStyle/a:lvl1pPr")
    first.set("algn", "l")
    (letters,) = first.findall(qn("a:defRPr"))
    letters.set("sz", "2800")
    letters.set("b", "1")


def _restyle_opening(layout: Any) -> None:
    for place in layout.placeholders:
        kind = place.placeholder_format.type
        if kind == PP_PLACEHOLDER.CENTER_TITLE:
            set_place(place, _OPENING_TITLE)
        elif kind == PP_PLACEHOLDER.SUBTITLE:
            set_place(place, _OPENING_TEXT)
            for style in place.element.iter(qn("a:lvl1pPr")):
                style.set("algn", "l")
