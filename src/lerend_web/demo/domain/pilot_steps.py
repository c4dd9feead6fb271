"""What others do in a pilot that a visitor leads: companies say yes, teams carry it out, and rounds are held when their day is over."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from lerend_web.core.clock import jump
from lerend_web.core.clock import now as now_in_the_demo
from lerend_web.demo.domain.cast import Cast
from lerend_web.demo.domain.held_rounds import closed_at, hold_round
from lerend_web.demo.domain.pilot_log import write_logs
from lerend_web.pilots.domain.partners import agree
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import Measurement, Pilot


class Due(StrEnum):
    """What the others can do now."""

    AGREE = "agree"
    CARRY_OUT = "carry_out"


def due_in_pilot(pilot: Pilot) -> Due | None:
    """None where whoever leads the pilot is to do something."""
    if pilot.state == PilotState.DRAFT:
        return Due.AGREE if pilot.partners.filter(agreed_at=None).exists() else None
    if pilot.state == PilotState.RUNNING and next_measurements(pilot):
        return Due.CARRY_OUT
    return None


def next_measurements(pilot: Pilot) -> list[Measurement]:
    """Those of the next number that nobody held yet, one for each company."""
    rows = pilot.measurements.filter(number__gt=0, wave=None).select_related("organisation", "pilot__programme")
    found = list(rows)
    return [one for one in found if one.number == found[0].number]


def let_companies_agree(pilot: Pilot, *, at: datetime) -> None:
    """The contacts of the made-up companies say yes."""
    for partner in pilot.partners.filter(agreed_at=None).select_related("organisation", "pilot__programme"):
        agree(partner=partner, by=None, at=at)


def let_months_pass(pilot: Pilot, cast: Cast) -> None:
    """The clock goes on to the day after the next measurement; until then the teams do their sessions, and all are measured."""
    coming = next_measurements(pilot)
    if not coming:
        return
    ahead = max(closed_at(one) for one in coming) + timedelta(hours=1) - now_in_the_demo()
    if ahead > timedelta(0):
        jump(ahead.days + 1)
    write_logs(pilot, until=min(now_in_the_demo(), closed_at(coming[0])))
    for measurement in coming:
        hold_round(measurement, by=cast.arjen)
