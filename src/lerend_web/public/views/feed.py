"""The news of a programme as an Atom feed, one for each language. Every address in it is the configured one."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext, override
from django.views.decorators.http import require_safe

from lerend_web.core.access import EVERYBODY, open_to
from lerend_web.core.addresses import absolute
from lerend_web.public.pages import news_in, the_page
from lerend_web.telling.models import ProgrammePage
from lerend_web.telling.queries import published_news
from lerend_web.telling.rules import LANGUAGES

MOST: Final = 30


@open_to(EVERYBODY)
@require_safe
def news_feed(request: HttpRequest, page: str, language: str) -> HttpResponse:
    """The newest thirty that are written in this language."""
    found = the_page(page)
    if language not in LANGUAGES:
        raise Http404
    with override(language):
        feed = _feed(found, language)
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _feed(page: ProgrammePage, language: str) -> Atom1Feed:
    # Django's own view of feeds asks the request under which name it came; this takes the name of the settings.
    feed = Atom1Feed(
        title=gettext("News of %(programme)s") % {"programme": page.programme.name},
        link=absolute(reverse("public-programme", args=[page.slug])),
        description="",
        language=language,
        feed_url=absolute(reverse("public-feed", args=[page.slug, language])),
    )
    for one in published_news(page.programme)[:MOST]:
        words = news_in(one, language)
        if words.language == language:
            link = absolute(reverse("public-news", args=[page.slug, one.pk]))
            feed.add_item(
                title=words.title,
                link=link,
                description=words.text,
                unique_id=link,
                pubdate=one.published_at,
                updateddate=max(one.changed_at, one.published_at or one.changed_at),
            )
    return feed
