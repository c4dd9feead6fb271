"""A pilot while it runs: it starts, it is finished after its last measurement, or it is stopped with the reason."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lerend_web.people.models import Person
from lerend_web.pilots.domain.charters import must_edit, note
from lerend_web.pilots.domain.log_codes import make_codes
from lerend_web.pilots.domain.looking_after import lock_in
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import Pilot
from lerend_web.pilots.rules import PilotRefused
from lerend_web.scans.enums import WaveState
from lerend_web.scans.rules import day_of

LONGEST_WHY = 500


@transaction.atomic
def start(*, pilot: Pilot, by: Person | None, at: datetime) -> None:
    """The teams that begin first can begin; from now on the log is open.

    Raises:
        PilotRefused: not an editor, no frozen plan, or the measurement before is not there.
    """
    must_edit(by, pilot.programme)
    lock_in(pilot, PilotState.FROZEN)
    if (reason := why_not_start(pilot)) is not None:
        raise PilotRefused(reason)
    make_codes(pilot)
    pilot.state, pilot.started_at = PilotState.RUNNING.value, at
    pilot.save()
    note(pilot, "pilot.started", by=by, at=at)


@transaction.atomic
def finish(*, pilot: Pilot, by: Person | None, at: datetime) -> None:
    """All was measured: the log is closed, and the last look decides.

    Raises:
        PilotRefused: not an editor, it does not run, or a measurement is still to come.
    """
    must_edit(by, pilot.programme)
    lock_in(pilot, PilotState.RUNNING)
    if (reason := why_not_finish(pilot, day_of(at, pilot.programme.time_zone))) is not None:
        raise PilotRefused(reason)
    _end(pilot, PilotState.FINISHED, at)
    note(pilot, "pilot.finished", by=by, at=at)


@transaction.atomic
def stop(*, pilot: Pilot, why: str, by: Person | None, at: datetime) -> None:
    """It ends before its time. What was measured stays, and is shown as it is.

    Raises:
        PilotRefused: not an editor, no reason, or it is over already.
    """
    must_edit(by, pilot.programme)
    lock_in(pilot, PilotState.FROZEN, PilotState.RUNNING)
    said = " ".join(why.split())
    if not said:
        raise PilotRefused(_("Say why it stops. Everybody in the pilot can read this."), "why")
    pilot.stopped_why = said[:LONGEST_WHY]
    _end(pilot, PilotState.STOPPED, at)
    note(pilot, "pilot.stopped", by=by, at=at)


def why_not_start(pilot: Pilot) -> Promise | None:
    """What stands between a frozen plan and its start."""
    before = pilot.measurements.filter(number=0)
    if before.exclude(wave__state=WaveState.CLOSED).exists():
        return _("The measurement before the start is not there yet for every company: say which round it is.")
    if not pilot.teams.filter(start__gt=0).exists():
        return _("No team begins in this plan.")
    return None


def why_not_finish(pilot: Pilot, today: date) -> Promise | None:
    """What stands between a pilot that runs and its end."""
    last = pilot.measurements.order_by("-number").first()
    if last is None or last.number == 0:
        return _("Nothing was measured after the start. Plan the measurement, or stop with the reason.")
    if pilot.measurements.filter(number=last.number, on__gt=today).exists():
        return _("The last measurement is still to come. Wait for it, or stop with the reason.")
    if not pilot.measurements.filter(number=last.number, wave__state=WaveState.CLOSED).exists():
        return _("The last measurement is not closed in any company. Close it, or stop with the reason.")
    return None


def _end(pilot: Pilot, state: PilotState, at: datetime) -> None:
    pilot.state, pilot.ended_at = state.value, at
    pilot.save()
