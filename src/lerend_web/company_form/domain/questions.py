"""The company form as pages of a few questions, in one language; and what is wrong with what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.utils.translation import gettext as _

from lerend.model import load_instrument
from lerend.model.structure import Instrument, Item
from lerend.model.structure import Question as Asked
from lerend.wording import Language

ON_A_PAGE: Final = 5
DOES_NOT_APPLY: Final = "na"
ROLE: Final = "role"
"""The form's own question about the role; it is asked before the form begins."""
LONGEST_TEXT: Final = 2000
_MOST: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Question:
    """One question as a page shows it; `kind` is ``choice``, ``number`` or ``text``."""

    id: str
    text: str
    kind: str
    options: tuple[tuple[str, str], ...] = ()

    def says(self, answer: str) -> str:
        """An answer in words; empty where there is none."""
        return dict(self.options).get(answer, "") if self.kind == "choice" else answer

    def complaint(self, typed: str) -> str:
        """What is wrong with what was typed, and how to mend it; empty when nothing is."""
        if self.kind == "number" and typed and not _is_number(typed):
            return _("Write a number here, such as 12. Or leave it empty.")
        if self.kind == "text" and len(typed) > LONGEST_TEXT:
            return _("This is too long. At most %(most)d characters fit.") % {"most": LONGEST_TEXT}
        return ""


@dataclass(frozen=True, slots=True)
class Page:
    number: int
    questions: tuple[Question, ...]
    is_about_facts: bool


@lru_cache(maxsize=8)
def instrument_of(reference: str) -> Instrument:
    """The company form of a version; it never changes, so each is read once a process."""
    return load_instrument(reference)


@lru_cache(maxsize=16)
def pages_of(reference: str, language: Language) -> tuple[Page, ...]:
    """Statements first, then facts and openness, five at a time."""
    instrument = instrument_of(reference)
    items = {item.id: item for item in instrument.items}
    statements = [_of_item(items[name], instrument, language) for name in instrument.forms[0].items]
    others = [
        _of_question(asked, language) for asked in (*instrument.background, *instrument.facts) if asked.id != ROLE
    ]
    groups = [(group, False) for group in _fives(statements)]
    groups += [(group, True) for group in _fives(others)]
    return tuple(Page(number, group, about_facts) for number, (group, about_facts) in enumerate(groups, start=1))


def questions_of(reference: str, language: Language) -> Iterator[Question]:
    for page in pages_of(reference, language):
        yield from page.questions


def introduction_of(reference: str, language: Language) -> str:
    return instrument_of(reference).introduction.in_language(language)


def minutes_of(reference: str) -> int:
    return instrument_of(reference).forms[0].minutes


def kept(typed: Mapping[str, str], questions: Iterable[Question]) -> dict[str, str]:
    """What a draft keeps of what a page sent: everything that was typed, and of choices those that exist."""
    found = {}
    for question in questions:
        value = typed.get(question.id, "").strip()
        if question.kind != "choice" or value in dict(question.options):
            found[question.id] = value
    return {name: value for name, value in found.items() if value}


def complaints(answers: Mapping[str, str], questions: Iterable[Question]) -> dict[str, str]:
    """By question, what is wrong with what stands there."""
    found = {question.id: question.complaint(answers.get(question.id, "")) for question in questions}
    return {name: complaint for name, complaint in found.items() if complaint}


def _of_item(item: Item, instrument: Instrument, language: Language) -> Question:
    scale = instrument.answer_scale_of(item)
    labels = [label.in_language(language) for label in scale.labels]
    options = list(zip(scale.codes, labels, strict=True))
    if scale.not_applicable is not None:
        options.append((DOES_NOT_APPLY, scale.not_applicable.in_language(language)))
    return Question(item.id, item.text.in_language(language), "choice", tuple(options))


def _of_question(asked: Asked, language: Language) -> Question:
    options = tuple((name, text.in_language(language)) for name, text in asked.options)
    return Question(asked.id, asked.text.in_language(language), asked.kind, options)


def _is_number(typed: str) -> bool:
    try:
        return 0 <= float(typed.replace(",", ".")) <= _MOST
    except ValueError:
        return False


def _fives(questions: Sequence[Question]) -> Iterator[tuple[Question, ...]]:
    for first in range(0, len(questions), ON_A_PAGE):
        yield tuple(questions[first : first + ON_A_PAGE])
