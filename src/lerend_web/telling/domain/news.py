"""News of a programme: written, looked at, published, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lerend_web.core.audit import record
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme
from lerend_web.telling.domain.pages import must_fit
from lerend_web.telling.models import News
from lerend_web.telling.rules import LANGUAGES, LONGEST_TITLE, TellingRefused


@dataclass(frozen=True, slots=True)
class Words:
    """Title and text in two languages; a language without a title has no text."""

    title_nl: str = ""
    text_nl: str = ""
    title_en: str = ""
    text_en: str = ""


@transaction.atomic
def write_news(*, programme: Programme, words: Words, news: News | None = None, by: Person, at: datetime) -> News:
    """A new piece of news, or other words for one that is there; of a published one everybody reads them from now on.

    Raises:
        TellingRefused: a title or a text is missing or too long, or the line of the title is broken.
    """
    fitting = _fitting(words)
    news = news or News(programme=programme)
    for name, text in fitting.items():
        setattr(news, name, text)
    is_new, news.changed_at = news.pk is None, at
    news.save()
    record(by=by, at=at, code="news.written" if is_new else "news.changed", programme=programme, subject=str(news.pk))
    return news


@transaction.atomic
def publish_news(*, news: News, by: Person | None, at: datetime) -> None:
    """Everybody reads it. What was published before keeps its day."""
    if News.objects.filter(pk=news.pk, published_at__isnull=True).update(published_at=at):
        record(by=by, at=at, code="news.published", programme=news.programme_id, subject=str(news.pk))


@transaction.atomic
def unpublish_news(*, news: News, by: Person | None, at: datetime) -> None:
    """Nobody but the coordinator sees it any more."""
    if News.objects.filter(pk=news.pk, published_at__isnull=False).update(published_at=None):
        record(by=by, at=at, code="news.unpublished", programme=news.programme_id, subject=str(news.pk))


def _fitting(words: Words) -> dict[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        title = " ".join(getattr(words, f"title_{language}").split())
        text = getattr(words, f"text_{language}").strip()
        if text and not title:
            raise TellingRefused(_("Give this text a title."), f"title_{language}")
        if title and not text:
            raise TellingRefused(_("Write the text that belongs to this title."), f"text_{language}")
        if len(title) > LONGEST_TITLE:
            raise TellingRefused(_("Make the title shorter: at most 120 characters."), f"title_{language}")
        found |= {f"title_{language}": title, f"text_{language}": text}
    if not any(found.values()):
        raise TellingRefused(_("Write a title and a text, in one language at least."), "title_nl")
    must_fit({name: text for name, text in found.items() if name.startswith("text")})
    return found
