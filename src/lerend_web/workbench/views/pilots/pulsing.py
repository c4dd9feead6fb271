"""Short pulses about a pilot, in one company: planned as one series, with the arms of its teams."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from lerend_web.core.access import open_to
from lerend_web.organisations.models import Organisation
from lerend_web.people.requests import PlatformRequest
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import Pilot
from lerend_web.pulses.domain.planning import plan_series
from lerend_web.pulses.domain.questions import asked, questions_about
from lerend_web.pulses.domain.subject import Subject
from lerend_web.pulses.rules import PLANNERS, TooFewForAPulse
from lerend_web.scans.rules import Refused, Sentence
from lerend_web.workbench.forms.pilot_running import PilotSeriesForm
from lerend_web.workbench.reach import person_of
from lerend_web.workbench.views.pilots.frame import companies_spoken_for, the_pilot
from lerend_web.workbench.views.pilots.running import draw_part, today_in


@open_to(*PLANNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def pilot_pulse_plan(request: PlatformRequest, pilot: str, organisation: int) -> HttpResponse:
    """One form for all pulses. Where too few people work, the questions are there for a talk."""
    found = the_pilot(request, pilot, *PLANNERS)
    company = _the_company(request, found, organisation)
    about = Subject(company, found.title, intervention=found.intervention, factor=found.factor, pilot=found.key)
    form = PilotSeriesForm(request.POST or None, pilot=found, organisation=company, today=today_in(request, found))
    too_few: tuple[Sentence, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            series = plan_series(
                about=about, programme=found.programme, plan=form.plan(), by=person_of(request), at=request.at
            )
        except TooFewForAPulse as refusal:
            too_few = refusal.reasons
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect(f"{reverse('pulses', args=[company.pk, series.pk])}?said=series-planned")
    context = {
        "form": form,
        "company": company,
        "questions": asked(questions_about(about).texts),
        "too_few": too_few,
    }
    return draw_part(request, "pulse_plan", found, context, status=400 if form.errors or too_few else 200)


def _the_company(request: PlatformRequest, pilot: Pilot, organisation: int) -> Organisation:
    """A company that takes part in a pilot that goes on, for which this person speaks."""
    partner = pilot.partners.exclude(agreed_at=None).filter(organisation=organisation, compares=False)
    found = partner.select_related("organisation").first()
    goes_on = pilot.state in {PilotState.FROZEN, PilotState.RUNNING}
    if found is None or not goes_on or organisation not in companies_spoken_for(request, pilot):
        raise Http404
    return found.organisation
