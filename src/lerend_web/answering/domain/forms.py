"""A questionnaire as its pages show it: parts, screens of three to five items, and what was chosen so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Final

from lerend.model import load_model
from lerend.model.structure import Form, Instrument, Item
from lerend_web.answering.domain.carried import find_carried
from lerend_web.answering.domain.wording import OWN, Words, instrument_of, words_of
from lerend_web.core.signatures import pages_are_draft
from lerend_web.urn.domain.sheet import NOT_APPLICABLE

MOST_PARTS: Final = 5
ITEMS_A_PART: Final = 12
MOST_ON_A_SCREEN: Final = 5
OUTCOMES: Final = "outcomes"


@dataclass(frozen=True, slots=True)
class Choice:
    code: str
    text: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class ItemShown:
    """One statement or question with the words of its answers, low to high.

    `layer` is the layer of the model that it asks about, or ``outcomes``; one screen holds items of one layer.
    """

    id: str
    field: str
    layer: str
    text: str
    answers: tuple[Choice, ...]
    not_applicable: str
    not_applicable_is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class QuestionShown:
    """A background question."""

    id: str
    field: str
    text: str
    options: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What comes between two moments of rest; `comment` is the key of its text field, empty where there is none."""

    number: int
    of: int
    screens: tuple[tuple[ItemShown, ...], ...]
    questions: tuple[QuestionShown, ...]
    comment: str
    comment_text: str = ""

    @property
    def fields(self) -> frozenset[str]:
        """Names of all fields that stand on this part."""
        items = {item.field for screen in self.screens for item in screen}
        own_words = {f"c.{self.comment}"} if self.comment else set()
        return frozenset(items | {question.field for question in self.questions} | own_words)


@dataclass(frozen=True, slots=True)
class FormShown:
    id: str
    minutes: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class LanguageOffered:
    code: str
    is_draft: bool


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """What the start page tells about a questionnaire."""

    introduction: tuple[str, ...]
    minutes: int
    short_minutes: int
    forms: tuple[str, ...]
    short_form: str

    @property
    def all_forms(self) -> tuple[str, ...]:
        return (*self.forms, self.short_form) if self.short_form else self.forms


def languages_of(reference: str, known: Sequence[str]) -> tuple[LanguageOffered, ...]:
    """Those of the known languages that the questionnaire has."""
    found = ((code, words_of(reference, code)) for code in known)
    return tuple(LanguageOffered(code, _is_draft(words)) for code, words in found if words is not None)


def _is_draft(words: Words) -> bool:
    """Of the questions or of the pages around them; the platform's own languages are no translations."""
    return words.language not in OWN and (words.is_draft or pages_are_draft(words.language))


@lru_cache(maxsize=128)
def questionnaire(reference: str, language: str) -> Questionnaire:
    """The questionnaire's introduction, its forms that are drawn by lot, and the short one for shared devices."""
    instrument = instrument_of(reference)
    lot = instrument.rotation or tuple(form.id for form in instrument.forms[:1])
    rest = [form for form in instrument.forms if form.id not in lot]
    short = min(rest, key=lambda form: form.minutes, default=None)
    minutes = max(form.minutes for form in instrument.forms if form.id in lot)
    lines = _sentences(_words(reference, language)["introduction"])
    return Questionnaire(lines, minutes, short.minutes if short else minutes, lot, short.id if short else "")


@lru_cache(maxsize=256)
def form_shown(reference: str, form: str, language: str, *, takes_comments: bool = True) -> FormShown:
    """A form with nothing chosen. Raises KeyError for a form that is not there.

    Args:
        takes_comments: whether there is room for own words.
    """
    instrument = instrument_of(reference)
    found = next((one for one in instrument.forms if one.id == form), None)
    if found is None:
        raise KeyError(form)
    parts = _parts(instrument, found, _words(reference, language), _layers(reference))
    if not takes_comments:
        parts = tuple(replace(part, comment="") for part in parts)
    return FormShown(found.id, found.minutes, parts)


def with_choices(part: Part, fields: Mapping[str, str]) -> Part:
    """The part with what was chosen so far, by field name."""
    screens = tuple(tuple(_chosen_item(item, fields.get(item.field)) for item in screen) for screen in part.screens)
    questions = tuple(
        replace(question, options=_chosen(question.options, fields.get(question.field))) for question in part.questions
    )
    comment = fields.get(f"c.{part.comment}", "")
    return replace(part, screens=screens, questions=questions, comment_text=comment)


def _chosen_item(item: ItemShown, code: str | None) -> ItemShown:
    return replace(item, answers=_chosen(item.answers, code), not_applicable_is_chosen=code == NOT_APPLICABLE)


def _chosen(choices: tuple[Choice, ...], code: str | None) -> tuple[Choice, ...]:
    return tuple(replace(choice, is_chosen=choice.code == code) for choice in choices)


def _words(reference: str, language: str) -> Words:
    words = words_of(reference, language)
    if words is None:
        raise KeyError(language)
    return words


def _sentences(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.replace("? ", "?\n").replace(". ", ".\n").splitlines() if line.strip())


def _parts(instrument: Instrument, form: Form, words: Words, layers: Mapping[str, str]) -> tuple[Part, ...]:
    by_id = {item.id: item for item in instrument.items}
    pieces = _pieces([by_id[one] for one in form.items])
    questions = _questions(instrument, words)
    return tuple(
        Part(
            number=place,
            of=len(pieces),
            screens=tuple(
                tuple(_item(instrument, item, words, layers[item.measures]) for item in screen)
                for screen in _screens(piece, layers)
            ),
            questions=questions if place == len(pieces) else (),
            comment=f"part_{place}",
        )
        for place, piece in enumerate(pieces, start=1)
    )


def _pieces(items: list[Item]) -> list[list[Item]]:
    """At most five parts that grow a little, so that the first ones go quickly; a scale is never cut in two."""
    number = max(1, min(MOST_PARTS, round(len(items) / ITEMS_A_PART)))
    weights = [number + 3 + place for place in range(number)]
    ends = [len(items) * sum(weights[: place + 1]) / sum(weights) for place in range(number)]
    pieces: list[list[Item]] = [[] for _ in ends]
    done = 0
    for _scale, run in groupby(items, key=lambda item: item.measures):
        together = list(run)
        middle = done + len(together) / 2
        pieces[next(place for place, end in enumerate(ends) if middle <= end)] += together
        done += len(together)
    return [piece for piece in pieces if piece]


def _layers(reference: str) -> Mapping[str, str]:
    """Of every factor its layer; the outcomes stand together."""
    carried = find_carried(reference)
    if carried is not None:
        return carried.layers
    model = load_model(instrument_of(reference).model)
    return {outcome.id: OUTCOMES for outcome in model.outcomes} | {factor.id: factor.layer for factor in model.factors}


def _screens(items: list[Item], layers: Mapping[str, str]) -> Iterator[list[Item]]:
    """Three to five items at a time where that can be, of one layer and with the same words to answer in."""
    for _kind, run in groupby(items, key=lambda item: (layers[item.measures], item.answers)):
        together = list(run)
        screens = -(-len(together) // MOST_ON_A_SCREEN)
        cuts = [round(len(together) * place / screens) for place in range(screens + 1)]
        yield from (together[start:end] for start, end in pairwise(cuts))


def _item(instrument: Instrument, item: Item, words: Words, layer: str) -> ItemShown:
    scale = instrument.answer_scale_of(item)
    answers = tuple(Choice(code, words[f"scale.{scale.id}.{place}"]) for place, code in enumerate(scale.codes))
    not_applicable = words[f"scale.{scale.id}.na"] if scale.not_applicable else ""
    return ItemShown(item.id, f"a.{item.id}", layer, words[f"item.{item.id}"], answers, not_applicable)


def _questions(instrument: Instrument, words: Words) -> tuple[QuestionShown, ...]:
    return tuple(
        QuestionShown(
            question.id,
            f"b.{question.id}",
            words[f"question.{question.id}"],
            tuple(Choice(option, words[f"option.{question.id}.{option}"]) for option, _text in question.options),
        )
        for question in instrument.background
    )
