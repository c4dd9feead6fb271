"""A programme for its coordinator: organisations and how far their rounds are. No scores."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from lerend_web.core.access import open_to
from lerend_web.organisations.domain.members import MembersAreWrong, add_organisation, invite_member
from lerend_web.people.enums import OrganisationRole
from lerend_web.people.requests import PlatformRequest
from lerend_web.programmes.domain.joining import make_join_code
from lerend_web.programmes.models import Programme
from lerend_web.scans.models import Wave
from lerend_web.telling.queries import waiting_requests
from lerend_web.workbench.forms.members import NewOrganisationForm
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import COORDINATOR, person_of, the_programme


@open_to(*COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def programme(request: PlatformRequest, programme: int) -> HttpResponse:
    found = the_programme(request, programme, *COORDINATOR)
    form = NewOrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _join(request, found, form)
        except MembersAreWrong as refusal:
            form.refuse(refusal)
        else:
            return redirect(f"{reverse('programme', args=[found.pk])}?done=joined")
    return _draw(request, found, form)


@open_to(*COORDINATOR)
@require_POST
def programme_join_code(request: PlatformRequest, programme: int) -> HttpResponse:
    """A code for an organisation that is here already. It stands on this answer and nowhere else."""
    found = the_programme(request, programme, *COORDINATOR)
    code = make_join_code(programme=found, by=person_of(request), at=request.at)
    return _draw(request, found, NewOrganisationForm(), join_code=code)


def _draw(
    request: PlatformRequest, found: Programme, form: NewOrganisationForm, *, join_code: str = ""
) -> HttpResponse:
    waves = Prefetch("waves", Wave.objects.filter(programme=found))
    context = {
        "join_code": join_code,
        "programme": found,
        "organisations": found.organisations.order_by("name", "pk").prefetch_related(waves),
        "form": form,
        "waiting": waiting_requests(found).count(),
    }
    return draw(request, "programme", context, status=400 if form.errors else 200)


@transaction.atomic
def _join(request: PlatformRequest, found: Programme, form: NewOrganisationForm) -> None:
    by, at, data = person_of(request), request.at, form.cleaned_data
    organisation = add_organisation(programme=found, name=data["name"], by=by, at=at)
    invite_member(
        organisation=organisation,
        email=data["contact_email"],
        name=data["contact_name"],
        role=OrganisationRole.COMPANY_CONTACT,
        language=data["language"],
        by=by,
        at=at,
    )
