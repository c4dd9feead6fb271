"""Teams of a pilot: those that have a score of their own in the newest release of each company that takes part.

Nothing but releases is read. A team that has no score of its own there cannot be counted by itself, so no lot can place
it; it is named with the reason, and left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lerend.answers.table import Path
from lerend.diagnosis.result import UnitDiagnosis
from lerend.disclosure.cells import Cell
from lerend.evidence.design.team import Team
from lerend.release.value import Release
from lerend.report.motivation import MOTIVATION
from lerend.report.words import printable
from lerend_web.people.models import Person
from lerend_web.pilots.domain.charters import lock_draft, must_edit, note
from lerend_web.pilots.models import Partner, Pilot, PilotTeam
from lerend_web.scans.domain.releasing import newest_of, read
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import StoredRelease, Wave

SEPARATOR: Final = " / "
NO_SCORE: Final = _("too few people answered to show a score of this team by itself")
TAKEN_TOGETHER: Final = _("its answers are only shown together with another team")
NO_RELEASE: Final = _("no outcome of a round is there yet")


@dataclass(frozen=True, slots=True)
class Uncounted:
    """A team that no lot can place, or a company without any outcome (then `team` is empty), and why."""

    organisation: int
    company: str
    team: str
    path: Path
    why: Promise


@dataclass(frozen=True, slots=True)
class TeamsFound:
    """What was read: how many teams can be counted, and those that cannot."""

    counted: int
    uncounted: tuple[Uncounted, ...]


def team_id(team: PilotTeam) -> str:
    """The name of a team in the plan and in the lot; the same in every measurement."""
    return id_of(team.organisation_id, tuple(team.path))


def id_of(organisation: int, path: Path) -> str:
    """The organisation's number and the path of the team below it."""
    return f"{organisation}/{SEPARATOR.join(path[1:])}"


def units_of(team: PilotTeam) -> tuple[Path, ...]:
    """Where the people of a team stand in the tree, as rounds and pulses name units.

    A release names the groups of its round, and such a group can be several units, or one far down the tree.
    """
    return tuple(tuple(unit) for unit in team.units) or (tuple(team.path[1:]),)


def holds(team: PilotTeam, unit: Path) -> bool:
    """Whether a unit is in the team, or below one that is."""
    return any(unit[: len(own)] == own for own in units_of(team))


@transaction.atomic
def teams_of_releases(*, pilot: Pilot, by: Person | None, at: datetime) -> TeamsFound:
    """Read the teams of all companies that agreed anew, and keep those that can be counted.

    Raises:
        PilotRefused: not an editor, or the plan is frozen.
    """
    must_edit(by, pilot.programme)
    lock_draft(pilot)
    kept = {(one.organisation_id, tuple(one.path)): one for one in pilot.teams.all()}
    counted, uncounted = 0, list[Uncounted]()
    for partner in agreed_partners(pilot):
        steady, others = _teams_of(partner, pilot.factor)
        uncounted += others
        for found in steady:
            _keep(found, kept.pop((partner.organisation_id, tuple(found.path)), None))
            counted += 1
    PilotTeam.objects.filter(pk__in=[one.pk for one in kept.values()]).delete()
    note(pilot, "pilot.teams_read", by=by, at=at, teams=counted)
    return TeamsFound(counted, tuple(uncounted))


def are_as_released(pilot: Pilot) -> bool:
    """Whether the teams are still those of the newest releases; a company may have had a round since they were read."""
    partners = agreed_partners(pilot)
    released = {_read_as(one) for partner in partners for one in _teams_of(partner, pilot.factor)[0]}
    return released == {_read_as(one) for one in pilot.teams.all()}


def uncounted_teams(pilot: Pilot) -> tuple[Uncounted, ...]:
    """Teams of companies that agreed, that no lot can place."""
    return tuple(one for partner in agreed_partners(pilot) for one in _teams_of(partner, pilot.factor)[1])


def design_teams(pilot: Pilot) -> tuple[Team, ...]:
    """The teams as the design takes them; those that cannot be counted come along as not steady, so that a plan names them.

    Where there was a pool, only teams from which somebody offered themselves take part. Those of a company that only
    compares are there, and do not join.
    """
    comparing = {partner.organisation_id: partner.compares for partner in agreed_partners(pilot)}
    by_offer = hasattr(pilot, "pool") and pilot.pool.closed_at is not None
    steady = tuple(
        Team(
            id=team_id(one),
            organisation=str(one.organisation_id),
            people=one.people,
            motivation=one.motivation,
            joins=not comparing[one.organisation_id],
        )
        for one in pilot.teams.all()
        if one.organisation_id in comparing and (one.volunteered or not by_offer or comparing[one.organisation_id])
    )
    others = (one for one in uncounted_teams(pilot) if one.team)
    return (
        *steady,
        *(Team(id_of(one.organisation, one.path), str(one.organisation), 1, steady=False) for one in others),
    )


def agreed_partners(pilot: Pilot) -> list[Partner]:
    return list(pilot.partners.exclude(agreed_at=None).select_related("organisation"))


def newest_release(partner: Partner) -> StoredRelease | None:
    """Of the newest round of the company in this programme that could be released."""
    waves = Wave.objects.filter(
        organisation=partner.organisation_id, programme=partner.pilot.programme_id, state=WaveState.CLOSED
    )
    found = (newest_of(wave) for wave in waves.order_by("-closed_at", "-pk"))
    return next((one for one in found if one is not None), None)


def releases_of(pilot: Pilot) -> tuple[Release, ...]:
    """The newest release of each company that agreed and has one."""
    found = (newest_release(partner) for partner in agreed_partners(pilot))
    return tuple(read(one) for one in found if one is not None)


def _teams_of(partner: Partner, factor: str) -> tuple[list[PilotTeam], list[Uncounted]]:
    stored = newest_release(partner)
    company = partner.organisation
    if stored is None:
        return [], [Uncounted(company.pk, company.name, "", (), NO_RELEASE)]
    release = read(stored)
    made_of = _units_by_group(stored.wave)
    steady, others = [], []
    for unit in _lowest(release.diagnosis.teams):
        cell = _own_cell(release, unit, factor)
        if cell is not None:
            motivation = _own_cell(release, unit, MOTIVATION)
            steady.append(_team(partner, unit, made_of.get(unit.path[-1], ()), cell, motivation))
        else:
            why = TAKEN_TOGETHER if unit.joined_with else NO_SCORE
            others.append(Uncounted(company.pk, company.name, printable(unit.label), unit.path, why))
    return steady, others


def _units_by_group(wave: Wave) -> dict[str, tuple[Path, ...]]:
    """The units of each group of a round, by the name that the release has for it."""
    found = defaultdict[str, list[Path]](list)
    for unit in wave.units.select_related("key_group"):
        found[unit.key_group.label].append(tuple(unit.path))
    return {label: tuple(sorted(units)) for label, units in found.items()}


def _lowest(units: Iterable[UnitDiagnosis]) -> list[UnitDiagnosis]:
    """Units with no other unit below them: people of a team and of its department would be counted twice."""
    found = list(units)
    above = {unit.path[:depth] for unit in found for depth in range(1, len(unit.path))}
    return [unit for unit in found if unit.path not in above]


def _own_cell(release: Release, unit: UnitDiagnosis, scale: str) -> Cell | None:
    """The mean of a scale of this unit and no other, where it may be shown."""
    cell = None if unit.joined_with else release.cell(unit.path, scale)
    return cell if cell is not None and cell.mean is not None else None


def _team(
    partner: Partner, unit: UnitDiagnosis, units: tuple[Path, ...], cell: Cell, motivation: Cell | None
) -> PilotTeam:
    """Of a band of people the low end counts: what a pilot can see is never made to look better than it is."""
    return PilotTeam(
        pilot=partner.pilot,
        organisation=partner.organisation,
        path=list(unit.path),
        units=[list(one) for one in units],
        name=printable(SEPARATOR.join(unit.path[1:]))[:200],
        people=cell.people.low,
        motivation=None if motivation is None else motivation.mean,
    )


def _read_as(team: PilotTeam) -> tuple[int, Path, int, float | None]:
    return team.organisation_id, tuple(team.path), team.people, team.motivation


def _keep(found: PilotTeam, known: PilotTeam | None) -> None:
    if known is not None:
        found.pk, found.volunteered = known.pk, known.volunteered
    found.save()
