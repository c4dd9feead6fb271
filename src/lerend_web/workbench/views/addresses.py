"""The addresses of a round by mail: taking them in, sending, putting right. Nothing here shows who took part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, Final

from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lerend_web.core.access import open_to
from lerend_web.people.requests import PlatformRequest
from lerend_web.scans.domain.invitations import (
    Checked,
    NewAddress,
    checked_addresses,
    replace_address,
    take_addresses,
    take_list_away,
    units_of_wave,
)
from lerend_web.scans.domain.outbox import mailing_of, remind_everybody, report_returned, send_invitations
from lerend_web.scans.enums import Mode
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import Refused
from lerend_web.workbench.forms.addresses import AddressesForm, ReplaceForm, ReturnedForm
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import CONTACT, person_of, the_wave

PROBLEMS_SHOWN: Final = 50
_SALT: Final = "workbench.addresses"
_AN_HOUR: Final = 3600


@open_to(*CONTACT)
@require_http_methods(["GET", "HEAD", "POST"])
def wave_addresses(request: PlatformRequest, wave: int) -> HttpResponse:
    """First what a list would add, then taking it in."""
    found = _by_mail(request, wave)
    if "plan" in request.POST:
        return _apply(request, found)
    form = _form(request, found)
    if request.method == "POST" and form.is_valid():
        checked = checked_addresses(found, form.listed(), unit=form.chosen_unit)
        return _draw(request, found, form=form if checked.problems else None, **_preview(found, checked))
    return _draw(request, found, form=form)


@open_to(*CONTACT)
@require_POST
def wave_addresses_clear(request: PlatformRequest, wave: int) -> HttpResponse:
    found = _by_mail(request, wave)
    return _done(request, found, "removed", lambda **who: take_list_away(wave=found, **who))


@open_to(*CONTACT)
@require_POST
def wave_send(request: PlatformRequest, wave: int) -> HttpResponse:
    found = _by_mail(request, wave)
    return _done(request, found, "mails-queued", lambda **who: send_invitations(wave=found, **who))


@open_to(*CONTACT)
@require_POST
def wave_remind(request: PlatformRequest, wave: int) -> HttpResponse:
    found = _by_mail(request, wave)
    return _done(request, found, "reminded", lambda **who: remind_everybody(wave=found, **who))


@open_to(*CONTACT)
@require_POST
def wave_address_replace(request: PlatformRequest, wave: int) -> HttpResponse:
    found, form = _by_mail(request, wave), ReplaceForm(request.POST)
    if not form.is_valid():
        return _draw(request, found, replace=form)
    data = form.cleaned_data
    return _done(request, found, "saved", lambda **who: replace_address(wave=found, **data, **who), replace=form)


@open_to(*CONTACT)
@require_POST
def wave_address_returned(request: PlatformRequest, wave: int) -> HttpResponse:
    found, form = _by_mail(request, wave), ReturnedForm(request.POST)
    if not form.is_valid():
        return _draw(request, found, returned=form)
    data = form.cleaned_data
    return _done(request, found, "saved", lambda **who: report_returned(wave=found, **data, **who), returned=form)


def _by_mail(request: PlatformRequest, wave: int) -> Wave:
    found = the_wave(request, wave, *CONTACT)
    if found.mode != Mode.MAIL:
        raise Http404
    return found


def _form(request: PlatformRequest, found: Wave) -> AddressesForm:
    sent = request.method == "POST"
    return AddressesForm(request.POST if sent else None, request.FILES if sent else None, units=units_of_wave(found))


def _preview(found: Wave, checked: Checked) -> dict[str, Any]:
    content = [[one.address, list(one.unit)] for one in checked.new]
    counts = Counter(" > ".join(one.unit) for one in checked.new)
    is_right = bool(checked.new) and not checked.problems
    return {
        "checked": checked,
        "counts": sorted(counts.items()),
        "problems": checked.problems[:PROBLEMS_SHOWN],
        "plan": signing.dumps({"wave": found.pk, "new": content}, salt=_SALT, compress=True) if is_right else "",
    }


def _apply(request: PlatformRequest, found: Wave) -> HttpResponse:
    try:
        plan = signing.loads(request.POST["plan"], salt=_SALT, max_age=_AN_HOUR)
    except signing.BadSignature:
        plan = {"wave": None}
    if plan["wave"] != found.pk:
        return _draw(request, found, refused=(_("This preview is too old. Give the list again."),))
    new = [NewAddress(address, tuple(unit)) for address, unit in plan["new"]]
    return _done(request, found, "added", lambda **who: take_addresses(wave=found, addresses=new, **who))


def _done(request: PlatformRequest, found: Wave, word: str, act: Callable[..., object], **forms: Any) -> HttpResponse:
    """Do it and come back, or say why not: at the form that asked, else above the page."""
    try:
        act(by=person_of(request), at=request.at)
    except Refused as refusal:
        found.refresh_from_db()
        for form in forms.values():
            form.refuse(refusal)
        return _draw(request, found, refused=() if forms else refusal.reasons, **forms)
    return redirect(f"{reverse('wave-addresses', args=[found.pk])}?done={word}")


def _draw(request: PlatformRequest, found: Wave, *, form: AddressesForm | None = None, **shown: Any) -> HttpResponse:
    form = form or AddressesForm(units=units_of_wave(found))
    context = {
        "wave": found,
        "mailing": mailing_of(found),
        "form": form,
        "replace": ReplaceForm(),
        "returned": ReturnedForm(),
        "takes": found.state in {"planned", "open"},
        "reminded": list(found.reminders.all()),
        **shown,
    }
    wrong = [form, context["replace"], context["returned"]]
    is_wrong = any(one.errors for one in wrong) or shown.get("refused") or shown.get("problems")
    status = 400 if is_wrong else 200
    return draw(request, "addresses", context, organisation=found.organisation, tab="organisation", status=status)
