"""Sanne has drawn a card from the bowl."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lerend_web.core.access import EVERYBODY, open_to
from lerend_web.demo.doors import sannes_code, sannes_link, square
from lerend_web.demo.files import drawn_cards
from lerend_web.demo.queries import newest_wave, sanne_answered
from lerend_web.demo.views.only_demo import only_in_demo
from lerend_web.people.requests import PlatformRequest
from lerend_web.scans.enums import WaveState


@open_to(EVERYBODY)
@require_safe
@never_cache
@only_in_demo
def sanne(request: PlatformRequest) -> HttpResponse:
    cards, wave = drawn_cards(), newest_wave()
    if cards is None or wave is None or wave.state != WaveState.OPEN:
        return render(request, "demo/sanne.html", {"wave": wave})
    told = {"wave": wave, "code": sannes_code(cards), "link": sannes_link(cards), "answered": sanne_answered()}
    return render(request, "demo/sanne.html", told)


@open_to(EVERYBODY)
@require_safe
@never_cache
@only_in_demo
def picture(request: PlatformRequest) -> HttpResponse:
    """The square on her card."""
    cards = drawn_cards()
    if cards is None:
        raise Http404
    return HttpResponse(square(sannes_link(cards)), content_type="image/svg+xml")
