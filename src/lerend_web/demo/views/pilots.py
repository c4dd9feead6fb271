"""The last part of the story: three pilots, one of them judged three times, and the grade that waits for a signature."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lerend_web.core.access import EVERYBODY, open_to
from lerend_web.demo.domain.cast import cast_now
from lerend_web.demo.domain.pilot_steps import Due, due_in_pilot, let_companies_agree, let_months_pass
from lerend_web.demo.domain.three_judges import judged_three_times
from lerend_web.demo.judges_picture import picture_of
from lerend_web.demo.pilot_queries import pilot_to_judge, pilots_are_made, pilots_of_the_story, waits_for_signature
from lerend_web.demo.views.only_demo import only_in_demo
from lerend_web.people.enums import ProgrammeRole
from lerend_web.people.requests import PlatformRequest
from lerend_web.pilots.models import Pilot
from lerend_web.pilots.queries import pilots_for
from lerend_web.pilots.rules import PilotRefused
from lerend_web.programmes.models import Programme


@open_to(EVERYBODY)
@require_safe
@never_cache
@only_in_demo
def pilots(request: PlatformRequest) -> HttpResponse:
    """The pilots of the made-up programme; right after the start they are still being made."""
    found = pilots_of_the_story()
    return render(request, "demo/pilots.html", {"pilots": found, "is_making": not pilots_are_made()})


@open_to(EVERYBODY)
@require_safe
@never_cache
@only_in_demo
def judged(request: PlatformRequest) -> HttpResponse:
    """``?pilot=``: of which pilot; else of the one that found nothing."""
    pilot = pilot_to_judge(request.GET.get("pilot", ""))
    found = judged_three_times(pilot) if pilot is not None else None
    told = {
        "pilot": pilot,
        "found": found,
        "picture": picture_of(found) if found is not None else None,
        "all": pilots_of_the_story(),
    }
    return render(request, "demo/judged.html", told)


@open_to(ProgrammeRole.RESEARCHER)
@require_safe
@never_cache
@only_in_demo
def grade(request: PlatformRequest) -> HttpResponse:
    """The way to the verdict or grade that waits; to the evidence where nothing does."""
    waits = waits_for_signature()
    if waits is None:
        return redirect("demo-evidence")
    return redirect("pilot-grade" if hasattr(waits, "verdict") else "pilot-verdict", pilot=waits.key)


@open_to(ProgrammeRole.RESEARCHER, ProgrammeRole.COORDINATOR)
@require_safe
@never_cache
@only_in_demo
def evidence(request: PlatformRequest) -> HttpResponse:
    """The way to what the pilots of the programme found."""
    return redirect("evidence", programme=Programme.objects.get(is_demo=True).pk)


@open_to(ProgrammeRole.COORDINATOR)
@require_POST
@only_in_demo
def others(request: PlatformRequest) -> HttpResponse:
    """Whatever comes next for the others: the companies say yes, or the months pass until all are measured."""
    pilot, cast = _led(request), cast_now()
    due = due_in_pilot(pilot)
    try:
        if due is Due.AGREE:
            let_companies_agree(pilot, at=request.at)
            return redirect("pilot-companies", pilot=pilot.key)
        if due is Due.CARRY_OUT and cast is not None:
            let_months_pass(pilot, cast)
    except PilotRefused:
        pass  # it went on meanwhile, in another tab: the page shows where the pilot is
    return redirect(reverse("pilot-result", args=[pilot.key]))


def _led(request: PlatformRequest) -> Pilot:
    person, key = request.person, request.POST.get("pilot", "")
    mine = pilots_for(person, ProgrammeRole.COORDINATOR) if person is not None else Pilot.objects.none()
    found = mine.filter(key=key, programme__is_demo=True).first()
    if found is None:
        raise Http404
    return found
