"""Key groups: the finest groups that an answer is tied to, made from the tree before anybody answers.

Units that are too small are taken together, by the same routine that decides what may be shown later. So nobody's
answer ever carries a finer mark than a group of at least k invited people (seven where k is five).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from lerend.disclosure.atoms import Atom, atoms
from lerend_web.organisations.models import Organisation, Unit
from lerend_web.organisations.rules import tree_rows
from lerend_web.scans.enums import Mode
from lerend_web.scans.models import KeyGroup, Wave, WaveUnit
from lerend_web.scans.rules import minimum_invited
from lerend_web.urn.passes import new_public_code
from lerend_web.urn.tokens import new_token_key

Path: TypeAlias = tuple[str, ...]

_LONGEST_LABEL: Final = 200


@dataclass(frozen=True, slots=True)
class Tree:
    """The units of an organisation by path, each with its own people.

    `empty` are the units without units below them of which no headcount is known; `unreachable` those that hang in
    the air because the tree has a loop.
    """

    people: Mapping[Path, int]
    empty: tuple[Path, ...]
    unreachable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Units taken together, what they are called, and how many people work there."""

    label: str
    units: tuple[Path, ...]
    invited: int


def tree_of(organisation: Organisation) -> Tree:
    """The organisation's tree as it stands now."""
    units = list(Unit.objects.filter(organisation=organisation))
    rows = tree_rows(units)
    people = {row.path: row.unit.headcount for row in rows if row.unit.headcount}
    empty = [row.path for row in rows if not row.unit.headcount and not row.below]
    reached = {row.unit.pk for row in rows}
    unreachable = tuple(unit.name for unit in units if unit.pk not in reached)
    return Tree(people, tuple(sorted(empty)), unreachable)


def tree_of_wave(wave: Wave) -> Tree:
    """The part of the tree that a wave asks: all of it for a scan; of a sealed series as it stood when it was sealed."""
    if wave.series_digest:
        return Tree({tuple(unit.path): unit.headcount for unit in wave.units.all()}, (), ())
    whole = tree_of(wave.organisation)
    if not wave.asks:
        return whole
    asked = {unit for unit, _arm in asked_in(wave)}
    people = {path: n for path, n in whole.people.items() if path in asked}
    # A unit that is gone, or of which nobody knows the headcount any more, is missing: it counts as one to put right.
    return Tree(people, tuple(sorted(asked - people.keys())), whole.unreachable)


def asked_in(wave: Wave) -> tuple[tuple[Path, str], ...]:
    """The units that a pulse asks, each with its arm."""
    return tuple((tuple(one["unit"]), str(one.get("arm", ""))) for one in wave.asks)


def groups_of_wave(wave: Wave, people: Mapping[Path, int]) -> tuple[Group, ...]:
    """The key groups of a wave: within each arm by itself, where a pulse has arms.

    Returns:
        Nothing when there are too few people, in all or in one of the arms.
    """
    minimum = minimum_invited(wave.k)
    arm_of = dict(asked_in(wave))
    if not any(arm_of.values()):
        return groups_of(people, minimum=minimum)
    arms = sorted({arm_of[unit] for unit in people})
    drawn = [groups_of({unit: n for unit, n in people.items() if arm_of[unit] == arm}, minimum=minimum) for arm in arms]
    if not all(drawn):
        return ()
    found = [_in_order(frozenset(group.units)) for groups in drawn for group in groups]
    labels = _labels(found, people)
    return tuple(
        Group(label, units, sum(people[unit] for unit in units)) for label, units in zip(labels, found, strict=True)
    )


def groups_of(people: Mapping[Path, int], *, minimum: int) -> tuple[Group, ...]:
    """Divide units into groups of at least `minimum` people: every unit in exactly one.

    Returns:
        Nothing when everybody together is fewer than `minimum`. Labels differ from each other.
    """
    found = [_in_order(atom) for atom in atoms(people, k=minimum)]
    labels = _labels(found, people)
    return tuple(
        Group(label, units, sum(people[unit] for unit in units)) for label, units in zip(labels, found, strict=True)
    )


def draw_key_groups(wave: Wave) -> tuple[KeyGroup, ...]:
    """Write down the tree as it stands now and its key groups, in place of earlier ones. Part of sealing the promise."""
    tree = tree_of_wave(wave)
    wave.key_groups.all().delete()
    made = []
    for group in groups_of_wave(wave, tree.people):
        key_group = KeyGroup.objects.create(
            wave=wave,
            code=new_public_code(),
            label=group.label,
            invited=group.invited,
            token_key=new_token_key() if wave.mode == Mode.MAIL else None,
        )
        WaveUnit.objects.bulk_create(
            WaveUnit(wave=wave, path=list(unit), headcount=tree.people[unit], key_group=key_group)
            for unit in group.units
        )
        made.append(key_group)
    return tuple(made)


def _in_order(atom: Atom) -> tuple[Path, ...]:
    return tuple(sorted(atom))


def _labels(groups: Sequence[tuple[Path, ...]], people: Mapping[Path, int]) -> list[str]:
    """The shortest names that still differ: the units' own, else with what they are part of, else with a number."""
    short = [_named(group, people, full=False) for group in groups]
    full = [_named(group, people, full=True) for group in groups]
    chosen = [long if short.count(name) > 1 else name for name, long in zip(short, full, strict=True)]
    labels: list[str] = []
    for name in chosen:
        label, number = _cut(name), 1
        while label in labels:
            number += 1
            label = f"{_cut(name)[: _LONGEST_LABEL - 8]} ({number})"
        labels.append(label)
    return labels


def _named(group: tuple[Path, ...], people: Mapping[Path, int], *, full: bool) -> str:
    whole = _whole_part(group, people)
    paths = [whole] if whole else list(group)
    return " + ".join(" / ".join(path) if full else path[-1] for path in paths)


def _whole_part(group: tuple[Path, ...], people: Mapping[Path, int]) -> Path | None:
    """The part of the organisation that this group is all of, where there is one below the top."""
    shared = _shared_start(group)
    if not shared:
        return None
    inside = {path for path in people if path[: len(shared)] == shared}
    return shared if inside == set(group) else None


def _shared_start(paths: tuple[Path, ...]) -> Path:
    first, last = min(paths), max(paths)
    same = 0
    while same < min(len(first), len(last)) and first[same] == last[same]:
        same += 1
    return first[:same]


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST_LABEL else name[: _LONGEST_LABEL - 1] + "…"
