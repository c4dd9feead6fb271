"""The trace page of a round: what everybody who took part hears back. Nobody is asked who they are (settled rule 13)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from lerend_web.core import clock
from lerend_web.core.access import EVERYBODY, open_to
from lerend_web.core.markdown import shown
from lerend_web.scans.enums import WaveState
from lerend_web.telling.domain.traces import told_of
from lerend_web.telling.queries import wave_with_trace
from lerend_web.telling.words import PART_NAMES


@open_to(EVERYBODY)
@require_safe
@vary_on_cookie
def trace(request: HttpRequest, code: str) -> HttpResponse:
    wave = wave_with_trace(code)
    if wave is None:
        raise Http404
    told = told_of(wave, at=clock.now())
    context = {
        "wave": wave,
        "told": told,
        "parts": [{"name": PART_NAMES[one.part], "text": shown(one.text), "since": one.since} for one in told.parts],
        "is_closed": wave.state == WaveState.CLOSED,
    }
    answer = render(request, "public/trace.html", context)
    # It is for people who have the address from the paper at work, not for search machines.
    answer["X-Robots-Tag"] = "noindex"
    return answer
