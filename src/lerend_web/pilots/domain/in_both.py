"""Sentences of the library and of the platform, kept in both languages so that a row says the same to everybody, later too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import override

from lerend.report.words import printable, spoken
from lerend.wording import LANGUAGES, Message, Text
from lerend_web.instruments.domain.faults import language


def kept(messages: Iterable[Message]) -> list[dict[str, str]]:
    """What a row keeps of sentences."""
    return [{one: spoken(message, one) for one in LANGUAGES} for message in messages]


def kept_text(text: Text) -> dict[str, str]:
    """What a row keeps of a name that is there in both languages."""
    return {one: printable(text.in_language(one)) for one in LANGUAGES}


def told(rows: Iterable[Any]) -> tuple[str, ...]:
    """Kept sentences in the language of the page."""
    return tuple(told_one(row) for row in rows)


def told_one(row: Any) -> str:
    """One kept sentence or name in the language of the page; nothing where nothing was kept."""
    return str(row[language()]) if row else ""


def text_of(sentence: str | Promise) -> Text:
    """Words of the platform as the library takes them: in both languages."""
    said = {}
    for one in LANGUAGES:
        with override(one):
            said[one] = str(sentence)
    return Text(nl=said["nl"], en=said["en"])
