"""The slides of a pilot: the answer, its picture, what follows, and what nobody may read in it; notes for who presents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from pptx.enum.shapes import MSO_SHAPE
from pptx.slide import Slide

from lerend.report.files.deck import Deck
from lerend.report.files.drawing import ACCENT, INK, MARGIN, SOFT, WIDE, Box, Line, Shapes, mark, rule, write
from lerend.report.words import printable
from lerend_web.instruments.domain.faults import language
from lerend_web.pilots.domain.finding import Finding, LookRow
from lerend_web.pilots.domain.interval_axis import Axis
from lerend_web.pilots.domain.reported import Outcome, origin_of, picture_title
from lerend_web.pilots.domain.verdict_told import process_words

_BODY: Final = Box(MARGIN, 1.45, WIDE - 2 * MARGIN, 5.35)
_AXIS: Final = Box(MARGIN + 3.2, 2.0, 5.4, 3.6)
_BAR: Final = "BCD6EC"
_POINT: Final = "2A6496"
_SIZES: Final = (24, 22, 20, 18, 16, 14, 13, 12, 11, 10)


def deck_of(outcome: Outcome) -> bytes:
    """The slides as PPTX; the same outcome gives the same bytes."""
    finding, pilot = outcome.finding, outcome.pilot
    deck = Deck(
        title=printable(pilot.title),
        stamp=" \N{MIDDLE DOT} ".join((*outcome.marks, printable(outcome.foot))),
        marks=len(outcome.marks),
        digest=finding.digest,
        day=outcome.made_on,
        language=language(),
    )
    notes = [_("Say the outcome first, whatever it is. Nothing found is an outcome too.")]
    deck.opening(printable(pilot.title), [outcome.about, date_format(outcome.made_on, "j F Y")], notes)
    _list(deck, finding.headline, finding.answer, [_("Read it aloud, slowly. Then be silent for a moment.")])
    _pictured(deck, finding)
    verdict = [*outcome.verdict.why, outcome.verdict.note] if outcome.verdict else [_("The verdict is not signed yet.")]
    _list(deck, _("The verdict"), [one for one in verdict if one], [_("The rule was frozen before the start.")])
    about = [_("The log says this; it was written by whoever led a session.")]
    _list(deck, _("How it was carried out"), process_words(outcome.process), about)
    reading = [_("Say this before anybody asks: it saves a wrong conclusion.")]
    _list(deck, _("What nobody may read in it"), (*finding.cannot_say, finding.shift, *finding.remarks), reading)
    _list(deck, _("It holds if this is true"), finding.assumptions, reading)
    rows = [f"{label}: {value}" for label, value in origin_of(outcome)]
    _list(deck, _("Where it comes from"), rows, [_("For whoever wants to check it.")])
    return deck.to_bytes()


def _list(deck: Deck, title: str, words: Sequence[str], notes: Sequence[str]) -> Slide:
    slide = deck.slide(printable(title), list(notes))
    lines = [Line(printable(one)) for one in words]
    write(slide.shapes, lines, _BODY, language=language(), sizes=_SIZES)
    return slide


def _pictured(deck: Deck, finding: Finding) -> None:
    notes = [_("The dot is the estimate, the bar says between which limits it lies. A long bar: we know little.")]
    slide = deck.slide(picture_title(finding), notes)
    axis, shapes = finding.axis, slide.shapes
    height = _AXIS.height / max(len(finding.looks), 3)
    _lines(shapes, finding)
    for place, row in enumerate(finding.looks):
        _drawn(shapes, row, axis, _AXIS.top + 0.35 + place * height)


def _drawn(shapes: Shapes, row: LookRow, axis: Axis, top: float) -> None:
    """One look: its name, its bar with the dot, and its numbers."""
    left = _x(axis, -axis.reach if row.low is None else row.low)
    right = _x(axis, axis.reach if row.high is None else row.high)
    name = _("Measurement %(number)s, %(day)s") % {"number": row.number, "day": date_format(row.on, "j F Y")}
    _small(shapes, name, Box(MARGIN, top, 3.0, 0.35))
    mark(shapes, MSO_SHAPE.RECTANGLE, Box(left, top + 0.06, max(right - left, 0.05), 0.2), fill=_BAR)
    mark(shapes, MSO_SHAPE.OVAL, Box(_x(axis, row.estimate) - 0.12, top + 0.04, 0.24, 0.24), fill=_POINT)
    low, high = row.between or (_("no limit"), _("no limit"))
    numbers = _("%(estimate)s (from %(low)s to %(high)s)") % {"estimate": row.said, "low": low, "high": high}
    _small(shapes, numbers, Box(_AXIS.right + 0.4, top, WIDE - MARGIN - _AXIS.right - 0.4, 0.35))


def _lines(shapes: Shapes, finding: Finding) -> None:
    """Where nothing lies, and from where on it is worth having; numbers under them."""
    axis = finding.axis
    for value, colour, said in _limits(finding):
        x = _x(axis, value)
        rule(shapes, (x, _AXIS.top), (x, _AXIS.bottom), colour=colour, weight=1.5, dotted=value != 0)
        _small(
            shapes,
            said,
            Box(x + (0.06 if value else -1.26), _AXIS.top - 0.35, 1.9 if value else 1.2, 0.3),
            right=not value,
        )
    for value, said in axis.ticks:
        _small(shapes, said, Box(_x(axis, value) - 0.3, _AXIS.bottom + 0.1, 0.8, 0.3))


def _limits(finding: Finding) -> list[tuple[float, str, str]]:
    found = [(0.0, INK, _("nothing"))]
    return [*found, (finding.smallest, ACCENT, _("worth having"))] if finding.is_effect else found


def _small(shapes: Shapes, said: str, box: Box, *, right: bool = False) -> None:
    write(
        shapes, [Line(printable(said), colour=SOFT)], box, language=language(), sizes=(14, 13, 12, 11, 10), right=right
    )


def _x(axis: Axis, value: float) -> float:
    return _AXIS.left + axis.place(value) * _AXIS.width
