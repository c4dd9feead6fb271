"""Practical cases of a working group: writing, reading, publishing to the group, taking back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lerend_web.community.domain.cases import change_case, publish_case, take_back_case, write_case
from lerend_web.community.models import Case
from lerend_web.community.queries import is_coordinator, may_change_case, may_read_group
from lerend_web.community.rules import GROUP_ROLES, PARTS, CommunityRefused
from lerend_web.core.access import open_to
from lerend_web.people.requests import PlatformRequest
from lerend_web.themes.models import Theme
from lerend_web.workbench.forms.community import CaseForm
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import person_of
from lerend_web.workbench.theme_words import SAID
from lerend_web.workbench.views.themes import theme_reached
from lerend_web.workbench.views.working_group import draw_group


@open_to(*GROUP_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def case_new(request: PlatformRequest, programme: int, theme: int) -> HttpResponse:
    found = theme_reached(request, programme, theme, *GROUP_ROLES)
    if not may_read_group(person_of(request), found):
        return draw_group(request, found, status=403)
    form = CaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            case = write_case(theme=found, **_said(form), by=person_of(request), at=request.at)
        except CommunityRefused as refusal:
            form.show(refusal.field, refusal.sentence)
        else:
            return redirect(f"{reverse('case', args=[programme, found.pk, case.pk])}?said=case-draft")
    return _draw(request, "case_form", found, {"form": form}, status=400 if form.errors else 200)


@open_to(*GROUP_ROLES)
@require_safe
def case(request: PlatformRequest, programme: int, theme: int, case: int) -> HttpResponse:
    found = theme_reached(request, programme, theme, *GROUP_ROLES)
    one = _the_case(request, found, case)
    if one is None:
        return draw_group(request, found, status=403)
    return _draw_case(request, found, one)


@open_to(*GROUP_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def case_change(request: PlatformRequest, programme: int, theme: int, case: int) -> HttpResponse:
    found = theme_reached(request, programme, theme, *GROUP_ROLES)
    one = _the_case(request, found, case)
    if one is None or not may_change_case(person_of(request), one):
        return draw_group(request, found, status=403)
    form = CaseForm(request.POST or None, initial={part: getattr(one, part) for part in ("title", *PARTS)})
    if request.method == "POST" and form.is_valid():
        try:
            change_case(case=one, **_said(form), by=person_of(request), at=request.at)
        except CommunityRefused as refusal:
            form.show(refusal.field, refusal.sentence)
        else:
            return redirect(f"{reverse('case', args=[programme, found.pk, one.pk])}?done=saved")
    return _draw(request, "case_form", found, {"form": form, "case": one}, status=400 if form.errors else 200)


@open_to(*GROUP_ROLES)
@require_POST
def case_publish(request: PlatformRequest, programme: int, theme: int, case: int) -> HttpResponse:
    return _done(request, theme_reached(request, programme, theme, *GROUP_ROLES), case, publish_case, "case-published")


@open_to(*GROUP_ROLES)
@require_POST
def case_take_back(request: PlatformRequest, programme: int, theme: int, case: int) -> HttpResponse:
    found = theme_reached(request, programme, theme, *GROUP_ROLES)
    return _done(request, found, case, take_back_case, "case-taken-back")


def _done(request: PlatformRequest, theme: Theme, case: int, verb: Callable[..., None], said: str) -> HttpResponse:
    one = _the_case(request, theme, case)
    if one is None or not may_change_case(person_of(request), one):
        return draw_group(request, theme, status=403)
    try:
        verb(case=one, by=person_of(request), at=request.at)
    except CommunityRefused as refusal:
        return _draw_case(request, theme, one, refused=str(refusal.sentence), status=400)
    return redirect(f"{reverse('case', args=[theme.programme_id, theme.pk, one.pk])}?said={said}")


def _the_case(request: PlatformRequest, theme: Theme, case: int) -> Case | None:
    """None for a published case of a group that this person is not in; a draft of others is not there at all."""
    one = Case.objects.filter(theme=theme, pk=case).select_related("organisation", "author", "theme").first()
    if one is None:
        raise Http404
    person = person_of(request)
    if may_change_case(person, one):
        return one
    if one.published_at is None:
        raise Http404
    return one if may_read_group(person, theme) else None


def _said(form: CaseForm) -> dict[str, Any]:
    data = form.cleaned_data
    return {"title": data["title"], "parts": {part: data[part] for part in PARTS}}


def _draw_case(
    request: PlatformRequest, theme: Theme, one: Case, *, refused: str = "", status: int = 200
) -> HttpResponse:
    labels = CaseForm.base_fields
    context = {
        "case": one,
        "parts": [(labels[part].label, getattr(one, part)) for part in PARTS if getattr(one, part)],
        "can_change": may_change_case(person_of(request), one),
        "refused": refused,
    }
    return _draw(request, "case", theme, context, status=status)


def _draw(
    request: PlatformRequest, template: str, theme: Theme, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    said = SAID.get(request.GET.get("said", ""))
    keeps = is_coordinator(person_of(request), theme.programme_id)
    shown = {
        "programme": theme.programme,
        "theme": theme,
        "keeps": keeps,
        **context,
        **({"done": said} if said else {}),
    }
    return draw(request, f"community/{template}", shown, status=status)
