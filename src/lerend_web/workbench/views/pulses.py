"""Series of pulses: planning one from an action, what it still needs, what came of it, and the form for the talk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lerend_web.core.access import open_to
from lerend_web.core.clock import AMSTERDAM
from lerend_web.organisations.queries import units_led_by
from lerend_web.people.enums import OrganisationRole
from lerend_web.people.requests import PlatformRequest
from lerend_web.pulses.domain.keys import SeriesHolder, holders_of
from lerend_web.pulses.domain.planning import plan_series, stop_series
from lerend_web.pulses.domain.questions import asked, questions_about, questions_of
from lerend_web.pulses.domain.results import Results, results_of
from lerend_web.pulses.domain.sealing import seal_series, why_not_seal
from lerend_web.pulses.domain.subject import subject_of
from lerend_web.pulses.models import PulseSeries
from lerend_web.pulses.queries import series_about, series_for, waves_of
from lerend_web.pulses.rules import ALL_PARTS, PLANNERS, READERS, TooFewForAPulse
from lerend_web.scans.domain.people_since import is_asked, is_known
from lerend_web.scans.enums import Mode, WaveState
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import HOLDERS, Refused, Sentence, closing_moment, day_of, read_aloud
from lerend_web.themes.models import Action
from lerend_web.themes.queries import actions_of
from lerend_web.workbench.forms.pulses import SeriesForm
from lerend_web.workbench.pages import draw
from lerend_web.workbench.pulse_charts import drawn
from lerend_web.workbench.pulse_words import NEXT, SAID
from lerend_web.workbench.reach import WITH_A_KEY, person_of, the_organisation
from lerend_web.workbench.words import MODE_NAMES


@dataclass(frozen=True, slots=True)
class PulseRow:
    """One pulse in the list; `what` names the one thing that comes next for it."""

    number: int
    wave: Wave
    what: str
    is_running: bool


@open_to(*PLANNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def pulse_plan(request: PlatformRequest, organisation: int, action: int) -> HttpResponse:
    """One form for all pulses about an action. Where too few people work, the form for the talk is what is left."""
    found = _the_action(request, organisation, action, *PLANNERS)
    form = SeriesForm(request.POST or None, action=found, today=day_of(request.at, AMSTERDAM))
    too_few: tuple[Sentence, ...] = ()
    if request.method == "POST" and form.is_valid():
        programme = form.cleaned_data["programme"]
        try:
            series = plan_series(
                about=subject_of(found), programme=programme, plan=form.plan(), by=person_of(request), at=request.at
            )
        except TooFewForAPulse as refusal:
            too_few = refusal.reasons
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect(f"{_page(series)}?said=series-planned")
    context = {
        "form": form,
        "action": found,
        "questions": asked(questions_about(subject_of(found)).texts),
        "too_few": too_few,
    }
    return _draw(request, "plan", context, found.organisation, status=400 if form.errors or too_few else 200)


@open_to(*READERS)
@require_safe
def pulse_talk(request: PlatformRequest, organisation: int, action: int) -> HttpResponse:
    """The three questions on one sheet of paper, for a talk. Nothing of it is recorded."""
    found = _the_action(request, organisation, action, *READERS)
    return _draw(
        request,
        "talk",
        {"action": found, "questions": asked(questions_about(subject_of(found)).texts)},
        found.organisation,
    )


@open_to(*ALL_PARTS)
@require_safe
def pulses(request: PlatformRequest, organisation: int, series: int) -> HttpResponse:
    return _draw_series(request, the_series(request, organisation, series, *ALL_PARTS))


@open_to(*PLANNERS)
@require_POST
def pulse_seal(request: PlatformRequest, organisation: int, series: int) -> HttpResponse:
    found = the_series(request, organisation, series, *PLANNERS)
    try:
        seal_series(series=found, by=person_of(request), at=request.at)
    except Refused as refusal:
        return _draw_series(request, found, refused=refusal.reasons)
    return redirect(f"{_page(found)}?said=series-sealed")


@open_to(*PLANNERS)
@require_POST
def pulse_stop(request: PlatformRequest, organisation: int, series: int) -> HttpResponse:
    found = the_series(request, organisation, series, *PLANNERS)
    stop_series(series=found, by=person_of(request), at=request.at)
    return redirect(f"{_page(found)}?said=series-stopped")


@open_to(*ALL_PARTS)
@require_safe
def pulse_promise(request: PlatformRequest, organisation: int, series: int) -> HttpResponse:
    """The exact text of the promise of a series, for whoever wants to work out its digest."""
    found = the_series(request, organisation, series, *ALL_PARTS)
    if not found.promise:
        raise Http404
    return HttpResponse(found.promise.encode(), content_type="application/json")


@open_to(*READERS)
@require_safe
def pulse_sheet(request: PlatformRequest, organisation: int, series: int) -> HttpResponse:
    """What the team gets to see: everybody's answers on one sheet to print and hang up."""
    found = the_series(request, organisation, series, *READERS)
    results = results_of(found, labels=frozenset())
    context = {"series": found, "charts": drawn(results.everybody), "results": results, "next": NEXT[results.next]}
    return _draw(request, "sheet", context, found.organisation)


def the_series(request: PlatformRequest, organisation: int, series: int, *roles: Any) -> PulseSeries:
    """A series of the organisation, if the person has one of the roles there or in its programme."""
    found = series_for(person_of(request), *roles).filter(organisation=organisation, pk=series).first()
    if found is None:
        raise Http404
    return found


def series_rows(action: Action) -> list[PulseSeries]:
    """The series about an action, for its page."""
    return list(series_about(action))


def _the_action(request: PlatformRequest, organisation: int, action: int, *roles: Any) -> Action:
    found = actions_of(the_organisation(request, organisation, *roles)).filter(pk=action).first()
    if found is None:
        raise Http404
    return found


def _draw_series(request: PlatformRequest, found: PulseSeries, *, refused: tuple[Sentence, ...] = ()) -> HttpResponse:
    roles = _roles(request, found)
    results = results_of(found, labels=_labels(request, found, roles)) if roles & set(READERS) else None
    holders = holders_of(found)
    is_contact = OrganisationRole.COMPANY_CONTACT in roles
    rows = [_row(wave, request) for wave in waves_of(found)]
    missing = () if found.sealed_at else why_not_seal(found)
    context = {
        "series": found,
        "rows": rows,
        "reminder": next((row.wave for row in rows if is_contact and row.is_running), None),
        "questions": asked(questions_of(found.instrument)),
        "units": [_named(one) for one in found.units],
        "mode": MODE_NAMES[Mode(found.mode)],
        "holders": holders,
        "needs_keys": _needs_keys(holders),
        "missing": refused or missing,
        "was_refused": bool(refused),
        "is_contact": is_contact,
        "can_stop": is_contact and not found.stopped_at and any(row.what != "closed" for row in rows),
        "can_read": results is not None,
        "can_see_waves": bool(roles & set(WITH_A_KEY)),
        "digest": read_aloud(found.promise_digest) if found.promise_digest else "",
        **_shown(results),
    }
    return _draw(request, "series", context, found.organisation, status=400 if refused else 200)


def _shown(results: Results | None) -> dict[str, Any]:
    if results is None:
        return {}
    return {
        "results": results,
        "charts": drawn(results.everybody),
        "teams": [(team, drawn(team)) for team in results.teams],
        "next": NEXT[results.next],
    }


def _named(asked: dict[str, Any]) -> str:
    """A unit as it was asked, with its arm where there are arms."""
    name = " / ".join(asked["unit"])
    return f"{name} ({asked['arm']})" if asked["arm"] else name


def _needs_keys(holders: tuple[SeriesHolder, ...]) -> bool:
    return len(holders) < HOLDERS or not all(holder.is_tried for holder in holders)


def _row(wave: Wave, request: PlatformRequest) -> PulseRow:
    is_running = wave.state == WaveState.OPEN and request.at < closing_moment(wave)
    return PulseRow(int(wave.series["number"]), wave, _what(wave, request), is_running)


def _what(wave: Wave, request: PlatformRequest) -> str:
    """The one thing that comes next for a pulse; a word that the template knows."""
    if wave.state == WaveState.CLOSED:
        return "closed"
    if not wave.series_digest:
        return "unsealed"
    if wave.state == WaveState.PLANNED:
        if wave.mode == Mode.CARD and wave.cards_printed_at is None:
            return "cards"
        return "open" if wave.opens_on <= day_of(request.at, wave.programme.time_zone) else "waits"
    if is_asked(wave) and not is_known(wave):
        return "count"
    return "close" if request.at >= closing_moment(wave) or wave.closing_step else "running"


def _roles(request: PlatformRequest, series: PulseSeries) -> set[Any]:
    person = person_of(request)
    inside = person.organisation_roles.filter(organisation=series.organisation_id).values_list("role", flat=True)
    return {OrganisationRole(role) for role in inside}


def _labels(request: PlatformRequest, series: PulseSeries, roles: set[Any]) -> frozenset[str] | None:
    """The groups that somebody may see by themselves: all for contact and works council, the own for who leads a team."""
    if roles & {OrganisationRole.COMPANY_CONTACT, OrganisationRole.WORKS_COUNCIL}:
        return None
    led = {unit.name for unit in units_led_by(person_of(request)).filter(organisation=series.organisation_id)}
    return frozenset(
        unit.key_group.label
        for wave in waves_of(series)[:1]
        for unit in wave.units.select_related("key_group")
        if led & set(unit.path)
    )


def _page(series: PulseSeries) -> str:
    return reverse("pulses", args=[series.organisation_id, series.pk])


def _draw(
    request: PlatformRequest, template: str, context: dict[str, Any], organisation: Any, *, status: int = 200
) -> HttpResponse:
    said = SAID.get(request.GET.get("said", ""))
    shown = {**context, **({"done": said} if said else {})}
    return draw(request, f"pulses/{template}", shown, organisation=organisation, tab="actions", status=status)
