"""The catalogue of interventions: read-only, for everybody."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lerend_web.core.access import EVERYBODY, open_to
from lerend_web.people.requests import PlatformRequest
from lerend_web.workbench.domain.catalogue import entries, entry_of, topics

LONGEST_SEARCH = 100


@open_to(EVERYBODY)
@require_safe
def catalogue(request: PlatformRequest) -> HttpResponse:
    """``?topic=psychological_safety&q=feedback`` is a part of it."""
    topic, words = request.GET.get("topic", ""), request.GET.get("q", "")[:LONGEST_SEARCH]
    known = topics()
    chosen = topic if topic in dict(known) else ""
    context = {"entries": entries(topic=chosen, words=words), "topics": known, "topic": chosen, "words": words}
    return render(request, "workbench/catalogue/list.html", context)


@open_to(EVERYBODY)
@require_safe
def catalogue_entry(request: PlatformRequest, entry: str) -> HttpResponse:
    try:
        found = entry_of(entry)
    except LookupError as error:
        raise Http404 from error
    return render(request, "workbench/catalogue/entry.html", {"entry": found})
