"""How everybody finds the page of a programme, and in which language its words are shown."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from lerend_web.core.markdown import shown
from lerend_web.telling.models import News, ProgrammePage
from lerend_web.telling.queries import public_pages


@dataclass(frozen=True, slots=True)
class Shown:
    """A title and a text in the language in which they are written; not always the reader's."""

    language: str
    title: str
    text: SafeString


def the_page(slug: str) -> ProgrammePage:
    """The page, while its programme shows it to everybody; else it is not there."""
    found = public_pages().filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def reader_language() -> str:
    """Dutch or English, the two in which programmes write."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"


def text_of(page: ProgrammePage) -> Shown:
    return _in_language({"nl": ("", page.text_nl), "en": ("", page.text_en)}, reader_language())


def news_in(news: News, language: str) -> Shown:
    """In this language where it is written in it, else in the other one."""
    return _in_language({"nl": (news.title_nl, news.text_nl), "en": (news.title_en, news.text_en)}, language)


def _in_language(words: dict[str, tuple[str, str]], language: str) -> Shown:
    other = "nl" if language == "en" else "en"
    found = language if words[language][1] else other
    title, text = words[found]
    return Shown(found, title, shown(text, top=2))
