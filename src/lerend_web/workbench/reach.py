"""Who works at the workbench, and how a page reaches what it is about: always from the person who asks."""

from __future__ import annotations

from typing import Final, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

from lerend_web.organisations.models import Organisation, Unit
from lerend_web.organisations.queries import organisations_for
from lerend_web.people.enums import OrganisationRole, ProgrammeRole, Role
from lerend_web.people.models import Person
from lerend_web.people.requests import PlatformRequest
from lerend_web.programmes.models import Programme
from lerend_web.programmes.queries import programmes_for
from lerend_web.scans.enums import WaveKind
from lerend_web.scans.models import Wave
from lerend_web.scans.queries import waves_for

_Found = TypeVar("_Found", bound=Model)

COORDINATOR: Final[tuple[Role, ...]] = (ProgrammeRole.COORDINATOR,)
CONTACT: Final[tuple[Role, ...]] = (OrganisationRole.COMPANY_CONTACT,)
CONTACT_AND_COORDINATOR: Final[tuple[Role, ...]] = (*CONTACT, *COORDINATOR)
HOLDERS: Final[tuple[Role, ...]] = (OrganisationRole.KEY_HOLDER, ProgrammeRole.KEY_HOLDER)
WITH_A_KEY: Final[tuple[Role, ...]] = (*CONTACT, *COORDINATOR, OrganisationRole.WORKS_COUNCIL, *HOLDERS)
"""Who comes near the urn: makes a key, tries it, or closes a round with it."""
MAY_VOID: Final[tuple[Role, ...]] = (*CONTACT, *COORDINATOR, OrganisationRole.WORKS_COUNCIL)
"""Who may make unused cards void; it takes two of them."""
RESEARCHER: Final[tuple[Role, ...]] = (ProgrammeRole.RESEARCHER,)
PROGRAMME_READERS: Final[tuple[Role, ...]] = (*COORDINATOR, *RESEARCHER, ProgrammeRole.TEACHER)
"""Who may read what the companies of a programme share."""
READERS: Final[tuple[Role, ...]] = (OrganisationRole.COMPANY_CONTACT, OrganisationRole.WORKS_COUNCIL)
"""Who may read the history of an organisation."""


def person_of(request: PlatformRequest) -> Person:
    """Who asks. The entrance lets nobody else through."""
    if request.person is None:
        raise Http404
    return request.person


def the_organisation(request: PlatformRequest, organisation: int, *roles: Role) -> Organisation:
    """The organisation, if the person has one of the roles there; else it does not exist for them."""
    return _one(organisations_for(person_of(request), *roles), organisation)


def the_programme(request: PlatformRequest, programme: int, *roles: Role) -> Programme:
    return _one(programmes_for(person_of(request), *roles), programme)


def the_wave(request: PlatformRequest, wave: int, *roles: Role) -> Wave:
    return _one(waves_for(person_of(request), *roles), wave)


def the_scan(request: PlatformRequest, wave: int, *roles: Role) -> Wave:
    """The same for what a scan alone has, such as an outcome: what came of a pulse stands with its series."""
    return _one(waves_for(person_of(request), *roles).filter(kind=WaveKind.SCAN), wave)


def the_unit(organisation: Organisation, unit: int) -> Unit:
    return _one(Unit.objects.filter(organisation=organisation), unit)


def _one(rows: QuerySet[_Found], pk: int) -> _Found:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
