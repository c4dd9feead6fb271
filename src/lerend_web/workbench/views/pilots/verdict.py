"""The verdict on a pilot: what the frozen rule says, for a researcher to sign."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from lerend_web.core.access import open_to
from lerend_web.instruments.domain.faults import language
from lerend_web.people.requests import PlatformRequest
from lerend_web.pilots.domain.finding import finding_of
from lerend_web.pilots.domain.grades import propose_grade, why_not_propose
from lerend_web.pilots.domain.verdict_told import VERDICTS, process_of, rule_of, told_verdict
from lerend_web.pilots.domain.verdicts import judged, sign_verdict
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import Pilot
from lerend_web.pilots.rules import SIGNERS, PilotRefused
from lerend_web.scans.rules import day_of
from lerend_web.workbench.forms.pilot_results import SignForm
from lerend_web.workbench.reach import person_of
from lerend_web.workbench.views.pilots.frame import the_pilot
from lerend_web.workbench.views.pilots.result import NO_PLAN, draw_outcome


@open_to(*SIGNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def pilot_verdict(request: PlatformRequest, pilot: str) -> HttpResponse:
    """What the rule says of the last look. It is signed as it is, or not yet."""
    found = the_pilot(request, pilot, *SIGNERS)
    if found.state == PilotState.DRAFT:
        return draw_outcome(request, "no_result", found, {"refused": NO_PLAN}, page="pilot-result", status=400)
    form = SignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sign_verdict(found, by=person_of(request), at=request.at, note=form.cleaned_data["note"])
            if why_not_propose(found) is None:
                propose_grade(pilot=found, at=request.at)
        except PilotRefused as refusal:
            return _draw(request, found, form, refused=str(refusal.sentence), status=400)
        return redirect(f"{reverse('pilot-result', args=[found.key])}?said=signed")
    return _draw(request, found, form, status=400 if form.errors else 200)


def _draw(
    request: PlatformRequest, pilot: Pilot, form: SignForm, *, refused: str = "", status: int = 200
) -> HttpResponse:
    signed = told_verdict(pilot)
    context = {
        "finding": finding_of(pilot),
        "verdict": signed,
        "rule": rule_of(pilot),
        "process": process_of(pilot, today=day_of(request.at, pilot.programme.time_zone)),
        "form": form,
        "refused": refused,
        **({} if signed else _proposed(pilot)),
    }
    return draw_outcome(request, "verdict", pilot, context, page="pilot-result", status=status)


def _proposed(pilot: Pilot) -> dict[str, object]:
    """What the rule says now, or why it says nothing yet."""
    try:
        found = judged(pilot)
    except PilotRefused as refusal:
        return {"too_early": str(refusal.sentence)}
    return {"word": VERDICTS[found.verdict.value], "why": [one.in_language(language()) for one in found.why]}
