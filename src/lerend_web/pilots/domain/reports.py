"""A pilot as files to take along: a report of one or two pages, slides, and its looks as data. All say what the page says."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lerend.report.printed.typesetting import Plain, pdf_of
from lerend_web.instruments.domain.faults import language
from lerend_web.pilots.domain.finding import Finding
from lerend_web.pilots.domain.reported import Outcome, origin_of, outcome_of, picture_title, table_of
from lerend_web.pilots.domain.verdict_told import Told, process_words, rule_of
from lerend_web.pilots.models import Pilot

_PDF: Final = "application/pdf"
_PPTX: Final = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_JSON: Final = "application/json"


@dataclass(frozen=True, slots=True)
class PilotFile:
    name: str
    media_type: str
    content: bytes


def report_of(pilot: Pilot) -> PilotFile:
    """The report as a tagged PDF (PDF/UA-1), the same bytes as long as nothing new was seen or signed.

    Raises:
        PilotRefused: nobody looked yet.
    """
    outcome = outcome_of(pilot)
    return PilotFile(_name(outcome, "pdf"), _PDF, pdf_of("pilot", report_data(outcome), made_on=outcome.made_on))


def slides_of(pilot: Pilot) -> PilotFile:
    """The same as slides.

    Raises:
        PilotRefused: nobody looked yet.
    """
    # Writing slides costs half a second to import.
    from lerend_web.pilots.domain.report_slides import deck_of  # noqa: PLC0415 -- see above

    outcome = outcome_of(pilot)
    return PilotFile(_name(outcome, "pptx"), _PPTX, deck_of(outcome))


def looks_of(pilot: Pilot) -> PilotFile:
    """Every look as it was kept, with its digest and that of the plan. Nothing in it is about one team.

    Raises:
        PilotRefused: nobody looked yet.
    """
    outcome = outcome_of(pilot)
    document = {
        "plan": pilot.plan.digest,
        "looks": [
            {"look": one.look, "digest": one.digest, "text": one.content, "at": one.at.isoformat()}
            for one in pilot.effects.all()
        ],
    }
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False)
    return PilotFile(_name(outcome, "json"), _JSON, text.encode())


def report_data(outcome: Outcome) -> dict[str, Plain]:
    """What the report says, in finished words; the template only lays it out."""
    finding, pilot = outcome.finding, outcome.pilot
    return {
        "language": language(),
        "title": pilot.title,
        "marks": outcome.marks,
        "foot": outcome.foot,
        "page_words": _("Page {page} of {pages}"),
        "name": pilot.title,
        "about": outcome.about,
        "headline": finding.headline,
        "answer": list(finding.answer),
        "picture": _picture(finding),
        "verdict": _verdict(outcome.verdict),
        "process": {"title": _("How it was carried out"), "words": list(process_words(outcome.process))},
        "sections": _sections(outcome),
        "origin": {"title": _("Where it comes from"), "rows": [list(row) for row in origin_of(outcome)]},
    }


def _sections(outcome: Outcome) -> list[Plain]:
    finding = outcome.finding
    return [
        _section(_("What was asked"), [finding.question, _("How it was compared: %(how)s.") % {"how": finding.compared}]),
        _section(_("What nobody may read in it"), (), finding.cannot_say),
        _section(_("It holds if this is true"), (), finding.assumptions),
        _section(_("To know when reading it"), (), (finding.shift, *finding.remarks)),
        _section(_("The rule that was frozen before the start"), (), rule_of(outcome.pilot)),
    ]  # fmt: skip


def _section(title: str, words: Sequence[str], points: Sequence[str] = ()) -> dict[str, Plain]:
    return {"title": title, "words": list(words), "points": list(points)}


def _verdict(told: Told | None) -> dict[str, Plain] | None:
    if told is None:
        return None
    known = {"name": told.by, "day": date_format(told.at, "j F Y")}
    signed = _("Signed by %(name)s on %(day)s.") % known if told.by else _("Signed on %(day)s.") % known
    return {"title": _("The verdict"), "why": list(told.why), "note": told.note, "signed": signed}


def _picture(finding: Finding) -> dict[str, Plain]:
    axis, (heads, cells) = finding.axis, table_of(finding)
    rows: list[Plain] = [
        {
            "label": _("Measurement %(number)s, %(day)s") % {"number": one.number, "day": date_format(one.on, "j F Y")},
            "left": axis.place(-axis.reach if one.low is None else one.low),
            "right": axis.place(axis.reach if one.high is None else one.high),
            "point": axis.place(one.estimate),
            "opens_left": one.low is None or not axis.holds(one.low),
            "opens_right": one.high is None or not axis.holds(one.high),
        }
        for one in finding.looks
    ]
    return {
        "title": picture_title(finding),
        "alt": _("Each look as a dot with a bar for its limits; the table below has the same numbers."),
        "rows": rows,
        "nothing": axis.place(0.0),
        "nothing_words": _("nothing"),
        "worth": axis.place(finding.smallest) if finding.is_effect else None,
        "worth_words": _("worth having"),
        "ticks": [[axis.place(value), said] for value, said in axis.ticks],
        "heads": heads,
        "cells": cells,
    }


def _name(outcome: Outcome, extension: str) -> str:
    return (
        f"lerend-pilot-{outcome.pilot.key[:8]}-{outcome.made_on.isoformat()}-{outcome.finding.digest[:8]}.{extension}"
    )
