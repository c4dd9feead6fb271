"""Which items stand on which level: all on both, but for measured predictors, which may stand on one.

A predictor of the level within groups alone counts with all of its variance there; one between groups alone is the same
for everybody in a group.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from lerend.errors import Problem
from lerend.statistics.ordinal.trouble import ModelCannotBeFitted
from lerend.statistics.structure.specification import Specification
from lerend.statistics.structure.trouble import other_items
from lerend.statistics.structure.two_level.sample import TwoLevelSample
from lerend.wording import say

_SAME: Final = 1e-12
"""Share of a column's variance that may lie within groups where it is the same for all of a group: rounding."""


@dataclass(frozen=True, slots=True)
class Levels:
    """A model on each level."""

    within: Specification
    between: Specification

    @property
    def items(self) -> tuple[str, ...]:
        """Every item once: those within groups, then what stands between them only (k items)."""
        return tuple(dict.fromkeys((*self.within.items, *self.between.items)))

    def rows(self, model: Specification) -> list[int]:
        """Of the items of one level, in its order."""
        return [self.items.index(item) for item in model.items]

    @property
    def only_within(self) -> list[int]:
        return [row for row, item in enumerate(self.items) if item not in self.between.items]

    @property
    def only_between(self) -> list[int]:
        return [row for row, item in enumerate(self.items) if item not in self.within.items]

    @property
    def known(self) -> int:
        """Means, and covariances on each level."""
        inner, outer = len(self.within.items), len(self.between.items)
        return len(self.items) + (inner * (inner + 1) + outer * (outer + 1)) // 2

    def refuse_unlike(self, sample: TwoLevelSample) -> None:
        """Raise where the sample has other items, or one of them stands on the wrong level."""
        if sample.items != self.items:
            raise other_items("within" if self.within.items != sample.items else "between")
        for model, alone in ((self.within, self.only_within), (self.between, self.only_between)):
            wrong = [self.items[row] for row in alone if self.items[row] not in model.predictors]
            if wrong:
                raise _on_one_level(wrong)
        whole = sample.whole.covariance.diagonal() * sample.people
        inside = sample.scatters.sum(axis=0).diagonal()
        differing = [row for row in self.only_between if inside[row] > _SAME * whole[row]]
        if differing:
            raise _not_the_same([self.items[row] for row in np.unique(differing)])


def _on_one_level(items: list[str]) -> ModelCannotBeFitted:
    return ModelCannotBeFitted(
        [
            Problem(
                ", ".join(items),
                say("This stands on one of the two levels only, and is no predictor there."),
                say("Name it on both levels; only columns that predict, and that nothing predicts, may stand on one."),
            )
        ]
    )


def _not_the_same(items: list[str]) -> ModelCannotBeFitted:
    return ModelCannotBeFitted(
        [
            Problem(
                ", ".join(items),
                say("It differs between people of one group, and stands between groups only."),
                say("Give everybody in a group the same value, or name it within groups as well."),
            )
        ]
    )
