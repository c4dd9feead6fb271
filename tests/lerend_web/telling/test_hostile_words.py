"""Attack T26 on the pages themselves: what one company or programme writes can only be read, by whoever opens it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TypeAlias

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from lerend_web.community.domain.cases import change_case, publish_case, write_case
from lerend_web.community.models import GroupMember
from lerend_web.community.rules import PARTS
from lerend_web.core.clock import now
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.scans.models import Wave
from lerend_web.telling.domain import news, pages, traces
from lerend_web.telling.enums import Part
from tests.lerend_web.actors import Place, client_of
from tests.lerend_web.core.test_markdown import ALLOWED, HTML, LINKS, Elements
from tests.lerend_web.theme_routes import a_theme

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

HOSTILE = "\n\n".join([*HTML, *(f"[x]({address})" for address in LINKS)])
HARMLESS = "Words."
Reads: TypeAlias = Callable[[Place, Wave, str], str]


def trace(here: Place, wave: Wave, text: str) -> str:
    """Read by everybody who has the address of the poster."""
    words = traces.Words("en", **{part.value: text for part in Part})
    traces.write_trace(wave=wave, words=words, by=None, at=now())
    kept = traces.draft_of(wave)
    assert kept is not None
    traces.tell_trace(wave=wave, seen=kept.digest, by=None, at=now())
    return Client().get(f"/trace/{wave.code}").content.decode()


def programme_page(here: Place, wave: Wave, text: str) -> str:
    """Read by every visitor."""
    page = pages.write_page(programme=here.programme, text_nl=text, text_en=text, by=None, at=now())
    pages.open_page(programme=here.programme, by=None, at=now())
    return Client().get(reverse("public-programme", args=[page.slug])).content.decode()


def piece_of_news(here: Place, wave: Wave, text: str) -> str:
    """Read by every visitor."""
    by = here.people[ProgrammeRole.COORDINATOR]
    page = pages.write_page(programme=here.programme, text_nl="x", text_en="", by=by, at=now())
    pages.open_page(programme=here.programme, by=by, at=now())
    words = news.Words(title_nl="Nieuws", text_nl=text, title_en="News", text_en=text)
    piece = here.programme.news.first()
    piece = news.write_news(programme=here.programme, words=words, news=piece, by=by, at=now())
    news.publish_news(news=piece, by=by, at=now())
    return Client().get(reverse("public-news", args=[page.slug, piece.pk])).content.decode()


def practical_case(here: Place, wave: Wave, text: str) -> str:
    """Written by a company, read by a member of its working group from elsewhere."""
    author, reader = here.people[OrganisationRole.COMPANY_CONTACT], here.people[ProgrammeRole.TEACHER]
    theme = here.programme.themes.first() or a_theme(here)
    for one in (author, reader):
        GroupMember.objects.get_or_create(theme=theme, person=one, defaults={"invited_at": now(), "joined_at": now()})
    parts, case = dict.fromkeys(PARTS, text), theme.cases.first()
    if case is None:
        case = write_case(theme=theme, title="Start", parts=parts, by=author, at=now())
        publish_case(case=case, by=author, at=now())
    change_case(case=case, title="Start", parts=parts, by=author, at=now())
    address = reverse("case", args=[theme.programme_id, theme.pk, case.pk])
    return client_of(reader).get(address).content.decode()


def added_by(words: str, plain: str) -> list[tuple[str, dict[str, str | None]]]:
    """The elements that a page has more than the same page with harmless words."""
    found, usual = (
        Counter((tag, tuple(sorted(attributes.items()))) for tag, attributes in Elements(page).found)
        for page in (words, plain)
    )
    more = [(tag, dict(attributes)) for tag, attributes in (found - usual)]
    return [one for one in more if one[1].get("name") != "csrfmiddlewaretoken"]


def is_reading(tag: str, attributes: dict[str, str | None]) -> bool:
    """Whether an element can do nothing but be read."""
    if tag == "meta":
        return attributes.get("name") == "description" and set(attributes) == {"name", "content"}
    links = {"href", "rel"} if tag == "a" else set()
    goes_well = (attributes.get("href") or "https://").startswith(("http://", "https://"))
    return tag in ALLOWED and set(attributes) <= links and goes_well


@pytest.mark.parametrize("reads", [trace, programme_page, piece_of_news, practical_case])
def test_t26_hostile_words_add_nothing_to_a_page_but_text(here: Place, wave: Wave, reads: Reads) -> None:
    plain = reads(here, wave, HARMLESS)
    hostile = reads(here, wave, HOSTILE)
    assert "alert(1)" in hostile, "it is there to be read"
    assert [one for one in added_by(hostile, plain) if not is_reading(*one)] == []


def test_t26_same_look_finds_them_on_a_page_that_shows_markdown_as_it_is(
    here: Place, wave: Wave, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control."""

    def naive(text: str, *, top: int = 3) -> SafeString:
        made: SafeString = mark_safe(MarkdownIt("commonmark").render(text))  # noqa: S308 -- the fault that is looked for
        return made

    plain = trace(here, wave, HARMLESS)
    monkeypatch.setattr("lerend_web.public.views.trace.shown", naive)
    tags = {tag for tag, _attributes in added_by(trace(here, wave, HOSTILE), plain)}
    assert {"script", "img", "svg"} <= tags
