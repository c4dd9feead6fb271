"""Omega hierarchical: how much of a sum score is one thing that all items share, beside what smaller groups of them do.

Factors are explored, not given: minimum residuals (Harman & Jones 1966), turned by oblimin (Jennrich 2002), and a general
factor taken from how they go together (Schmid & Leiman 1957; Zinbarg, Revelle, Yovel & Li 2005).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.errors import Problem
from lerend.statistics.ordinal.trouble import ModelCannotBeFitted
from lerend.statistics.structure.continuous.sample import ContinuousSample
from lerend.statistics.structure.search import minimise
from lerend.statistics.structure.trouble import not_converged
from lerend.wording import say

LEAST_FACTORS: Final = 3
"""With two, how they go together is one number, which leaves open how much each shares with a general factor."""
_MOST_TURNS: Final = 5000
_STILL: Final = 1e-7
_LEAST_UNIQUE: Final = 0.005


@dataclass(frozen=True, slots=True, eq=False)
class Hierarchy:
    """A general factor and m smaller ones behind k items.

    Attributes:
        general: (k,) loadings on what all items share.
        specific: (k, m) loadings on what is left of each factor.
        between: (m, m) correlations of the factors before the general one is taken out.
        omega_hierarchical: share of the variance of the sum score that is general.
        omega_total: share that is common, general or not.
        explained: share of the common variance that is general.
    """

    general: NDArray[np.float64]
    specific: NDArray[np.float64]
    between: NDArray[np.float64]
    omega_hierarchical: float
    omega_total: float
    explained: float


def hierarchy(sample: ContinuousSample, factors: int) -> Hierarchy:
    """Explore so many factors, and take what they share as general.

    Items must be keyed the same way round before. An item that belongs nowhere, or factors that hardly go together, give
    a general factor that is hardly there: then omega hierarchical is near 0, which is an answer.

    Raises:
        ModelCannotBeFitted: fewer than three factors, or more than the items can bear; a search without proven end
            (`NotConverged`).
    """
    k = len(sample.items)
    if factors < LEAST_FACTORS or (k - factors) ** 2 < k + factors:
        raise _wrong_number(factors, k)
    correlations = sample.correlations
    loading, between = oblimin(minimum_residuals(correlations, factors))
    sign = np.where(loading.sum(axis=0) < 0, -1.0, 1.0)
    loading, between = loading * sign, between * np.outer(sign, sign)
    above = minimum_residuals(between, 1)[:, 0]
    above = above * np.copysign(1.0, above.sum())
    general = loading @ above
    specific = loading * np.sqrt(np.maximum(1 - above**2, 0.0))
    common = ((loading @ between) * loading).sum(axis=1)
    whole = float(correlations.sum())
    shared = float((general**2).sum())
    return Hierarchy(
        general=general,
        specific=specific,
        between=between,
        omega_hierarchical=float(general.sum()) ** 2 / whole,
        omega_total=1 - float((1 - common).sum()) / whole,
        explained=shared / (shared + float((specific**2).sum())),
    )


def minimum_residuals(correlations: NDArray[np.float64], factors: int) -> NDArray[np.float64]:
    """(k, m) unturned loadings that leave the smallest squares beside the diagonal.

    Raises:
        NotConverged: the search does not end at a minimum.
    """
    k = len(correlations)
    rows, columns = np.tril_indices(k, -1)
    own = 1 / np.maximum(np.linalg.inv(correlations).diagonal(), 1.0)
    values, axes = np.linalg.eigh(correlations - np.diag(own))
    start = axes[:, -factors:] * np.sqrt(np.maximum(values[-factors:], 0.1))
    free = np.tri(k, factors, dtype=np.bool_)
    turned = np.linalg.qr(start[:factors].T)[0]
    item, factor = np.nonzero(free)

    def misfit(at: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        loading = np.zeros((k, factors))
        loading[item, factor] = at
        moved = (rows[:, np.newaxis] == item) * loading[columns][:, factor]
        moved = moved + (columns[:, np.newaxis] == item) * loading[rows][:, factor]
        return (loading @ loading.T)[rows, columns] - correlations[rows, columns], moved

    search = minimise(misfit, (start @ turned)[item, factor])
    if not search.converged:
        raise not_converged()
    found = np.zeros((k, factors))
    found[item, factor] = search.estimate
    return found


def oblimin(loading: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Turn axes until loadings are as simple as can be: (k, m) turned loadings, (m, m) correlations of the axes.

    Gradient projection for oblique turns (Jennrich 2002), of quartimin: oblimin with nothing added.

    Raises:
        NotConverged: the turning does not end.
    """
    m = loading.shape[1]
    others = np.ones((m, m)) - np.eye(m)
    turn, length = np.eye(m), 1.0
    turned, value, slope = _simplicity(loading, turn, others)
    for _ in range(_MOST_TURNS):
        along = slope - turn * (turn * slope).sum(axis=0)
        size = float((along**2).sum())
        if size < _STILL**2:
            return turned, turn.T @ turn
        length *= 2
        while length > 1e-12:
            tried = turn - length * along
            tried = tried / np.sqrt((tried**2).sum(axis=0))
            found = _simplicity(loading, tried, others)
            if found[1] <= value - size * length / 2:
                break
            length /= 2
        else:
            break
        turn, (turned, value, slope) = tried, found
    raise not_converged()


def _simplicity(
    loading: NDArray[np.float64], turn: NDArray[np.float64], others: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float, NDArray[np.float64]]:
    """Loadings on turned axes, how far they are from simple (quartimin), and how that moves with the turn."""
    back = np.linalg.inv(turn)
    turned = loading @ back.T
    squares = turned**2
    crossed = squares @ others
    slope = -(turned.T @ (turned * crossed) @ back).T
    return turned, float((squares * crossed).sum()) / 4, slope


def _wrong_number(factors: int, items: int) -> ModelCannotBeFitted:
    return ModelCannotBeFitted(
        [
            Problem(
                "factors",
                say("{factors} factors cannot be explored in {items} items.", factors=factors, items=items),
                say("Take at least {least}, with three items or more for each.", least=LEAST_FACTORS),
            )
        ]
    )
