"""Show the truth: possible because everything here is made up."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lerend_web.core.access import EVERYBODY, open_to
from lerend_web.demo.domain.truth import compared, tally
from lerend_web.demo.queries import newest_wave
from lerend_web.demo.views.only_demo import only_in_demo
from lerend_web.people.requests import PlatformRequest
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import Wave


@open_to(EVERYBODY)
@require_safe
@never_cache
@only_in_demo
def truth(request: PlatformRequest) -> HttpResponse:
    language = get_language() or "nl"
    newest = newest_wave()
    wave = _last_closed(newest) if newest else None
    context = {
        "wave": wave,
        "found": compared(wave, language) if wave else None,
        "all": tally(_one_each(), language),
    }
    return render(request, "demo/truth.html", context)


def _last_closed(newest: Wave) -> Wave | None:
    """The round of the story, or while that is open the one before."""
    closed = Wave.objects.filter(organisation=newest.organisation, state=WaveState.CLOSED)
    return closed.select_related("organisation").order_by("-closed_at").first()


def _one_each() -> list[Wave]:
    """The newest closed round of every company of the demo that was held for its own sake."""
    closed = Wave.objects.filter(programme__is_demo=True, state=WaveState.CLOSED)
    # What is truly so was worked out for the world before any pilot moved it.
    closed = closed.exclude(measures__number__gt=0)
    newest = {wave.organisation_id: wave for wave in closed.select_related("organisation").order_by("closed_at")}
    return list(newest.values())
