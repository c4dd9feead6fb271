"""What now? One bottleneck has an approach that worked elsewhere; for the other a pilot begins."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lerend_web.core.access import open_to
from lerend_web.demo.company import ZUIVEL
from lerend_web.demo.domain.choice import solved_and_unsolved
from lerend_web.demo.queries import newest_wave
from lerend_web.demo.views.only_demo import only_in_demo
from lerend_web.people.enums import ProgrammeRole
from lerend_web.people.requests import PlatformRequest


@open_to(ProgrammeRole.COORDINATOR)
@require_safe
@never_cache
@only_in_demo
def choice(request: PlatformRequest) -> HttpResponse:
    wave = newest_wave()
    found = solved_and_unsolved(wave.programme) if wave is not None else None
    if wave is None or found is None:
        return render(request, "demo/choice.html", {"found": None})
    about = {"intervention": found.approach.id, "what": found.approach.name}
    about |= {"theme": str(found.chosen.pk)} if found.chosen else {"factor": found.solved.id}
    plan = f"{reverse('action-new', args=[wave.organisation_id])}?{urlencode(about)}"
    told = {"found": found, "programme": wave.programme, "company": ZUIVEL, "plan": plan}
    return render(request, "demo/choice.html", told)
