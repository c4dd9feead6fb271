"""Questions to the rows of scans, always from what a person may see."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.people.models import Person
from lerend_web.scans.enums import WaveKind, WaveState
from lerend_web.scans.models import Wave


def waves_for(person: Person | None, *roles: OrganisationRole | ProgrammeRole) -> QuerySet[Wave]:
    """The waves of the organisations and programmes in which somebody has one of the roles, pulses too; none without roles."""
    # Both enums know a key holder, and as texts the two are equal: only the class tells them apart.
    in_organisation = [role.value for role in roles if isinstance(role, OrganisationRole)]
    in_programme = [role.value for role in roles if isinstance(role, ProgrammeRole)]
    if person is None:
        return Wave.every.none()
    through_organisation = Q(
        organisation__members__in=person.organisation_roles.filter(role__in=in_organisation),
    )
    through_programme = Q(programme__members__in=person.programme_roles.filter(role__in=in_programme))
    ids = Wave.every.filter(through_organisation | through_programme).values("pk")
    return Wave.every.filter(pk__in=ids).select_related("organisation", "programme")


def judged_with(wave: Wave) -> QuerySet[Wave]:
    """The waves of the organisation of which releases are judged together with this one's, itself too.

    For a scan all scans. For a pulse all pulses with the same questions, whatever their version and series: laid side by side
    they could tell of the few who came or left. A scan and a pulse share no question.
    """
    mine = Wave.every.filter(organisation=wave.organisation_id, kind=wave.kind)
    if wave.kind == WaveKind.SCAN:
        return mine
    return mine.filter(instrument__startswith=f"{wave.instrument.partition('@')[0]}@")


def earlier_of(wave: Wave) -> QuerySet[Wave]:
    """Closed waves that are judged together with this one."""
    return judged_with(wave).filter(state=WaveState.CLOSED).exclude(pk=wave.pk)


def lock(wave: Wave) -> None:
    """Bring a wave up to date and keep others from changing it until the transaction ends."""
    wave.refresh_from_db(from_queryset=Wave.every.select_for_update())
