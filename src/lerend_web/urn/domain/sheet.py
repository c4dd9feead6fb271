"""One person's filled-in form: checked against the instrument, packed for its box, and read back at closing."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lerend.model.structure import Instrument

LANGUAGES: Final = ("nl", "en", "pl")
LONGEST_COMMENT: Final = 500
NOT_APPLICABLE: Final = "na"
RATHER_NOT_SAY: Final = ""
MOST_PROBLEMS: Final = 20
FORMAT: Final = 1

_COMMENT = re.compile(r"general|part_(?:[1-9]|1[01])")
# Control signs other than line breaks, halves of surrogate pairs, and signs that turn the direction of what follows.
_CANNOT_BE_KEPT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]")

_NO_SUCH_ANSWER = _("This is not one of the answers to this question.")
_NOT_IN_FORM = _("This question is not part of this form.")
_NOT_A_TEXT = _("This is not a text.")
_CANNOT_KEEP = _("This text holds signs that we cannot keep.")
_NO_SUCH_FIELD = _("There is no such field.")
_NO_ROOM = _("In this round there is no room for own words. Take this text out.")
_TOO_MANY = _("There are more fields here than the form has.")

Problems = dict[str, "str | Promise"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one person sends. An answer is a code of the item's scale, ``na`` (does not apply) or empty (not said)."""

    form: str
    language: str
    answers: Mapping[str, str]
    background: Mapping[str, str]
    comments: Mapping[str, str]


class SheetIsWrong(Exception):
    """The form cannot be stored like this; `problems` says per field why, such as ``answers.variety_1``."""

    def __init__(self, problems: Problems) -> None:
        super().__init__("the sheet is wrong")  # names of fields and texts of people stay out of every log
        self.problems = problems


def checked_sheet(instrument: Instrument, data: Mapping[str, Any], *, takes_comments: bool = True) -> Sheet:
    """The sheet in `data`: ``form``, ``language``, ``answers``, ``background`` and ``comments``.

    Args:
        takes_comments: whether there is room for own words.

    Raises:
        SheetIsWrong: with a text for each of the first twenty fields that are wrong.
    """
    form, language = data.get("form"), data.get("language")
    allowed = _allowed_answers(instrument).get(form) if isinstance(form, str) else None
    if allowed is None:
        raise SheetIsWrong({"form": _("There is no such form of this questionnaire.")})
    if language not in LANGUAGES:
        raise SheetIsWrong({"language": _("There is no such language.")})
    answers, background, comments = (_mapping(data, name) for name in ("answers", "background", "comments"))
    problems: Problems = {}
    for found in (
        _wrong_answers(answers, allowed),
        _wrong_background(background, instrument),
        _wrong_comments(comments) if takes_comments else _not_wanted(comments),
    ):
        for field, text in found:
            problems[field] = text
            if len(problems) >= MOST_PROBLEMS:
                raise SheetIsWrong(problems)
    if problems:
        raise SheetIsWrong(problems)
    kept = {key: text.strip() for key, text in comments.items() if text.strip()}
    return Sheet(str(form), str(language), dict(answers), dict(background), kept)


def packed(sheet: Sheet) -> bytes:
    """The sheet as compressed JSON; the box around it hides its length."""
    content = [FORMAT, sheet.form, sheet.language, dict(sheet.answers), dict(sheet.background), dict(sheet.comments)]
    return zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))


def unpacked(content: bytes, instrument: Instrument) -> Sheet:
    """The sheet from its box, checked again: whoever knows the public keys could have made a box.

    Raises:
        SheetIsWrong: it does not fit the instrument.
    """
    try:
        number, *parts = json.loads(zlib.decompress(content))
        data = dict(zip(("form", "language", "answers", "background", "comments"), parts, strict=True))
    except (ValueError, TypeError, zlib.error) as error:
        raise SheetIsWrong({"": _("This box does not hold a form.")}) from error
    if number != FORMAT:
        raise SheetIsWrong({"": _("This box holds a form of another version.")})
    return checked_sheet(instrument, data)


_allowed: dict[str, dict[str, dict[str, frozenset[str]]]] = {}


def _allowed_answers(instrument: Instrument) -> dict[str, dict[str, frozenset[str]]]:
    """Per form and item what may be answered; worked out once a version, which never changes."""
    if instrument.digest not in _allowed:
        codes = {}
        for item in instrument.items:
            scale = instrument.answer_scale_of(item)
            unanswered = {RATHER_NOT_SAY} | ({NOT_APPLICABLE} if scale.not_applicable else set())
            codes[item.id] = frozenset(scale.codes) | unanswered
        _allowed[instrument.digest] = {form.id: {item: codes[item] for item in form.items} for form in instrument.forms}
    return _allowed[instrument.digest]


def _mapping(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = data.get(name, {})
    if not isinstance(found, Mapping):
        raise SheetIsWrong({name: _("This is not a list of fields.")})
    return found


def _wrong_answers(
    answers: Mapping[str, Any], allowed: Mapping[str, frozenset[str]]
) -> Iterator[tuple[str, str | Promise]]:
    if len(answers) > len(allowed):
        yield "answers", _TOO_MANY
        return
    for item, answer in answers.items():
        if item not in allowed:
            yield f"answers.{_shown(item)}", _NOT_IN_FORM
        elif not isinstance(answer, str) or answer not in allowed[item]:
            yield f"answers.{item}", _NO_SUCH_ANSWER


def _wrong_background(background: Mapping[str, Any], instrument: Instrument) -> Iterator[tuple[str, str | Promise]]:
    options = {question.id: {option for option, _text in question.options} for question in instrument.background}
    if len(background) > len(options):
        yield "background", _TOO_MANY
        return
    for question, answer in background.items():
        if question not in options:
            yield f"background.{_shown(question)}", _NO_SUCH_FIELD
        elif not isinstance(answer, str) or (answer and answer not in options[question]):
            yield f"background.{question}", _NO_SUCH_ANSWER


def _wrong_comments(comments: Mapping[str, Any]) -> Iterator[tuple[str, str | Promise]]:
    for key, text in comments.items():
        field = f"comments.{_shown(key)}"
        if not _COMMENT.fullmatch(key):
            yield field, _NO_SUCH_FIELD
        elif not isinstance(text, str):
            yield field, _NOT_A_TEXT
        elif len(text) > LONGEST_COMMENT:
            yield field, format_lazy(_("This text is longer than {most} characters."), most=LONGEST_COMMENT)
        elif _CANNOT_BE_KEPT.search(text):
            yield field, _CANNOT_KEEP


def _not_wanted(comments: Mapping[str, Any]) -> Iterator[tuple[str, str | Promise]]:
    yield from ((f"comments.{_shown(key)}", _NO_ROOM) for key, text in comments.items() if text)


def _shown(key: str) -> str:
    """A name that somebody sent, safe to send back."""
    return key[:40].encode("ascii", "replace").decode("ascii")
