"""Advice for a bottleneck of a company: read, kept, chosen from, and what became of earlier ones."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lerend_web.core.access import open_to
from lerend_web.organisations.models import Organisation
from lerend_web.people.requests import PlatformRequest
from lerend_web.pilots.domain.advice import Advised, advice_of, advised, choose_step, keep_advice
from lerend_web.pilots.domain.became import Came, Earlier, Result, earlier
from lerend_web.pilots.domain.verdict_told import VERDICTS
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import Advice
from lerend_web.pilots.rules import PilotRefused
from lerend_web.programmes.models import Programme
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import Wave
from lerend_web.themes.domain.names import names_in_organisation
from lerend_web.themes.enums import ActionState
from lerend_web.workbench.evidence_words import ROUTES
from lerend_web.workbench.forms.evidence import ChooseForm
from lerend_web.workbench.pilot_words import PILOT_STATES
from lerend_web.workbench.reach import CONTACT, person_of, the_organisation
from lerend_web.workbench.theme_words import ACTION_STATES
from lerend_web.workbench.views.evidence.frame import draw_evidence


@open_to(*CONTACT)
@require_safe
def advice_list(request: PlatformRequest, organisation: int) -> HttpResponse:
    """Everything that was advised and kept, with what was chosen and what became of it."""
    found = the_organisation(request, organisation, *CONTACT)
    rows = [_shown(found, earlier(one)) for one in advice_of(found)]
    return draw_evidence(request, "advices", {"rows": rows}, organisation=found)


@open_to(*CONTACT)
@require_http_methods(["GET", "HEAD", "POST"])
def advice_about(request: PlatformRequest, organisation: int, factor: str) -> HttpResponse:
    """The advice now. Posting keeps it; with a step chosen, that too."""
    found = the_organisation(request, organisation, *CONTACT)
    names = names_in_organisation([factor], found)
    if not names:
        raise Http404
    programme = _programme_of(found)
    told = advised(found, programme, factor, at=request.at) if programme else None
    form = ChooseForm(request.POST or None, told=told) if told else None
    if request.method == "POST" and programme and told and form:
        answer = _kept(request, found, programme, told, form)
        if answer is not None:
            return answer
    context = {
        "factor": factor,
        "name": names[0],
        "told": told,
        "route": ROUTES[told.route] if told else "",
        "form": form,
        "earlier": [_shown(found, earlier(one)) for one in advice_of(found, factor)],
    }
    return draw_evidence(
        request, "advice", context, organisation=found, status=400 if form is not None and form.errors else 200
    )


@open_to(*CONTACT)
@require_POST
def advice_choose(request: PlatformRequest, organisation: int, kept: int) -> HttpResponse:
    """Choose a step of an advice that was kept without choosing."""
    found = the_organisation(request, organisation, *CONTACT)
    one = advice_of(found).filter(pk=kept).first()
    if one is None:
        raise Http404
    before = earlier(one)
    form = ChooseForm(request.POST, told=before.told, auto_id=_ids(one))
    if form.is_valid():
        try:
            choose_step(advice=one, **form.cleaned_data, by=person_of(request), at=request.at)
        except PilotRefused as refusal:
            form.show(refusal.field, refusal.sentence)
        else:
            return redirect(f"{reverse('advice', args=[found.pk])}?said=step-chosen")
    rows = [_shown(found, earlier(each), form if each.pk == one.pk else None) for each in advice_of(found)]
    return draw_evidence(request, "advices", {"rows": rows}, organisation=found, status=400)


def _kept(
    request: PlatformRequest, organisation: Organisation, programme: Programme, told: Advised, form: ChooseForm
) -> HttpResponse | None:
    """Where to go after keeping; None where the form says what is wrong."""
    later = "later" in request.POST
    if not later and not form.is_valid():
        return None
    step = {"chosen": "", "why": ""} if later else form.cleaned_data
    try:
        keep_advice(
            organisation=organisation,
            programme=programme,
            factor=told.factor,
            digest=request.POST.get("digest", ""),
            by=person_of(request),
            at=request.at,
            **step,
        )
    except PilotRefused as refusal:
        form.is_valid()
        form.show(refusal.field, refusal.sentence)
        return None
    return redirect(f"{reverse('advice', args=[organisation.pk])}?said={'advice-kept' if later else 'step-chosen'}")


@dataclass(frozen=True, slots=True)
class CameRow:
    """What came of it: its name, how far it is in words, the verdict of a judged pilot, and where it stands."""

    name: str
    state: Promise
    verdict: Promise | str
    link: str


@dataclass(frozen=True, slots=True)
class AdviceRow:
    one: Earlier
    name: str
    route: Promise
    form: ChooseForm | None
    came: tuple[CameRow, ...]


def _shown(organisation: Organisation, one: Earlier, form: ChooseForm | None = None) -> AdviceRow:
    names = names_in_organisation([one.advice.factor], organisation)
    return AdviceRow(
        one=one,
        name=names[0] if names else one.advice.factor,
        route=ROUTES[one.told.route],
        form=(form or ChooseForm(told=one.told, auto_id=_ids(one.advice))) if one.is_open else None,
        came=tuple(_came(organisation, each) for each in one.came),
    )


def _ids(advice: Advice) -> str:
    """Of the fields of one form among several on a page."""
    return f"advice_{advice.pk}_%s"


def _came(organisation: Organisation, one: Came) -> CameRow:
    if one.what is Result.PILOT:
        verdict = VERDICTS[one.verdict] if one.verdict else ""
        return CameRow(one.name, PILOT_STATES[PilotState(one.state)], verdict, reverse("pilot", args=[one.key]))
    link = reverse("action", args=[organisation.pk, one.action])
    return CameRow(one.name, ACTION_STATES[ActionState(one.state)], "", link)


def _programme_of(organisation: Organisation) -> Programme | None:
    """The one of the newest round with an outcome."""
    closed = Wave.objects.filter(organisation=organisation, state=WaveState.CLOSED).select_related("programme")
    newest = closed.order_by("-closed_at", "-pk").first()
    return None if newest is None else newest.programme
