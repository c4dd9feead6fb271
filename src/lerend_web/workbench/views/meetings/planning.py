"""The meetings of a programme or of one organisation, and planning one."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from lerend_web.core.access import open_to
from lerend_web.meetings.domain.agenda import proposed_for
from lerend_web.meetings.domain.planning import plan_meeting
from lerend_web.meetings.enums import MeetingKind
from lerend_web.meetings.models import Decision, Option
from lerend_web.meetings.queries import meetings_for, meetings_led_by
from lerend_web.meetings.rules import MeetingRefused
from lerend_web.meetings.words import STATE_NAMES
from lerend_web.organisations.models import Organisation
from lerend_web.people.requests import PlatformRequest
from lerend_web.programmes.models import Programme
from lerend_web.workbench.forms.meetings import PlanMeetingForm
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import (
    CONTACT,
    COORDINATOR,
    PROGRAMME_READERS,
    person_of,
    the_organisation,
    the_programme,
)


@open_to(*PROGRAMME_READERS)
@require_safe
def meetings(request: PlatformRequest, programme: int) -> HttpResponse:
    """Those of the programme; not those that companies hold by themselves."""
    found = the_programme(request, programme, *PROGRAMME_READERS)
    mine = person_of(request)
    context = {
        "programme": found,
        "meetings": _with_states(meetings_for(mine).filter(programme=found, organisation=None)),
        "may_plan": the_programme_is_coordinated(request, found),
    }
    return draw(request, "meetings/list", context)


@open_to(*COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_plan(request: PlatformRequest, programme: int) -> HttpResponse:
    return _plan(request, the_programme(request, programme, *COORDINATOR), None)


@open_to(*CONTACT)
@require_safe
def company_meetings(request: PlatformRequest, organisation: int) -> HttpResponse:
    """Those that this organisation holds by itself, and those of its programmes."""
    found, mine = the_organisation(request, organisation, *CONTACT), person_of(request)
    context = {
        "meetings": _with_states(meetings_led_by(mine).filter(organisation=found)),
        "shared": _with_states(meetings_for(mine).filter(organisation=None, programme__in=found.programmes.all())),
        "may_plan": found.programmes.exists(),
    }
    return draw(request, "meetings/list", context, organisation=found, tab="company-meetings")


@open_to(*CONTACT)
@require_http_methods(["GET", "HEAD", "POST"])
def company_meeting_plan(request: PlatformRequest, organisation: int) -> HttpResponse:
    """In the programme of the newest round, else the first one."""
    found = the_organisation(request, organisation, *CONTACT)
    newest = found.waves.order_by("-pk").select_related("programme").first()
    programme = newest.programme if newest else found.programmes.order_by("pk").first()
    if programme is None:
        raise Http404
    return _plan(request, programme, found)


def the_programme_is_coordinated(request: PlatformRequest, programme: Programme) -> bool:
    """Whether this person plans meetings here."""
    return person_of(request).programme_roles.filter(programme=programme, role__in=COORDINATOR).exists()


def _plan(request: PlatformRequest, programme: Programme, organisation: Organisation | None) -> HttpResponse:
    proposed = proposed_for(programme, organisation)
    theme = _deepened(request)
    form = PlanMeetingForm(
        request.POST or None, proposed=proposed, zone=programme.time_zone, initial=_initial(request, theme)
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = plan_meeting(
                programme=programme,
                organisation=organisation,
                kind=MeetingKind(data["kind"]),
                title=data["title"],
                starts_at=form.starts_at(),
                minutes=data["minutes"],
                place=data["place"],
                contact=data["contact"],
                theme=theme.source if theme and theme.name == data["theme_name"] else "",
                theme_name=data["theme_name"],
                options=form.options(),
                by=person_of(request),
                at=request.at,
            )
        except MeetingRefused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            return redirect(f"{reverse('meeting', args=[made.pk])}?done=meeting-planned")
    context = {"programme": programme, "form": form, "proposed": proposed}
    return draw(request, "meetings/plan", context, organisation=organisation, status=400 if form.errors else 200)


def _deepened(request: PlatformRequest) -> Option | None:
    """What an earlier meeting chose, where the way to this page came from there."""
    said = request.GET.get("from", "")
    if not (said.isascii() and said.isdigit() and len(said) < 19):
        return None
    decision = Decision.objects.filter(meeting__in=meetings_led_by(person_of(request)), meeting=int(said)).first()
    return decision.option if decision else None


def _initial(request: PlatformRequest, theme: Option | None) -> dict[str, Any]:
    """What is known already: who plans it, and what it deepens."""
    known = {"contact": person_of(request).name}
    if theme is not None:
        known |= {"kind": MeetingKind.DEEPENING.value, "theme_name": theme.name, "title": theme.name}
    return known


def _with_states(found: Any) -> list[tuple[Any, Any]]:
    return [(one, STATE_NAMES[one.state]) for one in found]
