"""From items to scales: the affine step that lets every later figure be computed from sums of items."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.model.structure import Instrument, OrganisationModel
from lerend.statistics.sufficient import Statistics


@dataclass(frozen=True, slots=True, eq=False)
class Scales:
    """Which items make which scale.

    Attributes:
        ids: measured factors in the order of the model, then the outcomes (K of them); only those with items.
        n_factors: how many of `ids` are factors.
        belongs: (K, k) bool, item k is in the scale.
        categories: (k,) how many answers each item has.
    """

    ids: tuple[str, ...]
    n_factors: int
    belongs: NDArray[np.bool_]
    categories: NDArray[np.int64]

    @property
    def slope(self) -> NDArray[np.float64]:
        """(k,) points of the 1 to 5 scale per answer category."""
        return 4 / (self.categories - 1)

    @property
    def weights(self) -> NDArray[np.float64]:
        """(K, k): a scale score is this times the item means (each item counts the same)."""
        weights: NDArray[np.float64] = self.belongs / self.belongs.sum(axis=1, keepdims=True)
        return weights


def scales_of(model: OrganisationModel, instrument: Instrument, statistics: Statistics) -> Scales:
    """The scales that the answers make.

    An item that nobody answered (it is on no form that was handed out) is no part of its scale here.
    """
    known = {item.id: item for item in instrument.items}
    answered = statistics.counts.sum(axis=(0, 2)) > 0
    measures = [known[item].measures if some else "" for item, some in zip(statistics.items, answered, strict=True)]
    ids = tuple(scale for scale in model.scales if scale in measures)
    factors = {factor.id for factor in model.factors}
    categories = [len(instrument.answer_scale_of(known[item]).labels) for item in statistics.items]
    return Scales(
        ids=ids,
        n_factors=sum(scale in factors for scale in ids),
        belongs=np.array([[measured == scale for measured in measures] for scale in ids], dtype=bool),
        categories=np.array(categories, dtype=np.int64),
    )


def items_of_scales(instrument: Instrument, items: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The items of every scale that a table of answers holds."""
    members: dict[str, tuple[str, ...]] = {}
    for item in instrument.items:
        if item.id in items:
            members[item.measures] = (*members.get(item.measures, ()), item.id)
    return members


def people_per_scale(statistics: Statistics, scales: Scales) -> NDArray[np.int64]:
    """(G, K) how many people of each unit answered each scale.

    Where only items were counted, the most answered item stands for its scale: never too many people.
    """
    if statistics.scale_people is not None and statistics.scales:
        return statistics.scale_people[:, [statistics.scales.index(scale) for scale in scales.ids]]
    answered = statistics.counts.sum(axis=2)
    return np.stack([answered[:, belongs].max(axis=1) for belongs in scales.belongs], axis=1)
