"""Which scale may be shown for which unit: the floors, applied to the people who answered that scale."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lerend.answers.table import Path
from lerend.diagnosis.scales import Scales, people_per_scale
from lerend.disclosure.atoms import Atom, atom_of, atoms, groups_to_show
from lerend.disclosure.cells import Extreme
from lerend.disclosure.floors import floor_of
from lerend.model.structure import OrganisationModel
from lerend.statistics.sufficient import Statistics


@dataclass(frozen=True, slots=True, eq=False)
class Visibility:
    """For every scale its atoms, and the atoms of people as such; and the units of which it is not shown all the same."""

    scales: tuple[tuple[Atom, ...], ...]
    people: tuple[Atom, ...]
    withheld: Mapping[int, frozenset[Path]] = field(default_factory=dict)
    _found: dict[tuple[int, int], frozenset[Path]] = field(default_factory=dict, repr=False)

    def shown(self, scale: int, depth: int) -> frozenset[Path]:
        return self._once(self.scales[scale], scale, depth) - self.withheld.get(scale, frozenset())

    def units(self, depth: int) -> frozenset[Path]:
        return self._once(self.people, -1, depth)

    def _once(self, atoms_of_all: tuple[Atom, ...], scale: int, depth: int) -> frozenset[Path]:
        """Worked out when first asked for: every unit of a programme asks again."""
        if (scale, depth) not in self._found:
            self._found[scale, depth] = groups_to_show(atoms_of_all, depth=depth)
        return self._found[scale, depth]

    def is_withheld(self, unit: Path, scale: int) -> bool:
        """Whether a unit is large enough for a scale, and yet is not shown."""
        return unit in self.withheld.get(scale, frozenset())

    def joined_with(self, unit: Path) -> tuple[Path, ...]:
        """The other units that a unit had to be taken together with."""
        return tuple(sorted(atom_of(unit, self.people) - {unit}))


@dataclass(frozen=True, slots=True, eq=False)
class Behind:
    """What a diagnosis behind the gate says in place of numbers: people in bands, some means in words.

    Attributes:
        k: where the lowest band starts.
        words_for: what stands in place of the mean of a unit on a scale; None where the mean may be shown.
    """

    k: int
    words_for: Callable[[Path, str], Extreme | None]


def visibility_of(statistics: Statistics, scales: Scales, model: OrganisationModel, *, k: int) -> Visibility:
    """Apply the floors to every scale, and to people as such."""
    answered = people_per_scale(statistics, scales)
    about_manager = {factor.id for factor in model.factors if factor.about_manager}
    per_scale = []
    for scale, name in enumerate(scales.ids):
        counted = {unit: int(n) for unit, n in zip(statistics.units, answered[:, scale], strict=True)}
        per_scale.append(atoms(counted, k=floor_of(about_manager=name in about_manager, k=k)))
    everybody = {unit: int(n) for unit, n in zip(statistics.units, statistics.people, strict=True)}
    return Visibility(tuple(per_scale), atoms(everybody, k=k))
