"""Words for people: pairs of Dutch and English, and sentences that are filled in and translated only when shown.

Code never builds a sentence by gluing strings. It says ``say("{n} people took part", n=40)``: a value that can be
stored, compared and shown in either language later. The English template is the gettext key.
"""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, TypeAlias

Language: TypeAlias = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One piece of content in both languages, such as the name of a factor."""

    nl: str
    en: str

    def in_language(self, language: Language) -> str:
        return self.nl if language == "nl" else self.en


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence as data: an English template, its plural where there is one, and the values to fill in."""

    template: str
    values: tuple[tuple[str, Value], ...] = ()
    plural: str = ""
    count: int | None = None

    def in_language(self, language: Language) -> str:
        """The finished sentence; numbers get the decimal sign of the language, lists get commas and a last *and*."""
        catalogue = _catalogue(language)
        if self.count is None:
            template = catalogue.gettext(self.template)
        else:
            template = catalogue.ngettext(self.template, self.plural, self.count)
        filled = {name: shown(value, language) for name, value in self.values}
        if self.count is not None:
            filled["count"] = str(self.count)
        return template.format_map(filled)


Value: TypeAlias = "str | int | float | Text | Message | tuple[Value, ...]"


def say(template: str, **values: Value) -> Message:
    """A sentence with ``{named}`` places; the template is extracted for translation."""
    return Message(template, tuple(values.items()))


def say_many(singular: str, plural: str, count: int, **values: Value) -> Message:
    """A sentence that differs for one and for many; ``{count}`` is always available."""
    return Message(singular, tuple(values.items()), plural, count)


def shown(value: Value, language: Language) -> str:
    """A value as people read it: 3.456 becomes ``3,5`` in Dutch and ``3.5`` in English."""
    if isinstance(value, Text | Message):
        return value.in_language(language)
    if isinstance(value, tuple):
        return _listed([shown(part, language) for part in value], language)
    if isinstance(value, float):
        text = f"{value:.1f}".replace("-0.0", "0.0").replace("-", "\N{MINUS SIGN}")
        return text.replace(".", ",") if language == "nl" else text
    return str(value)


def _listed(parts: list[str], language: Language) -> str:
    if len(parts) < 2:
        return "".join(parts)
    last = " en " if language == "nl" else " and "
    return ", ".join(parts[:-1]) + last + parts[-1]


@cache
def _catalogue(language: Language) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    with resources.as_file(resources.files("lerend") / "locale") as folder:
        return gettext.translation("lerend", folder, [language])
