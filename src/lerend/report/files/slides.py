"""A release as slides for the meeting: the answer first, a slide per bottleneck, space for agreements, notes throughout."""

from __future__ import annotations

from pptx.enum.shapes import MSO_SHAPE
from pptx.slide import Slide
from pptx.util import Emu, Inches

from lerend.diagnosis.result import Band
from lerend.model.structure import Instrument, OrganisationModel
from lerend.release.value import Release
from lerend.report.charts.model_picture import Frame
from lerend.report.dates import written_date
from lerend.report.files import slide_notes as notes
from lerend.report.files.deck import Deck
from lerend.report.files.drawing import (
    ACCENT,
    LOW,
    MARGIN,
    PAPER,
    RULE,
    SOFT,
    WARN,
    WIDE,
    Box,
    Line,
    Shapes,
    fill_text,
    mark,
    panel,
    set_place,
    shortened,
    write,
)
from lerend.report.files.origin import day_of, marks_of, origin_rows, short_marks_of, stamp_of
from lerend.report.files.slide_model import draw_page, pages_of
from lerend.report.files.slide_reading import reading_of
from lerend.report.focus import Focus, focus_on
from lerend.report.participation import facts, sentences
from lerend.report.priorities import Bottleneck, bottlenecks
from lerend.report.rows import Row, rows_of
from lerend.report.visible import visible
from lerend.report.words import printable, spoken
from lerend.wording import Language, Message, say

_BODY = Box(MARGIN, 1.45, WIDE - 2 * MARGIN, 5.35)
_LINES_ONLY = "{5940675A-B579-460E-94D1-54222C63F5DA}"
"""The style of tables that is called *No Style, Table Grid*."""
_BLOCKS = {Band.UNLIKELY: 1, Band.POSSIBLY: 2, Band.VERY_LIKELY: 3}


def slides_of(release: Release, *, model: OrganisationModel, instrument: Instrument, language: Language) -> bytes:
    """The release as PPTX, about its one company or, where there are more, about the programme.

    The same release gives the same bytes.
    """
    return _Slides(release, model, instrument, language).made()


class _Slides:
    """One deck that is being made."""

    def __init__(self, release: Release, model: OrganisationModel, instrument: Instrument, language: Language) -> None:
        self._release, self._model, self._instrument = release, model, instrument
        self._language: Language = language
        self._diagnosis = visible(release.diagnosis)
        self._focus: Focus = focus_on(self._diagnosis, None)
        self._unit = self._focus.unit
        self._rows: tuple[Row, ...] = rows_of(self._unit, model, language)
        self._deck = Deck(
            title=self._said(say("Results of the learning scan: {name}", name=printable(release.wave.organisation))),
            stamp=stamp_of(release, language),
            marks=len(short_marks_of(release)),
            digest=release.digest,
            day=day_of(release),
            language=language,
        )

    def made(self) -> bytes:
        self._opening()
        if self._unit.hidden is not None:
            self._hidden(self._unit.hidden)
        else:
            self._answer()
            self._people()
            self._picture()
            self._strengths()
            self._bottlenecks()
            self._agreements()
        self._reading()
        self._origin()
        return self._deck.to_bytes()

    def _said(self, message: Message) -> str:
        return spoken(message, self._language)

    def _new(self, title: Message | str, said: tuple[Message, ...]) -> Slide:
        words = self._said(title) if isinstance(title, Message) else title
        return self._deck.slide(words, notes.notes_of(said, self._language))

    def _write(self, slide: Slide, lines: list[Line], box: Box, sizes: tuple[float, ...] = (22, 20, 18, 16, 14, 12, 11, 10)) -> None:  # fmt: skip
        write(slide.shapes, lines, box, language=self._language, sizes=sizes)

    def _opening(self) -> None:
        wave = self._release.wave
        lines = [
            f"{printable(wave.organisation)} \N{MIDDLE DOT} {printable(wave.name)}",
            self._said(say("Made on {date}", date=written_date(day_of(self._release), self._language))),
        ]
        title = self._said(say("Results of the learning scan"))
        slide = self._deck.opening(
            title, lines, notes.notes_of(notes.opening_of(self._release.collected), self._language)
        )
        marks = [Line(self._said(mark_), bold=True) for mark_ in marks_of(self._release)]
        if marks:
            box = Box(MARGIN, 4.75, WIDE - 2 * MARGIN, 0.35 + 0.45 * len(marks))
            panel(slide.shapes, box, fill=WARN, line=LOW)
            self._write(slide, marks, box.inside(0.18), (18, 16, 14, 12))

    def _hidden(self, why: Message) -> None:
        slide = self._new(say("The answer in brief"), notes.HIDDEN)
        look = say("Look at the report of the larger group that these people are part of.")
        self._write(slide, [Line(self._said(why)), Line(self._said(look))], _BODY)

    def _answer(self) -> None:
        slide = self._new(say("The answer in five sentences"), notes.ANSWER)
        lines = [Line(self._said(sentence), numbered=True) for sentence in self._unit.headline]
        self._write(slide, lines, _BODY, (26, 24, 22, 20, 18, 16, 14))

    def _people(self) -> None:
        slide = self._new(say("Who took part, and how sure are we?"), notes.PEOPLE)
        found = facts(self._focus, self._language)
        width = _BODY.width / max(len(found), 1)
        for place, (figure, words) in enumerate(found):
            box = Box(_BODY.left + place * width, _BODY.top, width - 0.3, 1.5)
            self._write(
                slide, [Line(figure, bold=True, scale=2.2, colour=ACCENT), Line(words, colour=SOFT)], box, (16,)
            )
        said = sentences(self._diagnosis, self._focus, self._language)
        said += [self._said(note) for note in self._diagnosis.notes]
        top = _BODY.top + (1.75 if found else 0)
        self._write(slide, [Line(sentence) for sentence in said], Box(_BODY.left, top, _BODY.width, _BODY.bottom - top))

    def _picture(self) -> None:
        frames = [
            Frame(printable(layer.name.in_language(self._language)), held)
            for layer in self._model.layers
            if (held := tuple(row for row in self._rows if row.layer == layer.id))
        ]
        outcomes = tuple(row for row in self._rows if row.is_outcome)
        aim = [Frame(self._said(say("What it is for")), outcomes)] if outcomes else []
        pages = pages_of([*frames, *aim])
        for place, parts in enumerate(pages, 1):
            title = say("The model, from outside to inside ({place} of {count})", place=place, count=len(pages))
            said = notes.PICTURE if place == 1 else notes.FURTHER_INSIDE
            slide = self._new(title if len(pages) > 1 else say("The model, from outside to inside"), said)
            draw_page(slide, parts, self._unit.own_mean, self._language)

    def _strengths(self) -> None:
        slide = self._new(say("What goes well"), notes.STRENGTHS)
        names = {row.scale: row for row in self._rows}
        found = [(names[s.factor], s) for s in self._unit.strengths[:3] if s.factor in names]
        if not found:
            self._write(slide, [Line(self._said(say("There are too few answers to name strengths.")))], _BODY)
        width = _BODY.width / 3
        for place, (row, strength) in enumerate(found):
            box = Box(_BODY.left + place * width, _BODY.top, width - 0.3, 3.6)
            mark(slide.shapes, MSO_SHAPE.RECTANGLE, Box(box.left, box.top, box.width, 0.06), fill="2A6496")
            lines = [Line(row.name, bold=True, scale=1.2), Line(self._said(strength.sentence)), *self._score_lines(row)]
            self._write(slide, lines, Box(box.left, box.top + 0.2, box.width, box.height - 0.2), (20, 18, 16, 14, 12))

    def _score_lines(self, row: Row) -> list[Line]:
        """The score with its interval; what stands in its place where there is none."""
        if row.score is None:
            return [Line(row.instead, colour=SOFT, scale=0.9)]
        told = say(
            "We see {score} on the scale of 1 to 5 (probably {interval}).", score=row.score_text, interval=row.interval_text
        )  # fmt: skip
        return [Line(self._said(told), colour=SOFT, scale=0.9)]

    def _bottlenecks(self) -> None:
        cards = bottlenecks(self._unit, self._rows, self._model, self._language)
        for card in cards:
            self._bottleneck(card)
        if not cards:
            slide = self._new(say("Where there is probably most room"), notes.NO_BOTTLENECK)
            why = self._unit.why_not_ranked or say("No topic stands out as the one with most room for improvement.")
            self._write(slide, [Line(self._said(why))], _BODY)

    def _bottleneck(self, card: Bottleneck) -> None:
        meant = say("‘{topic}’ means: {definition}", topic=card.row.name, definition=card.row.definition)
        about_manager = self._model.factor(card.row.scale).about_manager
        said = (meant, *notes.BOTTLENECK, *((notes.ABOUT_A_MANAGER,) if about_manager else ()))
        slide = self._new(say("Room for improvement: {topic}", topic=card.row.name), said)
        left = Box(_BODY.left, _BODY.top, 6.0, _BODY.height)
        right = Box(left.right + 0.5, _BODY.top, _BODY.right - left.right - 0.5, 3.4)
        self._how_sure(slide.shapes, card.row, left)
        chance = (
            [Line(self._said(say("The difference with the own mean can be chance.")))] if card.row.can_be_chance else []
        )
        more = [Line(text) for text in (card.spread, card.gap) if text]
        lines = [
            Line(card.row.sentence), *self._score_lines(card.row), *chance, *more,
            *([Line(card.robustness, colour=SOFT, scale=0.9)] if card.robustness else []),
        ]  # fmt: skip
        self._write(
            slide,
            lines,
            Box(left.left, left.top + 0.8, left.width, left.height - 0.8),
            (20, 18, 16, 14, 13, 12, 11, 10),
        )
        head = Line(self._said(say("Questions for the talk")), bold=True, colour=ACCENT)
        self._write(
            slide, [head, *(Line(question, numbered=True) for question in card.questions)], right, (20, 18, 16, 14, 12)
        )
        self._known_to_help(
            slide, Box(right.left, right.bottom + 0.25, right.width, _BODY.bottom - right.bottom - 0.25)
        )

    def _how_sure(self, shapes: Shapes, row: Row, left: Box) -> None:
        """One, two or three blocks, and the words; never anything finer."""
        held = _BLOCKS[row.band or Band.UNLIKELY]
        for place in range(3):
            box = Box(left.left + place * 0.34, left.top + 0.06, 0.28, 0.24)
            mark(shapes, MSO_SHAPE.RECTANGLE, box, fill=ACCENT if place < held else PAPER, line=ACCENT, weight=1.5)
        words = say("{band} among the {count} topics with most room", band=row.band_text, count=self._diagnosis.listed)
        box = Box(left.left + 1.2, left.top, left.width - 1.2, 0.7)
        write(
            shapes,
            [Line(_capital(self._said(words)), bold=True)],
            box,
            language=self._language,
            sizes=(18, 16, 14, 12, 11, 10),
        )

    def _known_to_help(self, slide: Slide, box: Box) -> None:
        panel(slide.shapes, box, fill="F6F3EC", line=RULE)
        told = say(
            "A list of what helped elsewhere is not part of this report yet. Until then: ask another company what they "
            "tried, and start small."
        )  # fmt: skip
        lines = [Line(self._said(say("What is known to help")), bold=True, colour=ACCENT), Line(self._said(told))]
        self._write(slide, lines, box.inside(0.18), (16, 14, 13, 12, 11, 10))

    def _agreements(self) -> None:
        slide = self._new(say("What we agree"), notes.AGREEMENTS)
        heads = (say("We will try:"), say("Who sees to it:"), say("On this date we look again:"))
        self._table(
            slide, [[self._said(head) for head in heads], *([""] * 3 for _ in range(3))], (0.48, 0.22, 0.3), 16, 1.35
        )

    def _reading(self) -> None:
        slide = self._new(say("How to read this"), notes.READING)
        blocks = reading_of(self._release, self._model, self._language)
        half = (len(blocks) + 1) // 2
        width = (_BODY.width - 0.5) / 2
        for place, held in enumerate((blocks[:half], blocks[half:])):
            lines = [line for head, text in held for line in (Line(head, bold=True, colour=ACCENT), Line(text))]
            box = Box(_BODY.left + place * (width + 0.5), _BODY.top, width, _BODY.height)
            self._write(slide, lines, box, (18, 17, 16, 15, 14, 13, 12, 11, 10))

    def _origin(self) -> None:
        slide = self._new(say("Where the numbers come from"), notes.ORIGIN)
        rows = origin_rows(self._release, self._model, self._instrument, self._language)
        self._table(slide, [list(row) for row in rows], (0.36, 0.64), 12, 0.33, head=False)

    def _table(
        self, slide: Slide, rows: list[list[str]], shares: tuple[float, ...], size: float, height: float, *, head: bool = True
    ) -> None:  # fmt: skip
        """A native table; the first row says what the columns are, or the first column what the rows are."""
        heights = [0.75 if head and place == 0 else height for place in range(len(rows))]
        frame = slide.shapes.add_table(len(rows), len(shares), *[Emu(1)] * 4)
        box = Box(_BODY.left, _BODY.top, _BODY.width, sum(heights))
        set_place(frame, box)
        table = frame.table
        frame.element.xpath(".//a:tableStyleId")[0].text = _LINES_ONLY
        table.first_row, table.first_col, table.horz_banding = head, not head, False
        for place, share in enumerate(shares):
            table.columns[place].width = Inches(box.width * share)
        for line, values in enumerate(rows):
            table.rows[line].height = Inches(heights[line])
            for place, value in enumerate(values):
                words = value if head else shortened(value, box.width * shares[place] - 0.25, size)
                self._cell(table.cell(line, place), words, size, strong=(line == 0) if head else (place == 0))

    def _cell(self, cell: object, value: str, size: float, *, strong: bool) -> None:
        place: Shapes = cell
        fill_text(place, [Line(value, bold=strong)], size=size, language=self._language)
        place.margin_left = place.margin_right = 91440
        place.margin_top = place.margin_bottom = 36000


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
