"""Marloes closes the round with the demo's own key files."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lerend_web.core.access import open_to
from lerend_web.demo.files import key_file
from lerend_web.demo.queries import newest_wave, waiting
from lerend_web.demo.views.only_demo import only_in_demo
from lerend_web.people.enums import OrganisationRole
from lerend_web.people.requests import PlatformRequest
from lerend_web.scans.domain.closing import close_wave
from lerend_web.scans.rules import Refused, closing_moment

HOLDERS = ("marloes", "works-council")
"""Whose key files the demo keeps."""


@open_to(OrganisationRole.COMPANY_CONTACT)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@only_in_demo
def closing(request: PlatformRequest) -> HttpResponse:
    wave = newest_wave()
    if wave is None:
        raise Http404
    outcome = reverse("wave-outcome", args=[wave.pk])
    is_over = request.at >= closing_moment(wave)
    told = {"wave": wave, "holders": HOLDERS, "left": waiting(), "outcome": outcome, "is_over": is_over, "reasons": ()}
    if request.method != "POST":
        return render(request, "demo/closing.html", told)
    content = key_file(HOLDERS[0])
    if content is None:
        raise Http404
    try:
        close_wave(wave=wave, holder_file=content, by=request.person, at=request.at)
    except Refused as refused:
        return render(request, "demo/closing.html", told | {"reasons": refused.reasons}, status=409)
    return redirect("demo-closing")


@open_to(OrganisationRole.COMPANY_CONTACT)
@require_safe
@never_cache
@only_in_demo
def key(request: PlatformRequest, name: str) -> HttpResponse:
    """A key file to keep, as Marloes would have it on a stick."""
    content = key_file(name) if name in HOLDERS else None
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="key-{name}.json"'
    return response
