"""What of a diagnosis may be shown. Every face starts here, so that a hidden cell cannot leak through one of them.

A finding that carries a reason to hide it loses all its numbers, whatever the diagnosis left in it, and so does
everything in the same unit that speaks about that factor.
"""

from __future__ import annotations

from dataclasses import replace

from lerend.diagnosis.result import Diagnosis, Finding, UnitDiagnosis
from lerend.report.words import TOO_FEW, printable


def visible(diagnosis: Diagnosis) -> Diagnosis:
    """The same diagnosis without what may not be shown; applying it twice changes nothing."""
    programme = _visible_unit(diagnosis.programme)
    shown = {finding.scale for finding in programme.findings if _is_told(finding)}
    return replace(
        diagnosis,
        programme=programme,
        quality=tuple(quality for quality in diagnosis.quality if quality.scale in shown),
        companies=tuple(_visible_unit(unit) for unit in diagnosis.companies),
        teams=tuple(_visible_unit(unit) for unit in diagnosis.teams),
    )


def finding_of(unit: UnitDiagnosis, scale: str) -> Finding:
    """The finding on this scale; an empty one where the unit has none."""
    found = next((finding for finding in unit.findings if finding.scale == scale), None)
    return found or Finding(scale, None, None, can_be_chance=False, hidden=TOO_FEW)


def _visible_unit(unit: UnitDiagnosis) -> UnitDiagnosis:
    if unit.hidden is not None:
        return UnitDiagnosis(
            path=unit.path,
            level=unit.level,
            label=printable(unit.label),
            people=None,
            findings=(),
            own_mean=None,
            hidden=unit.hidden,
        )
    findings = tuple(_visible_finding(finding) for finding in unit.findings)
    shown = {finding.scale for finding in findings if _is_told(finding)}
    return replace(
        unit,
        label=printable(unit.label),
        findings=findings,
        strengths=tuple(strength for strength in unit.strengths if strength.factor in shown),
        bottlenecks=tuple(factor for factor in unit.bottlenecks if factor in shown),
        gaps=tuple(gap for gap in unit.gaps if gap.factor in shown),
        joined_with=tuple(printable(name) for name in unit.joined_with),
    )


def _is_told(finding: Finding) -> bool:
    """As a number or in words."""
    return finding.score is not None or finding.words is not None


def _visible_finding(finding: Finding) -> Finding:
    if finding.hidden is None and _is_told(finding):
        return finding
    return Finding(finding.scale, None, None, can_be_chance=False, hidden=finding.hidden or TOO_FEW)
