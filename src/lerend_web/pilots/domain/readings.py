"""Means of teams at each measurement, read from releases and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lerend.evidence.effects.measured import Measured
from lerend.release.value import UNITS, Release
from lerend_web.pilots.domain.plans import Plan
from lerend_web.pilots.domain.teams import id_of
from lerend_web.pilots.models import Measurement, Pilot
from lerend_web.scans.domain.releasing import newest_of, read


@dataclass(frozen=True, slots=True)
class Source:
    """A release that was read: of which company, at which measurement, and its digest."""

    organisation: int
    number: int
    release: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What releases say; `without_number` counts means that lay so near an end that only words stand there."""

    measured: Measured
    sources: tuple[Source, ...]
    without_number: int


def reading_of(pilot: Pilot, plan: Plan, *, until: int | None = None) -> Reading:
    """Means of teams up to a measurement, with the low end of the band of people, and the releases that were read.

    A team that is no cell of its own in a release was not measured there.
    """
    last = plan.looks if until is None else until
    teams = {team: row for row, team in enumerate(plan.design.teams)}
    people = np.zeros((len(teams), plan.design.waves))
    mean = np.full(people.shape, np.nan)
    sources, without_number = [], 0
    for measurement in pilot.measurements.filter(number__lte=last).select_related("wave"):
        release = release_at(measurement)
        if release is None:
            continue
        sources.append(Source(measurement.organisation_id, measurement.number, release.digest))
        for cell in release.cells:
            row = teams.get(id_of(measurement.organisation_id, cell.name))
            if row is None or (cell.table, cell.scale) != (UNITS, plan.scale):
                continue
            if cell.mean is None:
                without_number += 1
                continue
            people[row, measurement.number], mean[row, measurement.number] = cell.people.low, cell.mean
    measured = Measured(tuple(teams), people, mean, np.full(mean.shape, np.nan))
    return Reading(measured, tuple(sources), without_number)


def release_at(measurement: Measurement) -> Release | None:
    """The newest release of the round of a measurement; None where there is none."""
    stored = newest_of(measurement.wave) if measurement.wave is not None else None
    return None if stored is None else read(stored)
