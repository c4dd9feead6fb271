"""The catalogue of interventions: read-only, for everybody; two or three entries beside each other."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lerend_web.core.access import EVERYBODY, open_to
from lerend_web.interventions.queries import may_propose, programmes_shown_to
from lerend_web.interventions.rules import PROPOSERS
from lerend_web.people.requests import PlatformRequest
from lerend_web.pilots.domain.evidence_here import evidence_here
from lerend_web.programmes.models import Programme
from lerend_web.themes.queries import programmes_reached
from lerend_web.workbench.domain.catalogue import Entry, entries, entry_of, topics

LONGEST_SEARCH: Final = 100
MOST_COMPARED: Final = 3


@open_to(EVERYBODY)
@require_safe
def catalogue(request: PlatformRequest) -> HttpResponse:
    """``?topic=psychological_safety&q=feedback`` is a part of it; with the own entries of programmes that are public."""
    topic, words = request.GET.get("topic", ""), request.GET.get("q", "")[:LONGEST_SEARCH]
    known = topics()
    chosen = topic if topic in dict(known) else ""
    rows = entries(topic=chosen, words=words, programmes=programmes_shown_to(request.person))
    context = {"entries": rows, "topics": known, "topic": chosen, "words": words, "proposes": _proposes(request)}
    return render(request, "workbench/catalogue/list.html", context)


@open_to(EVERYBODY)
@require_safe
def catalogue_entry(request: PlatformRequest, entry: str) -> HttpResponse:
    """``?version=1`` is an earlier version of an own entry."""
    found = _entry(request, entry, request.GET.get("version", ""))
    person, programme = request.person, found.programme
    can_better = person is not None and programme is not None and found.is_newest and may_propose(person, programme)
    here = evidence_here(person, found.row.id, at=request.at)
    context = {"entry": found, "can_better": can_better, "here": here}
    return render(request, "workbench/catalogue/entry.html", context)


@open_to(EVERYBODY)
@require_safe
def catalogue_compare(request: PlatformRequest) -> HttpResponse:
    """``?entry=…&entry=…``: two or three; with fewer or more it says how to choose."""
    chosen = list(dict.fromkeys(request.GET.getlist("entry")))
    is_right = 2 <= len(chosen) <= MOST_COMPARED
    context = {"compared": [_entry(request, one) for one in chosen] if is_right else [], "chosen": len(chosen)}
    return render(request, "workbench/catalogue/compare.html", context)


def _proposes(request: PlatformRequest) -> list[Programme]:
    """Programmes to whose catalogue the reader can propose something."""
    return [] if request.person is None else list(programmes_reached(request.person, *PROPOSERS))


def _entry(request: PlatformRequest, id: str, version: str = "") -> Entry:
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 6 else None
    try:
        return entry_of(id, programmes=programmes_shown_to(request.person), version=number)
    except LookupError as error:
        raise Http404 from error
