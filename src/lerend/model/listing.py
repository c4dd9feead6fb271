"""A model as plain text to read: layers, factors with what is expected of them, and the items that measure them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lerend.model.structure import Direction, Factor, Instrument, Level, OrganisationModel, Outcome, Prior
from lerend.wording import Language, Message, Text, say, say_many

LEVELS: Final = {
    Level.INDIVIDUAL: say("person"),
    Level.JOB: say("job"),
    Level.TEAM: say("team"),
    Level.ORGANISATION: say("organisation"),
}
DIRECTIONS: Final = {
    Direction.PLAIN: say("more is better"),
    Direction.INVERTED_U: say("too little and too much are both worse"),
    Direction.CONDITIONAL: say("it depends on the situation"),
}


def listing(model: OrganisationModel, instrument: Instrument | None, language: Language) -> str:
    """The whole model, and the items of `instrument` under what they measure, as lines of text."""
    return "\n".join(_lines(model, instrument, language)) + "\n"


def _lines(model: OrganisationModel, instrument: Instrument | None, language: Language) -> Iterator[str]:
    yield f"{model.name.in_language(language)} ({model.reference})"
    yield model.purpose.in_language(language)
    if instrument is not None:
        yield from _about(instrument, language)
    for number, layer in enumerate(model.layers, start=1):
        heading = say("Layer {number}: {name}", number=number, name=layer.name)
        yield from ("", heading.in_language(language))
        for factor in model.factors:
            if factor.layer == layer.id:
                yield from _factor_lines(factor, model, instrument, language)
    yield from ("", say("Outcomes").in_language(language))
    for outcome in model.outcomes:
        yield from _outcome_lines(outcome, instrument, language)
    if model.themes:
        yield from _theme_lines(model, language)
    yield from ("", _source_marks().in_language(language))


def _about(instrument: Instrument, language: Language) -> Iterator[str]:
    about = say("Items from: {name} ({reference})", name=instrument.name, reference=instrument.reference)
    yield about.in_language(language)
    for form in instrument.forms:
        line = say_many(
            "{name}: {items} items, about {count} minute (an estimate)",
            "{name}: {items} items, about {count} minutes (an estimate)",
            form.minutes,
            name=form.name,
            items=len(form.items),
        )
        yield "  " + line.in_language(language)


def _factor_lines(
    factor: Factor, model: OrganisationModel, instrument: Instrument | None, language: Language
) -> Iterator[str]:
    yield ""
    yield _title(factor.name, factor.term, factor.id, language)
    yield "    " + factor.definition.in_language(language)
    yield "    " + "; ".join(remark.in_language(language) for remark in _remarks(factor))
    expected = tuple(
        say("{value} with {outcome}", value=_number(prior, language), outcome=model.name_of(outcome))
        for outcome, prior in factor.correlations
    )
    if expected:
        yield "    " + say("Expected correlation: {values}", values=expected).in_language(language)
    yield from _share_and_items(factor.icc, factor.id, instrument, language)


def _outcome_lines(outcome: Outcome, instrument: Instrument | None, language: Language) -> Iterator[str]:
    yield ""
    yield _title(outcome.name, outcome.term, outcome.id, language)
    yield "    " + outcome.definition.in_language(language)
    yield from _share_and_items(outcome.icc, outcome.id, instrument, language)


def _title(name: Text, term: Text, id: str, language: Language) -> str:
    shown, scholarly = name.in_language(language), term.in_language(language)
    return f"  {shown} [{id}]" if shown == scholarly else f"  {shown} ({scholarly}) [{id}]"


def _remarks(factor: Factor) -> Iterator[Message]:
    yield say("level: {level}", level=LEVELS[factor.level])
    yield DIRECTIONS[factor.direction]
    if not factor.measured:
        yield say("not measured")
    if not factor.ranked:
        yield say("never ranked")
    if factor.about_manager:
        yield say("about the manager")
    if factor.gap_sensitive:
        yield say("management and employees often see it differently")


def _share_and_items(icc: Prior, scale: str, instrument: Instrument | None, language: Language) -> Iterator[str]:
    share = say("Expected share of differences between groups (ICC): {value}", value=_number(icc, language))
    yield "    " + share.in_language(language)
    for item in instrument.items_of(scale) if instrument is not None else ():
        mark = f" ({say('reversed').in_language(language)})" if item.reversed else ""
        yield f"    - {item.id}: {item.text.in_language(language)}{mark}"


def _theme_lines(model: OrganisationModel, language: Language) -> Iterator[str]:
    yield from ("", say("Themes").in_language(language))
    for theme in model.themes:
        names = tuple(model.name_of(factor) for factor in (*theme.primary, *theme.secondary))
        yield "  " + say("{theme}: {factors}", theme=theme.name, factors=names).in_language(language)


def _number(prior: Prior, language: Language) -> str:
    """Two decimals, as priors are known no better, with the mark of the source."""
    text = f"{prior.value:.2f}".replace("-", "\N{MINUS SIGN}")
    return f"{text.replace('.', ',') if language == 'nl' else text} ({prior.source})"


def _source_marks() -> Message:
    return say("Marks: V seen in the source, M from memory, J judgement, C own calculation.")
