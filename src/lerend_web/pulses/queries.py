"""Series of pulses, as far as a person reaches."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from lerend_web.organisations.models import Organisation
from lerend_web.people.enums import OrganisationRole, ProgrammeRole, Role
from lerend_web.people.models import Person
from lerend_web.pulses.models import PulseSeries
from lerend_web.scans.models import Wave, WaveUnit
from lerend_web.themes.models import Action


def series_of(organisation: Organisation) -> QuerySet[PulseSeries]:
    rows = PulseSeries.objects.filter(organisation=organisation).select_related("organisation", "programme", "action")
    return rows.prefetch_related("pulses__wave")


def series_for(person: Person, *roles: Role) -> QuerySet[PulseSeries]:
    """The series that a person reaches with one of the roles, in the organisation or in the programme of the series."""
    # Both enums know a key holder, and as texts the two are equal: only the class tells them apart.
    inside = [role.value for role in roles if isinstance(role, OrganisationRole)]
    above = [role.value for role in roles if isinstance(role, ProgrammeRole)]
    mine = person.organisation_roles.filter(role__in=inside).values("organisation")
    programmes = person.programme_roles.filter(role__in=above).values("programme")
    found = PulseSeries.objects.filter(Q(organisation__in=mine) | Q(programme__in=programmes))
    return found.select_related("organisation", "programme", "action").prefetch_related("pulses__wave__programme")


def series_about(action: Action) -> QuerySet[PulseSeries]:
    """Those about one action, the newest first."""
    return series_of(action.organisation).filter(action=action).order_by("-pk")


def series_of_pilot(key: str) -> QuerySet[PulseSeries]:
    """Those about one pilot, in all its companies, the newest first."""
    found = PulseSeries.objects.filter(pilot=key).exclude(pilot="")
    return found.select_related("organisation", "programme").prefetch_related("pulses__wave").order_by("-pk")


def arms_of(series: PulseSeries) -> dict[str, str]:
    """By the label of each key group, which is the name of a team in what is released, its arm; empty without arms.

    Teams of two arms are never in one key group, and a series keeps its groups: every released figure of a team is of one
    arm, in each pulse of the same.
    """
    arm_of = {tuple(one["unit"]): str(one["arm"]) for one in series.units}
    if not any(arm_of.values()):
        return {}
    rows = WaveUnit.objects.filter(wave__pulse__series=series).select_related("key_group")
    return {unit.key_group.label: arm_of[tuple(unit.path)] for unit in rows}


def waves_of(series: PulseSeries) -> list[Wave]:
    """The waves of a series in the order of its pulses."""
    rows = Wave.every.filter(pulse__series=series).select_related("organisation", "programme")
    return list(rows.order_by("pulse__number"))


def lock_series(series: PulseSeries) -> None:
    """Bring a series up to date and keep others from changing it until the transaction ends."""
    series.refresh_from_db(from_queryset=PulseSeries.objects.select_for_update())
