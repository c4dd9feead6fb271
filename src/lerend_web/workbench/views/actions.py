"""What an organisation does: its plans, their steps with dates and owners, and a short log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lerend_web.core.access import open_to
from lerend_web.core.clock import AMSTERDAM
from lerend_web.organisations.models import Organisation
from lerend_web.people.enums import OrganisationRole
from lerend_web.people.requests import PlatformRequest
from lerend_web.pulses.queries import series_about
from lerend_web.scans.rules import day_of
from lerend_web.themes.domain.acting import (
    add_step,
    change_action,
    change_step,
    mark_step,
    may_mark,
    remove_step,
    start_action,
    write_note,
)
from lerend_web.themes.domain.names import names_in_organisation
from lerend_web.themes.enums import ActionState, ThemeState
from lerend_web.themes.models import Action, ActionStep, Theme
from lerend_web.themes.queries import actions_of
from lerend_web.themes.rules import ACTION_EDITORS, ACTION_READERS, LIVE, ThemesRefused, is_late
from lerend_web.workbench.forms.themes import (
    ChangeActionForm,
    NewActionForm,
    NoteForm,
    StepForm,
    first_choices,
    show_refusal,
)
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import person_of, the_organisation
from lerend_web.workbench.theme_words import ACTION_STATES, SAID


@dataclass(frozen=True, slots=True)
class ActionRow:
    """A plan in the list, with the step that comes next and how many are late."""

    action: Action
    state: Promise
    about: str
    next_step: ActionStep | None
    late: int


@dataclass(frozen=True, slots=True)
class StepRow:
    step: ActionStep
    is_late: bool
    can_mark: bool


@open_to(*ACTION_READERS)
@require_safe
def actions(request: PlatformRequest, organisation: int) -> HttpResponse:
    found = the_organisation(request, organisation, *ACTION_READERS)
    rows = [_row(one, today_of(request)) for one in actions_of(found)]
    live = {one.value for one in LIVE}
    context = {
        "running": [row for row in rows if row.action.state in live],
        "ended": [row for row in rows if row.action.state not in live],
        "can_edit": _is_contact(request, found),
        "programmes": found.programmes.order_by("name"),
    }
    return _draw(request, "list", context, found)


@open_to(*ACTION_EDITORS)
@require_http_methods(["GET", "HEAD", "POST"])
def action_new(request: PlatformRequest, organisation: int) -> HttpResponse:
    found = the_organisation(request, organisation, *ACTION_EDITORS)
    initial = first_choices(request.GET.dict(), person_of(request), today_of(request))
    form = NewActionForm(request.POST or None, organisation=found, themes=_themes(found), initial=initial)
    if request.method == "POST" and form.is_valid():
        step = form.first_step()
        plan = form.plan(first_step=step.due_on)
        try:
            made = start_action(organisation=found, plan=plan, steps=[step], by=person_of(request), at=request.at)
        except ThemesRefused as refusal:
            show_refusal(form, refusal)
        else:
            return redirect(f"{reverse('action', args=[found.pk, made.pk])}?said=action-started")
    return _draw(request, "new", {"form": form}, found, status=400 if form.errors else 200)


@open_to(*ACTION_READERS)
@require_safe
def action(request: PlatformRequest, organisation: int, action: int) -> HttpResponse:
    found = the_organisation(request, organisation, *ACTION_READERS)
    return _draw_action(request, _the_action(found, action))


@open_to(*ACTION_EDITORS)
@require_http_methods(["GET", "HEAD", "POST"])
def action_change(request: PlatformRequest, organisation: int, action: int) -> HttpResponse:
    found = the_organisation(request, organisation, *ACTION_EDITORS)
    one = _the_action(found, action)
    form = ChangeActionForm(request.POST or None, action=one, themes=_themes(found, also=one.theme))
    if request.method == "POST" and form.is_valid():
        try:
            change_action(action=one, plan=form.plan(), state=form.state_chosen(), by=person_of(request), at=request.at)
        except ThemesRefused as refusal:
            show_refusal(form, refusal)
        else:
            return redirect(f"{reverse('action', args=[found.pk, one.pk])}?done=saved")
    return _draw(request, "change", {"form": form, "action": one}, found, status=400 if form.errors else 200)


@open_to(*ACTION_EDITORS)
@require_POST
def action_step_add(request: PlatformRequest, organisation: int, action: int) -> HttpResponse:
    one = _the_action(the_organisation(request, organisation, *ACTION_EDITORS), action)
    form = StepForm(request.POST, organisation=one.organisation)
    if form.is_valid():
        try:
            add_step(action=one, step=form.as_step(), by=person_of(request), at=request.at)
        except ThemesRefused as refusal:
            show_refusal(form, refusal)
        else:
            return redirect(f"{reverse('action', args=[organisation, one.pk])}?done=added")
    return _draw_action(request, one, step_form=form)


@open_to(*ACTION_EDITORS)
@require_http_methods(["GET", "HEAD", "POST"])
def action_step(request: PlatformRequest, organisation: int, action: int, step: int) -> HttpResponse:
    """Another date, owner or words for a step; or take it out."""
    one = _the_action(the_organisation(request, organisation, *ACTION_EDITORS), action)
    found = _the_step(one, step)
    form = StepForm(request.POST or None, organisation=one.organisation, step=found)
    is_removing = "remove" in request.POST
    if request.method == "POST" and (is_removing or form.is_valid()):
        try:
            if is_removing:
                remove_step(step=found, by=person_of(request), at=request.at)
            else:
                change_step(step=found, to=form.as_step(), by=person_of(request), at=request.at)
        except ThemesRefused as refusal:
            show_refusal(form, refusal)
        else:
            done = "removed" if is_removing else "saved"
            return redirect(f"{reverse('action', args=[organisation, one.pk])}?done={done}")
    context = {"form": form, "action": one, "step": found}
    return _draw(request, "step", context, one.organisation, status=400 if form.errors else 200)


@open_to(*ACTION_READERS)
@require_POST
def action_step_done(request: PlatformRequest, organisation: int, action: int, step: int) -> HttpResponse:
    """Mark a step as done, or as open again: whoever owns it, or a contact."""
    one = _the_action(the_organisation(request, organisation, *ACTION_READERS), action)
    done_on = None if "again" in request.POST else today_of(request)
    try:
        mark_step(step=_the_step(one, step), done_on=done_on, by=person_of(request), at=request.at)
    except ThemesRefused as refusal:
        return _draw_action(request, one, refused=str(refusal.sentence), status=403)
    said = "step-done" if done_on else "step-open"
    return redirect(f"{reverse('action', args=[organisation, one.pk])}?said={said}")


@open_to(*ACTION_READERS)
@require_POST
def action_note(request: PlatformRequest, organisation: int, action: int) -> HttpResponse:
    one = _the_action(the_organisation(request, organisation, *ACTION_READERS), action)
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            write_note(action=one, text=form.cleaned_data["text"], by=person_of(request), at=request.at)
        except ThemesRefused as refusal:
            show_refusal(form, refusal)
        else:
            return redirect(f"{reverse('action', args=[organisation, one.pk])}?said=noted#log")
    return _draw_action(request, one, note_form=form)


def today_of(request: PlatformRequest) -> date:
    return day_of(request.at, AMSTERDAM)


def _the_action(organisation: Organisation, action: int) -> Action:
    found = actions_of(organisation).filter(pk=action).first()
    if found is None:
        raise Http404
    return found


def _the_step(action: Action, step: int) -> ActionStep:
    found = action.steps.filter(pk=step).select_related("action").first()
    if found is None:
        raise Http404
    return found


def _themes(organisation: Organisation, *, also: Theme | None = None) -> list[Theme]:
    """Themes that something can be done about, and the one that a plan was for already."""
    closed = (ThemeState.NOT_CHOSEN, ThemeState.DONE)
    found = Theme.objects.filter(programme__in=organisation.programmes.all()).exclude(state__in=closed)
    rows = list(found.order_by("programme", "id"))
    return rows if also is None or also in rows else [also, *rows]


def _row(action: Action, today: date) -> ActionRow:
    steps = list(action.steps.all())
    live = action.state in {one.value for one in LIVE}
    return ActionRow(
        action=action,
        state=ACTION_STATES[ActionState(action.state)],
        about=_about(action),
        next_step=next((step for step in steps if step.done_on is None), None) if live else None,
        late=sum(is_late(step, today) for step in steps) if live else 0,
    )


def _about(action: Action) -> str:
    factor = names_in_organisation([action.factor], action.organisation) if action.factor else ()
    return " · ".join([*([action.theme.name] if action.theme else []), *factor])


def _is_contact(request: PlatformRequest, organisation: Organisation) -> bool:
    roles = person_of(request).organisation_roles.filter(organisation=organisation)
    return roles.filter(role=OrganisationRole.COMPANY_CONTACT).exists()


def _draw_action(
    request: PlatformRequest,
    one: Action,
    *,
    step_form: StepForm | None = None,
    note_form: NoteForm | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    person, today = person_of(request), today_of(request)
    steps = list(one.steps.select_related("owner", "action"))
    live = one.state in {state.value for state in LIVE}
    context = {
        "action": one,
        "row": _row(one, today),
        "steps": [StepRow(step, live and is_late(step, today), may_mark(step, person)) for step in steps],
        "notes": one.notes.select_related("by"),
        "pulse_series": list(series_about(one)),
        "can_edit": _is_contact(request, one.organisation),
        "step_form": step_form or StepForm(organisation=one.organisation),
        "note_form": note_form or NoteForm(),
        "refused": refused,
    }
    wrong = any(form is not None for form in (step_form, note_form))
    return _draw(request, "action", context, one.organisation, status=400 if wrong else status)


def _draw(
    request: PlatformRequest,
    template: str,
    context: dict[str, Any],
    organisation: Organisation,
    *,
    status: int = 200,
) -> HttpResponse:
    said = SAID.get(request.GET.get("said", ""))
    shown = {**context, **({"done": said} if said else {})}
    return draw(request, f"actions/{template}", shown, organisation=organisation, tab="actions", status=status)
