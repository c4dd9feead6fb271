"""The language of a page: asked for, or the browser's own. Never a cookie."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header


def in_language(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: the page's words are in the language of the request."""

    def answer_in_language(request: HttpRequest) -> HttpResponse:
        asked = ""
        if request.method == "POST" and request.content_type == "application/x-www-form-urlencoded":
            asked = request.POST.get("lang", "")
        with translation.override(asked if asked in known_languages() else language_of(request)):
            return answer(request)

    return answer_in_language


def language_of(request: HttpRequest) -> str:
    """``lang`` in the query, else the first language of the browser that we have. It never reads the body."""
    known = known_languages()
    if (asked := request.GET.get("lang", "")) in known:
        return asked
    for tag, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")[:200]):
        if (code := tag.partition("-")[0]) in known:
            return code
    return settings.LANGUAGE_CODE


def known_languages() -> dict[str, str]:
    """Code and own name of every language that pages can have."""
    return dict(settings.LANGUAGES)
