"""What a mixed model says about each single group: shrunken towards all, the more so the fewer people it has."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lerend.statistics.mixed.crossed import inner_inverse, reaches, reduced
from lerend.statistics.mixed.crossed_sums import CrossedSums
from lerend.statistics.mixed.model import Fitted
from lerend.statistics.mixed.nested import levels
from lerend.statistics.mixed.pieces import inverted
from lerend.statistics.mixed.relative import Relative
from lerend.statistics.mixed.searching import left_over
from lerend.statistics.mixed.sums import GroupedSums, NestedSums

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class GroupEffects:
    """Best linear unbiased predictions of the effects of one level.

    Attributes:
        name: of the level.
        effect: (G, q) how far each group's intercept (and slopes) lies from that of all; groups in the order of their
            sorted labels.
        standard_error: (G, q) of these, taking variances and coefficients as known.
    """

    name: str
    effect: Floats
    standard_error: Floats


def group_effects(fitted: Fitted) -> tuple[GroupEffects, ...]:
    """The effects of the groups of every level, in the order of the model; of pairs for an inner level."""
    if isinstance(fitted.sums, NestedSums):
        return _nested(fitted, fitted.sums)
    if isinstance(fitted.sums, CrossedSums):
        return _crossed(fitted, fitted.sums)
    assert isinstance(fitted.sums, GroupedSums)  # noqa: S101 -- there are three kinds of sums
    return (_grouped(fitted, fitted.sums),)


def expected_ranks(value: ArrayLike, standard_error: ArrayLike) -> Floats:
    """(G,) mean rank of each group, 1 the highest, when values are known up to their errors (Laird & Louis 1989)."""
    from scipy.special import ndtr  # noqa: PLC0415 -- SciPy costs half a second to import

    at, error = np.asarray(value, dtype=np.float64), np.asarray(standard_error, dtype=np.float64)
    apart = np.sqrt(error[:, np.newaxis] ** 2 + error**2)
    above = ndtr((at - at[:, np.newaxis]) / np.where(apart > 0, apart, 1.0))
    np.fill_diagonal(above, 0.0)
    return np.asarray(1 + above.sum(axis=1), dtype=np.float64)


def _grouped(fitted: Fitted, sums: GroupedSums) -> GroupEffects:
    q = sums.inner.shape[1]
    relative = Relative((q,)).covariances(fitted.optimum.gamma)[0]
    inverse = inverted(sums.inner @ relative + np.eye(q))[0]
    turn = left_over(fitted.optimum.pieces.products)[0]
    effect = (relative @ (inverse @ (sums.outer @ turn)[:, :, np.newaxis]))[:, :, 0]
    left = fitted.back @ (relative - relative @ (inverse @ sums.inner) @ relative) @ fitted.back.T
    spread = fitted.model.residual_variance * np.diagonal(left, axis1=1, axis2=2)
    return GroupEffects(fitted.model.levels[0].name, effect @ fitted.back.T, np.sqrt(np.maximum(spread, 0.0)))


def _nested(fitted: Fitted, sums: NestedSums) -> tuple[GroupEffects, ...]:
    gamma = fitted.optimum.gamma
    at = levels(sums, gamma)
    turn = left_over(fitted.optimum.pieces.products)[0]
    share = (gamma[1] / at.one_plus)[sums.parent]
    own = (at.weight - share * at.weight**2, at.outer_weight / at.one_plus)
    variance = fitted.model.residual_variance
    return tuple(
        GroupEffects(
            level.name,
            (part * (reach @ turn))[:, np.newaxis],
            np.sqrt(np.maximum(variance * (part - part**2 * weight), 0.0))[:, np.newaxis],
        )
        for level, part, reach, weight in zip(fitted.model.levels, gamma, (at.reach, at.outer_reach), own, strict=True)
    )


def _crossed(fitted: Fitted, sums: CrossedSums) -> tuple[GroupEffects, ...]:
    gamma = fitted.optimum.gamma
    at = reduced(sums, gamma)
    first, rest = reaches(sums, at, gamma)
    inner = inner_inverse(at)
    # The diagonals of Z' V^-1 Z: what rows tell about each group.
    told = at.weight - np.asarray(at.shrunk.multiply(at.shrunk @ inner).sum(axis=1)).reshape(-1)
    among = np.diag(at.between) - ((at.between @ inner) * at.between).sum(axis=1)
    turn = left_over(fitted.optimum.pieces.products)[0]
    stops = list(zip(sums.starts[:-1], sums.starts[1:], strict=True))
    own = (told, *(among[start:stop] for start, stop in stops))
    pulls = (first @ turn, *(rest[start:stop] @ turn for start, stop in stops))
    variance = fitted.model.residual_variance
    return tuple(
        GroupEffects(
            level.name,
            (part * pull)[:, np.newaxis],
            np.sqrt(np.maximum(variance * (part - part**2 * weight), 0.0))[:, np.newaxis],
        )
        for level, part, pull, weight in zip(fitted.model.levels, gamma, pulls, own, strict=True)
    )
