"""What no scan asks: a company says what is so, so that solutions fit."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from lerend_web.core.access import open_to
from lerend_web.organisations.domain.circumstances import circumstances_of, note_circumstances
from lerend_web.people.requests import PlatformRequest
from lerend_web.workbench.domain.catalogue import circumstances
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import CONTACT, person_of, the_organisation

SAID: Final = {"yes": True, "no": False}


@open_to(*CONTACT)
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_circumstances(request: PlatformRequest, organisation: int) -> HttpResponse:
    found = the_organisation(request, organisation, *CONTACT)
    if request.method == "POST":
        said = {name: SAID.get(request.POST.get(name, "")) for name, _text in circumstances()}
        note_circumstances(organisation=found, said=said, by=person_of(request), at=request.at)
        return redirect(f"{reverse('circumstances', args=[found.pk])}?done=saved")
    known = circumstances_of(found)
    rows = [(name, text, _answer(known.get(name))) for name, text in circumstances()]
    return draw(request, "circumstances", {"rows": rows}, organisation=found, tab="organisation")


def _answer(is_so: bool | None) -> str:  # noqa: FBT001 -- a value out of a table
    return "" if is_so is None else "yes" if is_so else "no"
