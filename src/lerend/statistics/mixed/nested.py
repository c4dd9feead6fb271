"""The pieces for two levels of intercepts, teams within companies, without any matrix per company.

gamma holds the variance of inner groups first, then that of outer groups, both relative to the residual variance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lerend.statistics.mixed.pieces import Ends, Floats, Model, Pieces, gram
from lerend.statistics.mixed.sums import NestedSums


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """What the inverse covariance does to the indicators of both levels.

    Attributes:
        weight: (T,) of the sum over an inner group when only inner groups differ: n / (1 + n gamma_1).
        reach: (T, m) indicators of inner groups times V^-1 [X y].
        outer_weight: (C,) sum of weights per outer group.
        outer_reach: (C, m) indicators of outer groups times V^-1 [X y].
        one_plus: (C,) 1 + gamma_2 times outer_weight.
    """

    weight: Floats
    reach: Floats
    outer_weight: Floats
    outer_reach: Floats
    one_plus: Floats
    ends: Ends


def nested_model(sums: NestedSums) -> Model:
    """Intercepts of inner and outer groups."""
    return Model(lambda gamma: levels(sums, gamma).ends, lambda gamma: _pieces(sums, gamma))


def levels(sums: NestedSums, gamma: Floats) -> Levels:
    """At one value of gamma."""
    grown = 1 + sums.size * gamma[0]
    weight = sums.size / grown
    alone = sums.outer / grown[:, np.newaxis]
    outer_weight = within_parents(sums, weight)
    outer_alone = within_parents(sums, alone)
    one_plus = 1 + gamma[1] * outer_weight
    share = gamma[1] / one_plus
    products = sums.products - gamma[0] * gram(sums.outer, alone)
    return Levels(
        weight=weight,
        reach=alone - (share[:, np.newaxis] * outer_alone)[sums.parent] * weight[:, np.newaxis],
        outer_weight=outer_weight,
        outer_reach=outer_alone / one_plus[:, np.newaxis],
        one_plus=one_plus,
        ends=(
            float(np.log(grown).sum() + np.log(one_plus).sum()),
            products - gram(outer_alone, share[:, np.newaxis] * outer_alone),
        ),
    )


def within_parents(sums: NestedSums, values: Floats) -> Floats:
    """(C,) or (C, m) sums over the inner groups of each outer group."""
    starts = np.searchsorted(sums.parent, np.arange(sums.parents))
    return np.asarray(np.add.reduceat(values, starts, axis=0))


def _pieces(sums: NestedSums, gamma: Floats) -> Pieces:
    at = levels(sums, gamma)
    w, e = at.weight, at.one_plus
    share = gamma[1] / e
    squares, cubes = within_parents(sums, w**2), within_parents(sums, w**3)
    own = at.outer_weight / e
    gathered = within_parents(sums, w[:, np.newaxis] * at.reach)
    across = float((squares / e**2).sum())
    first = float(squares.sum() - 2 * (share * cubes).sum() + (share**2 * squares**2).sum())
    mixed = gram(gathered / e[:, np.newaxis], at.outer_reach)
    inner = gram(at.reach, w[:, np.newaxis] * at.reach) - gram(gathered, share[:, np.newaxis] * gathered)
    return Pieces(
        log_determinant=at.ends[0],
        products=at.ends[1],
        trace=np.array([w.sum() - (share * squares).sum(), own.sum()]),
        traces=np.array([[first, across], [across, float((own**2).sum())]]),
        chain=np.array([gram(at.reach, at.reach), gram(at.outer_reach, at.outer_reach)]),
        chains=np.array([[inner, mixed], [mixed.T, gram(at.outer_reach, own[:, np.newaxis] * at.outer_reach)]]),
    )
