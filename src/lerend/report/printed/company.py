"""The report of a company (or of a programme of several) on paper: seven parts, from the answer to the method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lerend.diagnosis.sentences import in_a_sentence
from lerend.report.focus import focus_on
from lerend.report.participation import facts, sentences
from lerend.report.printed.every_page import check_model, day_of, every_page
from lerend.report.printed.picture import legend_of, picture_of, table_of
from lerend.report.printed.priorities import bands_of, card_of, gaps_of, strengths_of, topics_of_the_talk
from lerend.report.printed.reading import reading_part
from lerend.report.printed.typesetting import Plain, pdf_of
from lerend.report.priorities import bottlenecks, to_begin_with
from lerend.report.rows import Row, rows_of
from lerend.report.visible import visible
from lerend.report.words import LEVELS, printable, spoken
from lerend.wording import Language, Message, say, say_many

if TYPE_CHECKING:
    from lerend.diagnosis.result import Diagnosis, UnitDiagnosis
    from lerend.model.structure import Instrument, OrganisationModel
    from lerend.release.value import Release
    from lerend.report.focus import Focus


def report_pdf(release: Release, *, model: OrganisationModel, instrument: Instrument, language: Language) -> bytes:
    """The report as a tagged PDF (PDF/UA-1), the same bytes each time; at most eight pages of A4 with our own models.

    It is about the organisation of the wave; where the wave holds several companies, about the programme.

    Raises:
        ReleaseIsWrong: the release was made with another model or questionnaire.
        LerendError: the typesetter is not installed.
    """
    data = report_data(release, model=model, instrument=instrument, language=language)
    return pdf_of("company", data, made_on=day_of(release))


def report_data(
    release: Release, *, model: OrganisationModel, instrument: Instrument, language: Language
) -> dict[str, Plain]:
    """What the report says, in finished words; the template only lays it out.

    Raises:
        ReleaseIsWrong: the release was made with another model or questionnaire.
    """
    check_model(release, model, instrument)
    diagnosis = visible(release.diagnosis)
    focus = focus_on(diagnosis, None)
    unit, rows = focus.unit, rows_of(focus.unit, model, language)
    wave = release.wave
    name = unit.label or printable(wave.organisation) or printable(wave.name) or spoken(LEVELS[unit.level], language)
    title = spoken(say("Results of the learning scan: {name}", name=name), language)
    data: dict[str, Plain] = {
        **every_page(release, title, language),
        "name": name,
        "about": _about(release, unit, model, name, language),
        "answer": _answer(unit, language),
        "reading": reading_part(release, model, instrument, language),
    }
    if unit.hidden is None:
        data |= {"participation": _participation(diagnosis, focus, language)}
        data |= _parts(release, focus, rows, model, language)
        data |= _next_step(unit, rows, model, language)
    return data


def _next_step(
    unit: UnitDiagnosis, rows: tuple[Row, ...], model: OrganisationModel, language: Language
) -> dict[str, Plain]:
    names = to_begin_with(unit, rows, model, language)
    if not names:
        return {}
    step = say("Your next step: talk with the teams about {names}. The questions for it stand in part 6.", names=names)
    return {"next": spoken(step, language)}


def _about(release: Release, unit: UnitDiagnosis, model: OrganisationModel, name: str, language: Language) -> str:
    parts = (LEVELS[unit.level].in_language(language), release.wave.name, model.name.in_language(language))
    return " \N{MIDDLE DOT} ".join(printable(part) for part in parts if part and part != name)


def _participation(diagnosis: Diagnosis, focus: Focus, language: Language) -> dict[str, Plain]:
    return {
        "title": spoken(say("Who took part, and how sure are we?"), language),
        "facts": facts(focus, language),
        "sentences": sentences(diagnosis, focus, language),
        "notes": [spoken(note, language) for note in diagnosis.notes],
    }


def _answer(unit: UnitDiagnosis, language: Language) -> dict[str, Plain]:
    said = unit.headline
    if unit.hidden is not None:
        said = (unit.hidden, say("Look at the report of the larger group that these people are part of."))
    return {
        "title": spoken(say("The answer in brief"), language),
        "sentences": [spoken(message, language) for message in said],
    }


def _parts(
    release: Release, focus: Focus, rows: tuple[Row, ...], model: OrganisationModel, language: Language
) -> dict[str, Plain]:
    """Parts three to six."""
    unit = focus.unit
    cards = bottlenecks(unit, rows, model, language)

    def words(message: Message) -> str:
        return spoken(message, language)

    return {
        "picture": {
            "title": words(say("The model, from outside to inside")),
            "drawing": picture_of(unit, rows, model, language, alt=_alt(rows, model)),
            "legend": legend_of(rows, language),
            "table": table_of(rows, language),
            "not_asked": _not_asked(model, language),
        },
        "strengths": {
            "title": words(say("What goes well")),
            "cards": strengths_of(unit, rows, language),
            "none": words(say("There are too few answers to name strengths.")),
        },
        "room": {
            "title": words(say("Where there is probably most room")),
            "intro": _ranking_words(release.diagnosis.listed, language),
            "bands": bands_of(rows, language),
            "why_not": words(unit.why_not_ranked) if unit.why_not_ranked else "",
            "cards": [card_of(card, language) for card in cards],
            "help": _help(language),
            "lowest": _why_not_the_lowest(model, language),
            "gap_legend": words(say("Square: management. Point and bar: employees, and what we do not know.")),
            "gaps": gaps_of(unit, model, language),
        },
        "talk": {
            "title": words(say("Questions for the talk")),
            "intro": words(
                say("The numbers are a start. What lies behind them, only the people who do the work know.")
            ),
            "meaning": words(say("What we mean:")),
            "topics": topics_of_the_talk(cards, language),
            "space": words(say("Space to write")),
            "agree_title": words(say("What we agree")),
            "agree": [
                words(say("We will try:")),
                words(say("Who sees to it:")),
                words(say("On this date we look again:")),
            ],
        },
    }


def _alt(rows: tuple[Row, ...], model: OrganisationModel) -> Message:
    return say(
        "Picture: {count} topics in {layers} layers on a scale of 1 to 5, each with what we do not know. "
        "The table after the picture has the same numbers.",
        count=len(rows),
        layers=len(model.layers),
    )


def _not_asked(model: OrganisationModel, language: Language) -> str:
    names = tuple(factor.name for factor in model.factors if not factor.measured)
    return spoken(say("Part of the model, but not asked: {names}.", names=names), language) if names else ""


def _ranking_words(listed: int, language: Language) -> str:
    asked = say_many(
        "How sure are we that a topic is the one with most room?",
        "How sure are we that a topic is among the {count} with most room?",
        listed,
    )
    order = say("There are three groups. Inside a group there is no order.")
    return f"{spoken(asked, language)} {spoken(order, language)}"


def _help(language: Language) -> dict[str, Plain]:
    """A place for what is known to help; the list itself comes from the catalogue of approaches, later."""
    words = say(
        "A list of what helped elsewhere is not part of this report yet. Until then: ask another company what they tried, "
        "and start small."
    )
    return {"title": spoken(say("What is known to help"), language), "words": spoken(words, language)}


def _why_not_the_lowest(model: OrganisationModel, language: Language) -> dict[str, Plain]:
    words = say(
        "Some topics score low everywhere. So we look at how far a topic is from what can be reached, and at how strongly "
        "it goes together with {outcomes}. A low score from few answers can be chance: we count with that too.",
        outcomes=tuple(in_a_sentence(outcome.name) for outcome in model.outcomes),
    )
    return {"title": spoken(say("Why not simply the lowest score?"), language), "words": spoken(words, language)}
