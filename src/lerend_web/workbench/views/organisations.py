"""An organisation: its rounds, the people with a role in it, and its history."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lerend_web.core.access import open_to
from lerend_web.core.clock import AMSTERDAM
from lerend_web.organisations.domain.members import MembersAreWrong, invite_member, join_programme, remove_member
from lerend_web.organisations.models import Organisation, OrganisationMember, Unit
from lerend_web.people.enums import OrganisationRole
from lerend_web.people.requests import PlatformRequest
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import day_of
from lerend_web.workbench.forms.members import JoinForm, MemberForm
from lerend_web.workbench.next_steps import next_step
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import CONTACT, person_of, the_organisation, the_unit
from lerend_web.workbench.words import ROLE_NAMES


@open_to(*CONTACT)
@require_safe
def organisation(request: PlatformRequest, organisation: int) -> HttpResponse:
    return _draw_organisation(request, the_organisation(request, organisation, *CONTACT), JoinForm())


@open_to(*CONTACT)
@require_POST
def organisation_join(request: PlatformRequest, organisation: int) -> HttpResponse:
    """Take part in another programme as well, by a code of its coordinator."""
    found, form = the_organisation(request, organisation, *CONTACT), JoinForm(request.POST)
    if form.is_valid():
        try:
            join_programme(organisation=found, code=form.cleaned_data["code"], by=person_of(request), at=request.at)
        except MembersAreWrong as refusal:
            form.refuse(refusal)
        else:
            return redirect(f"{reverse('organisation', args=[found.pk])}?done=takes-part")
    return _draw_organisation(request, found, form)


def _draw_organisation(request: PlatformRequest, found: Organisation, form: JoinForm) -> HttpResponse:
    waves = list(Wave.objects.filter(organisation=found).select_related("programme"))
    has_units = Unit.objects.filter(organisation=found).exists()
    step = next_step(found, waves, has_units=has_units, today=day_of(request.at, AMSTERDAM))
    programmes = found.programmes.order_by("name")
    context = {"waves": waves, "step": step, "has_units": has_units, "programmes": programmes, "form": form}
    status = 400 if form.errors else 200
    return draw(request, "organisation", context, organisation=found, tab="organisation", status=status)


@open_to(*CONTACT)
@require_http_methods(["GET", "HEAD", "POST"])
def members(request: PlatformRequest, organisation: int) -> HttpResponse:
    """Who has which role; inviting somebody."""
    found = the_organisation(request, organisation, *CONTACT)
    form = MemberForm(request.POST or None, organisation=found)
    if request.method == "POST" and form.is_valid():
        try:
            _invite(request, found, form)
        except MembersAreWrong as refusal:
            form.refuse(refusal)
        else:
            return redirect(f"{reverse('members', args=[found.pk])}?done=invited")
    return _draw_members(request, found, form)


@open_to(*CONTACT)
@require_POST
def member_remove(request: PlatformRequest, organisation: int, member: int) -> HttpResponse:
    found = the_organisation(request, organisation, *CONTACT)
    role = OrganisationMember.objects.filter(organisation=found, pk=member).first()
    if role is not None:
        try:
            remove_member(member=role, by=person_of(request), at=request.at)
        except MembersAreWrong as refusal:
            return _draw_members(request, found, MemberForm(organisation=found), refused=refusal.sentence)
    return redirect(f"{reverse('members', args=[found.pk])}?done=removed")


def _invite(request: PlatformRequest, found: Organisation, form: MemberForm) -> None:
    data = form.cleaned_data
    invite_member(
        organisation=found,
        email=data["email"],
        name=data["name"],
        role=OrganisationRole(data["role"]),
        unit=the_unit(found, data["unit"]) if data["unit"] else None,
        language=data["language"],
        by=person_of(request),
        at=request.at,
    )


def _draw_members(
    request: PlatformRequest, found: Organisation, form: MemberForm, *, refused: str = ""
) -> HttpResponse:
    rows = OrganisationMember.objects.filter(organisation=found).select_related("person", "unit")
    people = [(row, ROLE_NAMES[OrganisationRole(row.role)]) for row in rows.order_by("person__name", "pk")]
    context = {"people": people, "form": form, "refused": refused}
    status = 400 if form.errors or refused else 200
    return draw(request, "members", context, organisation=found, tab="members", status=status)
