"""Pages that can be had by address: the same for everybody."""

from __future__ import annotations

import base64
import json
import secrets

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from lerend_web.answering.domain.forms import Questionnaire, form_shown, questionnaire
from lerend_web.answering.languages import known_languages
from lerend_web.answering.pages import drawn, item_block, kept_page
from lerend_web.answering.views.answered import answered
from lerend_web.answering.visits import Visit, asked_language, is_kiosk, kept_query, shared_context, visit_of


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Says that this process answers."""
    return JsonResponse({"status": "ok"})


def enter_page(request: HttpRequest, *, message: str = "", status: int = 200) -> HttpResponse:
    """The page with a field for a code."""
    language, asked, kiosk = translation.get_language() or "nl", asked_language(request), is_kiosk(request)
    context = shared_context(language, kiosk, asked) | {
        "message": message,
        "languages": [
            {"code": code, "name": name, "is_draft": False, "href": kept_query(code, is_kiosk=kiosk)}
            for code, name in known_languages().items()
        ],
    }
    if message:
        return HttpResponse(drawn("answering/enter.html", context), status=status)
    return kept_page(request, ("enter", language, asked, kiosk), lambda: drawn("answering/enter.html", context))


@require_safe
@answered
def start(request: HttpRequest, wave: str) -> HttpResponse:
    """Explains, shows the promise, and does nothing until somebody presses start; of a closed wave it says so."""
    visit = visit_of(request, wave, must_take=False)
    status = 200 if visit.is_taking else 410
    form = _form_tried(request, visit)
    return kept_page(request, ("start", form, *visit.key), lambda: start_html(visit, code="", form=form), status=status)


def _form_tried(request: HttpRequest, visit: Visit) -> str:
    """In a trial one may ask for a form; people get theirs by lot."""
    asked = request.GET.get("form", "") if visit.document.is_trial else ""
    return asked if asked in questionnaire(visit.questionnaire, visit.language).all_forms else ""


def start_html(visit: Visit, *, code: str, form: str = "") -> str:
    about = questionnaire(visit.questionnaire, visit.language)
    context = visit.context() | {
        "introduction": about.introduction,
        "minutes": about.minutes,
        "short_minutes": about.short_minutes,
        "forms": [form] if form else about.forms,
        "short_form": about.short_form,
        "code": code,
        "answer_url": visit.address("answer"),
        "promise_url": visit.address("promise"),
        "withdraw_url": visit.address("withdraw"),
    }
    return drawn("answering/start.html", context)


def answer_document(request: HttpRequest, wave: str) -> HttpResponse:
    """The one document that holds a whole form and pages itself."""
    visit = visit_of(request, wave)
    about = questionnaire(visit.questionnaire, visit.language)
    form = request.GET.get("form") or lot(about, is_kiosk=visit.is_kiosk)
    if form not in about.all_forms:
        raise Http404
    return kept_page(request, ("answer", form, *visit.key), lambda: _answer_html(visit, about, form))


def _answer_html(visit: Visit, about: Questionnaire, form: str) -> str:
    reference, takes_comments = visit.questionnaire, visit.document.takes_comments
    context = visit.context() | {
        "items": item_block(reference, form, visit.language, takes_comments=takes_comments),
        "form": form_shown(reference, form, visit.language, takes_comments=takes_comments),
        "forms": about.forms,
        "short_form": about.short_form,
        "answer_url": visit.address("answer"),
        "deliver_url": visit.address("deliver"),
        "received_url": visit.address("received"),
        "start_url": visit.address("start"),
        "withdraw_url": visit.address("withdraw"),
    }
    return drawn("answering/answer.html", context)


def lot(about: Questionnaire, *, is_kiosk: bool) -> str:
    """A form by lot; the short one on a shared device, where others wait."""
    return about.short_form if is_kiosk and about.short_form else secrets.choice(about.forms)


@require_safe
@answered
def promise(request: HttpRequest, wave: str) -> HttpResponse:
    """The wave's public page: what was promised, under which keys. It stays after closing."""
    visit = visit_of(request, wave, must_take=False)
    return kept_page(request, ("promise", *visit.key), lambda: _promise_html(visit))


def _promise_html(visit: Visit) -> str:
    document = visit.document
    groups = [
        {"code": group.code, "mode": group.mode, "token_key": _base64(group.token_key)} for group in document.key_groups
    ]
    context = visit.context() | {
        "promise": document.promise,
        "key_groups": groups,
        "holders": [_base64(key) for key in document.holders],
        "server": _base64(document.server),
        "document": json.dumps(json.loads(document.text), ensure_ascii=False, indent=2, sort_keys=True),
        "start_url": visit.address("start"),
    }
    return drawn("answering/promise.html", context)


def _base64(key: bytes | None) -> str:
    return "" if key is None else base64.b64encode(key).decode("ascii")


@require_safe
@answered
def received(request: HttpRequest, wave: str) -> HttpResponse:
    """Thank you: the same page for everybody; a script shows the receipt that it holds."""
    visit = visit_of(request, wave, must_take=False)
    return kept_page(request, ("received", *visit.key), lambda: received_html(visit, receipt="", full_receipt=""))


def received_html(visit: Visit, *, receipt: str, full_receipt: str) -> str:
    context = visit.context() | {
        "receipt": receipt,
        "full_receipt": full_receipt,
        "start_url": visit.address("start"),
        "withdraw_url": visit.address("withdraw"),
        "promise_url": visit.address("promise"),
        "enter_url": "/" + visit.keep,
    }
    return drawn("answering/received.html", context)
