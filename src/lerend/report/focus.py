"""Which unit a report is about, and what lies directly under it."""

from __future__ import annotations

from dataclasses import dataclass

from lerend.answers.table import Path
from lerend.diagnosis.result import Diagnosis, UnitDiagnosis, UnitLevel


@dataclass(frozen=True, slots=True)
class Focus:
    """The unit of the report, and its companies or teams in the order of the file (none under a team)."""

    unit: UnitDiagnosis
    parts: tuple[UnitDiagnosis, ...]
    parts_level: UnitLevel


def focus_on(diagnosis: Diagnosis, path: Path | None) -> Focus:
    """The programme when no path is given; a programme of one company is that company.

    Raises:
        KeyError: when no unit has this path.
    """
    if path is None and len(diagnosis.companies) == 1 and diagnosis.companies[0].hidden is None:
        path = diagnosis.companies[0].path
    if path is None or path == diagnosis.programme.path:
        return Focus(diagnosis.programme, diagnosis.companies, UnitLevel.COMPANY)
    found = next((unit for unit in (*diagnosis.companies, *diagnosis.teams) if unit.path == path), None)
    if found is None:
        raise KeyError(path)
    if found.level is UnitLevel.TEAM:
        return Focus(found, (), UnitLevel.TEAM)
    teams = tuple(team for team in diagnosis.teams if team.path[: len(found.path)] == found.path)
    return Focus(found, teams, UnitLevel.TEAM)
