"""What of a pilot waits for whom: for its owner, and for each company that takes part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lerend_web.pilots.domain.log_checks import remarks_on
from lerend_web.pilots.domain.measuring import Standing, measurements_of
from lerend_web.pilots.domain.running import why_not_finish, why_not_start
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import Pilot


class Task(StrEnum):
    """What is to be done."""

    BASELINE = "baseline"
    START = "start"
    PLAN = "plan"
    MEASURE = "measure"
    LOG = "log"
    LOOK = "look"
    FINISH = "finish"


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do.

    Attributes:
        organisation: the company that does it; None: who looks after the pilot.
        number: of the measurement it is about.
        on: by when, where there is a day.
        remarks: how many there are on the log, where it is about that.
    """

    task: Task
    organisation: int | None = None
    number: int = 0
    on: date | None = None
    is_late: bool = False
    remarks: int = 0


def todos_of(pilot: Pilot, *, on: date) -> tuple[Todo, ...]:
    """Everything that waits on a day; nothing for a pilot that is not frozen yet, or over."""
    if pilot.state == PilotState.FROZEN:
        return (*_before_the_start(pilot), *_measuring(pilot, on))
    if pilot.state == PilotState.RUNNING:
        return (*_measuring(pilot, on), *_log(pilot, on), *_deciding(pilot, on))
    return ()


def _before_the_start(pilot: Pilot) -> Iterator[Todo]:
    yield Todo(Task.START if why_not_start(pilot) is None else Task.BASELINE)


def _measuring(pilot: Pilot, on: date) -> Iterator[Todo]:
    for one in measurements_of(pilot, on=on):
        measurement = one.measurement
        if measurement.number == 0 or one.standing not in {Standing.TO_PLAN, Standing.LATE}:
            continue
        late = one.standing is Standing.LATE
        task = Task.PLAN if measurement.wave_id is None else Task.MEASURE
        yield Todo(task, measurement.organisation_id, measurement.number, measurement.on, late)


def _log(pilot: Pilot, on: date) -> Iterator[Todo]:
    found = Counter(one.organisation for one in remarks_on(pilot, on=on))
    for organisation, remarks in sorted(found.items()):
        yield Todo(Task.LOG, organisation, remarks=remarks)


def _deciding(pilot: Pilot, on: date) -> Iterator[Todo]:
    """A look once every company has a measurement, or it is missing for good; the end after the last one."""
    standings = measurements_of(pilot, on=on)
    looked = set(pilot.effects.values_list("look", flat=True))
    done = {Standing.THERE, Standing.TOO_FEW, Standing.MISSING}
    for number in sorted({one.measurement.number for one in standings} - {0} - looked):
        own = [one.standing for one in standings if one.measurement.number == number]
        if Standing.THERE in own and all(one in done for one in own):
            yield Todo(Task.LOOK, number=number)
    if why_not_finish(pilot, on) is None:
        yield Todo(Task.FINISH)
