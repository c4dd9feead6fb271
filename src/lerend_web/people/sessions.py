"""How long somebody stays signed in: half an hour without doing anything, and never more than twelve hours."""

from __future__ import annotations

import time
from typing import Final

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest

IDLE: Final = 30 * 60
LONGEST: Final = 12 * 3600
_WRITTEN_EVERY: Final = 60
"""Seconds: a session is not written to the database for every page."""


def end_when_stale(request: HttpRequest) -> None:
    """Sign out a session that was left alone or is too old. The real clock counts, not the demo's."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or SESSION_KEY not in request.session:
        return
    moment = time.time()
    started = request.session.setdefault("started", moment)
    seen = request.session.setdefault("seen", moment)
    if moment - seen > IDLE or moment - started > LONGEST:
        logout(request)
    elif moment - seen > _WRITTEN_EVERY:
        request.session["seen"] = moment
