"""Workshops of a programme: the list, one of them for its makers, and writing a version."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from lerend_web.community.queries import group_themes_of
from lerend_web.community.rules import GROUP_ROLES
from lerend_web.core.access import open_to
from lerend_web.interventions.domain.workshops import begin_workshop, newest_version, write_version
from lerend_web.interventions.domain.written import told
from lerend_web.interventions.models import Workshop, WorkshopVersion
from lerend_web.interventions.queries import is_maker, may_propose, workshops_of
from lerend_web.interventions.rules import LABELS, WORKSHOP_PARTS, InterventionRefused
from lerend_web.people.requests import PlatformRequest
from lerend_web.programmes.models import Programme
from lerend_web.scans.rules import day_of
from lerend_web.themes.domain.names import names_in_programme
from lerend_web.workbench.forms.workshops import (
    NewWorkshopForm,
    RemarkForm,
    SessionForm,
    TryOutForm,
    VersionForm,
)
from lerend_web.workbench.making_words import SAID, SPEAKERS
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import PROGRAMME_READERS, person_of
from lerend_web.workbench.views.themes import programme_reached


@open_to(*GROUP_ROLES)
@require_safe
def workshops(request: PlatformRequest, programme: int) -> HttpResponse:
    """That they are there everybody sees; what is in one, only its makers."""
    found = programme_reached(request, programme, *GROUP_ROLES)
    person = person_of(request)
    rows = [(one, is_maker(person, one.theme)) for one in workshops_of(found)]
    context = {"programme": found, "rows": rows, "can_begin": bool(_own_themes(request, found))}
    return _draw(request, "list", context)


@open_to(*GROUP_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def workshop_new(request: PlatformRequest, programme: int) -> HttpResponse:
    """For a theme of whose working group one is a member."""
    found = programme_reached(request, programme, *GROUP_ROLES)
    themes = _own_themes(request, found)
    if not themes:
        return _draw(request, "not_a_maker", {"programme": found}, status=403)
    form = NewWorkshopForm(request.POST or None, themes=themes, initial={"theme": request.GET.get("theme", "")})
    if request.method == "POST" and form.is_valid():
        theme, name = form.themes[form.cleaned_data["theme"]], form.cleaned_data["name"]
        made = begin_workshop(theme=theme, name=name, by=person_of(request), at=request.at)
        return redirect(f"{reverse('workshop', args=[found.pk, made.pk])}?said=workshop-begun")
    return _draw(request, "new", {"programme": found, "form": form}, status=400 if form.errors else 200)


@open_to(*GROUP_ROLES)
@require_safe
def workshop(request: PlatformRequest, programme: int, workshop: int) -> HttpResponse:
    """``?version=2`` is an earlier version of the text."""
    return draw_workshop(request, the_workshop(request, programme, workshop))


@open_to(*GROUP_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def workshop_write(request: PlatformRequest, programme: int, workshop: int) -> HttpResponse:
    one = the_workshop(request, programme, workshop)
    if not is_maker(person_of(request), one.theme):
        return draw_workshop(request, one)
    newest = newest_version(one)
    initial = {**(newest.content if newest else {}), "from_version": newest.number if newest else 0}
    form = VersionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        language = newest.language if newest else request.LANGUAGE_CODE
        try:
            write_version(
                workshop=one,
                content={part: data[part] for part in WORKSHOP_PARTS},
                from_version=data["from_version"],
                why=data["why"],
                language=language,
                by=person_of(request),
                at=request.at,
            )
        except InterventionRefused as refusal:
            form.show(refusal.field, refusal.sentence)
            if newest is not None and newest.number != data["from_version"]:
                form.data = {
                    **request.POST.dict(),
                    "from_version": str(newest.number),
                }  # what they read now is the newest
        else:
            return redirect(f"{reverse('workshop', args=[programme, one.pk])}?said=version-written")
    context = {"programme": one.programme, "workshop": one, "newest": newest, "form": form}
    return _draw(request, "write", context, status=400 if form.errors else 200)


def the_workshop(request: PlatformRequest, programme: int, workshop: int) -> Workshop:
    found = programme_reached(request, programme, *GROUP_ROLES)
    one = workshops_of(found).filter(pk=workshop).first()
    if one is None:
        raise Http404
    return one


def draw_workshop(
    request: PlatformRequest,
    one: Workshop,
    *,
    session_form: SessionForm | None = None,
    try_form: TryOutForm | None = None,
    remark_form: RemarkForm | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    """For who is no member of the working group only that it is there, and how to come in."""
    person = person_of(request)
    if not is_maker(person, one.theme):
        return _draw(request, "outside", {"programme": one.programme, "workshop": one}, status=403)
    versions = list(one.versions.select_related("by"))
    today = day_of(request.at, one.programme.time_zone)
    sessions = list(one.sessions.all())
    shown = _shown(request, versions)
    context = {
        "programme": one.programme,
        "workshop": one,
        "version": shown,
        "newest": versions[0] if versions else None,
        "told": [
            (LABELS[part], _lines(shown, part), part in shown.changed) for part in WORKSHOP_PARTS if _lines(shown, part)
        ]
        if shown
        else [],
        "versions": [(each, [LABELS[part] for part in each.changed if part in LABELS]) for each in versions],
        "coming": [each for each in sessions if each.on >= today],
        "past": [each for each in sessions if each.on < today],
        "tries": [(each, told(each.happened)) for each in one.tries.select_related("organisation", "by")],
        "remarks": [
            (SPEAKERS.get(each.role, ""), each, told(each.text))
            for each in one.remarks.select_related("organisation", "by")
        ],
        "session_form": session_form or SessionForm(),
        "try_form": try_form or TryOutForm(),
        "remark_form": remark_form or RemarkForm(),
        "may_propose": may_propose(person, one.programme),
        "proposals": one.proposals.exclude(state__in=("draft", "withdrawn")),
        "briefs": _briefs(request, one),
        "refused": refused,
    }
    return _draw(request, "workshop", context, status=status)


def _shown(request: PlatformRequest, versions: list[WorkshopVersion]) -> WorkshopVersion | None:
    wanted = request.GET.get("version", "")
    newest = versions[0] if versions else None
    return next((one for one in versions if str(one.number) == wanted), newest)


def _lines(version: WorkshopVersion, part: str) -> list[str]:
    return str(version.content.get(part, "")).splitlines()


def _briefs(request: PlatformRequest, one: Workshop) -> list[tuple[str, str]]:
    """Factors of the theme about which this person may make a brief of a pilot: id and name."""
    roles = [role.value for role in PROGRAMME_READERS]
    if not person_of(request).programme_roles.filter(programme=one.programme, role__in=roles).exists():
        return []
    pairs = ((factor, names_in_programme([factor], one.programme)) for factor in one.theme.factors)
    return [(factor, names[0]) for factor, names in pairs if names]


def _own_themes(request: PlatformRequest, found: Programme) -> list[Any]:
    person = person_of(request)
    return [theme for theme in group_themes_of(found).select_related("programme") if is_maker(person, theme)]


def _draw(request: PlatformRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    said = SAID.get(request.GET.get("said", ""))
    return draw(request, f"workshops/{template}", {**context, **({"done": said} if said else {})}, status=status)
