"""Themes of a programme: the list, one of them with whom it concerns, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lerend_web.community.queries import is_coordinator
from lerend_web.core.access import open_to
from lerend_web.organisations.models import Organisation
from lerend_web.organisations.queries import organisations_for
from lerend_web.people.enums import Role
from lerend_web.people.requests import PlatformRequest
from lerend_web.programmes.models import Programme
from lerend_web.programmes.queries import programmes_for
from lerend_web.scans.rules import day_of
from lerend_web.themes.domain.choosing import add_theme, change_theme, decide_theme
from lerend_web.themes.domain.concerned import AtLeast, Concerned, at_least_by, concerned_by, in_a_few
from lerend_web.themes.domain.names import names_in_programme
from lerend_web.themes.domain.newest import factors_behind
from lerend_web.themes.enums import ThemeState
from lerend_web.themes.models import Theme
from lerend_web.themes.queries import organisations_that_act, programmes_reached, themes_of
from lerend_web.themes.rules import ACTION_EDITORS, EDITORS, THEME_OWNERS, THEME_READERS, ThemesRefused
from lerend_web.workbench.forms.themes import DecideForm, ThemeForm, show_refusal
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import person_of
from lerend_web.workbench.theme_words import SAID, THEME_STATES

LONGEST_NAME: Final = 120
ORDER: Final = (
    (_("What we work on"), (ThemeState.CHOSEN, ThemeState.RUNNING)),
    (_("Proposed"), (ThemeState.PROPOSED,)),
    (_("Done"), (ThemeState.DONE,)),
    (_("Not chosen, and why"), (ThemeState.NOT_CHOSEN,)),
)


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme with what stands beside it; `acting` is in how many organisations something is done, in words.

    `is_over`: its next date has passed, so that nobody knows what comes next.
    """

    theme: Theme
    state: Promise
    factors: tuple[str, ...]
    concerned: Concerned | AtLeast | None
    acting: str
    is_over: bool


def programme_reached(request: PlatformRequest, programme: int, *roles: Role) -> Programme:
    """The programme, if the person or their organisation has a part in it; else it does not exist for them."""
    found = programmes_reached(person_of(request), *roles).filter(pk=programme).first()
    if found is None:
        raise Http404
    return found


def theme_reached(request: PlatformRequest, programme: int, theme: int, *roles: Role) -> Theme:
    found = themes_of(programme_reached(request, programme, *roles)).select_related("programme", "owner")
    one = found.filter(pk=theme).first()
    if one is None:
        raise Http404
    return one


@open_to(*THEME_READERS)
@require_safe
def themes(request: PlatformRequest, programme: int) -> HttpResponse:
    """Everything that was proposed and what became of it, also what was not chosen."""
    found = programme_reached(request, programme, *THEME_READERS)
    rows = _rows(request, list(themes_of(found)), found)
    groups = [(title, [row for row in rows if row.theme.state in states]) for title, states in ORDER]
    context = {
        "programme": found,
        "groups": [(title, inside) for title, inside in groups if inside],
    }
    return _draw(request, "list", context)


@open_to(*EDITORS)
@require_http_methods(["GET", "HEAD", "POST"])
def theme_new(request: PlatformRequest, programme: int) -> HttpResponse:
    found = programme_reached(request, programme, *EDITORS)
    form = ThemeForm(request.POST or None, programme=found, initial=_wished(request, found))
    if request.method == "POST" and form.is_valid():
        try:
            made = add_theme(programme=found, **form.cleaned_data, by=person_of(request), at=request.at)
        except ThemesRefused as refusal:
            show_refusal(form, refusal)
        else:
            return redirect(f"{reverse('theme', args=[found.pk, made.pk])}?said=theme-added")
    return _draw(request, "new", {"programme": found, "form": form}, status=400 if form.errors else 200)


def _wished(request: PlatformRequest, programme: Programme) -> dict[str, Any]:
    """What a decision of a meeting fills in: a name, and the factors behind what was chosen."""
    name, about = request.GET.get("name", "")[:LONGEST_NAME], request.GET.get("about", "")
    return {"name_nl": name, "factors": list(factors_behind(programme, about))} if name or about else {}


@open_to(*THEME_READERS)
@require_safe
def theme(request: PlatformRequest, programme: int, theme: int) -> HttpResponse:
    return _draw_theme(request, theme_reached(request, programme, theme, *THEME_READERS))


@open_to(*EDITORS)
@require_http_methods(["GET", "HEAD", "POST"])
def theme_change(request: PlatformRequest, programme: int, theme: int) -> HttpResponse:
    """Its names and the factors that it stands for."""
    found = theme_reached(request, programme, theme, *EDITORS)
    initial = {"name_nl": found.name_nl, "name_en": found.name_en, "factors": found.factors}
    form = ThemeForm(request.POST or None, programme=found.programme, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_theme(theme=found, **form.cleaned_data, by=person_of(request), at=request.at)
        except ThemesRefused as refusal:
            show_refusal(form, refusal)
        else:
            return redirect(f"{reverse('theme', args=[programme, found.pk])}?done=saved")
    context = {"programme": found.programme, "theme": found, "form": form}
    return _draw(request, "new", context, status=400 if form.errors else 200)


@open_to(*EDITORS)
@require_POST
def theme_decide(request: PlatformRequest, programme: int, theme: int) -> HttpResponse:
    """What becomes of it, who looks after it, and when something happens next."""
    found = theme_reached(request, programme, theme, *EDITORS)
    form = DecideForm(request.POST, theme=found)
    if form.is_valid():
        try:
            decide_theme(theme=found, becomes=form.becomes(), by=person_of(request), at=request.at)
        except ThemesRefused as refusal:
            show_refusal(form, refusal)
            found.refresh_from_db()
        else:
            return redirect(f"{reverse('theme', args=[programme, found.pk])}?said=theme-decided")
    return _draw_theme(request, found, form)


def _rows(request: PlatformRequest, found: list[Theme], programme: Programme) -> list[ThemeRow]:
    counted = concerned_by if _has_a_part(request, programme) else at_least_by
    concerned, acting, today = counted(found, programme), organisations_that_act(found), _today(request, programme)
    return [
        ThemeRow(
            theme=one,
            state=THEME_STATES[ThemeState(one.state)],
            factors=names_in_programme(one.factors, programme),
            concerned=concerned.get(one.pk),
            acting=in_a_few(acting[one.pk]),
            is_over=one.next_on is not None and one.next_on < today,
        )
        for one in found
    ]


def _draw_theme(request: PlatformRequest, found: Theme, form: DecideForm | None = None) -> HttpResponse:
    person = person_of(request)
    keeps = is_coordinator(person, found.programme_id)
    own = organisations_for(person, *ACTION_EDITORS).filter(programmes=found.programme_id)
    context = {
        "programme": found.programme,
        "theme": found,
        "row": _rows(request, [found], found.programme)[0],
        "form": (form or DecideForm(theme=found)) if keeps else None,
        "own": [(one, _actions_for(one, found)) for one in own],
    }
    return _draw(request, "theme", context, status=400 if form is not None else 200)


def _has_a_part(request: PlatformRequest, programme: Programme) -> bool:
    """Whether somebody has a role in the programme itself, and none in a company of it."""
    person = person_of(request)
    inside = person.organisation_roles.filter(organisation__programmes=programme)
    return programmes_for(person, *THEME_OWNERS).filter(pk=programme.pk).exists() and not inside.exists()


def _today(request: PlatformRequest, programme: Programme) -> date:
    return day_of(request.at, programme.time_zone)


def _actions_for(organisation: Organisation, theme: Theme) -> list[Any]:
    return list(theme.actions.filter(organisation=organisation))


def _draw(request: PlatformRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    said = SAID.get(request.GET.get("said", ""))
    keeps = is_coordinator(person_of(request), context["programme"])
    shown = {"keeps": keeps, **context, **({"done": said} if said else {})}
    return draw(request, f"themes/{template}", shown, status=status)
