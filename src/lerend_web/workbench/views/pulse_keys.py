"""The keys of a series: each holder makes those of all pulses at once, in the own browser, and tries them."""

from __future__ import annotations

import json

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from lerend_web.core.access import open_to
from lerend_web.people.requests import PlatformRequest
from lerend_web.pulses.domain.keys import add_series_holder, holders_of, remove_series_holder, try_series
from lerend_web.pulses.models import PulseSeries
from lerend_web.pulses.queries import waves_of
from lerend_web.pulses.rules import KEY_MAKERS
from lerend_web.scans.rules import HOLDERS, Refused
from lerend_web.workbench.forms.pulses import SeriesKeyForm
from lerend_web.workbench.forms.waves import KeyFileForm
from lerend_web.workbench.pages import draw
from lerend_web.workbench.pulse_words import SAID
from lerend_web.workbench.reach import person_of
from lerend_web.workbench.views.pulses import the_series


@open_to(*KEY_MAKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def pulse_keys(request: PlatformRequest, organisation: int, series: int) -> HttpResponse:
    """The key holders, and the form that makes the keys. Only the public halves come here."""
    found = the_series(request, organisation, series, *KEY_MAKERS)
    form = SeriesKeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_series_holder(series=found, **form.cleaned_data, by=person_of(request), at=request.at)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect(f"{_page(found)}?said=series-key#try")
    return _draw(request, found, new=form)


@open_to(*KEY_MAKERS)
@require_POST
def pulse_keys_try(request: PlatformRequest, organisation: int, series: int) -> HttpResponse:
    """Open an empty box of every pulse with the file. The file is not kept."""
    found = the_series(request, organisation, series, *KEY_MAKERS)
    form = KeyFileForm(request.POST, request.FILES, auto_id="try_%s")
    if form.is_valid():
        try:
            try_series(series=found, holder_file=form.content(), by=person_of(request), at=request.at)
        except Refused as refusal:
            form.refuse(refusal)
    if form.errors:
        return _draw(request, found, trial=form)
    return redirect(f"{_page(found)}?said=series-tried")


@open_to(*KEY_MAKERS)
@require_POST
def pulse_key_remove(request: PlatformRequest, organisation: int, series: int) -> HttpResponse:
    """Take a holder's keys away, while nothing is promised yet."""
    found = the_series(request, organisation, series, *KEY_MAKERS)
    try:
        remove_series_holder(series=found, label=request.POST.get("label", ""), by=person_of(request), at=request.at)
    except Refused as refusal:
        form = SeriesKeyForm(data={})
        form.errors.clear()
        form.refuse(refusal)
        return _draw(request, found, new=form)
    return redirect(f"{_page(found)}?done=removed")


def _page(series: PulseSeries) -> str:
    return reverse("pulse-keys", args=[series.organisation_id, series.pk])


def _draw(
    request: PlatformRequest,
    found: PulseSeries,
    *,
    new: SeriesKeyForm | None = None,
    trial: KeyFileForm | None = None,
) -> HttpResponse:
    holders = holders_of(found)
    said = SAID.get(request.GET.get("said", ""))
    context = {
        "series": found,
        "codes": json.dumps([wave.code for wave in waves_of(found)]),
        "holders": holders,
        "new": new or SeriesKeyForm(),
        "trial": trial or KeyFileForm(auto_id="try_%s"),
        "is_open": found.sealed_at is None and found.stopped_at is None,
        "needs_more": len(holders) < HOLDERS,
        "is_demo": found.programme.is_demo,
        **({"done": said} if said else {}),
    }
    refused = any(form is not None and form.errors for form in (new, trial))
    status = 400 if refused else 200
    return draw(request, "pulses/keys", context, organisation=found.organisation, tab="actions", status=status)
