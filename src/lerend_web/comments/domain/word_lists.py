"""The word lists of a programme: those in use, a file to edit, an edited file as a draft with its difference."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from lerend.comments.packaged import packaged_word_lists
from lerend.comments.sorting import WordLists, WordListsAreWrong, read_word_lists, write_word_lists
from lerend.wording import LANGUAGES, Language
from lerend_web.comments.models import OwnWordList
from lerend_web.comments.queries import word_lists_of
from lerend_web.comments.rules import CommentsRefused
from lerend_web.core.audit import record
from lerend_web.instruments.domain import source
from lerend_web.instruments.domain.faults import FileIsWrong, language, refuse, told
from lerend_web.instruments.domain.library import usable_references
from lerend_web.instruments.enums import Kind
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme

LARGEST_FILE: Final = 1_000_000
"""Bytes; the packaged lists are a tenth of it."""

_MODEL: Final = re.compile(r"^model:\s*[\"']?([^\s\"'#]+)", flags=re.MULTILINE)


@dataclass(frozen=True, slots=True)
class InUse:
    """Lists of one language; `own` is the row of the programme, none for those that come with the platform."""

    language: Language
    lists: WordLists
    own: OwnWordList | None


@dataclass(frozen=True, slots=True)
class Change:
    """What changes under one factor, by its name: phrases with what they count for."""

    name: str
    added: tuple[str, ...]
    removed: tuple[str, ...]


def lists_in_use(programme: Programme) -> tuple[InUse, ...]:
    """Of each language the programme's own lists, else those that come with the platform."""
    own = word_lists_of(programme)
    return tuple(
        InUse(one, packaged_word_lists(one) if one not in own else _read(own[one].text), own.get(one))
        for one in LANGUAGES
    )


def file_of(programme: Programme, asked: str, *, packaged: bool = False) -> bytes:
    """The lists of a language as a file to edit.

    Raises:
        LookupError: there are no lists in this language.
    """
    found = next((one for one in lists_in_use(programme) if one.language == asked), None)
    if found is None:
        raise LookupError(asked)
    lists = packaged_word_lists(found.language) if packaged or found.own is None else None
    text = found.own.text if lists is None and found.own is not None else write_word_lists(lists or found.lists)
    return text.encode("utf-8")


def keep_draft(*, content: bytes, name: str, programme: Programme, by: Person, at: datetime) -> OwnWordList:
    """Keep an edited file, for its difference to be read; it takes the place of an earlier draft of the language.

    Raises:
        FileIsWrong: with everything that has to be mended first.
    """
    lists = _checked(content, name, programme)
    spoken = lists.languages[0]
    in_use = next(one.lists for one in lists_in_use(programme) if one.language == spoken)
    if lists == in_use:
        raise refuse(
            name, _("These lists are the same as those in use."), _("Change what you want, and hand it in again.")
        )
    with transaction.atomic():
        OwnWordList.objects.filter(programme=programme, language=spoken, is_draft=True).delete()
        draft = OwnWordList.objects.create(
            programme=programme, language=spoken, text=write_word_lists(lists), by=by, at=at
        )
        _note(draft, "word_lists.drafted", by=by, at=at)
    return draft


def use_draft(*, draft: OwnWordList, by: Person, at: datetime) -> None:
    """Sort comments by these lists from now on; what a moderator decided stays as it is.

    Raises:
        CommentsRefused: it is gone, or in use already.
    """
    with transaction.atomic():
        found = _locked(draft)
        found.is_draft, found.by, found.at = False, by, at
        found.save()
        _note(found, "word_lists.changed", by=by, at=at)


def discard_draft(*, draft: OwnWordList, by: Person, at: datetime) -> None:
    """Throw a draft away.

    Raises:
        CommentsRefused: it is gone, or in use already.
    """
    with transaction.atomic():
        found = _locked(draft)
        _note(found, "word_lists.discarded", by=by, at=at)
        found.delete()


def changes_of(draft: OwnWordList) -> tuple[Change, ...]:
    """What becomes different when a draft is put to use."""
    new = _read(draft.text)
    old = next(one.lists for one in lists_in_use(draft.programme) if one.language == draft.language)
    scales = dict.fromkeys(scale for lists in (old, new) for scale, _words in lists.scales)
    names = _names(new, old)
    found = [_change(names.get(scale, scale), _phrases(old, scale), _phrases(new, scale)) for scale in (*scales, "")]
    return tuple(one for one in found if one.added or one.removed)


def _checked(content: bytes, name: str, programme: Programme) -> WordLists:
    if len(content) > LARGEST_FILE:
        raise refuse(name, _("This file is larger than 1 MB."), _("Use `*` for the endings of a word."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refuse(
            name, _("This file is not a text in UTF-8."), _("Save it as UTF-8, and hand it in again.")
        ) from error
    known = usable_references(programme, Kind.MODEL)
    said = _MODEL.search(text)
    model = said[1] if said and said[1] in known else packaged_word_lists(LANGUAGES[0]).model
    try:
        return read_word_lists(text, source.model_of(model), name=name)
    except WordListsAreWrong as error:
        raise told(error) from error


@lru_cache(maxsize=64)
def _read(text: str) -> WordLists:
    """Lists that were checked when they were handed in."""
    said = _MODEL.search(text)
    if said is None:
        raise FileIsWrong(())
    return read_word_lists(text, source.model_of(said[1]))


def _names(*lists: WordLists) -> dict[str, str]:
    spoken, found = language(), {"": _("What is in no model")}
    for one in lists:
        model = source.model_of(one.model)
        found |= {scale: model.name_of(scale).in_language(spoken) for scale in model.scales}
    return found


def _phrases(lists: WordLists, scale: str) -> set[tuple[str, str]]:
    words = lists.of(scale) if scale else lists.outside
    kinds = (("words", words.words), ("weak", words.weak), ("not", words.not_words))
    return {(kind, phrase) for kind, phrases in kinds for phrase in phrases}


def _change(name: str, before: set[tuple[str, str]], after: set[tuple[str, str]]) -> Change:
    return Change(name, _told(after - before), _told(before - after))


def _told(phrases: set[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(phrase if kind == "words" else f"{phrase} ({kind})" for kind, phrase in sorted(phrases, reverse=True))


def _locked(draft: OwnWordList) -> OwnWordList:
    found = OwnWordList.objects.select_for_update().filter(pk=draft.pk, is_draft=True).first()
    if found is None:
        raise CommentsRefused(_("This is not a draft any more: it is in use, or thrown away."))
    return found


def _note(draft: OwnWordList, code: str, *, by: Person, at: datetime) -> None:
    record(by=by, at=at, code=code, programme=draft.programme_id, language=draft.language)
