"""Key holders: each makes a key in the own browser, and tries it before anything may open."""

from __future__ import annotations

import base64
import binascii

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lerend_web.core.access import open_to
from lerend_web.people.requests import PlatformRequest
from lerend_web.scans.domain.keys import add_key_holder, remove_key_holder, try_opening
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import HOLDERS, Refused, is_frozen
from lerend_web.workbench.forms.waves import KeyFileForm, NewKeyForm
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import WITH_A_KEY, person_of, the_wave


@open_to(*WITH_A_KEY)
@require_http_methods(["GET", "HEAD", "POST"])
def wave_keys(request: PlatformRequest, wave: int) -> HttpResponse:
    """The key holders, and the form that makes a key. Only the public half comes here."""
    found = the_wave(request, wave, *WITH_A_KEY)
    form = NewKeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _add(request, found, form)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect(f"{reverse('wave-keys', args=[found.pk])}?done=key-added#try")
    return _draw(request, found, new=form)


@open_to(*WITH_A_KEY)
@require_POST
def wave_keys_try(request: PlatformRequest, wave: int) -> HttpResponse:
    """Open an empty box with the file, to see that it works. The file is not kept."""
    found = the_wave(request, wave, *WITH_A_KEY)
    form = KeyFileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            try_opening(wave=found, holder_file=form.content(), by=person_of(request), at=request.at)
        except Refused as refusal:
            form.refuse(refusal)
    if form.errors:
        return _draw(request, found, trial=form)
    return redirect(f"{reverse('wave-keys', args=[found.pk])}?done=key-tried")


@open_to(*WITH_A_KEY)
@require_POST
def wave_key_remove(request: PlatformRequest, wave: int, holder: int) -> HttpResponse:
    found = the_wave(request, wave, *WITH_A_KEY)
    chosen = found.key_holders.filter(pk=holder).first()
    if chosen is not None:
        try:
            remove_key_holder(holder=chosen, by=person_of(request), at=request.at)
        except Refused as refusal:
            form = NewKeyForm(data={})
            form.errors.clear()
            form.refuse(refusal)
            return _draw(request, found, new=form)
    return redirect(f"{reverse('wave-keys', args=[found.pk])}?done=removed")


def _add(request: PlatformRequest, found: Wave, form: NewKeyForm) -> None:
    data = form.cleaned_data
    try:
        public = base64.b64decode(data["public_key"], validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refused(_("This is not a key. Make the key file again.")) from error
    add_key_holder(wave=found, label=data["label"], public_key=public, by=person_of(request), at=request.at)


def _draw(
    request: PlatformRequest, found: Wave, *, new: NewKeyForm | None = None, trial: KeyFileForm | None = None
) -> HttpResponse:
    holders = list(found.key_holders.order_by("pk"))
    context = {
        "wave": found,
        "holders": holders,
        "new": new or NewKeyForm(),
        "trial": trial or KeyFileForm(auto_id="try_%s"),
        "is_frozen": is_frozen(found),
        "needs_more": len(holders) < HOLDERS,
        "is_demo": found.programme.is_demo,
    }
    refused = any(form is not None and form.errors for form in (new, trial))
    status = 400 if refused else 200
    return draw(request, "keys", context, organisation=found.organisation, tab="organisation", status=status)
