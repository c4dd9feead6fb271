"""Let the others answer: a page that starts it, shows how far it is, and can be left."""

from __future__ import annotations

import threading

from django.db import connections
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lerend_web.core.access import EVERYBODY, open_to
from lerend_web.demo.domain.answering import let_others_answer
from lerend_web.demo.files import Cards, drawn_cards
from lerend_web.demo.queries import newest_wave, others_waiting
from lerend_web.demo.views.only_demo import only_in_demo
from lerend_web.people.requests import PlatformRequest
from lerend_web.scans.enums import WaveState

_one_at_a_time = threading.Lock()


@open_to(EVERYBODY)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@only_in_demo
def others(request: PlatformRequest) -> HttpResponse:
    cards, wave = drawn_cards(), newest_wave()
    if request.method == "POST":
        if cards is not None and wave is not None and wave.state == WaveState.OPEN:
            threading.Thread(target=_answer, args=(cards,), daemon=True).start()
        return redirect("demo-others")
    others_count = len(cards.codes) - 1 if cards is not None else 0
    left = others_waiting()
    is_open = wave is not None and wave.state == WaveState.OPEN
    shown = {"others": others_count, "answered": others_count - left, "left": left, "is_open": is_open}
    return render(request, "demo/others.html", shown)


@open_to(EVERYBODY)
@require_safe
@never_cache
@only_in_demo
def count(request: PlatformRequest) -> JsonResponse:
    """How many made-up people have answered. A real round shows no such live count."""
    return JsonResponse({"left": others_waiting()})


def _answer(cards: Cards) -> None:
    """Runs beside the page; a second one waits for nothing and leaves."""
    if not _one_at_a_time.acquire(blocking=False):
        return
    try:
        for _person in let_others_answer(cards):
            pass
    finally:
        _one_at_a_time.release()
        connections.close_all()
