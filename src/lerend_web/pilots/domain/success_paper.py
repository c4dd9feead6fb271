"""The report of a programme on what makes the difference between its pilots, as a tagged PDF of one or two pages."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from importlib import resources
from typing import Any, Final

import typst
from django.utils.translation import gettext as _

from lerend.report.printed.typesetting import STANDARD
from lerend.report.words import printable
from lerend_web.pilots.domain.evidence import evidence_of
from lerend_web.pilots.domain.success import Success, TooFew, success_of
from lerend_web.pilots.domain.tried import entries_tried
from lerend_web.programmes.models import Programme
from lerend_web.scans.domain.paper import language, spelled

_MIDNIGHT: Final = time()


def success_paper(programme: Programme, *, made_on: date) -> bytes:
    """What the page says, in the reader's language; the same bytes for the same day and pilots."""
    return _pdf(success_data(programme, made_on=made_on), made_on)


def success_data(programme: Programme, *, made_on: date) -> dict[str, Any]:
    """Finished words for the template, which only lays them out."""
    found = success_of(programme)
    return {
        "language": language(),
        "title": _("What makes the difference"),
        "about": f"{printable(programme.name)} · {spelled(made_on)}",
        "first": _first(found),
        "factors": _factors(found) if isinstance(found, Success) else None,
        "combinations": _combinations(found) if isinstance(found, Success) else None,
        "approaches": _approaches(programme, made_on),
        "reading_title": _("How to read this"),
        "reading": reading(found),
    }


def reading(found: Success | TooFew) -> list[str]:
    """What nobody may conclude, and what the figures are."""
    said = [
        _(
            "What goes together with success need not be its cause: nobody drew by lot in which pilot the leader was there."
        ),
        _("The list of factors is fixed. It was not chosen after the effects were known."),
        _(
            "Chances weigh all sets of up to four factors. The range shows what a chance becomes when one pilot is left out."
        ),
        _("Effects are in standard deviations between people: 0.2 is small, 0.5 is clear. All ranges are of 95 %."),
    ]
    if isinstance(found, Success) and found.not_known:
        names = ", ".join(str(one) for one in found.not_known)
        said.append(
            _("Not used, because it was not written down of every pilot or was the same in all: %(names)s.")
            % {"names": names}
        )
    return said


def _first(found: Success | TooFew) -> list[str]:
    if isinstance(found, TooFew):
        return [found.why]
    none = _("Chance that none of these factors matters: %(chance)s %%.") % {"chance": found.none}
    return [found.says, none]


def _factors(found: Success) -> dict[str, Any]:
    head = [_("Factor"), _("Chance that it matters"), _("Effect"), _("For / against"), _("What it is called")]
    rows = [
        [
            str(row.name),
            _("%(chance)s %% (%(low)s–%(high)s)") % {"chance": row.chance, "low": row.lowest, "high": row.highest},
            row.effect.words,
            f"{row.in_line} / {row.against}",
            " · ".join(str(part) for part in (row.label, row.seen) if part),
        ]
        for row in found.rows
    ]
    return {
        "title": _("Factors one by one"),
        "head": head,
        "rows": rows,
        "sentences_title": _("In sentences"),
        "sentences": [row.sentence for row in found.rows],
    }


def _combinations(found: Success) -> dict[str, Any] | None:
    combined = found.combinations
    if combined is None:
        return None
    head = [_("Combination"), _("Success where it is there"), _("Part of all success")]
    rows = [[" + ".join(one.parts), f"{one.consistent} %", f"{one.covers} %"] for one in combined.paths]
    return {"title": _("Combinations"), "says": list(combined.says), "head": head, "rows": rows}


def _approaches(programme: Programme, made_on: date) -> dict[str, Any] | None:
    at = datetime.combine(made_on, _MIDNIGHT, tzinfo=UTC)
    rows = []
    for tried in entries_tried(programme):
        told = evidence_of(programme, tried.id, at=at)
        rows.append([told.name, told.grade, str(tried.pilots), told.new.words, f"{round(100 * told.prior_share)} %"])
    if not rows:
        return None
    head = [
        _("Approach"),
        _("Grade"),
        _("Pilots"),
        _("Expected in a company that starts now"),
        _("Still from publications"),
    ]
    return {"title": _("Approaches that were tried"), "head": head, "rows": rows}


def _pdf(data: dict[str, Any], made_on: date) -> bytes:
    """Typst refuses to make the file where text or structure do not meet PDF/UA-1."""
    common = (resources.files("lerend_web.scans") / "typst" / "common.typ").read_text("utf-8")
    form = (resources.files("lerend_web.pilots") / "typst" / "success.typ").read_text("utf-8")
    made = typst.compile(
        (common + form).encode("utf-8"),
        format="pdf",
        sys_inputs={"data": json.dumps({**data, "others": []}, ensure_ascii=False)},
        ignore_system_fonts=True,
        pdf_standards=[STANDARD],
        timestamp=datetime.combine(made_on, _MIDNIGHT, tzinfo=UTC),
    )
    if not isinstance(made, bytes):
        raise TypeError("one document was asked for")
    return made
