"""From a decision to the themes of the programme: what would change, and the one click that changes it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from lerend_web.core.access import open_to
from lerend_web.meetings.models import Decision, Meeting
from lerend_web.meetings.rules import LEADERS
from lerend_web.people.requests import PlatformRequest
from lerend_web.themes.domain.from_meetings import carry_out, consequence_of
from lerend_web.themes.rules import ThemesRefused
from lerend_web.workbench.forms.carrying_out import CarryOutForm
from lerend_web.workbench.forms.themes import show_refusal
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import person_of
from lerend_web.workbench.views.meetings.reach import meeting_to_lead


@open_to(*LEADERS)
@require_POST
def meeting_themes(request: PlatformRequest, meeting: int) -> HttpResponse:
    """Only for a meeting of the programme, so only for whoever coordinates it."""
    found = meeting_to_lead(request, meeting)
    context = themes_context(request, found, request.POST)
    if not context:
        raise Http404
    form: CarryOutForm = context["themes_form"]
    if form.is_valid():
        data = form.cleaned_data
        try:
            theme = carry_out(
                meeting=found,
                owner=form.chosen_owner(),
                next_on=data.get("next_on"),
                put_off=form.options_put_off(),
                by=person_of(request),
                at=request.at,
            )
        except ThemesRefused as refusal:
            show_refusal(form, refusal)
        else:
            programme = found.programme_id
            return redirect(
                f"{reverse('theme', args=[programme, theme.pk])}?said=theme-decided"
                if theme
                else reverse("themes", args=[programme])
            )
    return draw(request, "meetings/themes", {"meeting": found, "programme": found.programme, **context}, status=400)


def themes_context(request: PlatformRequest, meeting: Meeting, sent: Any = None) -> dict[str, Any]:
    """What the decision means for the themes, with its form; nothing where it means nothing."""
    if meeting.organisation_id is not None:
        return {}
    found = consequence_of(meeting)
    if found is None:
        return {}
    decision = Decision.objects.select_related("meeting__programme").get(meeting=meeting)
    form = CarryOutForm(sent, found=found, decision=decision, reader=person_of(request))
    return {"consequence": found, "themes_form": form}
