"""The pages of programmes that opted in: what each is, its news, and what its companies share."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from lerend_web.core.access import EVERYBODY, open_to
from lerend_web.core.addresses import absolute
from lerend_web.public.pages import news_in, reader_language, text_of, the_page
from lerend_web.telling.domain.themes import told_themes
from lerend_web.telling.models import News, ProgrammePage
from lerend_web.telling.queries import public_pages, published_news


@open_to(EVERYBODY)
@require_safe
@vary_on_cookie
def programmes(request: HttpRequest) -> HttpResponse:
    """Which programmes there are to join."""
    return render(request, "public/programmes.html", {"pages": public_pages()})


@open_to(EVERYBODY)
@require_safe
@vary_on_cookie
def programme(request: HttpRequest, page: str) -> HttpResponse:
    found = the_page(page)
    told, language = told_themes(found.programme), reader_language()
    context = {
        "page": found,
        "programme": found.programme,
        "text": text_of(found),
        "news": [_headline(found, one) for one in published_news(found.programme)],
        "told": told,
        "themes": [(one.names[language], one) for one in told.themes] if told else [],
        "feed": reverse("public-feed", args=[found.slug, language]),
        "address": absolute(reverse("public-programme", args=[found.slug])),
    }
    return render(request, "public/programme.html", context)


@open_to(EVERYBODY)
@require_safe
@vary_on_cookie
def news(request: HttpRequest, page: str, news: int) -> HttpResponse:
    """One piece of news, with links to pass it on."""
    found = the_page(page)
    one = published_news(found.programme).filter(pk=news).first()
    if one is None:
        raise Http404
    words = news_in(one, reader_language())
    address = absolute(reverse("public-news", args=[found.slug, one.pk]))
    context = {
        "page": found,
        "programme": found.programme,
        "news": one,
        "words": words,
        "address": address,
        "mail": "mailto:?" + urlencode({"subject": words.title, "body": address}).replace("+", "%20"),
        "elsewhere": "https://www.linkedin.com/sharing/share-offsite/?" + urlencode({"url": address}),
    }
    return render(request, "public/news.html", context)


def _headline(page: ProgrammePage, one: News) -> dict[str, object]:
    words = news_in(one, reader_language())
    link = reverse("public-news", args=[page.slug, one.pk])
    return {"title": words.title, "language": words.language, "on": one.published_at, "link": link}
