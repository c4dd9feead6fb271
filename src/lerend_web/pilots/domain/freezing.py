"""Freezing the plan of a pilot, and drawing its lot: done once, before the start, and kept with a digest.

The analysis and the rule of the verdict are part of the plan, so nobody can look for other ones afterwards. Names of
volunteers are gone from here on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from typing import Final

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lerend.evidence.design.checking import LotCheck, check_lot
from lerend.evidence.design.drawing import design_pilot
from lerend.evidence.design.kinds import Kind
from lerend.evidence.design.pilot import PilotDesign
from lerend.evidence.design.team import DesignIsWrong
from lerend.evidence.verdict import VerdictRule
from lerend_web.people.models import Person
from lerend_web.pilots.domain.charters import lock_draft, must_edit, note
from lerend_web.pilots.domain.choosing import (
    MOST_WAVES,
    Wish,
    deviation_for,
    problems_in,
    say_here,
    scale_of,
    why_not,
)
from lerend_web.pilots.domain.plans import Moment, Plan, digest_of, plan_in, text_of
from lerend_web.pilots.domain.pool import forget_volunteers
from lerend_web.pilots.domain.teams import agreed_partners, are_as_released, design_teams, newest_release, team_id
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import FrozenPlan, Measurement, Partner, Pilot
from lerend_web.pilots.rules import PilotRefused
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import day_of

ARMS: Final = "ABCDEFGH"
"""What groups that begin together are called on cards and in rounds: it says nothing about what they do."""
LONGEST_SEED: Final = 64


@dataclass(frozen=True, slots=True)
class Baseline:
    """The measurement before the start in one company: the round from which its teams were read."""

    partner: Partner
    wave: Wave


@transaction.atomic
def freeze_plan(
    *,
    pilot: Pilot,
    kind: str | Kind,
    waves: int,
    dates: Sequence[date],
    seed: str,
    smallest: float,
    by: Person | None,
    at: datetime,
    wish: Wish | None = None,
    rule: VerdictRule | None = None,
) -> FrozenPlan:
    """Draw the lot from the seed and freeze everything: arms, dates, analysis, rule of the verdict.

    Args:
        waves: measurements, the one before the start included.
        dates: of the measurements after the start, one for each, in order; the one before is the newest round of each
            company, from which its teams were read.
        seed: one line that was drawn or called out in public; not used where no lot decides.
        smallest: the smallest effect worth having, in standard deviations between people.
        wish: what people said can be done; without it everything that the teams allow.
        rule: numbers of the rule of the verdict; without it the usual ones.

    Raises:
        PilotRefused: something is not ready, or this kind of comparison is not possible with these teams.
    """
    must_edit(by, pilot.programme)
    lock_draft(pilot)
    baselines = _baselines(pilot)
    _check_dates(pilot, waves, dates, at)
    asked = replace(wish, waves=waves) if wish else Wish(waves=waves, announced=True, may_decline=True)
    design = _drawn(pilot, Kind(kind), asked, seed)
    plan = Plan(
        design=design,
        scale=pilot.factor,
        deviation=deviation_for(pilot),
        rule=replace(rule or VerdictRule(), smallest=smallest),
        sessions=pilot.sessions,
        weeks=pilot.weeks,
        moments=_moments(baselines, dates),
    )
    text = text_of(plan)
    frozen = FrozenPlan.objects.create(
        pilot=pilot, content=text, digest=digest_of(text), seed=design.seed, by=by, at=at
    )
    _place_teams(pilot, design)
    _plan_measurements(pilot, plan, baselines)
    forget_volunteers(pilot)
    pilot.state, pilot.smallest = PilotState.FROZEN.value, smallest
    pilot.save()
    note(pilot, "pilot.frozen", by=by, at=at, digest=frozen.digest)
    return frozen


def why_not_freeze(pilot: Pilot) -> list[str]:
    """What is missing before a plan can be frozen, as sentences; empty when nothing is."""
    missing = list[str | Promise]()
    if pilot.owner is None:
        missing.append(_("Nobody looks after this pilot yet. Choose somebody in the charter."))
    waiting = [one.organisation.name for one in pilot.partners.filter(agreed_at=None).select_related("organisation")]
    missing += [_("%(name)s has not answered yet. Wait, or take the question back.") % {"name": one} for one in waiting]
    if not pilot.partners.exclude(agreed_at=None).exists():
        missing.append(_("No company takes part yet. Ask companies, and wait until they say yes."))
    elif not pilot.teams.exists():
        missing.append(_("No teams are known yet. Read them from the newest outcomes on the page of the comparison."))
    elif not are_as_released(pilot):
        missing.append(_("There are newer outcomes than those from which the teams were read. Read the teams again."))
    if hasattr(pilot, "pool") and pilot.pool.closed_at is None:
        missing.append(_("People can still offer their team. The teacher who reads the names closes that first."))
    return [str(one) for one in missing]


def lot_of(pilot: Pilot) -> LotCheck:
    """The lot drawn again from the stored seed, and compared with the plan.

    Raises:
        PilotRefused: nothing is frozen yet.
        ValueError: the plan was changed after it was frozen.
    """
    return check_lot(frozen_plan(pilot).design)


def frozen_plan(pilot: Pilot) -> Plan:
    """The plan of a pilot.

    Raises:
        PilotRefused: nothing is frozen yet.
        ValueError: the plan was changed after it was frozen.
    """
    if not hasattr(pilot, "plan"):
        raise PilotRefused(_("The plan of this pilot is not frozen yet."))
    return plan_in(pilot.plan)


def _baselines(pilot: Pilot) -> list[Baseline]:
    if missing := why_not_freeze(pilot):
        raise PilotRefused(" ".join(missing))
    with_teams = set(pilot.teams.values_list("organisation", flat=True))
    found = []
    for partner in agreed_partners(pilot):
        stored = newest_release(partner) if partner.organisation_id in with_teams else None
        if stored is not None:
            found.append(Baseline(partner, stored.wave))
    return found


def _check_dates(pilot: Pilot, waves: int, dates: Sequence[date], at: datetime) -> None:
    if not 2 <= waves <= MOST_WAVES:
        raise PilotRefused(_("Plan from 2 to 7 measurements, the one before the start included."), "waves")
    if len(dates) != waves - 1:
        raise PilotRefused(_("Give a date for each measurement after the start."), "dates")
    today = day_of(at, pilot.programme.time_zone)
    if dates[0] <= today or any(later <= one for one, later in pairwise(dates)):
        raise PilotRefused(_("Measurements come after today, each later than the one before."), "dates")


def _drawn(pilot: Pilot, kind: Kind, wish: Wish, seed: str) -> PilotDesign:
    teams, said = design_teams(pilot), seed.strip()
    if kind.by_lot and not (said and said.isprintable() and len(said) <= LONGEST_SEED):
        raise PilotRefused(
            _("Draw or call out a number in public, and fill it in: that is what the lot is drawn from."), "seed"
        )
    against = why_not(teams, kind, wish)
    if against:
        raise PilotRefused(" ".join(say_here(one) for one in against), "kind")
    try:
        return design_pilot(kind, teams, waves=wish.waves, seed=said, scale=scale_of(kind))
    except DesignIsWrong as error:
        raise PilotRefused(problems_in(error), "kind") from error


def _moments(baselines: Sequence[Baseline], dates: Sequence[date]) -> tuple[Moment, ...]:
    before = [Moment(one.partner.organisation_id, 0, one.wave.closes_on) for one in baselines]
    after = [
        Moment(one.partner.organisation_id, number, on) for number, on in enumerate(dates, start=1) for one in baselines
    ]
    return (*before, *after)


def _place_teams(pilot: Pilot, design: PilotDesign) -> None:
    """Arm and start on each team of the plan. A team that is not in it leaves no trace: it may not have volunteered."""
    letters = {team: ARMS[place] for place, arm in enumerate(design.arms) for team in arm.teams}
    starts = {one.team: one.begins or 0 for one in design.placements}
    for team in pilot.teams.all():
        name = team_id(team)
        if name not in starts:
            team.delete()
            continue
        team.arm, team.start = letters[name], starts[name]
        team.save()


def _plan_measurements(pilot: Pilot, plan: Plan, baselines: Sequence[Baseline]) -> None:
    waves = {one.partner.organisation_id: one.wave for one in baselines}
    Measurement.objects.bulk_create(
        Measurement(
            pilot=pilot,
            organisation_id=moment.organisation,
            number=moment.number,
            on=moment.on,
            wave=waves[moment.organisation] if moment.number == 0 else None,
        )
        for moment in plan.moments
    )
