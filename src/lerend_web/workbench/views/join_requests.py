"""Requests to join a programme: read, and made into an organisation with a contact in two clicks."""

from __future__ import annotations

from contextlib import suppress

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lerend_web.core.access import open_to
from lerend_web.organisations.domain.members import MembersAreWrong
from lerend_web.people.requests import PlatformRequest
from lerend_web.programmes.models import Programme
from lerend_web.telling.domain.joining import forget_old_requests, put_aside, take_in
from lerend_web.telling.models import JoinRequest
from lerend_web.telling.queries import waiting_requests
from lerend_web.telling.rules import FORGOTTEN_AFTER, TellingRefused
from lerend_web.workbench.forms.telling import TakeInForm, as_asked
from lerend_web.workbench.reach import COORDINATOR, person_of, the_programme
from lerend_web.workbench.views.public_page import draw_public


@open_to(*COORDINATOR)
@require_safe
def join_requests(request: PlatformRequest, programme: int) -> HttpResponse:
    found = the_programme(request, programme, *COORDINATOR)
    forget_old_requests(at=request.at)
    context = {"programme": found, "requests": waiting_requests(found), "days": FORGOTTEN_AFTER.days}
    return draw_public(request, "requests", context)


@open_to(*COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def join_request(request: PlatformRequest, programme: int, asked: int) -> HttpResponse:
    """Read it over; the button makes it an organisation and invites the contact."""
    found = the_programme(request, programme, *COORDINATOR)
    one = _the_request(found, asked)
    form = TakeInForm(request.POST or None, initial=as_asked(one))
    if request.method == "POST" and form.is_valid():
        try:
            _take_in(request, one, form)
        except MembersAreWrong as refusal:
            form.add_error("name" if refusal.field == "name" else "contact_email", refusal.sentence)
        except TellingRefused as refusal:
            form.refuse_telling(refusal)
        else:
            return redirect(f"{reverse('join-requests', args=[found.pk])}?done=taken-in")
    context = {"programme": found, "asked": one, "form": form}
    return draw_public(request, "request", context, status=400 if form.errors else 200)


@open_to(*COORDINATOR)
@require_POST
def join_request_aside(request: PlatformRequest, programme: int, asked: int) -> HttpResponse:
    found = the_programme(request, programme, *COORDINATOR)
    one = _the_request(found, asked)
    with suppress(TellingRefused):  # somebody else decided this very moment: the list shows it
        put_aside(asked=one, by=person_of(request), at=request.at)
    return redirect(f"{reverse('join-requests', args=[found.pk])}?done=put-aside")


def _the_request(programme: Programme, asked: int) -> JoinRequest:
    return get_object_or_404(waiting_requests(programme), pk=asked)


def _take_in(request: PlatformRequest, asked: JoinRequest, form: TakeInForm) -> None:
    data = form.cleaned_data
    take_in(
        asked=asked,
        name=data["name"],
        contact_name=data["contact_name"],
        email=data["contact_email"],
        language=data["language"],
        by=person_of(request),
        at=request.at,
    )
