"""Whoever was asked by mail says here whether they come: no account, no cookie; the code stands behind the #."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lerend_web.core import clock
from lerend_web.core.access import EVERYBODY, open_to
from lerend_web.meetings.domain.invitations import invited_by
from lerend_web.meetings.domain.inviting import write_answer
from lerend_web.meetings.enums import Answer
from lerend_web.meetings.rules import MeetingRefused, NoSeat
from lerend_web.workbench.views.meetings.phones import is_ours, language_of, must_wait, page_for_phones


@open_to(EVERYBODY)
@csrf_exempt  # no cookie gives anybody a right here, so there is nothing that another site could borrow
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_come(request: HttpRequest) -> HttpResponse:
    with translation.override(language_of(request)):
        if request.method != "POST":
            return _page(request, {})
        if not is_ours(request):
            raise BadRequest
        try:
            said = Answer(request.POST.get("answer", ""))
            invited = invited_by(request.POST.get("code", ""))
            write_answer(invited=invited, answer=said, by=None, at=clock.now())
        except (NoSeat, ValueError, MeetingRefused):
            wait = must_wait(request)
            return _page(request, {"must_wait": wait, "refused": True}, status=429 if wait else 400)
        return _page(request, {"answered": said.value, "meeting": invited.meeting})


def _page(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    return page_for_phones(request, "come", context, status=status)
