"""The page of a programme: its words, and opening it to everybody."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from lerend_web.core.audit import record
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme
from lerend_web.telling.models import ProgrammePage
from lerend_web.telling.rules import LONGEST_TEXT, TellingRefused

_LONGEST_SLUG: Final = 50
_TAIL: Final = "23456789abcdefghjkmnpqrstvwxyz"


@transaction.atomic
def write_page(*, programme: Programme, text_nl: str, text_en: str, by: Person | None, at: datetime) -> ProgrammePage:
    """What the programme says of itself. On a page that is open everybody reads it from now on.

    Raises:
        TellingRefused: there are no words, or too many; an open page keeps its words.
    """
    words = {"text_nl": text_nl.strip(), "text_en": text_en.strip()}
    if not any(words.values()):
        raise TellingRefused(_("Write what the programme is, in one language at least."), "text_nl")
    must_fit(words)
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    page = ProgrammePage.objects.filter(programme=programme).first()
    if page is None:
        page = ProgrammePage(programme=programme, slug=_free_slug(programme))
    page.text_nl, page.text_en = words["text_nl"], words["text_en"]
    page.save()
    record(by=by, at=at, code="programme.page_written", programme=programme)
    return page


@transaction.atomic
def open_page(*, programme: Programme, by: Person | None, at: datetime) -> None:
    """From now on everybody can read the page, its news, and ask to join.

    Raises:
        TellingRefused: nothing is written yet.
    """
    if not ProgrammePage.objects.filter(programme=programme).exists():
        raise TellingRefused(_("First write what the programme is. Then the page can be opened."))
    _switch(programme, by=by, at=at, is_public=True)


@transaction.atomic
def close_page(*, programme: Programme, by: Person | None, at: datetime) -> None:
    """From now on nobody finds the page any more; nothing of it is lost."""
    _switch(programme, by=by, at=at, is_public=False)


def must_fit(words: dict[str, str]) -> None:
    """Raises: TellingRefused."""
    for field, text in words.items():
        if len(text) > LONGEST_TEXT:
            raise TellingRefused(_("Make it shorter: at most 20,000 characters."), field)


def _switch(programme: Programme, *, by: Person | None, at: datetime, is_public: bool) -> None:
    changed = Programme.objects.filter(pk=programme.pk).exclude(is_public=is_public).update(is_public=is_public)
    if changed:
        code = "programme.page_opened" if is_public else "programme.page_closed"
        record(by=by, at=at, code=code, programme=programme)
    programme.is_public = is_public


def _free_slug(programme: Programme) -> str:
    start = slugify(programme.name)[:_LONGEST_SLUG].strip("-") or "programme"
    slug = start
    while ProgrammePage.objects.filter(slug=slug).exists():
        slug = f"{start}-{get_random_string(4, _TAIL)}"
    return slug
