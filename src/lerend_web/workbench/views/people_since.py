"""How many people came and left since the round before, a team at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lerend_web.core.access import open_to
from lerend_web.people.requests import PlatformRequest
from lerend_web.scans.domain.people_since import CameAndLeft, is_asked, note_people_since, units_asked
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import Refused, Sentence
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import CONTACT, person_of, the_wave

_LONGEST = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A team with what was typed for it, or what is known."""

    pk: int
    name: str
    people: int
    came: str
    left: str
    is_wrong: bool


@open_to(*CONTACT)
@require_http_methods(["GET", "HEAD", "POST"])
def wave_people_since(request: PlatformRequest, wave: int) -> HttpResponse:
    found = the_wave(request, wave, *CONTACT)
    if not is_asked(found):
        raise Http404
    if request.method != "POST":
        return _draw(request, found, _rows(found, None), [])
    rows = _rows(found, request)
    if any(row.is_wrong for row in rows):
        return _draw(request, found, rows, [_("Fill in both numbers for every team. Nobody is a number too: 0.")])
    numbers = {row.pk: CameAndLeft(int(row.came), int(row.left)) for row in rows}
    try:
        note_people_since(wave=found, numbers=numbers, by=person_of(request), at=request.at)
    except Refused as refusal:
        return _draw(request, found, rows, refusal.reasons)
    return redirect(f"{reverse('wave', args=[found.pk])}?done=saved")


def _rows(wave: Wave, request: PlatformRequest | None) -> list[Row]:
    rows = []
    for unit in units_asked(wave):
        if request is None:
            came, left = ("" if number is None else str(number) for number in (unit.came, unit.left))
            wrong = False
        else:
            came, left = (request.POST.get(f"{what}-{unit.pk}", "").strip() for what in ("came", "left"))
            wrong = not all(_is_number(typed) for typed in (came, left))
        rows.append(Row(unit.pk, " \N{RIGHTWARDS ARROW} ".join(unit.path), unit.headcount, came, left, wrong))
    return rows


def _is_number(typed: str) -> bool:
    return typed.isascii() and typed.isdecimal() and len(typed) <= _LONGEST


def _draw(request: PlatformRequest, wave: Wave, rows: list[Row], reasons: Sequence[Sentence]) -> HttpResponse:
    context = {"wave": wave, "rows": rows, "reasons": reasons}
    status = 400 if reasons else 200
    return draw(request, "people_since", context, organisation=wave.organisation, tab="organisation", status=status)
