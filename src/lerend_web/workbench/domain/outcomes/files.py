"""The files that people take along from an outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from django.utils.translation import gettext_lazy as _

from lerend.report.files import FILES, FileKind
from lerend.report.printed import report_pdf, team_sheet_pdf
from lerend.report.words import spoken
from lerend_web.workbench.domain.outcomes.shown import Outcome, Sheet, reader_language

Audience: TypeAlias = Literal["company", "researcher"]

REPORT: Final = "report"
_PDF: Final = "application/pdf"
_REPORT_TITLE: Final = _("Report")
_REPORT_ABOUT: Final = _("The whole outcome on at most eight pages, to print or to send.")


@dataclass(frozen=True, slots=True)
class Offer:
    """A file that can be taken along, in words."""

    slug: str
    extension: str
    title: str
    about: str


@dataclass(frozen=True, slots=True)
class TakenFile:
    name: str
    media_type: str
    content: bytes


def offers(audience: Audience) -> list[Offer]:
    """The files for a company, or those for a researcher."""
    language = reader_language()
    kinds = [
        Offer(kind.slug, kind.extension, spoken(kind.title, language), spoken(kind.about, language))
        for kind in FILES
        if kind.audience == audience
    ]
    report = Offer(REPORT, "pdf", str(_REPORT_TITLE), str(_REPORT_ABOUT))
    return [report, *kinds] if audience == "company" else kinds


def taken(outcome: Outcome, slug: str, audience: Audience) -> TakenFile:
    """One file, made now.

    Raises:
        LookupError: there is no such file for them.
    """
    language = reader_language()
    if slug == REPORT and audience == "company":
        content = report_pdf(outcome.release, model=outcome.model, instrument=outcome.instrument, language=language)
        return TakenFile(_name(outcome, REPORT), _PDF, content)
    kind = _kind(slug, audience)
    content = kind.make(outcome.release, model=outcome.model, instrument=outcome.instrument, language=language)
    return TakenFile(kind.name_of(outcome.release), kind.media_type, content)


def team_sheet(outcome: Outcome, sheet: Sheet) -> TakenFile:
    """One A4 about one team."""
    content = team_sheet_pdf(
        outcome.release,
        sheet.path,
        model=outcome.model,
        instrument=outcome.instrument,
        language=reader_language(),
    )
    return TakenFile(_name(outcome, f"team-{sheet.number}"), _PDF, content)


def _kind(slug: str, audience: Audience) -> FileKind:
    found = next((kind for kind in FILES if kind.slug == slug and kind.audience == audience), None)
    if found is None:
        raise LookupError(slug)
    return found


def _name(outcome: Outcome, what: str) -> str:
    release = outcome.release
    return f"lerend-{what}-{release.wave.code}-{release.made_on}-{release.digest[:8]}.pdf"
