"""Questions to the rows of scans, always from what a person may see."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.people.models import Person
from lerend_web.scans.models import Wave


def waves_for(person: Person | None, *roles: OrganisationRole | ProgrammeRole) -> QuerySet[Wave]:
    """The waves of the organisations and programmes in which somebody has one of the roles; none without roles."""
    # Both enums know a key holder, and as texts the two are equal: only the class tells them apart.
    in_organisation = [role.value for role in roles if isinstance(role, OrganisationRole)]
    in_programme = [role.value for role in roles if isinstance(role, ProgrammeRole)]
    if person is None:
        return Wave.objects.none()
    through_organisation = Q(
        organisation__members__in=person.organisation_roles.filter(role__in=in_organisation),
    )
    through_programme = Q(programme__members__in=person.programme_roles.filter(role__in=in_programme))
    ids = Wave.objects.filter(through_organisation | through_programme).values("pk")
    return Wave.objects.filter(pk__in=ids).select_related("organisation", "programme")


def lock(wave: Wave) -> None:
    """Bring a wave up to date and keep others from changing it until the transaction ends."""
    wave.refresh_from_db(from_queryset=Wave.objects.select_for_update())
