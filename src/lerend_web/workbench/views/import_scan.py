"""A scan that was held elsewhere becomes a closed round: first what is in the file, then taking it in.

In between nothing of the file is kept, so it is chosen twice. What was said about it travels through the page, signed,
with the digest of the file: another file is noticed.
"""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from lerend_web.core.access import open_to
from lerend_web.organisations.models import Organisation
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.people.requests import PlatformRequest
from lerend_web.programmes.models import Programme
from lerend_web.scans.domain.collected_elsewhere import (
    AnotherFile,
    FileIsRefused,
    Wish,
    preview_of,
    take_in,
    why_not_take_in,
)
from lerend_web.scans.domain.elsewhere_file import LARGEST_FILE
from lerend_web.scans.rules import Refused
from lerend_web.workbench.forms.import_scan import (
    FileIsOld,
    ImportScanForm,
    SameFileForm,
    packed,
    unpacked,
    usual_import,
)
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import CONTACT_AND_COORDINATOR, person_of, the_organisation
from lerend_web.workbench.uploads import InMemoryOnly


@open_to(*CONTACT_AND_COORDINATOR)
@never_cache
@csrf_exempt  # only until the upload is told to stay in memory: the same check comes right after
@require_http_methods(["GET", "HEAD", "POST"])
def import_scan(request: PlatformRequest, organisation: int) -> HttpResponse:
    upload = InMemoryOnly(request, largest=LARGEST_FILE)
    request.upload_handlers = [upload]
    return _checked(request, organisation, upload)


@csrf_protect
def _checked(request: PlatformRequest, organisation: int, upload: InMemoryOnly) -> HttpResponse:
    found = the_organisation(request, organisation, *CONTACT_AND_COORDINATOR)
    if not (programmes := _programmes(request, found)):
        return draw(request, "no_programme", {}, organisation=found, tab="organisation")
    if "plan" in request.POST:
        return _confirm(request, found, programmes, upload)
    if request.method != "POST":
        return _draw(request, found, ImportScanForm(programmes=programmes, initial=usual_import()))
    form = ImportScanForm(request.POST, request.FILES, programmes=programmes)
    _say_too_large(form, upload)
    if not form.is_valid():
        return _draw(request, found, form, status=400)
    wish = form.wish(found)
    if reasons := why_not_take_in(wish, at=request.at):
        form.refuse(Refused(*reasons))
        return _draw(request, found, form, status=400)
    return _preview(request, found, wish, form.cleaned_data["file"], form=form)


def _confirm(
    request: PlatformRequest, found: Organisation, programmes: list[Programme], upload: InMemoryOnly
) -> HttpResponse:
    by = person_of(request)
    try:
        wish, digest = unpacked(request.POST["plan"], found, programmes, by=by)
    except FileIsOld:
        form = ImportScanForm(programmes=programmes, initial=usual_import())
        said = _("This preview is too old. Choose the file again.")
        return _draw(request, found, form, status=400, refused=[said])
    same = SameFileForm(request.POST, request.FILES)
    _say_too_large(same, upload)
    if not same.is_valid():
        return _again(request, found, wish, digest, same)
    file = same.cleaned_data["file"]
    try:
        wave = take_in(content=file.read(), file_name=file.name, wish=wish, digest=digest, by=by, at=request.at)
    except (AnotherFile, FileIsRefused) as refusal:
        return _preview(request, found, wish, file, refused=[str(one) for one in refusal.reasons])
    except Refused as refusal:
        same.refuse(refusal)
        return _again(request, found, wish, digest, same)
    return redirect(f"{reverse('wave', args=[wave.pk])}?done=taken-in")


def _preview(
    request: PlatformRequest,
    found: Organisation,
    wish: Wish,
    file: UploadedFile[Any],
    *,
    form: ImportScanForm | None = None,
    refused: list[str] | None = None,
) -> HttpResponse:
    """What is in the file. With problems the form stays, else comes the second choice."""
    file.seek(0)
    preview = preview_of(file.read(), file_name=file.name or _("the file"), wish=wish)
    context: dict[str, Any] = {"preview": preview, "file_name": file.name, "wish": wish, "refused": refused or []}
    if preview.faults:
        context["form"] = form or ImportScanForm(programmes=[wish.programme], initial=_said(wish))
    else:
        context["same"] = SameFileForm()
        context["plan"] = packed(wish, preview.digest, by=person_of(request))
    status = 400 if preview.faults or refused else 200
    return draw(request, "import_scan", context, organisation=found, tab="organisation", status=status)


def _again(request: PlatformRequest, found: Organisation, wish: Wish, digest: str, same: SameFileForm) -> HttpResponse:
    """The second choice went wrong; what is in the file was seen before, and is not here any more."""
    context = {"wish": wish, "same": same, "plan": packed(wish, digest, by=person_of(request)), "refused": []}
    return draw(request, "import_scan", context, organisation=found, tab="organisation", status=400)


def _draw(
    request: PlatformRequest,
    found: Organisation,
    form: ImportScanForm,
    *,
    status: int = 200,
    refused: list[str] | None = None,
) -> HttpResponse:
    context = {"form": form, "refused": refused or []}
    return draw(request, "import_scan", context, organisation=found, tab="organisation", status=status)


def _say_too_large(form: ImportScanForm | SameFileForm, upload: InMemoryOnly) -> None:
    if upload.let_go:
        form.fields["file"].error_messages["required"] = _(
            "This file is larger than 20 MB. Keep only the columns with answers and the team, or save it as CSV."
        )


def _programmes(request: PlatformRequest, found: Organisation) -> list[Programme]:
    """Of the organisation, for its contact; else those that this person coordinates."""
    person = person_of(request)
    programmes = found.programmes.order_by("name")
    if not person.organisation_roles.filter(organisation=found, role=OrganisationRole.COMPANY_CONTACT).exists():
        mine = person.programme_roles.filter(role=ProgrammeRole.COORDINATOR).values("programme")
        programmes = programmes.filter(pk__in=mine)
    return list(programmes)


def _said(wish: Wish) -> dict[str, Any]:
    columns = "\n".join(f"{item} = {column}" for item, column in wish.columns.items())
    names = ("programme", "name", "instrument", "collected_on", "team", "k", "promised")
    return {name: getattr(wish, name) for name in names} | {"columns": columns, "fits": True}
