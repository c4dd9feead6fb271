"""What differs between two versions of a catalogue, and whether every change has a version of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Final

from lerend.errors import Problem
from lerend.interventions.catalogue import Catalogue, Intervention
from lerend.wording import Message, say

NAMES: Final = {
    "kind": say("What it is for"),
    "name": say("Name"),
    "what": say("What it is"),
    "mechanism": say("Why it may work"),
    "targets": say("Factors that it works on"),
    "toward": say("Outcomes that it works on"),
    "level": say("Where it takes place"),
    "dose": say("How much and how long"),
    "weeks": say("Weeks until it is noticed and done"),
    "cost": say("Cost"),
    "delivered_by": say("Who does it"),
    "preconditions": say("What it needs"),
    "effects": say("What studies found"),
    "evidence": say("Evidence"),
    "origin": say("Where it comes from"),
    "sources": say("Sources"),
    "fails": say("How it goes wrong"),
    "before": say("Before"),
    "during": say("During"),
    "after": say("After"),
    "script": say("Script"),
}
"""Every part of an intervention that can differ, in words; id and version are no part."""


@dataclass(frozen=True, slots=True)
class ChangedIntervention:
    """One intervention in both catalogues; `parts` names the fields that differ."""

    before: Intervention
    after: Intervention
    parts: tuple[str, ...]

    @property
    def words(self) -> tuple[Message, ...]:
        return tuple(NAMES[part] for part in self.parts)


@dataclass(frozen=True, slots=True)
class CatalogueDifference:
    """From an earlier to a later catalogue; `others` names lists and names that differ beside the interventions."""

    added: tuple[Intervention, ...]
    removed: tuple[Intervention, ...]
    changed: tuple[ChangedIntervention, ...]
    unchanged: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.removed or self.changed or self.others)


def difference_of(before: Catalogue, after: Catalogue) -> CatalogueDifference:
    """What differs from an earlier to a later catalogue."""
    old = {entry.id: entry for entry in before.interventions}
    new = {entry.id: entry for entry in after.interventions}
    pairs = [(old[name], new[name]) for name in new if name in old]
    changes = [ChangedIntervention(one, other, _parts(one, other)) for one, other in pairs]
    return CatalogueDifference(
        added=tuple(entry for name, entry in new.items() if name not in old),
        removed=tuple(entry for name, entry in old.items() if name not in new),
        changed=tuple(change for change in changes if change.parts),
        unchanged=tuple(change.after.id for change in changes if not change.parts),
        others=tuple(
            name
            for name in ("id", "name", "model", "circumstances", "references")
            if getattr(before, name) != getattr(after, name)
        ),
    )


def version_problems(before: Catalogue, after: Catalogue) -> tuple[Problem, ...]:
    """Interventions that changed and kept their version, or went back to an earlier one, and a catalogue that did."""
    return tuple(_version_problems(before, after))


def _version_problems(before: Catalogue, after: Catalogue) -> Iterator[Problem]:
    difference = difference_of(before, after)
    for change in difference.changed:
        if change.after.version <= change.before.version:
            what = say("This differs from version {version}, and is called the same.", version=change.before.version)
            yield Problem(change.after.id, what, say("Write `version: {version}`.", version=change.before.version + 1))
    if not difference.is_empty and after.version <= before.version:
        what = say("This catalogue differs from version {version}, and is called the same.", version=before.version)
        yield Problem(after.id, what, say("Write `version: {version}`.", version=before.version + 1))


def _parts(one: Intervention, other: Intervention) -> tuple[str, ...]:
    names = [field.name for field in fields(one) if field.name in NAMES]
    return tuple(name for name in names if getattr(one, name) != getattr(other, name))
