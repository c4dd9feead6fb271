"""Taking in a file of teams: first what it would change, then doing it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lerend_web.core.access import open_to
from lerend_web.organisations.domain.imports import (
    PreviewIsOld,
    apply_import,
    packed_plan,
    preview_import,
    unpacked_plan,
)
from lerend_web.organisations.domain.unit_files import LARGEST_FILE
from lerend_web.organisations.models import Organisation
from lerend_web.people.requests import PlatformRequest
from lerend_web.workbench.forms.units import ImportForm
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import CONTACT, person_of, the_organisation

ROWS_SHOWN = 50


@open_to(*CONTACT)
@require_http_methods(["GET", "HEAD", "POST"])
def teams_import(request: PlatformRequest, organisation: int) -> HttpResponse:
    found = the_organisation(request, organisation, *CONTACT)
    if "plan" in request.POST:
        return _apply(request, found)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return _preview(request, found, form)
    return _draw(request, found, form, status=400 if form.errors else 200)


def _preview(request: PlatformRequest, found: Organisation, form: ImportForm) -> HttpResponse:
    """Nothing is changed, so nothing needs to be sent on: loading the page again looks at the same file again."""
    file = form.cleaned_data["file"]
    preview = preview_import(file.read(LARGEST_FILE + 1), file_name=file.name, organisation=found)
    context = {
        "form": ImportForm(),
        "preview": preview,
        "file_name": file.name,
        "plan": packed_plan(preview, organisation=found) if preview.can_be_applied else "",
        "rows_shown": ROWS_SHOWN,
        "rows_slice": f":{ROWS_SHOWN}",
    }
    return draw(request, "import", context, organisation=found, tab="teams", status=400 if preview.problems else 200)


def _apply(request: PlatformRequest, found: Organisation) -> HttpResponse:
    try:
        units = unpacked_plan(request.POST["plan"], organisation=found)
    except PreviewIsOld:
        form = ImportForm(data={})
        form.errors.clear()
        form.add_error(None, _("This preview is too old. Choose the file again."))
        return _draw(request, found, form, status=400)
    apply_import(organisation=found, units=units, by=person_of(request), at=request.at)
    return redirect(f"{reverse('teams', args=[found.pk])}?done=imported")


def _draw(request: PlatformRequest, found: Organisation, form: ImportForm, *, status: int) -> HttpResponse:
    return draw(request, "import", {"form": form}, organisation=found, tab="teams", status=status)
