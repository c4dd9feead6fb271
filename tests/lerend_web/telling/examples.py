"""Examples for the routes of what is told to everybody; `routes.py` registers them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from lerend_web.core.clock import now
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import Wave
from lerend_web.telling.models import JoinRequest, News, ProgrammePage
from lerend_web.urn.passes import new_public_code
from tests.lerend_web.actors import Place
from tests.lerend_web.released import some_outcome


def _programme(where: Place) -> dict[str, Any]:
    return {"programme": where.programme.pk}


def _news(where: Place) -> dict[str, Any]:
    return {"programme": where.programme.pk, "news": a_piece_of_news(where).pk}


def _join_request(where: Place) -> dict[str, Any]:
    asked = JoinRequest.objects.create(
        programme=where.programme, company="Late Ltd", email="late@example.org", people=30, asked_at=now()
    )
    return {"programme": where.programme.pk, "asked": asked.pk}


def _closed_round(where: Place) -> dict[str, Any]:
    known = Wave.objects.filter(organisation=where.organisation, releases__isnull=False).first()
    return {"wave": (known or some_outcome(where.organisation, where.programme)).pk}


def _public_page(where: Place) -> dict[str, Any]:
    return {"page": a_public_page(where).slug}


def _public_news(where: Place) -> dict[str, Any]:
    return {"page": a_public_page(where).slug, "news": a_piece_of_news(where).pk}


def _feed(where: Place) -> dict[str, Any]:
    return {"page": a_public_page(where).slug, "language": "nl"}


def _trace(where: Place) -> dict[str, Any]:
    return {"code": an_open_round(where).code}


def an_open_round(where: Place) -> Wave:
    return Wave.objects.create(
        organisation=where.organisation,
        programme=where.programme,
        code=new_public_code(),
        name="Autumn",
        opens_on=date(2026, 9, 7),
        closes_on=date(2026, 9, 25),
        heard_back_on=date(2026, 10, 16),
        state=WaveState.OPEN,
    )


def a_public_page(where: Place) -> ProgrammePage:
    """Of a programme that everybody can find."""
    where.programme.is_public = True
    where.programme.save()
    slug = f"programme-{where.programme.pk}"
    page, _is_new = ProgrammePage.objects.get_or_create(
        programme=where.programme, defaults={"slug": slug, "text_nl": "Wat het is.", "text_en": "What it is."}
    )
    return page


def a_piece_of_news(where: Place) -> News:
    return News.objects.create(
        programme=where.programme, title_nl="Nieuws", text_nl="Iets nieuws.", changed_at=now(), published_at=now()
    )


TELLING_ROUTES: Final[tuple[tuple[tuple[str, ...], Callable[[Place], dict[str, Any]]], ...]] = (
    (("public-page", "public-text", "public-switch", "public-themes", "public-themes-withdraw"), _programme),
    (("news-new", "join-requests"), _programme),
    (("news-edit", "news-publish", "news-unpublish"), _news),
    (("join-request", "join-request-aside"), _join_request),
    (("wave-tell", "wave-tell-preview", "wave-tell-publish", "wave-tell-take-back"), _closed_round),
    (("public-programme", "public-join", "public-asked"), _public_page),
    (("public-news",), _public_news),
    (("public-feed",), _feed),
    (("trace",), _trace),
)
