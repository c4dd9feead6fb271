"""The difference between two versions in words, and what it means for comparing rounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lerend.model.comparing import (
    ChangedItem,
    ChangedScale,
    Comparable,
    InstrumentDifference,
    ItemChange,
    ModelDifference,
    ScaleChange,
    compare_instruments,
    compare_models,
)
from lerend.model.listing import DIRECTIONS, LEVELS
from lerend.model.structure import Factor, Instrument, Item, OrganisationModel, Outcome
from lerend.wording import Language, Message, Value, say, say_many, shown

YES_NO: Final = {True: say("yes"), False: say("no")}


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that differs in one respect: what it was and what it becomes, each in words."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changed:
    """One item, factor or outcome that differs; `pieces` say in what, `about` to which factor it belongs."""

    id: str
    about: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One item, factor or outcome that is only in one of the two."""

    id: str
    text: str
    about: str


@dataclass(frozen=True, slots=True)
class TrendLine:
    """A factor or outcome that is compared with earlier rounds no longer, and how many of its questions stay the same."""

    name: str
    before: int
    after: int
    same: int


@dataclass(frozen=True, slots=True)
class DifferenceShown:
    """Two versions beside each other. `consequences` says what the change means; `warnings` what to think about first."""

    added: tuple[Line, ...]
    removed: tuple[Line, ...]
    changed: tuple[Changed, ...]
    others: tuple[str, ...]
    unchanged: int
    trends: tuple[TrendLine, ...]
    consequences: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.removed or self.changed or self.others)


def instrument_difference(
    before: tuple[OrganisationModel, Instrument], after: tuple[OrganisationModel, Instrument], language: Language
) -> DifferenceShown:
    """The difference from an earlier to a later version of a questionnaire, each with its model."""
    (old, was), (new, becomes) = before, after
    names = _names(old, language) | _names(new, language)
    found = compare_instruments(was, becomes, tuple(dict.fromkeys((*new.scales, *old.scales))))
    return DifferenceShown(
        added=tuple(_item_line(item, names, language) for item in found.added),
        removed=tuple(_item_line(item, names, language) for item in found.removed),
        changed=tuple(_changed_item(change, was, becomes, names, language) for change in found.changed),
        others=tuple(each.in_language(language) for each in _other_changes(found, was, becomes)),
        unchanged=len(found.unchanged),
        trends=tuple(_trend(one, names) for one in found.comparable if not one.is_whole),
        consequences=tuple(each.in_language(language) for each in _instrument_consequences(found)),
        warnings=(),
    )


def _item_line(item: Item, names: dict[str, str], language: Language) -> Line:
    return Line(item.id, item.text.in_language(language), names.get(item.measures, item.measures))


def _changed_item(
    change: ChangedItem, was: Instrument, becomes: Instrument, names: dict[str, str], language: Language
) -> Changed:
    one, other = change.before, change.after
    pieces = []
    if ItemChange.WORDING in change.changes:
        for word, before, after in (("nl", one.text.nl, other.text.nl), ("en", one.text.en, other.text.en)):
            if before != after:
                words = say("Words in Dutch") if word == "nl" else say("Words in English")
                pieces.append(Piece(words.in_language(language), before, after))
    if ItemChange.ANSWERS in change.changes:
        label = say("Answers").in_language(language)
        pieces.append(Piece(label, _answers(one, was, language), _answers(other, becomes, language)))
    if ItemChange.MEASURES in change.changes:
        label = say("Asks about").in_language(language)
        pieces.append(Piece(label, names.get(one.measures, ""), names.get(other.measures, "")))
    if ItemChange.REVERSED in change.changes:
        label = say("A high answer means little of it").in_language(language)
        pieces.append(Piece(label, shown(YES_NO[one.reversed], language), shown(YES_NO[other.reversed], language)))
    return Changed(one.id, names.get(other.measures, other.measures), tuple(pieces))


def _answers(item: Item, instrument: Instrument, language: Language) -> str:
    """The words from low to high, with what is stored for them: that may be all that differs."""
    scale = instrument.answer_scale_of(item)
    words = [f"{code} = {label.in_language(language)}" for code, label in zip(scale.codes, scale.labels, strict=True)]
    if scale.not_applicable is not None:
        words.append(scale.not_applicable.in_language(language))
    return "; ".join(words)


def _other_changes(found: InstrumentDifference, was: Instrument, becomes: Instrument) -> Iterator[Message]:
    if found.has_another_name:
        yield say("It is called “{after}”; before: “{before}”.", after=becomes.name, before=was.name)
    if found.has_another_introduction:
        yield say("The introduction on the first page is different.")
    if found.has_another_model:
        yield say("It belongs to the model {after}; before: {before}.", after=becomes.model, before=was.model)
    if found.forms:
        yield say("Forms that differ: {names}.", names=found.forms)
    if found.questions:
        yield say("Questions about the person or the organisation that differ: {names}.", names=found.questions)


def _instrument_consequences(found: InstrumentDifference) -> Iterator[Message]:
    yield say_many(
        "{count} question is exactly the same in both.",
        "{count} questions are exactly the same in both.",
        len(found.unchanged),
    )
    if found.changed:
        yield say(
            "A question with other words is another question: people may answer differently because of the words."
        )
    yield say("A factor or outcome is compared with earlier rounds only when all its questions stayed the same.")
    whole = sum(one.is_whole for one in found.comparable)
    yield say("That holds for {whole} of {all} factors and outcomes.", whole=whole, all=len(found.comparable))
    yield say("Rounds that were planned with the earlier version keep it.")


def _trend(one: Comparable, names: dict[str, str]) -> TrendLine:
    return TrendLine(names.get(one.scale, one.scale), one.before, one.after, one.same)


def model_difference(before: OrganisationModel, after: OrganisationModel, language: Language) -> DifferenceShown:
    """The difference from an earlier to a later version of a model."""
    found = compare_models(before, after)
    layers = {layer.id: layer.name.in_language(language) for layer in (*before.layers, *after.layers)}
    return DifferenceShown(
        added=tuple(_scale_line(scale, layers, language) for scale in found.added),
        removed=tuple(_scale_line(scale, layers, language) for scale in found.removed),
        changed=tuple(_changed_scale(change, layers, language) for change in found.changed),
        others=tuple(each.in_language(language) for each in _other_model_changes(found, before, after)),
        unchanged=len(after.factors) + len(after.outcomes) - len(found.added) - len(found.changed),
        trends=(),
        consequences=tuple(each.in_language(language) for each in _model_consequences(found, before)),
        warnings=tuple(each.in_language(language) for each in _model_warnings(found)),
    )


def _scale_line(scale: Factor | Outcome, layers: dict[str, str], language: Language) -> Line:
    layer = layers.get(scale.layer, "") if isinstance(scale, Factor) else say("Outcomes").in_language(language)
    return Line(scale.id, scale.name.in_language(language), layer)


def _changed_scale(change: ChangedScale, layers: dict[str, str], language: Language) -> Changed:
    pieces = []
    for kind in change.changes:
        before, after = (_said(kind, scale, layers) for scale in (change.before, change.after))
        what = _SCALE_WORDS[kind].in_language(language)
        pieces.append(Piece(what, shown(before, language), shown(after, language)))
    return Changed(change.after.id, change.after.name.in_language(language), tuple(pieces))


_SCALE_WORDS: Final = {
    ScaleChange.NAME: say("Name"),
    ScaleChange.DEFINITION: say("What it is"),
    ScaleChange.LAYER: say("Layer"),
    ScaleChange.LEVEL: say("Level"),
    ScaleChange.DIRECTION: say("Direction"),
    ScaleChange.MEASURED: say("Is asked about"),
    ScaleChange.RANKED: say("Can be a bottleneck"),
    ScaleChange.ABOUT_MANAGER: say("Is about the manager"),
    ScaleChange.GAP_SENSITIVE: say("Management and employees often see it differently"),
    ScaleChange.EXPECTATIONS: say("Expected beforehand"),
}


def _said(kind: ScaleChange, scale: Factor | Outcome, layers: dict[str, str]) -> Value:
    """What a factor or outcome says in one respect."""
    if kind is ScaleChange.NAME:
        return scale.name if scale.name == scale.term else say("{name} ({term})", name=scale.name, term=scale.term)
    if kind is ScaleChange.DEFINITION:
        return scale.definition
    if kind is ScaleChange.EXPECTATIONS:
        return _expected(scale)
    if isinstance(scale, Outcome):
        return say("outcome")
    if kind is ScaleChange.LAYER:
        return layers.get(scale.layer, scale.layer)
    if kind is ScaleChange.LEVEL:
        return LEVELS[scale.level]
    if kind is ScaleChange.DIRECTION:
        return DIRECTIONS[scale.direction]
    return YES_NO[bool(getattr(scale, kind.value))]


def _expected(scale: Factor | Outcome) -> Value:
    values = [f"ICC {scale.icc.value:.2f}"]
    if isinstance(scale, Factor):
        values += [f"{outcome} {prior.value:.2f}" for outcome, prior in scale.correlations]
    return ", ".join(values)


def _other_model_changes(
    found: ModelDifference, before: OrganisationModel, after: OrganisationModel
) -> Iterator[Message]:
    if found.has_another_name:
        yield say("It is called “{after}”; before: “{before}”.", after=after.name, before=before.name)
    if found.has_another_target:
        yield say("What counts as attainable goes from {before} to {after}.", before=before.target, after=after.target)
    if found.layers:
        yield say("Layers that differ: {names}.", names=found.layers)
    if found.themes:
        yield say("Themes that differ: {names}.", names=found.themes)


def _model_consequences(found: ModelDifference, before: OrganisationModel) -> Iterator[Message]:
    yield say("A model is used once a questionnaire belongs to it: write its name behind `model:` in that file.")
    if found.moved:
        names = tuple(change.after.name for change in found.moved)
        yield say("In another layer: {names}. Their scores stay the same; only their place changes.", names=names)
    if found.removed:
        yield say("A factor that is gone has no score in new rounds. Earlier rounds keep theirs.")
    yield say("Rounds that were planned with {reference} keep it.", reference=before.reference)


def _model_warnings(found: ModelDifference) -> Iterator[Message]:
    if found.no_longer_protected:
        names = tuple(factor.name for factor in found.no_longer_protected)
        yield say(
            "No longer about the manager: {names}. Then a score about one manager is shown from fewer than 10 answers. "
            "Leave `about_manager: true` in, unless nobody can read a single manager in it.",
            names=names,
        )


def _names(model: OrganisationModel, language: Language) -> dict[str, str]:
    scales: tuple[Factor | Outcome, ...] = (*model.factors, *model.outcomes)
    return {scale.id: scale.name.in_language(language) for scale in scales}
