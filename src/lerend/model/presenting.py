"""A model or a questionnaire as a page shows it: by layer, in one language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lerend.model.listing import DIRECTIONS, LEVELS
from lerend.model.structure import Direction, Factor, Instrument, Item, OrganisationModel, Outcome, Prior, Source
from lerend.wording import Language, Message, say, shown

OUTCOMES: Final = say("Outcomes")
SOURCES: Final = {
    Source.SEEN: say("seen in the source"),
    Source.MEMORY: say("from memory"),
    Source.JUDGEMENT: say("judgement"),
    Source.CALCULATED: say("own calculation"),
}


@dataclass(frozen=True, slots=True)
class ItemLine:
    id: str
    text: str
    answers: tuple[str, ...]
    not_applicable: str
    is_reversed: bool


@dataclass(frozen=True, slots=True)
class ScaleBlock:
    """A factor or outcome: what it is, what is known of it beforehand, and the items that ask about it."""

    id: str
    name: str
    term: str
    definition: str
    remarks: tuple[str, ...]
    expected: tuple[str, ...]
    items: tuple[ItemLine, ...]


@dataclass(frozen=True, slots=True)
class LayerBlock:
    name: str
    scales: tuple[ScaleBlock, ...]


@dataclass(frozen=True, slots=True)
class FormLine:
    name: str
    id: str
    items: int
    minutes: int
    is_by_lot: bool


@dataclass(frozen=True, slots=True)
class QuestionLine:
    text: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """The words in which people answer, from low to high."""

    labels: tuple[str, ...]
    not_applicable: str
    items: int


@dataclass(frozen=True, slots=True)
class Themes:
    name: str
    factors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VersionShown:
    title: str
    purpose: str
    introduction: str
    layers: tuple[LayerBlock, ...]
    forms: tuple[FormLine, ...]
    answers: tuple[AnswerWords, ...]
    questions: tuple[QuestionLine, ...]
    themes: tuple[Themes, ...]


def version_shown(model: OrganisationModel, instrument: Instrument | None, language: Language) -> VersionShown:
    """Everything in a questionnaire, or without one in the model, for people who want to read it."""
    return VersionShown(
        title=(instrument or model).name.in_language(language),
        purpose="" if instrument is not None else model.purpose.in_language(language),
        introduction="" if instrument is None else instrument.introduction.in_language(language),
        layers=tuple(_layers(model, instrument, language)),
        forms=() if instrument is None else _forms(instrument, language),
        answers=() if instrument is None else _answers(instrument, language),
        questions=() if instrument is None else _questions(instrument, language),
        themes=_themes(model, language) if instrument is None else (),
    )


def _layers(model: OrganisationModel, instrument: Instrument | None, language: Language) -> Iterator[LayerBlock]:
    for layer in model.layers:
        factors = [factor for factor in model.factors if factor.layer == layer.id]
        blocks = tuple(_factor(factor, model, instrument, language) for factor in factors)
        asked = blocks if instrument is None else tuple(block for block in blocks if block.items)
        if asked:
            yield LayerBlock(layer.name.in_language(language), asked)
    outcomes = tuple(_outcome(outcome, instrument, language) for outcome in model.outcomes)
    asked = outcomes if instrument is None else tuple(block for block in outcomes if block.items)
    if asked:
        yield LayerBlock(OUTCOMES.in_language(language), asked)


def _factor(factor: Factor, model: OrganisationModel, instrument: Instrument | None, language: Language) -> ScaleBlock:
    expected = [
        say(
            "Expected correlation with {outcome}: {value}",
            outcome=model.name_of(outcome),
            value=_prior(prior, language),
        )
        for outcome, prior in factor.correlations
    ]
    return ScaleBlock(
        id=factor.id,
        name=factor.name.in_language(language),
        term=_term(factor, language),
        definition=factor.definition.in_language(language),
        remarks=tuple(remark.in_language(language) for remark in factor_remarks(factor)),
        expected=tuple(one.in_language(language) for one in (_share(factor.icc, language), *expected)),
        items=_items(factor.id, instrument, language),
    )


def _outcome(outcome: Outcome, instrument: Instrument | None, language: Language) -> ScaleBlock:
    return ScaleBlock(
        id=outcome.id,
        name=outcome.name.in_language(language),
        term=_term(outcome, language),
        definition=outcome.definition.in_language(language),
        remarks=(),
        expected=(_share(outcome.icc, language).in_language(language),),
        items=_items(outcome.id, instrument, language),
    )


def factor_remarks(factor: Factor) -> Iterator[Message]:
    """What is to be known of a factor besides its definition."""
    yield say("level: {level}", level=LEVELS[factor.level])
    if factor.direction is not Direction.PLAIN:
        yield DIRECTIONS[factor.direction]
    if not factor.measured:
        yield say("not measured")
    if not factor.ranked:
        yield say("never ranked")
    if factor.about_manager:
        yield say("about the manager: shown only from 10 answers")
    if factor.gap_sensitive:
        yield say("management and employees often see it differently")


def _term(scale: Factor | Outcome, language: Language) -> str:
    term = scale.term.in_language(language)
    return "" if term.casefold() == scale.name.in_language(language).casefold() else term


def _share(prior: Prior, language: Language) -> Message:
    return say("Expected share of differences between groups (ICC): {value}", value=_prior(prior, language))


def _prior(prior: Prior, language: Language) -> Message:
    number = f"{prior.value:.2f}".replace("-", "\N{MINUS SIGN}")
    number = number.replace(".", ",") if language == "nl" else number
    return say("{value} ({source})", value=number, source=SOURCES[prior.source])


def _items(scale: str, instrument: Instrument | None, language: Language) -> tuple[ItemLine, ...]:
    if instrument is None:
        return ()
    return tuple(item_line(item, instrument, language) for item in instrument.items_of(scale))


def item_line(item: Item, instrument: Instrument, language: Language) -> ItemLine:
    """An item with the words in which people answer it."""
    scale = instrument.answer_scale_of(item)
    return ItemLine(
        id=item.id,
        text=item.text.in_language(language),
        answers=tuple(label.in_language(language) for label in scale.labels),
        not_applicable=shown(scale.not_applicable, language) if scale.not_applicable else "",
        is_reversed=item.reversed,
    )


def _forms(instrument: Instrument, language: Language) -> tuple[FormLine, ...]:
    return tuple(
        FormLine(
            form.name.in_language(language), form.id, len(form.items), form.minutes, form.id in instrument.rotation
        )
        for form in instrument.forms
    )


def _answers(instrument: Instrument, language: Language) -> tuple[AnswerWords, ...]:
    return tuple(
        AnswerWords(
            tuple(label.in_language(language) for label in scale.labels),
            shown(scale.not_applicable, language) if scale.not_applicable else "",
            sum(item.answers == scale.id for item in instrument.items),
        )
        for scale in instrument.answer_scales
    )


def _questions(instrument: Instrument, language: Language) -> tuple[QuestionLine, ...]:
    return tuple(
        QuestionLine(
            question.text.in_language(language), tuple(text.in_language(language) for _id, text in question.options)
        )
        for question in (*instrument.background, *instrument.facts)
    )


def _themes(model: OrganisationModel, language: Language) -> tuple[Themes, ...]:
    return tuple(
        Themes(
            theme.name.in_language(language),
            tuple(model.name_of(factor).in_language(language) for factor in (*theme.primary, *theme.secondary)),
        )
        for theme in model.themes
    )
