"""What every page of a request needs: which wave, in which language, on a shared device or not."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from lerend_web.answering.domain.carried import known_as
from lerend_web.answering.domain.forms import languages_of
from lerend_web.answering.languages import known_languages
from lerend_web.urn.documents import WaveDocument
from lerend_web.urn.domain import last_day
from lerend_web.urn.domain.boxes import NoSuchWave, NotTaking
from lerend_web.urn.queries import KnownWave, known_wave


@dataclass(frozen=True, slots=True)
class Visit:
    """One request for a page of one wave."""

    document: WaveDocument
    is_taking: bool
    language: str
    is_kiosk: bool
    path: str
    asked: str

    @property
    def questionnaire(self) -> str:
        """The name by which this process finds the wave's questionnaire."""
        return known_as(self.document)

    @property
    def keep(self) -> str:
        """The query that links carry on: language if it was asked for, and the kiosk."""
        return kept_query(self.asked, is_kiosk=self.is_kiosk)

    @property
    def key(self) -> tuple[object, ...]:
        """Everything that a page of this wave can differ in, besides its template."""
        return (self.document.text, self.is_taking, self.language, self.is_kiosk, self.asked)

    def address(self, name: str) -> str:
        return reverse(name, args=[self.document.wave]) + self.keep

    def context(self) -> dict[str, Any]:
        offered = languages_of(self.questionnaire, tuple(known_languages()))
        return shared_context(self.language, self.is_kiosk, self.asked) | {
            "languages": [
                {
                    "code": one.code,
                    "name": known_languages()[one.code],
                    "is_draft": one.is_draft,
                    "href": self.path + kept_query(one.code, is_kiosk=self.is_kiosk),
                }
                for one in offered
            ],
            "wave": _wave_context(self.document, is_taking=self.is_taking),
        }


def visit_of(request: HttpRequest, wave: str, *, must_take: bool = True) -> Visit:
    """The visit that this request is.

    Raises:
        NoSuchWave: nobody knows the wave.
        NotTaking: it is closed or its last day is over, and `must_take`.
    """
    known = _known(wave, must_take=must_take)
    has = {one.code for one in languages_of(known_as(known.document), tuple(known_languages()))}
    language, asked = translation.get_language() or "nl", asked_language(request)
    if language not in has:
        language = "nl"
        translation.activate(language)  # the page around the questions speaks as they do
    path = reverse("start", args=[wave]) if request.method == "POST" else request.path
    return Visit(known.document, known.is_taking, language, is_kiosk(request), path, asked)


def asked_language(request: HttpRequest) -> str:
    """The language that somebody chose, not the browser's own."""
    asked = request.GET.get("lang", "") or request.POST.get("lang", "")
    return asked if asked in known_languages() else ""


def is_kiosk(request: HttpRequest) -> bool:
    return "1" in (request.GET.get("kiosk"), request.POST.get("kiosk"))


def kept_query(language: str, *, is_kiosk: bool) -> str:
    kept = {"lang": language} if language else {}
    kept |= {"kiosk": "1"} if is_kiosk else {}
    return f"?{urlencode(kept)}" if kept else ""


def shared_context(language: str, is_kiosk: bool, asked: str) -> dict[str, Any]:  # noqa: FBT001 -- three words of one visit
    return {"language": language, "kiosk": is_kiosk, "keep": kept_query(asked, is_kiosk=is_kiosk)}


def _known(wave: str, *, must_take: bool) -> KnownWave:
    known = known_wave(wave)
    if known is None:
        raise NoSuchWave
    if last_day.is_over(known.document.takes_until, at=last_day.now()):
        known = KnownWave(known.document, is_taking=False)
    if must_take and not known.is_taking:
        raise NotTaking
    return known


def _wave_context(document: WaveDocument, *, is_taking: bool) -> dict[str, Any]:
    modes = {group.mode for group in document.key_groups}
    digest = document.promise_digest
    return {
        "code": document.wave,
        "organisation": document.organisation,
        "instrument": document.instrument,
        "k": document.k,
        "closes_on": document.closes_on,
        "heard_back_on": document.heard_back_on,
        "promise_digest": digest,
        "promise_words": " ".join(digest[place : place + 4] for place in range(0, len(digest), 4)),
        "mode": modes.pop() if len(modes) == 1 else "both",
        "takes": is_taking,
        "takes_comments": document.takes_comments,
        "is_trial": document.is_trial,
        "trace_url": _trace_address(document),
        "story_url": _story_address() if _is_demo(document.text) else "",
    }


def _story_address() -> str:
    return str(getattr(settings, "STORY_ADDRESS", ""))  # a setting of door 2 alone


def _trace_address(document: WaveDocument) -> str:
    """The public page of this round; the platform keeps it under the same code. A trial has none."""
    address = str(getattr(settings, "TRACE_ADDRESS", "")).rstrip("/")  # a setting of door 2 alone
    return f"{address}/trace/{document.wave}" if address and not document.is_trial else ""


@lru_cache(maxsize=256)
def _is_demo(document: str) -> bool:
    """Whether the wave's own document says so: only then a page leads back to where the demo is played."""
    return json.loads(document).get("is_demo") is True
