"""Which groups would get a sheet of their own, at a given response: worked out with the routine that will decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lerend.disclosure.atoms import atom_of, atoms

RATES: Final = (50, 70, 90)
"""Response in percent."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """One key group at one response: alone, together with others, or (both empty) not shown at all."""

    alone: bool
    joined_with: tuple[str, ...]


def expectations(groups: Sequence[tuple[str, int]], *, k: int, percent: int) -> dict[str, Expectation]:
    """What each key group gets when everywhere `percent` of the people answer, rounded down.

    Args:
        groups: label and number of invited people of each key group.
        k: the smallest group that is shown.
        percent: response.
    """
    answers: dict[tuple[str, ...], int] = {(label,): invited * percent // 100 for label, invited in groups}
    found = atoms(answers, k=k)
    result = {}
    for label, _invited in groups:
        atom = atom_of((label,), found)
        others = tuple(sorted(path[0] for path in atom if path != (label,)))
        result[label] = Expectation(len(atom) == 1, others)
    return result
