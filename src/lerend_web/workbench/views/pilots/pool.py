"""Offering one's team for a pilot: the page for phones, the cards, and the names for the teacher who is the partner."""

from __future__ import annotations

from typing import Any, Final

import segno
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lerend_web.core import clock
from lerend_web.core.access import EVERYBODY, open_to
from lerend_web.core.addresses import absolute
from lerend_web.core.limits import AMinute
from lerend_web.people.enums import ProgrammeRole, Role
from lerend_web.people.requests import PlatformRequest
from lerend_web.pilots.domain.pool import (
    NoPool,
    close_pool,
    code_of,
    names_in,
    offer,
    open_pool,
    pool_behind,
    remove_offer,
)
from lerend_web.pilots.models import Pilot, Pool
from lerend_web.pilots.rules import EDITORS, PilotRefused
from lerend_web.workbench.forms.pilot_plan import OfferForm, PoolForm
from lerend_web.workbench.reach import person_of
from lerend_web.workbench.views.meetings.phones import is_ours, language_of
from lerend_web.workbench.views.pilots.frame import draw_pilot, may_edit, the_pilot

FROM_ONE: Final = AMinute(20)
"""Wrong codes from one address."""
FROM_ALL: Final = AMinute(300)
"""From everybody together."""
ON_A_SHEET: Final = 8
POOL_READERS: Final[tuple[Role, ...]] = (*EDITORS, ProgrammeRole.TEACHER)
_EVERYBODY: Final = ""


@open_to(EVERYBODY)
@csrf_exempt  # no cookie gives anybody a right here, so there is nothing that another site could borrow
@require_http_methods(["GET", "HEAD", "POST"])
def volunteer(request: HttpRequest) -> HttpResponse:
    """A field for the code; with it the form; then thanks. The code stands behind the # and travels in the body."""
    with translation.override(language_of(request)):
        if request.method != "POST":
            return _page(request, {})
        if not is_ours(request):
            raise BadRequest
        if _is_over(request):
            return _page(request, {"must_wait": True}, status=429)
        try:
            pool = pool_behind(request.POST.get("code", ""), at=clock.now())
        except NoPool:
            return _unknown(request)
        return _offered(request, pool)


@open_to(*POOL_READERS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pilot_pool(request: PlatformRequest, pilot: str) -> HttpResponse:
    """Editors open the pool; the partner of the school reads who offered themselves, nobody else does."""
    found = the_pilot(request, pilot, *POOL_READERS)
    if request.method == "POST" and not may_edit(request, found):
        return _draw(request, found, status=403)
    form = PoolForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            open_pool(pilot=found, closes_on=form.cleaned_data["closes_on"], by=person_of(request), at=request.at)
        except PilotRefused as refusal:
            form.show(refusal.field, refusal.sentence)
        else:
            return _back(found, "pool-open")
    return _draw(request, found, form=form, status=400 if form.errors else 200)


@open_to(*POOL_READERS)
@require_POST
def pilot_pool_close(request: PlatformRequest, pilot: str) -> HttpResponse:
    found = the_pilot(request, pilot, *POOL_READERS)
    pool = _pool_of(found)
    if pool is None:
        return _draw(request, found)
    try:
        close_pool(pool=pool, by=person_of(request), at=request.at)
    except PilotRefused as refusal:
        return _draw(request, found, refused=str(refusal.sentence), status=400)
    return _back(found, "pool-closed")


@open_to(*POOL_READERS)
@require_POST
def pilot_pool_remove(request: PlatformRequest, pilot: str, volunteer: int) -> HttpResponse:
    found = the_pilot(request, pilot, *POOL_READERS)
    pool = _pool_of(found)
    if pool is None:
        return _draw(request, found)
    try:
        remove_offer(pool=pool, volunteer=volunteer, by=person_of(request), at=request.at)
    except PilotRefused as refusal:
        return _draw(request, found, refused=str(refusal.sentence), status=400)
    return _back(found, "offer-removed")


@open_to(*POOL_READERS)
@require_safe
def pilot_pool_cards(request: PlatformRequest, pilot: str) -> HttpResponse:
    """A sheet of cards to print, all the same: who takes one gives nothing away by it."""
    found = the_pilot(request, pilot, *POOL_READERS)
    pool = _pool_of(found)
    if pool is None or pool.closed_at is not None:
        return _draw(request, found)
    code, address = code_of(found), absolute(reverse("volunteer"))
    context = {
        "pool": pool,
        "code": code,
        "address": address,
        "square": _square(f"{address}#{code}"),
        "cards": range(ON_A_SHEET),
    }
    return draw_pilot(request, "pool_cards", found, context, page="pilot-pool")


def _offered(request: HttpRequest, pool: Pool) -> HttpResponse:
    """The form for whoever has the right code, or thanks once it is filled in."""
    teams = list(pool.pilot.teams.select_related("organisation").order_by("organisation__name", "name"))
    sends = "name" in request.POST
    form = OfferForm(request.POST if sends else None, teams=teams, initial={"code": request.POST.get("code", "")})
    context = {"pool": pool, "pilot": pool.pilot, "form": form}
    if not (sends and form.is_valid()):
        return _page(request, context, status=400 if form.errors else 200)
    data = form.cleaned_data
    try:
        offer(code=data["code"], name=data["name"], reach=data["reach"], team=form.own_team(), at=clock.now())
    except NoPool:
        return _unknown(request)
    except PilotRefused as refusal:
        form.show(refusal.field, refusal.sentence)
        return _page(request, context, status=400)
    return _page(request, {"pilot": pool.pilot, "thanks": True})


def _unknown(request: HttpRequest) -> HttpResponse:
    """A wrong code and one of a closed pool look the same; too many of them have to wait."""
    FROM_ONE.count(str(request.META.get("REMOTE_ADDR", "")))
    FROM_ALL.count(_EVERYBODY)
    return _page(request, {"unknown": True, "code": request.POST.get("code", "")[:64]}, status=400)


def _is_over(request: HttpRequest) -> bool:
    return FROM_ONE.is_over(str(request.META.get("REMOTE_ADDR", ""))) or FROM_ALL.is_over(_EVERYBODY)


def _page(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Drawn without the request: it cannot depend on who is signed in."""
    shown = context | {"languages": settings.LANGUAGES, "asked_language": request.GET.get("lang", "")}
    answer = HttpResponse(render_to_string("workbench/pilots/volunteer.html", shown), status=status)
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _pool_of(found: Pilot) -> Pool | None:
    return Pool.objects.filter(pilot=found).select_related("pilot").first()


def _back(found: Pilot, said: str) -> HttpResponse:
    return redirect(f"{reverse('pilot-pool', args=[found.key])}?said={said}")


def _draw(
    request: PlatformRequest, found: Pilot, *, form: PoolForm | None = None, refused: str = "", status: int = 200
) -> HttpResponse:
    person, pool = person_of(request), _pool_of(found)
    reads = pool is not None and found.partner_id == person.pk
    context = {
        "pool": pool,
        "reads": reads,
        "volunteers": names_in(pool, by=person) if pool is not None and reads else [],
        "form": form or PoolForm(initial={"closes_on": pool.closes_on if pool else None}),
        "has_teams": found.teams.exists(),
        "refused": refused,
    }
    return draw_pilot(request, "pool", found, context, page="pilot-pool", status=status)


def _square(text: str) -> SafeString:
    """Dark on light in both colour schemes: phones read no inverted codes."""
    drawn = segno.make(text, error="m")
    title = gettext("The same address and code as a square to scan")
    svg = drawn.svg_inline(omitsize=True, dark="#000", light="#fff", svgclass=None, lineclass=None, title=title)
    return mark_safe(svg)  # noqa: S308 -- drawn by the library from dark and light squares; the text is not in it
