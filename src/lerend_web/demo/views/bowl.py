"""Several phones play along: each takes a card from the bowl."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lerend_web.core.access import EVERYBODY, open_to
from lerend_web.demo.bowl import is_used, take_a_card
from lerend_web.demo.doors import link_of, square
from lerend_web.demo.files import Cards, drawn_cards
from lerend_web.demo.queries import newest_wave
from lerend_web.demo.views.only_demo import only_in_demo
from lerend_web.people.requests import PlatformRequest
from lerend_web.scans.enums import WaveState
from lerend_web.urn.passes import shown

_KEPT: Final = "demo-card"
"""Which card this phone took, in its own session: looking again shows the same one."""


@open_to(EVERYBODY)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@only_in_demo
def bowl(request: PlatformRequest) -> HttpResponse:
    """A button to take a card; then that card."""
    cards = _cards()
    if cards is None:
        return render(request, "demo/bowl.html", {"is_closed": True})
    if request.method == "POST":
        place = take_a_card(cards)
        request.session[_KEPT] = [cards.wave, -1 if place is None else place]
        return redirect("demo-bowl")
    place = _place(request, cards)
    if place is None or place < 0:
        return render(request, "demo/bowl.html", {"is_empty": place is not None})
    code = cards.codes[place]
    told = {"code": shown(code), "link": link_of(cards, code), "answered": is_used(cards, place)}
    return render(request, "demo/bowl.html", told)


@open_to(EVERYBODY)
@require_safe
@never_cache
@only_in_demo
def picture(request: PlatformRequest) -> HttpResponse:
    """The square on the card that this phone took."""
    cards = _cards()
    place = None if cards is None else _place(request, cards)
    if cards is None or place is None or place < 0:
        raise Http404
    return HttpResponse(square(link_of(cards, cards.codes[place])), content_type="image/svg+xml")


def _cards() -> Cards | None:
    """The cards of the round that takes answers now."""
    wave = newest_wave()
    return drawn_cards() if wave is not None and wave.state == WaveState.OPEN else None


def _place(request: PlatformRequest, cards: Cards) -> int | None:
    """The card that this phone took in this round; negative when the bowl was empty, none when it took none."""
    wave, place = request.session.get(_KEPT, ("", None))
    return place if wave == cards.wave else None
