"""The first page after signing in: my programmes and organisations, and what is next."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from lerend_web.comments.domain.people import can_have_comments
from lerend_web.comments.queries import waves_to_moderate, with_what_is_left
from lerend_web.comments.rules import MODERATOR
from lerend_web.company_form.enums import FormState
from lerend_web.company_form.models import CompanyForm
from lerend_web.company_form.rules import FILLERS, READERS
from lerend_web.core.access import SIGNED_IN, open_to
from lerend_web.core.clock import AMSTERDAM
from lerend_web.organisations.models import Organisation, OrganisationMember, Unit
from lerend_web.organisations.queries import organisations_for
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.people.models import Person
from lerend_web.people.requests import PlatformRequest
from lerend_web.programmes.models import Programme
from lerend_web.programmes.queries import programmes_for
from lerend_web.scans.models import Wave
from lerend_web.scans.queries import waves_for
from lerend_web.scans.rules import day_of
from lerend_web.themes.rules import ACTION_READERS
from lerend_web.workbench.next_steps import PART_IN_PROGRAMME, NextStep, steps_of
from lerend_web.workbench.own_making import Making
from lerend_web.workbench.own_steps import Waiting
from lerend_web.workbench.reach import CONTACT, COORDINATOR, HOLDERS, PROGRAMME_READERS, WITH_A_KEY, person_of
from lerend_web.workbench.words import ROLE_NAMES


@dataclass(frozen=True, slots=True)
class OrganisationCard:
    """An organisation on the first page, with what is next for each role that somebody has there."""

    organisation: Organisation
    roles: list[str]
    steps: list[NextStep]
    can_enter: bool
    can_read_log: bool
    can_near_urn: bool
    can_fill_in: bool
    can_see_actions: bool


@dataclass(frozen=True, slots=True)
class ProgrammePart:
    """A programme in which somebody has a part whose work begins later.

    `to_read` are rounds with comments that this moderator may read, each with how many are `left`.
    """

    programme: Programme
    role: Promise
    says: Promise
    may_read_outcomes: bool
    moderates: bool = False
    to_read: tuple[Wave, ...] = ()


@open_to(SIGNED_IN)
@require_safe
def my_work(request: PlatformRequest) -> HttpResponse:
    person = person_of(request)
    programmes = programmes_for(person, *COORDINATOR).prefetch_related("organisations")
    context = {
        "programmes": programmes,
        "cards": _cards(person, request),
        "researched": programmes_for(person, *READERS[1:]).prefetch_related(
            "organisations", Prefetch("waves", _released_waves(), to_attr="closed_waves")
        ),
        "parts": _parts(person),
        "own": Waiting(person, request.at),
        "making": Making(person, request.at),
        "key_waves": waves_for(person, *HOLDERS).exclude(state="closed"),
    }
    return render(request, "workbench/home.html", context)


def _released_waves() -> QuerySet[Wave]:
    released = Wave.objects.filter(releases__isnull=False).distinct()
    return released.select_related("organisation").order_by("organisation__name", "-closed_at")


def _cards(person: Person, request: PlatformRequest) -> list[OrganisationCard]:
    roles: defaultdict[int, list[str]] = defaultdict(list)
    for member in OrganisationMember.objects.filter(person=person).order_by("pk"):
        roles[member.organisation_id].append(member.role)
    mine = organisations_for(person).prefetch_related(Prefetch("waves", Wave.objects.select_related("programme")))
    with_units = set(
        Unit.objects.filter(organisation__in=list(mine)).order_by().values_list("organisation", flat=True).distinct()
    )
    forms = _own_forms(person, request.at.year)
    return [_card(one, roles[one.pk], request, has_units=one.pk in with_units, form=forms.get(one.pk)) for one in mine]


def _own_forms(person: Person, year: int) -> dict[int, FormState]:
    """How far the own company form of this year is, by organisation; a draft of an earlier one counts too."""
    rows = CompanyForm.objects.filter(person=person).filter(Q(year=year) | Q(state=FormState.DRAFT)).order_by("year")
    return {organisation: FormState(state) for organisation, state in rows.values_list("organisation", "state")}


def _parts(person: Person) -> list[ProgrammePart]:
    members = person.programme_roles.filter(role__in=PART_IN_PROGRAMME).select_related("programme")
    return [_part(person, one.programme, ProgrammeRole(one.role)) for one in members.order_by("pk")]


def _part(person: Person, programme: Programme, role: ProgrammeRole) -> ProgrammePart:
    name, says = PART_IN_PROGRAMME[role]
    moderates = role in MODERATOR
    to_read = _to_read(person, programme) if moderates else ()
    return ProgrammePart(programme, name, says, role in PROGRAMME_READERS, moderates, to_read)


def _to_read(person: Person, programme: Programme) -> tuple[Wave, ...]:
    waves = with_what_is_left(waves_to_moderate(person).filter(programme=programme))
    return tuple(wave for wave in waves if can_have_comments(wave))


def _card(
    organisation: Organisation,
    roles: list[str],
    request: PlatformRequest,
    *,
    has_units: bool,
    form: FormState | None,
) -> OrganisationCard:
    is_contact = CONTACT[0].value in roles
    waves = list(organisation.waves.all())
    today = day_of(request.at, waves[0].programme.time_zone if waves else AMSTERDAM)
    return OrganisationCard(
        organisation=organisation,
        roles=[str(ROLE_NAMES[OrganisationRole(role)]) for role in dict.fromkeys(roles)],
        steps=steps_of(organisation, roles, waves, form=form, has_units=has_units, today=today),
        can_enter=is_contact,
        can_fill_in=bool({role.value for role in FILLERS} & set(roles)),
        can_near_urn=bool({role.value for role in WITH_A_KEY} & set(roles)),
        can_see_actions=bool({role.value for role in ACTION_READERS} & set(roles)),
        can_read_log=is_contact or OrganisationRole.WORKS_COUNCIL in roles,
    )
