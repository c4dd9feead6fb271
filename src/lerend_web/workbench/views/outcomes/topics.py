"""The page about one factor or outcome."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from lerend_web.comments.domain.releasing import released_about
from lerend_web.core.access import open_to
from lerend_web.organisations.domain.circumstances import circumstances_of
from lerend_web.people.requests import PlatformRequest
from lerend_web.workbench.domain.catalogue import help_for
from lerend_web.workbench.domain.outcomes.topics import opened_topic
from lerend_web.workbench.reach import CONTACT
from lerend_web.workbench.views.outcomes.frame import NothingReleased, draw_outcome, seen_by_contact


@open_to(*CONTACT)
@require_safe
def wave_outcome_topic(request: PlatformRequest, wave: int, topic: str) -> HttpResponse:
    try:
        seen = seen_by_contact(request, wave)
        opened = opened_topic(seen.outcome, topic)
    except (NothingReleased, LookupError) as error:
        raise Http404 from error
    numbers = {sheet.path: sheet.number for sheet in seen.outcome.sheets}
    teams = [(team, numbers.get(team.path)) for team in opened.teams]
    context = {"topic": opened, "teams": teams, "scale": topic, "written": released_about(seen.wave, topic)}
    known = circumstances_of(seen.wave.organisation)
    context["help"] = help_for(seen.outcome, topic, known=known, programmes=[seen.wave.programme])
    return draw_outcome(request, seen, "topic", context, page="")
