"""Which figures a paper may hold: those of its unit in the release, and those of the fixed sentences."""

from __future__ import annotations

from collections.abc import Iterator

from lerend.diagnosis.result import Estimate, UnitDiagnosis
from lerend.disclosure.bands import PeopleBand
from lerend.model.structure import OrganisationModel
from lerend.release.value import Release
from lerend.report.participation import usual_margin
from lerend.wording import Message

FIXED = {1, 2, 3, 4, 5, 6, 7, 8, 10, 95, 100}
"""Scale, parts, pages and places in a list; the floors for managers and for a ranking; "95 of 100 cases"."""


def allowed_decimals(unit: UnitDiagnosis, model: OrganisationModel) -> set[float]:
    found: set[float] = {model.target} | {value for value in (unit.own_mean, usual_margin(unit)) if value is not None}
    for finding in unit.findings:
        found |= _ends(finding.score) | _ends(finding.spread)
        if finding.room is not None:
            found |= {finding.room.target} | ({finding.room.leaves_with} if finding.room.leaves_with else set())
    for gap in unit.gaps:
        found |= {gap.management} | _ends(gap.employees) | _ends(gap.difference)
    return {round(value, 1) for value in found} | {round(abs(value), 1) for value in found}


def allowed_wholes(release: Release, unit: UnitDiagnosis) -> set[int]:
    diagnosis, trail = release.diagnosis, release.trail
    year, month, day = (int(part) for part in release.made_on.split("-"))
    companies = len(diagnosis.companies)
    teams = len(diagnosis.teams)
    found = (
        {trail.k, trail.seed, trail.draws, diagnosis.listed, year, month, day, companies}
        | set(range(teams + 1))
        | FIXED
    )
    bands = [unit.people, *(finding.people for finding in unit.findings)]
    for band in bands:
        if isinstance(band, PeopleBand):
            found |= {band.low} | ({band.high} if band.high else set())
    found |= {round(100 * finding.room.robustness) for finding in unit.findings if finding.room}
    return found | set(_wholes_of(diagnosis.notes))


def _wholes_of(messages: tuple[Message, ...]) -> Iterator[int]:
    for message in messages:
        yield from (value for _, value in message.values if isinstance(value, int))


def _ends(estimate: Estimate | None) -> set[float]:
    return set() if estimate is None else {estimate.value, estimate.low, estimate.high}
