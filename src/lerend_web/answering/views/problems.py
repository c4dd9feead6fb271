"""What somebody reads when a request cannot be answered: one short page, or the same as JSON."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from lerend_web.answering.languages import known_languages, language_of


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks: it says so, or it sent JSON itself."""
    return request.content_type == "application/json" or "application/json" in request.headers.get("Accept", "")


def problem(request: HttpRequest, status: int, title: str, text: str, **more: Any) -> HttpResponse:
    """The problem as the page or as JSON with the same words."""
    if wants_json(request):
        return JsonResponse({"message": text, **more}, status=status)
    language = translation.get_language() or "nl"
    kiosk = request.GET.get("kiosk") == "1"
    context = {
        "status": status,
        "title": title,
        "text": text,
        "language": language,
        "languages": [
            {"code": code, "name": name, "is_draft": False, "href": f"?lang={code}" + ("&kiosk=1" if kiosk else "")}
            for code, name in known_languages().items()
        ],
        "kiosk": kiosk,
        "keep": "?kiosk=1" if kiosk else "",
    }
    return HttpResponse(render_to_string("answering/problem.html", context), status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    with translation.override(language_of(request)):
        text = _("We do not understand this request. Go back and try again.")
        return problem(request, 400, _("Something is wrong with this request"), text, problems={})


def too_large(request: HttpRequest) -> HttpResponse:
    with translation.override(language_of(request)):
        text = _("This is more than we can take at once: at most 64 kB. Please make your texts shorter.")
        return problem(request, 400, _("This is too much at once"), text, problems={})


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    with translation.override(language_of(request)):
        text = _("This request did not come from one of our own pages, so we did nothing with it.")
        return problem(request, 403, _("This is not allowed"), text)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    with translation.override(language_of(request)):
        text = _("Perhaps the address has a typing error. Look at your card or your letter again.")
        return problem(request, 404, _("This page is not here"), text)


def closed(request: HttpRequest) -> HttpResponse:
    text = _("This questionnaire is closed. It takes no answers any more, and nothing can be changed.")
    return problem(request, 410, _("This questionnaire is closed"), text)


def unavailable(request: HttpRequest) -> HttpResponse:
    text = _("We could not store this just now. Your answers are still on your device. Try again in a minute.")
    return problem(request, 503, _("Not stored yet"), text)


def wait(request: HttpRequest) -> HttpResponse:
    text = _("That was often. Wait a minute, then try again.")
    return problem(request, 429, _("Please wait a minute"), text, problems={})


def failed(request: HttpRequest) -> HttpResponse:
    with translation.override(language_of(request)):
        text = _("Something went wrong on our side. Nothing was stored. Try again in a minute.")
        return problem(request, 500, _("Something went wrong on our side"), text)


def refused_text() -> str:
    """One text for every reason why a pass is refused: nobody learns which codes exist."""
    return _("This code or link cannot be used here. Perhaps there is a typing error in it, or it was used before.")
