"""What pages load when they first need it, loaded before anybody waits for it."""

from __future__ import annotations

import logging
import threading
from importlib import import_module
from typing import Final

from django.db import DatabaseError, connections
from django.urls import get_resolver

from lerend.errors import LerendError
from lerend.report.html import prepare_parts
from lerend_web.instruments.domain.source import instrument_of, model_of
from lerend_web.interventions.domain.catalogue import packaged
from lerend_web.scans.domain.releasing import KEPT_IN_MEMORY, read
from lerend_web.scans.models import StoredRelease

HEAVY: Final = ("scipy.special", "scipy.linalg", "scipy.optimize")
"""Parts of SciPy behind pages. The library imports them where it needs them, so that a command that needs none is quick."""


def load_ahead() -> threading.Thread:
    """Begin loading beside the first requests: whoever comes at once waits for what is theirs only."""
    loading = threading.Thread(target=_load, name="loading ahead", daemon=True)
    loading.start()
    return loading


def _load() -> None:
    assert get_resolver().url_patterns  # noqa: S101 -- asking for them imports every view
    model_of(packaged().model)
    for name in HEAVY:
        import_module(name)
    prepare_parts()
    try:
        _read_releases()
    except (DatabaseError, LerendError):
        # Whoever asks for what is not there, or was changed, is told so then.
        logging.getLogger(__name__).warning("not all releases were read ahead", exc_info=True)
    finally:
        connections.close_all()


def _read_releases() -> None:
    """The newest ones, of which pages over all companies need one each: an old one that is asked for is read then."""
    newest = StoredRelease.objects.defer("content").select_related("wave").order_by("-made_at")
    for stored in newest[:KEPT_IN_MEMORY]:
        read(stored)
        instrument_of(stored.wave.instrument)
