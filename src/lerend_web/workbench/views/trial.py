"""Trying a round out before it opens."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from lerend_web.core.access import open_to
from lerend_web.people.requests import PlatformRequest
from lerend_web.scans.domain.trial import start_trial
from lerend_web.scans.rules import CannotTry
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import CONTACT_AND_COORDINATOR, person_of, the_wave


@open_to(*CONTACT_AND_COORDINATOR)
@require_POST
def wave_try(request: PlatformRequest, wave: int) -> HttpResponse:
    """A fresh trial at every press; its code is shown once and stored nowhere."""
    found = the_wave(request, wave, *CONTACT_AND_COORDINATOR)
    try:
        trial = start_trial(wave=found, by=person_of(request), at=request.at)
    except CannotTry:
        return redirect(reverse("wave", args=[found.pk]))
    links = [(form, trial.link(form)) for form in trial.forms]
    context = {"wave": found, "trial": trial, "by_lot": trial.link(), "links": links}
    return draw(request, "try", context, organisation=found.organisation, tab="organisation")
