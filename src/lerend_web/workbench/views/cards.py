"""The cards of a round: made once, by the programme."""

from __future__ import annotations

from contextlib import suppress

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lerend_web.core.access import open_to
from lerend_web.people.requests import PlatformRequest
from lerend_web.scans.domain.cards import print_cards, void_cards
from lerend_web.scans.domain.readiness import why_not_promise
from lerend_web.scans.enums import Mode, WaveState
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import Refused, Sentence
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import COORDINATOR, MAY_VOID, person_of, the_wave
from lerend_web.workbench.rights import voiding_of
from lerend_web.workbench.views.papers import pdf


@open_to(*COORDINATOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def wave_cards(request: PlatformRequest, wave: int) -> HttpResponse:
    """The answer to the button is the file itself: it is kept nowhere, so no page can lead back to it."""
    found = the_wave(request, wave, *COORDINATOR)
    if request.method == "POST":
        try:
            paper = print_cards(wave=found, by=person_of(request), at=request.at)
        except Refused as refusal:
            found.refresh_from_db()
            return _draw(request, found, refusal.reasons)
        return pdf(paper, "cards")
    return _draw(request, found)


@open_to(*MAY_VOID)
@require_POST
def wave_cards_void(request: PlatformRequest, wave: int) -> HttpResponse:
    """Two people make the cards void: the first asks, the second does it."""
    found = the_wave(request, wave, *MAY_VOID)
    done = ""
    with suppress(Refused):  # there are none: somebody else was faster
        done = "voided" if void_cards(wave=found, by=person_of(request), at=request.at) else "void-asked"
    page = "wave-close" if found.state == WaveState.OPEN else "wave"
    return redirect(f"{reverse(page, args=[found.pk])}?done={done}")


def _draw(request: PlatformRequest, found: Wave, refused: tuple[Sentence, ...] = ()) -> HttpResponse:
    needs_cards = found.mode == Mode.CARD and found.cards_printed_at is None
    context = {
        "wave": found,
        "groups": list(found.key_groups.order_by("pk")),
        "missing": refused or (why_not_promise(found) if needs_cards and found.state == "planned" else ()),
        "needs_cards": needs_cards,
        "was_refused": bool(refused),
        **voiding_of(request, found),
    }
    status = 400 if refused else 200
    return draw(request, "cards", context, organisation=found.organisation, tab="organisation", status=status)
