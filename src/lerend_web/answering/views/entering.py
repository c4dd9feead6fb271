"""Entering a code, and the road without script: a part at a time, earlier answers travelling in hidden fields."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods

from lerend_web.answering.domain.forms import FormShown, form_shown, questionnaire, with_choices
from lerend_web.answering.domain.wording import instrument_of
from lerend_web.answering.guessing import must_wait
from lerend_web.answering.pages import drawn
from lerend_web.answering.requests import field_name, fields_of, pass_in_form, sent_json, sheet_in_form
from lerend_web.answering.views import problems
from lerend_web.answering.views.answered import answered
from lerend_web.answering.views.pages import answer_document, enter_page, lot, start_html
from lerend_web.answering.visits import Visit, visit_of
from lerend_web.urn.domain.boxes import NotTaking, Pass
from lerend_web.urn.domain.sheet import Problems, Sheet, SheetIsWrong, checked_sheet
from lerend_web.urn.passes import SECRET_BYTES
from lerend_web.urn.queries import card_is_usable, wave_of_card


@require_http_methods(["GET", "HEAD", "POST"])
@answered
def enter(request: HttpRequest) -> HttpResponse:
    """A field for a code; with a code, the start page of its wave."""
    if request.method != "POST":
        return enter_page(request)
    sent = sent_json(request) if request.content_type == "application/json" else request.POST
    code = sent.get("code", "")
    visit = _visit_with(request, code if isinstance(code, str) else "")
    if visit is None:
        return refusal(request)
    if problems.wants_json(request):
        return JsonResponse({"wave": visit.document.wave})
    return HttpResponse(start_html(visit, code=str(code)))


def _visit_with(request: HttpRequest, code: str) -> Visit | None:
    """The visit that a code leads to; none too for the code of a wave whose last day is over.

    Of a code that nobody knows the wave is looked for too: finding nothing takes as many steps.
    """
    try:
        return visit_of(request, wave_of_card(code) or "")
    except NotTaking:
        return None


def refusal(request: HttpRequest) -> HttpResponse:
    """The same words for every code that leads nowhere; who hears them too often is told to wait."""
    if must_wait(request):
        return problems.wait(request)
    if problems.wants_json(request):
        return JsonResponse({"message": problems.refused_text(), "problems": {}, "refused": True}, status=400)
    return enter_page(request, message=problems.refused_text(), status=400)


@require_http_methods(["GET", "HEAD", "POST"])
@answered
def answer(request: HttpRequest, wave: str) -> HttpResponse:
    """By GET the document with everything; by POST one part, for who has no script."""
    if request.method != "POST":
        return answer_document(request, wave)
    visit = visit_of(request, wave)
    shown = pass_in_form(request)
    secret = shown.secret or secrets.token_bytes(SECRET_BYTES)
    if not card_is_usable(wave, shown.card or "", secret):
        return refusal(request)
    fields, form = fields_of(request), form_in(request, visit)
    try:
        checked(visit, sheet_in_form(fields, form=form.id, language=visit.language))
    except SheetIsWrong as wrong:
        return part_with_problems(visit, form, Pass(secret, card=shown.card), fields, wrong.problems)
    number = _number(request.POST.get("part", "0")) + (-1 if request.POST.get("go") == "back" else 1)
    return HttpResponse(_part_html(visit, form, Pass(secret, card=shown.card), fields, number=number))


def checked(visit: Visit, data: Mapping[str, Any]) -> Sheet:
    """What somebody filled in, as this wave takes it. Raises SheetIsWrong."""
    takes_comments = visit.document.takes_comments
    return checked_sheet(instrument_of(visit.questionnaire), data, takes_comments=takes_comments)


def form_in(request: HttpRequest, visit: Visit) -> FormShown:
    """The form that is being filled in; at the start one by lot."""
    about = questionnaire(visit.questionnaire, visit.language)
    form = request.POST.get("form", "")
    if form not in about.all_forms:
        form = lot(about, is_kiosk=visit.is_kiosk)
    return form_shown(visit.questionnaire, form, visit.language, takes_comments=visit.document.takes_comments)


def part_with_problems(
    visit: Visit, form: FormShown, shown: Pass, fields: Mapping[str, str], wrong: Problems
) -> HttpResponse:
    """The first part with a field that is wrong; what is on no part of this form is dropped and said."""
    by_field = {field_name(name): str(text) for name, text in wrong.items()}
    number = next((part.number for part in form.parts if part.fields & by_field.keys()), 1)
    kept = {name: value for name, value in fields.items() if any(name in part.fields for part in form.parts)}
    return HttpResponse(_part_html(visit, form, shown, kept, number=number, wrong=by_field), status=400)


def _part_html(
    visit: Visit,
    form: FormShown,
    shown: Pass,
    fields: Mapping[str, str],
    *,
    number: int,
    wrong: Mapping[str, str] | None = None,
) -> str:
    number = max(1, min(number, len(form.parts)))
    is_last = number == len(form.parts)
    part = with_choices(form.parts[number - 1], fields)
    same = {"code": shown.card or "", "secret": shown.secret.hex(), "form": form.id, "part": str(number)}
    same |= {"lang": visit.language} | ({"kiosk": "1"} if visit.is_kiosk else {})
    carried = same | {name: value for name, value in fields.items() if name not in part.fields}
    context = visit.context() | {
        "form": form,
        "part": part,
        "action": visit.address("deliver" if is_last else "answer"),
        "answer_url": visit.address("answer"),
        "is_last": is_last,
        "carried": [{"name": name, "value": value} for name, value in carried.items()],
        "problems": dict(wrong or {}),
        "message": next(iter((wrong or {}).values()), ""),
    }
    return drawn("answering/part.html", context)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 0
