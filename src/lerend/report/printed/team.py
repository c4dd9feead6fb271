"""The sheet of one team on one side of A4: what we see, three questions, and space to write."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lerend.diagnosis.result import UnitLevel
from lerend.report.focus import Focus, focus_on
from lerend.report.participation import sentences
from lerend.report.printed.every_page import check_model, day_of, every_page
from lerend.report.printed.picture import legend_of, picture_of
from lerend.report.printed.priorities import card_of, strengths_of, three_questions
from lerend.report.printed.typesetting import Plain, pdf_of
from lerend.report.priorities import bottlenecks
from lerend.report.rows import Row, rows_of
from lerend.report.visible import visible
from lerend.report.words import LEVELS, printable, spoken
from lerend.wording import Language, Message, say

if TYPE_CHECKING:
    from lerend.answers.table import Path
    from lerend.diagnosis.result import Diagnosis, UnitDiagnosis
    from lerend.model.structure import Instrument, OrganisationModel
    from lerend.release.value import Release


def team_sheet_pdf(
    release: Release, path: Path, *, model: OrganisationModel, instrument: Instrument, language: Language
) -> bytes:
    """The sheet as a tagged PDF (PDF/UA-1) of exactly one page, the same bytes each time.

    Args:
        path: of the team. Where the release has no outcome of this team alone, the sheet is about the unit above it and
            says so in one sentence.

    Raises:
        ReleaseIsWrong: the release was made with another model or questionnaire.
        LerendError: the typesetter is not installed.
    """
    data = team_sheet_data(release, path, model=model, instrument=instrument, language=language)
    return pdf_of("team", data, made_on=day_of(release))


def team_sheet_data(
    release: Release, path: Path, *, model: OrganisationModel, instrument: Instrument, language: Language
) -> dict[str, Plain]:
    """What the sheet says, in finished words; the template only lays it out.

    Raises:
        ReleaseIsWrong: the release was made with another model or questionnaire.
    """
    check_model(release, model, instrument)
    diagnosis = visible(release.diagnosis)
    focus = _shown(diagnosis, path)
    unit, rows = focus.unit, rows_of(focus.unit, model, language)
    name = printable(path[-1]) if path else unit.label
    title = spoken(say("Results of the learning scan: {name}", name=name), language)
    return {
        **every_page(release, title, language),
        "name": name,
        "about": _about(release, path, language),
        "instead": _instead(unit, path, name, language),
        **_outcome(diagnosis, focus, rows, model, language),
        "titles": _titles(language),
    }


def _shown(diagnosis: Diagnosis, path: Path) -> Focus:
    """The unit with this path; where nothing of it alone is shown, the nearest one around it of which something is."""
    shown = {unit.path for unit in (diagnosis.programme, *diagnosis.companies, *diagnosis.teams) if unit.hidden is None}
    around = (path[:end] for end in range(len(path), 0, -1))
    return focus_on(diagnosis, next((one for one in around if one in shown), None))


def _outcome(
    diagnosis: Diagnosis, focus: Focus, rows: tuple[Row, ...], model: OrganisationModel, language: Language
) -> dict[str, Plain]:
    unit = focus.unit
    cards = bottlenecks(unit, rows, model, language)
    said = [spoken(message, language) for message in unit.headline]
    if unit.hidden is not None:
        said = [spoken(unit.hidden, language)]
    certainty = sentences(replace(diagnosis, target_is_stated=False), replace(focus, parts=()), language)
    return {
        "sentences": said,
        "certainty": certainty,
        "drawing": picture_of(unit, rows, model, language, alt=_alt(rows)) if unit.hidden is None else None,
        "legend": legend_of(rows, language),
        "strengths": strengths_of(unit, rows, language),
        "cards": [card_of(card, language) for card in cards],
        "why_not": spoken(unit.why_not_ranked, language) if unit.why_not_ranked else "",
        "questions": three_questions(cards, language),
    }


def _about(release: Release, path: Path, language: Language) -> str:
    around = [printable(name) for name in path[:-1]]
    parts = (spoken(LEVELS[UnitLevel.TEAM], language) if around else "", *around, printable(release.wave.name))
    return " \N{MIDDLE DOT} ".join(part for part in parts if part)


def _instead(unit: UnitDiagnosis, path: Path, name: str, language: Language) -> str:
    """Why this sheet is about a larger group; empty where it is about the team itself."""
    if unit.path == path:
        return ""
    words = say(
        "There is no outcome of {name} alone, because too few people answered there. So this sheet is about {larger}.",
        name=name,
        larger=unit.label or spoken(LEVELS[unit.level], language),
    )
    return spoken(words, language)


def _alt(rows: tuple[Row, ...]) -> Message:
    """The picture of a sheet has no table behind it, so the description holds its figures."""
    told = tuple(f"{row.name}: {row.score_text} ({row.interval_text})" for row in rows if row.score is not None)
    return say("Picture on a scale of 1 to 5, each with what we do not know: {figures}.", figures="; ".join(told))


def _titles(language: Language) -> dict[str, Plain]:
    titles = {
        "strengths": say("What goes well"),
        "none": say("There are too few answers to name strengths."),
        "room": say("Where there is probably most room"),
        "picture": say("All topics"),
        "questions": say("Three questions for the talk"),
        "space": say("Space to write"),
        "agree": say("We will try:"),
        "who": say("Who sees to it:"),
        "when": say("On this date we look again:"),
    }
    return {key: spoken(message, language) for key, message in titles.items()}
