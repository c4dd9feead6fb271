"""What a pilot did, from releases alone, and kept as it was seen at each look.

A look is taken once, at a measurement of the plan. It stores the effect with the interval that is valid then, by the
bounds for the planned looks, and a digest; what was seen cannot be looked at again until it pleases.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lerend.errors import LerendError
from lerend.evidence.design.kinds import Kind
from lerend.evidence.effects.effect import Effect
from lerend.evidence.effects.estimating import estimate_effect
from lerend.evidence.effects.measured import Measured
from lerend.evidence.looks.looking import look_at, plan_looks
from lerend_web.people.models import Person
from lerend_web.pilots.domain.charters import must_edit, note
from lerend_web.pilots.domain.choosing import problems_in
from lerend_web.pilots.domain.freezing import frozen_plan
from lerend_web.pilots.domain.kept_looks import CheckedOn, Seen, Shift, seen_in, text_of_seen
from lerend_web.pilots.domain.measuring import Standing, measurements_of
from lerend_web.pilots.domain.plans import Plan, digest_of
from lerend_web.pilots.domain.readings import reading_of
from lerend_web.pilots.domain.response_shift import shift_by_releases
from lerend_web.pilots.domain.teams import team_id
from lerend_web.pilots.enums import Faithful, PilotState
from lerend_web.pilots.models import Measurement, Pilot, StoredEffect
from lerend_web.pilots.rules import PilotRefused
from lerend_web.scans.enums import WaveState
from lerend_web.scans.rules import day_of

WAITS: Final = timedelta(days=42)
"""How long after its day a measurement is waited for; then a look goes on without that company, and says so."""
_NOT_TO_COME: Final = frozenset({Standing.THERE, Standing.TOO_FEW, Standing.MISSING})
"""Measured, or never any more."""


def measured_of_releases(pilot: Pilot) -> Measured:
    """Means of teams by measurement, as they were released, with the low end of the band of people.

    A team that is no cell of its own in a release was not measured there.

    Raises:
        PilotRefused: no plan is frozen.
    """
    return reading_of(pilot, frozen_plan(pilot)).measured


@transaction.atomic
def look(
    pilot: Pilot, number: int, *, at: datetime, by: Person | None = None, shift: Shift = Shift.NOT_CHECKED
) -> StoredEffect:
    """Look at a measurement, once, and keep what is seen.

    Args:
        number: of the measurement, from 1.
        shift: what a researcher knows from a file of answers; where not checked, what the releases say stands in its place.

    Raises:
        PilotRefused: not an editor, no plan, looked already, companies are waited for, or nothing can be computed.
    """
    must_edit(by, pilot.programme)
    pilot.refresh_from_db(from_queryset=Pilot.objects.select_for_update())
    plan = frozen_plan(pilot)
    _check(pilot, plan, number, at)
    try:
        seen = seen_now(pilot, plan, number)
    except LerendError as error:
        raise PilotRefused(problems_in(error)) from error
    if shift is not Shift.NOT_CHECKED:
        seen = replace(seen, shift=shift, checked_on=CheckedOn.FILE)
    text = text_of_seen(seen)
    stored = StoredEffect.objects.create(pilot=pilot, look=number, content=text, digest=digest_of(text), at=at)
    note(pilot, "pilot.looked", by=by, at=at, look=number, digest=stored.digest)
    return stored


def seen_now(pilot: Pilot, plan: Plan, number: int) -> Seen:
    """What a look at a measurement would keep; nothing is stored.

    Raises:
        LerendError: what was measured does not answer the question.
    """
    design, reading = plan.design, reading_of(pilot, plan, until=number)
    effect = estimate_effect(
        reading.measured,
        design,
        smallest=plan.rule.smallest,
        deviation=plan.deviation,
        wave=number,
        began=_began(pilot, plan) if design.kind is Kind.ENCOURAGEMENT else None,
        # Where lots are too many to look at all of them, the plan decides which are: nobody can try seeds.
        seed=int(design.digest[:8], 16),
    )
    clear = harm = False
    if effect.is_effect:
        taken = look_at(effect, plan_looks(design))
        effect, clear, harm = taken.effect, taken.clear, taken.harm
    return Seen(
        effect=replace(effect, by_lot=None),
        look=number,
        looks=plan.looks,
        clear=clear,
        harm=harm,
        shift=shift_by_releases(pilot, plan, number),
        plan=pilot.plan.digest,
        sources=reading.sources,
        without_number=reading.without_number,
        without=len(_without(pilot, number)),
        checked_on=CheckedOn.SUMS,
    )


def effect_in(stored: StoredEffect) -> Effect:
    """The effect that was kept.

    Raises:
        ValueError: it is not as it was kept.
    """
    return seen_in(stored).effect


def newest_seen(pilot: Pilot) -> StoredEffect | None:
    """The last look that was taken."""
    return pilot.effects.order_by("-look").first()


def next_look(pilot: Pilot, plan: Plan) -> int | None:
    """The next measurement to look at, one at which no company was measured passed over; None after the last."""
    newest = newest_seen(pilot)
    coming = range(1 if newest is None else newest.look + 1, plan.looks + 1)
    measured = (number for number in coming if _was_measured(pilot, number))
    return next(measured, coming.start if coming else None)


def awaited(pilot: Pilot, number: int, at: datetime) -> list[Measurement]:
    """Measurements up to this one whose round is not closed, and that are still waited for; none once it was stopped."""
    if pilot.state == PilotState.STOPPED:
        return []
    today = day_of(at, pilot.programme.time_zone)
    found = (one for one in measurements_of(pilot, on=today) if one.standing not in _NOT_TO_COME)
    return [
        one.measurement for one in found if one.measurement.number <= number and today <= one.measurement.on + WAITS
    ]


def can_be_seen(pilot: Pilot, plan: Plan, number: int) -> bool:
    """Whether something would be seen at a measurement, whatever it is."""
    if not _was_measured(pilot, number):
        return False
    try:
        seen_now(pilot, plan, number)
    except LerendError:
        return False
    return True


def _without(pilot: Pilot, number: int) -> set[int]:
    """Companies that are not measured at this look."""
    found = pilot.measurements.filter(number=number).select_related("wave")
    return {one.organisation_id for one in found if not _is_in(one)}


def _was_measured(pilot: Pilot, number: int) -> bool:
    """Whether any company was; else the measurements before it would be looked at under its number."""
    return pilot.measurements.filter(number=number, wave__state=WaveState.CLOSED).exists()


def _is_in(measurement: Measurement) -> bool:
    return measurement.wave is not None and measurement.wave.state == WaveState.CLOSED


def _check(pilot: Pilot, plan: Plan, number: int, at: datetime) -> None:
    newest = newest_seen(pilot)
    if not 1 <= number <= plan.looks:
        raise PilotRefused(_("The plan has no measurement with this number after the start."))
    if newest is not None and newest.look >= number:
        raise PilotRefused(_("This was looked at already. What was seen then stands."))
    if waiting := awaited(pilot, number, at):
        names = ", ".join(sorted({one.organisation.name for one in waiting}))
        said = ngettext(
            "One company is still to be measured: %(names)s.",
            "Some companies are still to be measured: %(names)s.",
            len({one.organisation_id for one in waiting}),
        )
        raise PilotRefused(said % {"names": names})
    if not _was_measured(pilot, number):
        raise PilotRefused(_("No company was measured then."))


def _began(pilot: Pilot, plan: Plan) -> list[bool]:
    """Per team of the design whether its log says that it did something."""
    did = pilot.teams.filter(log__faithful__in=[Faithful.AS_PLANNED, Faithful.CHANGED]).distinct()
    names = {team_id(one) for one in did}
    return [team in names for team in plan.design.teams]
