"""What everybody may read, and what waits for a coordinator."""

from __future__ import annotations

from django.db.models import QuerySet

from lerend_web.programmes.models import Programme
from lerend_web.scans.enums import Collected, WaveState
from lerend_web.scans.models import Wave
from lerend_web.telling.enums import Asked
from lerend_web.telling.models import JoinRequest, News, ProgrammePage, SharedThemes, ToldTrace


def public_pages() -> QuerySet[ProgrammePage]:
    """The pages of programmes that opted in, by name."""
    open_to_all = ProgrammePage.objects.filter(programme__is_public=True)
    return open_to_all.select_related("programme").order_by("programme__name", "pk")


def published_news(programme: Programme) -> QuerySet[News]:
    """Newest first."""
    return News.objects.filter(programme=programme, published_at__isnull=False)


def published_themes(programme: Programme) -> SharedThemes | None:
    """The version that everybody sees now."""
    newest = SharedThemes.objects.filter(programme=programme).first()
    return newest if newest is not None and newest.withdrawn_at is None else None


def waiting_requests(programme: Programme) -> QuerySet[JoinRequest]:
    """Requests to join that nobody decided about, oldest first."""
    return JoinRequest.objects.filter(programme=programme, state=Asked.WAITING)


def wave_with_trace(code: str) -> Wave | None:
    """The round whose trace page has this address: from the moment that paper with it can hang somewhere."""
    wave = Wave.every.filter(code=code).select_related("organisation", "programme").first()
    if wave is None:
        return None
    if wave.collected != Collected.HERE:
        return wave if told_versions(wave).exists() else None
    is_out = wave.state != WaveState.PLANNED or wave.cards_printed_at is not None
    return wave if is_out else None


def told_versions(wave: Wave) -> QuerySet[ToldTrace]:
    """What was told and not taken back, oldest first."""
    return ToldTrace.objects.filter(wave=wave, taken_back_at__isnull=True)
