"""News of a programme, for its coordinator."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from lerend_web.core.access import open_to
from lerend_web.core.markdown import shown
from lerend_web.people.requests import PlatformRequest
from lerend_web.programmes.models import Programme
from lerend_web.telling.domain.news import publish_news, unpublish_news, write_news
from lerend_web.telling.models import News, ProgrammePage
from lerend_web.telling.rules import TellingRefused
from lerend_web.workbench.forms.telling import NewsForm
from lerend_web.workbench.reach import COORDINATOR, person_of, the_programme
from lerend_web.workbench.views.public_page import draw_public


@open_to(*COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def news_new(request: PlatformRequest, programme: int) -> HttpResponse:
    return _written(request, the_programme(request, programme, *COORDINATOR), None)


@open_to(*COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def news_edit(request: PlatformRequest, programme: int, news: int) -> HttpResponse:
    """The words, how they will look, and the buttons that publish them or take them back."""
    found = the_programme(request, programme, *COORDINATOR)
    return _written(request, found, _the_news(found, news))


@open_to(*COORDINATOR)
@require_POST
def news_publish(request: PlatformRequest, programme: int, news: int) -> HttpResponse:
    found = the_programme(request, programme, *COORDINATOR)
    publish_news(news=_the_news(found, news), by=person_of(request), at=request.at)
    return redirect(f"{reverse('news-edit', args=[found.pk, news])}?done=news-published")


@open_to(*COORDINATOR)
@require_POST
def news_unpublish(request: PlatformRequest, programme: int, news: int) -> HttpResponse:
    found = the_programme(request, programme, *COORDINATOR)
    unpublish_news(news=_the_news(found, news), by=person_of(request), at=request.at)
    return redirect(f"{reverse('news-edit', args=[found.pk, news])}?done=news-unpublished")


def _the_news(programme: Programme, news: int) -> News:
    return get_object_or_404(News, programme=programme, pk=news)


def _written(request: PlatformRequest, programme: Programme, news: News | None) -> HttpResponse:
    names = ("title_nl", "text_nl", "title_en", "text_en")
    form = NewsForm(request.POST or None, initial={name: getattr(news, name, "") for name in names})
    if request.method == "POST" and form.is_valid():
        try:
            kept = write_news(programme=programme, words=form.words(), news=news, by=person_of(request), at=request.at)
        except TellingRefused as refusal:
            form.refuse_telling(refusal)
        else:
            done = "news-changed" if kept.published_at else "news-kept"
            return redirect(f"{reverse('news-edit', args=[programme.pk, kept.pk])}?done={done}")
    page = ProgrammePage.objects.filter(programme=programme).first()
    context = {"programme": programme, "news": news, "form": form, "page": page, "previews": _previews(news)}
    return draw_public(request, "news", context, status=400 if form.errors else 200)


def _previews(news: News | None) -> list[dict[str, str]]:
    """How it looks in each language in which it is written."""
    if news is None:
        return []
    found = [("nl", news.title_nl, news.text_nl), ("en", news.title_en, news.text_en)]
    return [{"language": code, "title": title, "text": shown(text)} for code, title, text in found if title]
