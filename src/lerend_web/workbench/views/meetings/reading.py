"""A meeting for whoever is asked to come: when, where, the agenda, one's own answer, a calendar file, the minutes."""

from __future__ import annotations

from typing import Any, Final
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from lerend_web.core.access import open_to
from lerend_web.meetings.domain.agenda import agenda_of
from lerend_web.meetings.domain.calendar import calendar_of
from lerend_web.meetings.domain.inviting import answer_oneself
from lerend_web.meetings.domain.minutes import minutes
from lerend_web.meetings.enums import Answer, MeetingKind, MeetingRole, MeetingState
from lerend_web.meetings.models import Decision, Meeting
from lerend_web.meetings.rules import MAY_CHANGE_OPTIONS, READERS, MeetingRefused
from lerend_web.meetings.words import ANSWER_NAMES, KIND_NAMES, ROLE_NAMES, STATE_NAMES
from lerend_web.people.requests import PlatformRequest
from lerend_web.workbench.forms.meetings import InviteForm, OptionForm, OwnAnswerForm
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import person_of
from lerend_web.workbench.views.meetings.carrying_out import themes_context
from lerend_web.workbench.views.meetings.faces import lead_context
from lerend_web.workbench.views.meetings.reach import leads, meeting_to_read
from lerend_web.workbench.views.papers import pdf

DONE: Final[dict[str, Promise]] = {
    "meeting-planned": _("The meeting is planned. Print the cards, and tell people the day."),
    "answered": _("Your answer is written down."),
    "people": _("The list of people is changed."),
    "options": _("The list to choose from is changed."),
    "typed": _("The sheet is kept. Put the paper away: nobody can look at it here again."),
    "taken-back": _("The sheet that was typed in last is thrown away. Type it in again."),
    "decided": _("The decision is written down."),
}
REFUSED: Final = "refused"


@open_to(*READERS)
@require_safe
def meeting(request: PlatformRequest, meeting: int) -> HttpResponse:
    return draw_meeting(request, meeting_to_read(request, meeting))


@open_to(*READERS)
@require_POST
def meeting_answer(request: PlatformRequest, meeting: int) -> HttpResponse:
    found = meeting_to_read(request, meeting)
    form = OwnAnswerForm(request.POST)
    if not form.is_valid():
        return draw_meeting(request, found, answer_form=form)
    role, answer = MeetingRole(form.cleaned_data["role"]), Answer(form.cleaned_data["answer"])
    try:
        answer_oneself(meeting=found, person=person_of(request), role=role, answer=answer, at=request.at)
    except MeetingRefused as refusal:
        return draw_meeting(request, found, refused=refusal)
    return redirect(f"{reverse('meeting', args=[found.pk])}?done=answered")


@open_to(*READERS)
@require_safe
def meeting_calendar(request: PlatformRequest, meeting: int) -> HttpResponse:
    found = meeting_to_read(request, meeting)
    content = calendar_of(found, path=reverse("meeting", args=[found.pk]), at=request.at)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    return answer


@open_to(*READERS)
@require_safe
def meeting_minutes(request: PlatformRequest, meeting: int) -> HttpResponse:
    return pdf(minutes(meeting_to_read(request, meeting)), "minutes")


def draw_meeting(
    request: PlatformRequest, found: Meeting, *, refused: MeetingRefused | None = None, **forms: Any
) -> HttpResponse:
    """The page of a meeting: for whoever leads it with everything to lead it by."""
    is_leader = leads(request, found)
    context: dict[str, Any] = {
        "meeting": found,
        "programme": found.programme,
        "kind": KIND_NAMES[MeetingKind(found.kind)],
        "is_deepening": found.kind == MeetingKind.DEEPENING,
        "state": STATE_NAMES[MeetingState(found.state)],
        "starts": timezone.localtime(found.starts_at, ZoneInfo(found.programme.time_zone)),
        "agenda": agenda_of(found),
        "options": list(found.options.all()),
        "decision": Decision.objects.filter(meeting=found).select_related("option").first(),
        "is_leader": is_leader,
        "is_over": found.state == MeetingState.CLOSED,
        "may_change_options": found.state in MAY_CHANGE_OPTIONS,
        "done": DONE.get(request.GET.get("done", "")),
        "refused": refused.sentence if refused else None,
        "answer_form": OwnAnswerForm(initial=_own_answer(request, found)),
    }
    if is_leader:
        context |= {
            "option_form": OptionForm(meeting=found),
            "invite_form": InviteForm(),
            "invited": [
                (one, ROLE_NAMES[MeetingRole(one.role)], ANSWER_NAMES[Answer(one.answer)])
                for one in found.invited.all()
            ],
            **lead_context(found),
            **themes_context(request, found),
        }
    is_wrong = refused is not None or any(form.errors for form in forms.values())
    status = 400 if is_wrong else 200
    return draw(request, "meetings/meeting", context | forms, organisation=found.organisation, status=status)


def _own_answer(request: PlatformRequest, found: Meeting) -> dict[str, str]:
    mine = found.invited.filter(person=person_of(request)).first()
    return {"role": mine.role, "answer": mine.answer or Answer.YES.value} if mine else {}
