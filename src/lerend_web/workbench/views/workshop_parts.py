"""What is added to a workshop: sessions, try-outs, remarks; and what becomes of it: a proposal, or a pilot brief."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from lerend_web.community.rules import GROUP_ROLES
from lerend_web.core.access import open_to
from lerend_web.interventions.domain.workshops import (
    cancel_session,
    plan_session,
    propose_from_workshop,
    remark,
    tell_try_out,
)
from lerend_web.interventions.models import Workshop
from lerend_web.interventions.queries import is_maker
from lerend_web.interventions.rules import InterventionRefused
from lerend_web.people.requests import PlatformRequest
from lerend_web.workbench.domain.gaps import brief_of
from lerend_web.workbench.forms.themes import RefusableForm
from lerend_web.workbench.forms.workshops import RemarkForm, SessionForm, TryOutForm
from lerend_web.workbench.reach import PROGRAMME_READERS, person_of
from lerend_web.workbench.views.workshops import draw_workshop, the_workshop


@open_to(*GROUP_ROLES)
@require_POST
def workshop_session(request: PlatformRequest, programme: int, workshop: int) -> HttpResponse:
    one, form = the_workshop(request, programme, workshop), SessionForm(request.POST)
    return _added(request, one, form, plan_session, "session-planned", "session_form", "#sessions")


@open_to(*GROUP_ROLES)
@require_POST
def workshop_session_cancel(request: PlatformRequest, programme: int, workshop: int, session: int) -> HttpResponse:
    one = the_workshop(request, programme, workshop)
    found = one.sessions.filter(pk=session).select_related("workshop__theme").first()
    if found is None:
        raise Http404
    if not is_maker(person_of(request), one.theme):
        return draw_workshop(request, one)
    cancel_session(session=found, by=person_of(request), at=request.at)
    return redirect(f"{_address(one)}?said=session-cancelled#sessions")


@open_to(*GROUP_ROLES)
@require_POST
def workshop_try_out(request: PlatformRequest, programme: int, workshop: int) -> HttpResponse:
    one, form = the_workshop(request, programme, workshop), TryOutForm(request.POST)
    return _added(request, one, form, tell_try_out, "tried-out", "try_form", "#tries")


@open_to(*GROUP_ROLES)
@require_POST
def workshop_remark(request: PlatformRequest, programme: int, workshop: int) -> HttpResponse:
    one, form = the_workshop(request, programme, workshop), RemarkForm(request.POST)
    return _added(request, one, form, remark, "remarked", "remark_form", "#remarks")


@open_to(*GROUP_ROLES)
@require_POST
def workshop_propose(request: PlatformRequest, programme: int, workshop: int) -> HttpResponse:
    """A draft of a proposal with the newest version filled in."""
    one = the_workshop(request, programme, workshop)
    if not is_maker(person_of(request), one.theme):
        return draw_workshop(request, one)
    try:
        made = propose_from_workshop(workshop=one, by=person_of(request), at=request.at)
    except InterventionRefused as refusal:
        return draw_workshop(request, one, refused=str(refusal.sentence), status=400)
    return redirect(f"{reverse('proposal', args=[programme, made.pk])}?said=from-workshop")


@open_to(*PROGRAMME_READERS)
@require_safe
def workshop_brief(request: PlatformRequest, programme: int, workshop: int, factor: str) -> HttpResponse:
    """To the brief of a pilot about a factor of the theme; back with a word where there is none to make."""
    one = the_workshop(request, programme, workshop)
    if not is_maker(person_of(request), one.theme):
        return draw_workshop(request, one)
    try:
        brief_of(one.programme, factor)
    except LookupError:
        return redirect(f"{_address(one)}?said=no-brief")
    return redirect(f"{reverse('programme-brief', args=[programme, factor])}?workshop={one.pk}")


def _added(
    request: PlatformRequest, one: Workshop, form: RefusableForm, verb: Any, said: str, name: str, place: str
) -> HttpResponse:
    if not is_maker(person_of(request), one.theme):
        return draw_workshop(request, one)
    if form.is_valid():
        try:
            verb(workshop=one, **form.cleaned_data, by=person_of(request), at=request.at)
        except InterventionRefused as refusal:
            form.show(refusal.field, refusal.sentence)
        else:
            return redirect(f"{_address(one)}?said={said}{place}")
    forms: dict[str, Any] = {name: form}
    return draw_workshop(request, one, **forms, status=400)


def _address(one: Workshop) -> str:
    return reverse("workshop", args=[one.programme_id, one.pk])
