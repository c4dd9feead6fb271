"""Models and questionnaires of a programme: reading, handing in a new version, its difference, publishing it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lerend_web.core.access import open_to
from lerend_web.instruments.domain.faults import FileIsWrong, language
from lerend_web.instruments.domain.library import Held, find_version, library_of
from lerend_web.instruments.domain.publishing import discard_draft, keep_draft, publish_draft
from lerend_web.instruments.domain.reading import file_of, read_difference, read_version
from lerend_web.instruments.domain.uploads import proposal_of
from lerend_web.instruments.models import OwnVersion
from lerend_web.instruments.rules import LARGEST_FILE, VersionsAreWrong, stem
from lerend_web.people.enums import ProgrammeRole, Role
from lerend_web.people.requests import PlatformRequest
from lerend_web.programmes.models import Programme
from lerend_web.scans.models import Wave
from lerend_web.workbench.forms.instruments import PublishForm, VersionFileForm
from lerend_web.workbench.reach import person_of, the_programme

RESEARCHER: Final[tuple[Role, ...]] = (ProgrammeRole.RESEARCHER,)
READERS: Final[tuple[Role, ...]] = (ProgrammeRole.RESEARCHER, ProgrammeRole.COORDINATOR)
"""Who reads models and questionnaires; only a researcher changes what is there."""
FAULTS_SHOWN: Final = 50
DONE: Final[dict[str, Promise]] = {
    "kept": _("The file is kept as a draft. Read the difference; then publish it, or throw it away."),
    "published": _("Published. Rounds of this programme can use it now; it never changes any more."),
    "discarded": _("The draft is thrown away."),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A version in the list, with the rounds that use it."""

    held: Held
    title: str
    waves: list[Wave]


@open_to(*READERS)
@require_safe
def models(request: PlatformRequest, programme: int) -> HttpResponse:
    """Everything that this programme can read, and which rounds use it."""
    found = the_programme(request, programme, *READERS)
    waves = _waves_by_reference(found)
    rows = [Row(one, one.title(language()), waves.get(one.reference, [])) for one in library_of(found)]
    context = {
        "models": [row for row in rows if row.held.instrument is None],
        "questionnaires": [row for row in rows if row.held.instrument is not None],
    }
    return _draw(request, "list", found, context)


@open_to(*READERS)
@require_safe
def model_version(request: PlatformRequest, programme: int, name: str, version: int) -> HttpResponse:
    """One version to read, by layer."""
    found, one = _reached(request, programme, name, version)
    context = {
        "held": one,
        "shown": read_version(one, language()),
        "waves": _waves_by_reference(found).get(one.reference, []),
        "others": _others(one, found),
    }
    return _draw(request, "version", found, context)


@open_to(*READERS)
@require_safe
def model_difference(request: PlatformRequest, programme: int, name: str, version: int) -> HttpResponse:
    """What differs from another version, and what it means; of a draft this is where it is published."""
    found, one = _reached(request, programme, name, version)
    return _draw_difference(request, found, one)


@open_to(*READERS)
@require_safe
def model_file(request: PlatformRequest, programme: int, name: str, version: int, form: str) -> HttpResponse:
    """A version to save: the file itself, a table of its texts, or JSON with everything filled in."""
    _found, one = _reached(request, programme, name, version)
    try:
        file = file_of(one, form)
    except LookupError as error:
        raise Http404 from error
    answer = HttpResponse(file.content, content_type=file.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return answer


@open_to(*RESEARCHER)
@require_http_methods(["GET", "HEAD", "POST"])
def model_upload(request: PlatformRequest, programme: int) -> HttpResponse:
    """Hand in a file: what is wrong with it, or its difference."""
    found = the_programme(request, programme, *RESEARCHER)
    form = VersionFileForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "number": found.pk}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            proposal = proposal_of(file.read(LARGEST_FILE + 1), file_name=file.name, programme=found)
            draft = keep_draft(proposal=proposal, programme=found, by=person_of(request), at=request.at)
        except FileIsWrong as refusal:
            shown = refusal.faults[:FAULTS_SHOWN]
            context |= {"faults": shown, "faults_all": len(refusal.faults), "file_name": file.name}
        except VersionsAreWrong as refusal:
            form.add_error(None, refusal.sentence)
        else:
            address = reverse("model-difference", args=[found.pk, draft.name, draft.version])
            return redirect(f"{address}?done=kept")
    return _draw(request, "upload", found, context, status=400 if form.errors or "faults" in context else 200)


@open_to(*RESEARCHER)
@require_POST
def model_publish(request: PlatformRequest, programme: int, name: str, version: int) -> HttpResponse:
    """Make a draft a version for good."""
    found, one = _reached(request, programme, name, version, *RESEARCHER)
    form = PublishForm(request.POST)
    if form.is_valid():
        try:
            digest, by = form.cleaned_data["digest"], person_of(request)
            publish_draft(version=_own(one), digest=digest, by=by, at=request.at)
        except VersionsAreWrong as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect(f"{reverse('model-version', args=[found.pk, name, version])}?done=published")
    return _draw_difference(request, found, one, form=form)


@open_to(*RESEARCHER)
@require_POST
def model_discard(request: PlatformRequest, programme: int, name: str, version: int) -> HttpResponse:
    """Throw a draft away."""
    found, one = _reached(request, programme, name, version, *RESEARCHER)
    try:
        discard_draft(version=_own(one), by=person_of(request), at=request.at)
    except VersionsAreWrong as refusal:
        form = PublishForm({"digest": one.digest, "is_read": "on"})
        form.add_error(None, refusal.sentence)
        return _draw_difference(request, found, one, form=form)
    return redirect(f"{reverse('models', args=[found.pk])}?done=discarded")


def _reached(request: PlatformRequest, programme: int, name: str, version: int, *roles: Role) -> tuple[Programme, Held]:
    """The programme and one of the versions that it can read; another programme's does not exist here."""
    found = the_programme(request, programme, *(roles or READERS))
    one = find_version(f"{name}@{version}", found)
    if one is None:
        raise Http404
    return found, one


def _own(one: Held) -> OwnVersion:
    """The row of a version of this programme; what comes with the platform has none, and is never published here."""
    if one.own is None:
        raise Http404
    return one.own


def _others(one: Held, programme: Programme) -> list[Held]:
    """Versions that this one can be laid beside: of the same kind, its own line first, never a draft."""
    same = [
        other
        for other in library_of(programme)
        if other.kind is one.kind and other.reference != one.reference and not other.is_draft
    ]
    return sorted(same, key=lambda other: (stem(other.name) != stem(one.name), other.name, -other.version))


def _waves_by_reference(programme: Programme) -> dict[str, list[Wave]]:
    found: defaultdict[str, list[Wave]] = defaultdict(list)
    for wave in Wave.objects.filter(programme=programme).select_related("organisation").order_by("-opens_on", "-id"):
        found[wave.instrument].append(wave)
    return found


def _draw_difference(
    request: PlatformRequest, found: Programme, one: Held, *, form: PublishForm | None = None
) -> HttpResponse:
    others = _others(one, found)
    other = _other(request, one, others)
    context: dict[str, Any] = {"held": one, "others": others, "other": other}
    context["title"] = one.title(language())
    if other is not None:
        context["difference"] = read_difference(other, one, language())
    if one.is_draft and ProgrammeRole.RESEARCHER in _roles(request, found):
        context["form"] = form or PublishForm(initial={"digest": one.digest})
    elif form is not None:
        context["refused"] = form.non_field_errors()
    return _draw(request, "difference", found, context, status=400 if form is not None else 200)


def _other(request: PlatformRequest, one: Held, others: list[Held]) -> Held | None:
    """What is asked for; else what it was made from; else the version before it, of its own line."""
    asked = request.GET.get("with", "")
    wanted = asked or (one.own.compared_with if one.own is not None else "")
    chosen = next((other for other in others if other.reference == wanted), None)
    if chosen is None and asked:
        raise Http404
    before = [other for other in others if other.name == one.name and other.version < one.version]
    return chosen or (before[0] if before else others[0] if others else None)


def _roles(request: PlatformRequest, programme: Programme) -> set[str]:
    return set(person_of(request).programme_roles.filter(programme=programme).values_list("role", flat=True))


def _draw(
    request: PlatformRequest, template: str, programme: Programme, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    roles = _roles(request, programme)
    shown = {
        "programme": programme,
        "done": DONE.get(request.GET.get("done", "")),
        "is_researcher": ProgrammeRole.RESEARCHER in roles,
        "is_coordinator": ProgrammeRole.COORDINATOR in roles,
        **context,
    }
    with timezone.override(ZoneInfo(programme.time_zone)):
        return render(request, f"instruments/{template}.html", shown, status=status)
