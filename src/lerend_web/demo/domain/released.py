"""Which groups a frozen round shows anything about."""

from __future__ import annotations

from typing import Any

from lerend_web.scans.models import FrozenWave

Paths = tuple[tuple[str, ...], ...]


def released_groups(frozen: FrozenWave) -> tuple[tuple[str, Paths], ...]:
    """Name and teams of each group of which the report holds a score: the company, and the groups inside it.

    None at all where too few answered for a report.
    """
    if not frozen.diagnosis:
        return ()
    teams: dict[str, list[tuple[str, ...]]] = {}
    for unit in frozen.wave.units.select_related("key_group"):
        teams.setdefault(unit.key_group.label, []).append(tuple(unit.path))
    everything = tuple(path for paths in teams.values() for path in paths)
    inside = (_group(unit, teams) for unit in frozen.diagnosis["teams"] if _shows_something(unit))
    return (("", everything), *inside)


def _group(unit: dict[str, Any], teams: dict[str, list[tuple[str, ...]]]) -> tuple[str, Paths]:
    labels = (unit["path"][-1], *unit["joined_with"])
    return " + ".join(labels), tuple(path for label in labels for path in teams.get(label, []))


def _shows_something(unit: dict[str, Any]) -> bool:
    return any(finding["score"] is not None for finding in unit["findings"])
