"""The working group of a theme: who is in it, its agenda and its cases; inviting, joining and leaving."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from lerend_web.community.domain.groups import (
    add_date,
    answer_invitation,
    invite_to_group,
    leave_group,
    remove_date,
    set_on_list,
)
from lerend_web.community.models import GroupMember
from lerend_web.community.queries import (
    cases_for,
    contact_list_of,
    dates_of,
    group_themes_of,
    is_coordinator,
    may_read_group,
    membership_of,
)
from lerend_web.community.rules import COORDINATOR, GROUP_ROLES, CommunityRefused
from lerend_web.core.access import open_to
from lerend_web.people.requests import PlatformRequest
from lerend_web.scans.rules import day_of
from lerend_web.themes.enums import ThemeState
from lerend_web.themes.models import Theme
from lerend_web.workbench.forms.community import AgendaForm, InviteForm
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import person_of
from lerend_web.workbench.theme_words import SAID, THEME_STATES
from lerend_web.workbench.views.themes import programme_reached, theme_reached

_CLOSED = (ThemeState.NOT_CHOSEN, ThemeState.PROPOSED)


@open_to(*GROUP_ROLES)
@require_safe
def working_groups(request: PlatformRequest, programme: int) -> HttpResponse:
    """A group for every theme that was chosen; what is in it only its members see."""
    found = programme_reached(request, programme, *GROUP_ROLES)
    person = person_of(request)
    mine = {one.theme_id: one for one in GroupMember.objects.filter(person=person, theme__programme=found)}
    context = {
        "programme": found,
        "groups": [
            (
                theme,
                THEME_STATES[ThemeState(theme.state)],
                mine.get(theme.pk),
                _next_date(theme, _today(request, theme)),
            )
            for theme in group_themes_of(found).exclude(state__in=_CLOSED).select_related("programme")
        ],
        "companies": person.organisation_roles.filter(
            role="company_contact", organisation__programmes=found
        ).select_related("organisation"),
    }
    return _draw(request, "groups", context)


@open_to(*GROUP_ROLES)
@require_safe
def working_group(request: PlatformRequest, programme: int, theme: int) -> HttpResponse:
    return draw_group(request, theme_reached(request, programme, theme, *GROUP_ROLES))


@open_to(*GROUP_ROLES)
@require_POST
def group_membership(request: PlatformRequest, programme: int, theme: int) -> HttpResponse:
    """Join, say no, stand on the contact list or not, or leave: the button says which."""
    found = theme_reached(request, programme, theme, *GROUP_ROLES)
    person, at = person_of(request), request.at
    member = membership_of(person, found)
    if member is None:
        return draw_group(request, found, status=403)
    does = request.POST.get("does", "")
    try:
        if does in {"join", "decline"}:
            on_list = "on_list" in request.POST
            answer_invitation(member=member, joins=does == "join", on_list=on_list, by=person, at=at)
        elif does in {"on-list", "off-list"}:
            set_on_list(member=member, on_list=does == "on-list", by=person, at=at)
        elif does == "leave":
            leave_group(member=member, by=person, at=at)
        else:
            return draw_group(request, found, status=400)
    except CommunityRefused as refusal:
        return draw_group(request, found, refused=str(refusal.sentence), status=400)
    said = {"join": "group-joined", "decline": "group-declined", "leave": "group-left"}.get(does, does)
    return redirect(f"{reverse('working-group', args=[programme, found.pk])}?said={said}")


@open_to(*COORDINATOR)
@require_POST
def group_invite(request: PlatformRequest, programme: int, theme: int) -> HttpResponse:
    found = theme_reached(request, programme, theme, *COORDINATOR)
    form = InviteForm(request.POST)
    if form.is_valid():
        try:
            invite_to_group(theme=found, email=form.cleaned_data["email"], by=person_of(request), at=request.at)
        except CommunityRefused as refusal:
            form.show(refusal.field, refusal.sentence)
        else:
            return redirect(f"{reverse('working-group', args=[programme, found.pk])}?said=group-invited")
    return draw_group(request, found, invite_form=form, status=400)


@open_to(*COORDINATOR)
@require_POST
def group_remove(request: PlatformRequest, programme: int, theme: int, member: int) -> HttpResponse:
    """Take somebody out, or take an invitation back."""
    found = theme_reached(request, programme, theme, *COORDINATOR)
    one = GroupMember.objects.filter(theme=found, pk=member).first()
    if one is None:
        raise Http404
    leave_group(member=one, by=person_of(request), at=request.at)
    return redirect(f"{reverse('working-group', args=[programme, found.pk])}?done=removed")


@open_to(*COORDINATOR)
@require_POST
def group_date_add(request: PlatformRequest, programme: int, theme: int) -> HttpResponse:
    found = theme_reached(request, programme, theme, *COORDINATOR)
    form = AgendaForm(request.POST)
    if form.is_valid():
        try:
            add_date(theme=found, **form.cleaned_data, by=person_of(request), at=request.at)
        except CommunityRefused as refusal:
            form.show(refusal.field, refusal.sentence)
        else:
            return redirect(f"{reverse('working-group', args=[programme, found.pk])}?done=added#agenda")
    return draw_group(request, found, agenda_form=form, status=400)


@open_to(*COORDINATOR)
@require_POST
def group_date_remove(request: PlatformRequest, programme: int, theme: int, on: int) -> HttpResponse:
    found = theme_reached(request, programme, theme, *COORDINATOR)
    one = dates_of(found).filter(pk=on).first()
    if one is None:
        raise Http404
    remove_date(on_agenda=one, by=person_of(request), at=request.at)
    return redirect(f"{reverse('working-group', args=[programme, found.pk])}?done=removed#agenda")


def draw_group(
    request: PlatformRequest,
    theme: Theme,
    *,
    invite_form: InviteForm | None = None,
    agenda_form: AgendaForm | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    """The group as far as this person may see it: for others than members only that it is there, and its agenda."""
    person = person_of(request)
    keeps = is_coordinator(person, theme.programme_id)
    reads = may_read_group(person, theme)
    today = _today(request, theme)
    dates = list(dates_of(theme))
    rows = GroupMember.objects.filter(theme=theme)
    context = {
        "programme": theme.programme,
        "theme": theme,
        "member": membership_of(person, theme),
        "reads": reads,
        "members": rows.filter(joined_at__isnull=False).count(),
        "on_list": contact_list_of(theme) if reads else (),
        "invited": rows.select_related("person", "organisation") if keeps else (),
        "coming": [one for one in dates if one.on >= today],
        "past": [one for one in dates if one.on < today],
        "cases": cases_for(person, theme),
        "workshops": theme.workshops.all() if reads else (),
        "invite_form": invite_form or InviteForm(),
        "agenda_form": agenda_form or AgendaForm(),
        "refused": refused,
    }
    return _draw(request, "group", context, status=status)


def _next_date(theme: Theme, today: date) -> Any:
    return dates_of(theme).filter(on__gte=today).first()


def _today(request: PlatformRequest, theme: Theme) -> date:
    return day_of(request.at, theme.programme.time_zone)


def _draw(request: PlatformRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    said = SAID.get(request.GET.get("said", ""))
    keeps = is_coordinator(person_of(request), context["programme"])
    shown = {"keeps": keeps, **context, **({"done": said} if said else {})}
    return draw(request, f"community/{template}", shown, status=status)
