"""Arms of a pilot as a round takes them: no key group crosses two of them (settled before opening, and then fixed)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lerend_web.organisations.models import Organisation
from lerend_web.pilots.domain.teams import holds
from lerend_web.pilots.models import Pilot
from lerend_web.scans.domain.key_groups import Path, groups_of, tree_of
from lerend_web.scans.models import Wave


def arms_in(pilot: Pilot, organisation: Organisation, *, minimum: int) -> list[dict[str, Any]]:
    """Each unit of a company with its arm, as a round takes them; empty where some arm would have too few people.

    Units that are in no team of the pilot are a group of their own. Where these are too few, they go with the arm that has
    most people: they are asked too, and nobody may be left out.
    """
    people = tree_of(organisation).people
    arm_of = _arms(pilot, organisation, people)
    for arm in sorted(set(arm_of.values()) - {""}):
        if not groups_of(_within(people, arm_of, arm), minimum=minimum):
            return []
    rest = _within(people, arm_of, "")
    if rest and not groups_of(rest, minimum=minimum):
        inside = {arm: sum(_within(people, arm_of, arm).values()) for arm in set(arm_of.values()) - {""}}
        largest = max(sorted(inside), key=lambda arm: inside[arm], default="")
        arm_of |= dict.fromkeys(rest, largest)
    if not any(arm_of.values()):
        return []
    return [{"unit": list(unit), "arm": arm_of[unit]} for unit in sorted(people)]


def arms_are_apart(wave: Wave) -> bool:
    """Whether no key group of a round crosses two arms by its plan."""
    return any(one.get("arm") for one in wave.asks)


def _arms(pilot: Pilot, organisation: Organisation, people: Mapping[Path, int]) -> dict[Path, str]:
    """The arm of every unit: that of the team it is or lies below; empty for units outside the pilot."""
    teams = list(pilot.teams.filter(organisation=organisation))
    return {unit: next((one.arm for one in teams if holds(one, unit)), "") for unit in people}


def _within(people: Mapping[Path, int], arm_of: Mapping[Path, str], arm: str) -> dict[Path, int]:
    return {unit: n for unit, n in people.items() if arm_of[unit] == arm}
