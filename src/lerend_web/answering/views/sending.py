"""Delivering and withdrawing. "Received" is said only after the database has said so."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lerend_web.answering.guessing import must_wait
from lerend_web.answering.pages import drawn
from lerend_web.answering.requests import (
    fields_of,
    full_receipt,
    pass_in,
    pass_in_form,
    pass_in_receipt,
    sent_json,
    sheet_in_form,
)
from lerend_web.answering.views import problems
from lerend_web.answering.views.answered import answered
from lerend_web.answering.views.entering import checked, form_in, part_with_problems, refusal
from lerend_web.answering.views.pages import received_html
from lerend_web.answering.visits import Visit, visit_of
from lerend_web.urn.domain import boxes
from lerend_web.urn.domain.boxes import Pass, Refused
from lerend_web.urn.domain.sheet import Problems, Sheet, SheetIsWrong


@require_POST
@answered
def deliver(request: HttpRequest, wave: str) -> HttpResponse:
    """Take the answers: from a script as JSON, without one as the last part's form."""
    visit = visit_of(request, wave)
    if request.content_type == "application/json":
        return _deliver_json(request, visit)
    return _deliver_form(request, visit)


def _deliver_json(request: HttpRequest, visit: Visit) -> HttpResponse:
    data = sent_json(request)
    try:
        sheet = checked(visit, data)
        receipt = _deliver(visit, pass_in(data), sheet)
    except SheetIsWrong as wrong:
        return _wrong_json(wrong.problems)
    except Refused:
        return refusal(request)
    return JsonResponse({"receipt": receipt})


def _deliver_form(request: HttpRequest, visit: Visit) -> HttpResponse:
    shown, fields, form = pass_in_form(request), fields_of(request), form_in(request, visit)
    data = sheet_in_form(fields, form=form.id, language=visit.language)
    try:
        receipt = _deliver(visit, shown, checked(visit, data))
    except SheetIsWrong as wrong:
        return part_with_problems(visit, form, shown, fields, wrong.problems)
    except Refused:
        return refusal(request)
    line = full_receipt(shown, wave=visit.document.wave)
    return HttpResponse(received_html(visit, receipt=receipt, full_receipt=line))


@require_http_methods(["GET", "HEAD", "POST"])
@answered
def withdraw(request: HttpRequest, wave: str) -> HttpResponse:
    """Take answers back until closing, with the full receipt."""
    visit = visit_of(request, wave)
    if request.method != "POST":
        return HttpResponse(_withdraw_html(visit))
    is_json = request.content_type == "application/json"
    try:
        shown = pass_in(sent_json(request)) if is_json else pass_in_receipt(request.POST.get("receipt", ""), wave=wave)
        boxes.withdraw(
            wave=wave, secret=shown.secret, card=shown.card, signature=shown.signature, key_group=shown.key_group
        )
    except Refused:
        if is_json:
            return refusal(request)
        if must_wait(request):
            return problems.wait(request)
        return HttpResponse(_withdraw_html(visit, message=problems.refused_text()), status=400)
    return JsonResponse({"withdrawn": True}) if is_json else HttpResponse(_withdraw_html(visit, is_done=True))


def _deliver(visit: Visit, shown: Pass, sheet: Sheet) -> str:
    return boxes.deliver(
        wave=visit.document.wave,
        secret=shown.secret,
        card=shown.card,
        signature=shown.signature,
        key_group=shown.key_group,
        sheet=sheet,
    )


def _withdraw_html(visit: Visit, *, message: str = "", is_done: bool = False) -> str:
    addresses = {"withdraw_url": visit.address("withdraw"), "start_url": visit.address("start")}
    return drawn("answering/withdraw.html", visit.context() | addresses | {"message": message, "is_done": is_done})


def _wrong_json(wrong: Problems) -> JsonResponse:
    text = _("Some answers cannot be stored like this. Nothing was stored yet.")
    return JsonResponse({"message": text, "problems": wrong}, status=400)
