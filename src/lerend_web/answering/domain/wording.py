"""All words of a questionnaire in one language, by flat keys such as ``item.variety_1`` or ``scale.agreement.0``.

Dutch and English come with the questionnaire. A further language is a file ``translations/<reference>.<language>.json``
beside this one, with exactly the same keys; it is a draft until a person signs it (`signing.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from lerend.errors import ModelIsWrong
from lerend.model import list_packaged, load_instrument
from lerend.model.structure import Instrument
from lerend.wording import Language, Text
from lerend_web.answering.domain.carried import find_carried
from lerend_web.answering.domain.signing import translation_file
from lerend_web.core.signatures import is_draft, words_in

OWN: Final[tuple[Language, ...]] = ("nl", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """Every text of one questionnaire in one language."""

    language: str
    is_draft: bool
    by_key: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        return self.by_key[key]


@lru_cache(maxsize=32)
def instrument_of(reference: str) -> Instrument:
    """A questionnaire, packaged or carried by a wave's document; a version never changes, so it is read once a process."""
    carried = find_carried(reference)
    return load_instrument(reference) if carried is None else carried.instrument


def read_ahead() -> None:
    """Read every packaged questionnaire for employees now: the first visitor after a start should not wait for it."""
    for reference in list_packaged():
        with suppress(ModelIsWrong):  # a model, not a questionnaire
            instrument_of(reference)


@lru_cache(maxsize=128)
def words_of(reference: str, language: str) -> Words | None:
    """The words of a questionnaire; none when it is not there in this language."""
    if own := next((known for known in OWN if known == language), None):
        by_key = {key: text.in_language(own) for key, text in texts(instrument_of(reference))}
        return Words(language, is_draft=False, by_key=by_key)
    path = translation_file(reference, language)
    if not path.is_file():
        return None
    return Words(language, is_draft=is_draft(path), by_key=words_in(path))


def texts(instrument: Instrument) -> list[tuple[str, Text]]:
    """Every text of a questionnaire with its key, in the order of the file."""
    found = [("name", instrument.name), ("introduction", instrument.introduction)]
    for scale in instrument.answer_scales:
        found += [(f"scale.{scale.id}.{place}", label) for place, label in enumerate(scale.labels)]
        if scale.not_applicable is not None:
            found.append((f"scale.{scale.id}.na", scale.not_applicable))
    found += [(f"item.{item.id}", item.text) for item in instrument.items]
    for question in instrument.background:
        found.append((f"question.{question.id}", question.text))
        found += [(f"option.{question.id}.{option}", text) for option, text in question.options]
    return found
