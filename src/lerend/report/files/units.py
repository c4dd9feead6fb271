"""The units of a release, once each: a programme of one company is that company."""

from __future__ import annotations

from lerend.answers.table import Path
from lerend.diagnosis.result import Diagnosis, UnitDiagnosis
from lerend.report.words import printable


def units_of(diagnosis: Diagnosis) -> tuple[UnitDiagnosis, ...]:
    """All units, from the outside in, in the order of the release; the diagnosis must be what `visible` let through."""
    one = len(diagnosis.companies) == 1 and diagnosis.companies[0].hidden is None
    outermost = () if one else (diagnosis.programme,)
    return (*outermost, *diagnosis.companies, *diagnosis.teams)


def organisation_in(path: Path) -> str:
    return printable(path[0]) if path else ""


def unit_in(path: Path) -> str:
    """The names below the organisation, from the outside in."""
    return " / ".join(printable(name) for name in path[1:])
