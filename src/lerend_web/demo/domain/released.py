"""Which groups a closed round shows anything about."""

from __future__ import annotations

from lerend.diagnosis.result import UnitDiagnosis
from lerend_web.scans.domain.releasing import newest_of, read
from lerend_web.scans.models import Wave

Paths = tuple[tuple[str, ...], ...]


def released_groups(wave: Wave) -> tuple[tuple[str, Paths], ...]:
    """Name and teams of each group of which the release holds a score: the company, and the groups inside it.

    None at all where too few answered for a release.
    """
    stored = newest_of(wave)
    if stored is None:
        return ()
    teams: dict[str, list[tuple[str, ...]]] = {}
    for unit in wave.units.select_related("key_group"):
        teams.setdefault(unit.key_group.label, []).append(tuple(unit.path))
    everything = tuple(path for paths in teams.values() for path in paths)
    inside = (_group(unit, teams) for unit in read(stored).diagnosis.teams if _shows_something(unit))
    return (("", everything), *inside)


def _group(unit: UnitDiagnosis, teams: dict[str, list[tuple[str, ...]]]) -> tuple[str, Paths]:
    labels = (unit.path[-1], *unit.joined_with)
    return " + ".join(labels), tuple(path for label in labels for path in teams.get(label, []))


def _shows_something(unit: UnitDiagnosis) -> bool:
    return any(finding.score is not None for finding in unit.findings)
