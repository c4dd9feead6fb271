"""Waves after one another: whose answers the difference between two of them is about.

The gate takes it that those who stayed answered the same. Then the difference of a group between two waves is about those
who came and those who left, and about them alone. So a group is shown in a new wave only where they are nobody, or at
least k people. Only their numbers per unit are needed, nobody's name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lerend.answers.table import Path
from lerend.disclosure.atoms import Atom, atoms


def atoms_over_waves(people: Mapping[Path, int], changed: Sequence[Mapping[Path, int]], *, k: int) -> tuple[Atom, ...]:
    """Atoms of one organisation of which nobody, or at least `k` people, came or left since each earlier wave.

    Where so few changed in the whole organisation that no atoms can hide them, merging would not help: the atoms stay as
    they are, and `masked` says of which units no trend may be shown.

    Args:
        people: per unit, or per atom of people by its path.
        changed: per earlier wave, those who came plus those who left, per unit.
        k: the smallest number.
    """
    hideable = [wave for wave in changed if not 0 < sum(wave.get(path, 0) for path in people) < k]
    return atoms(people, k=k, changed=hideable)


def masked(units: Sequence[Path], changed: Mapping[Path, int], *, k: int) -> tuple[Path, ...]:
    """The units of which no trend may be shown: 1 to k − 1 people in them came or left."""
    return tuple(unit for unit in units if 0 < sum(n for path, n in changed.items() if path[: len(unit)] == unit) < k)
