"""The pilots of the made-up programme: which there are, which can be judged, and whose grade waits."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest

from lerend_web.demo.domain.pilots import NOTHING_FOUND, STORIES
from lerend_web.pilots.enums import GradeState, PilotState
from lerend_web.pilots.models import Pilot


def pilots_of_the_story() -> list[Pilot]:
    """All pilots of the made-up programme, those of a visitor too, the newest first."""
    found = Pilot.objects.filter(programme__is_demo=True).select_related("programme", "verdict", "plan")
    return list(found.prefetch_related("partners__organisation", "grade_changes"))


def pilots_are_made() -> bool:
    """Whether the pilots that are over in the story were judged already: right after the start they are in the making."""
    over = [story.title for story in STORIES if story.is_over]
    judged = Pilot.objects.filter(programme__is_demo=True, title__in=over, grade_changes__isnull=False)
    return judged.distinct().count() == len(over)


def pilot_to_judge(key: str) -> Pilot | None:
    """The pilot of this key; else the one that found nothing; None where nothing can be judged yet."""
    seen = [one for one in pilots_of_the_story() if one.state == PilotState.FINISHED]
    found = next((one for one in seen if one.key == key), None)
    return found or next((one for one in seen if one.title == NOTHING_FOUND.title), None)


def waits_for_signature() -> Pilot | None:
    """A pilot of which the verdict or the new grade waits for the researcher, the first one first."""
    over = Pilot.objects.filter(programme__is_demo=True, state__in=(PilotState.FINISHED, PilotState.STOPPED))
    undecided = Q(verdict__isnull=True) | Q(grade_changes__state=GradeState.PROPOSED.value)
    has_to_be_worked_out = Q(grade_changes__isnull=True) & ~Q(intervention="")
    return over.filter(undecided | has_to_be_worked_out).order_by("pk").first()


def pilot_here(request: HttpRequest) -> Pilot | None:
    """The pilot whose page this is: there the others stand ready."""
    match = request.resolver_match
    if match is None or "pilot" not in match.kwargs:
        return None
    return Pilot.objects.filter(key=match.kwargs["pilot"], programme__is_demo=True).first()
