"""Where a company has most room: by raw means, or by what is released."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.loop.practice import Part
from lerend.loop.questionnaire import Questionnaire
from lerend.loop.released import ReleasedCompanies

Floats = NDArray[np.float64]

LISTED: Final = 5
POSSIBLY: Final = 0.3
"""Chance below which a factor is not called a bottleneck."""
_BENCHMARK: Final = 0.75


@dataclass(frozen=True, slots=True)
class Bottlenecks:
    """What a company is told of its bottlenecks.

    Attributes:
        order: places of at most five factors, most room first.
        chances: id of each of these → chance that it is among the five.
        below: places of factors that are surely below what an approach may need.
    """

    order: tuple[int, ...]
    chances: Mapping[str, float]
    below: frozenset[int]


def bottlenecks_of(
    part: Part, asked: Questionnaire, raw: Floats, released: ReleasedCompanies | None, need: float
) -> tuple[Bottlenecks, ...]:
    """(C) what each company is told.

    Args:
        raw: (C, F) plain means; NaN for companies that have left.
        released: not looked at by today's practice, and there only it may be missing.
        need: level that approaches may need.
    """
    if part is Part.LEREND and released is not None:
        return tuple(_by_release(asked, released, company, need) for company in range(len(raw)))
    target = np.nanquantile(raw, _BENCHMARK, axis=0)
    return tuple(_by_means(asked, raw[company], target, need) for company in range(len(raw)))


def _by_means(asked: Questionnaire, mean: Floats, target: Floats, need: float) -> Bottlenecks:
    """The distance to the best quarter of the companies: what a careful coordinator does with a table of means."""
    if np.isnan(mean).all():
        return Bottlenecks((), {}, frozenset())
    room = np.nan_to_num((target - mean)[asked.ranked], nan=-9.0)
    order = tuple(int(asked.ranked[place]) for place in np.argsort(-room, kind="stable")[:LISTED])
    return Bottlenecks(order, {asked.factors[f]: 1.0 for f in order}, _below(mean, need))


def _by_release(asked: Questionnaire, released: ReleasedCompanies, company: int, need: float) -> Bottlenecks:
    chance = released.chance[company]
    sorted_places = [int(place) for place in np.argsort(-chance, kind="stable")[:LISTED]]
    order = tuple(place for place in sorted_places if chance[place] >= POSSIBLY)
    chances = {asked.factors[place]: float(chance[place]) for place in order}
    return Bottlenecks(order, chances, _below(released.high[company], need))


def _below(values: Floats, need: float) -> frozenset[int]:
    return frozenset(int(place) for place in np.flatnonzero(values < need))
