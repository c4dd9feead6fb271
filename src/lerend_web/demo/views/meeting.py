"""Arjen leads the meeting on its real page; fourteen made-up phones stand ready to play along."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lerend_web.core.access import open_to
from lerend_web.demo.domain.meeting import Due, due_in, let_phones_join, let_phones_rate, let_the_room_decide
from lerend_web.demo.queries import the_meeting
from lerend_web.demo.views.only_demo import only_in_demo
from lerend_web.meetings.models import Meeting
from lerend_web.meetings.queries import meetings_led_by
from lerend_web.meetings.rules import MeetingRefused, NoSeat
from lerend_web.people.enums import ProgrammeRole
from lerend_web.people.requests import PlatformRequest


@open_to(ProgrammeRole.COORDINATOR)
@require_safe
@never_cache
@only_in_demo
def meeting(request: PlatformRequest) -> HttpResponse:
    """The way to the page of the meeting."""
    found = the_meeting()
    if found is None:
        raise Http404
    return redirect("meeting", meeting=found.pk)


@open_to(ProgrammeRole.COORDINATOR)
@require_POST
@only_in_demo
def phones(request: PlatformRequest) -> HttpResponse:
    """Whatever comes next for them: join, rate, or once all is revealed let the room decide."""
    found = _led(request)
    due = due_in(found)
    try:
        if due is Due.JOIN:
            let_phones_join(found)
        elif due is Due.RATE:
            let_phones_rate(found)
        elif due is Due.DECIDE and request.person is not None:
            let_the_room_decide(found, by=request.person, at=request.at)
    except (MeetingRefused, NoSeat):
        pass  # the round ended meanwhile, in another tab: the page shows where the meeting is
    return redirect("meeting", meeting=found.pk)


def _led(request: PlatformRequest) -> Meeting:
    wanted = request.POST.get("meeting", "")
    if request.person is None or not (wanted.isascii() and wanted.isdigit() and len(wanted) < 19):
        raise Http404
    found = meetings_led_by(request.person).filter(pk=int(wanted), programme__is_demo=True, organisation=None).first()
    if found is None:
        raise Http404
    return found
