"""From the height on a latent scale to the probability of an answer at or below a threshold there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.normal import normal_density

Values = NDArray[np.float64]
LinkName: TypeAlias = Literal["logit", "probit"]


@dataclass(frozen=True, slots=True)
class Link:
    """A distribution that is symmetric around zero, and whose density has a concave logarithm.

    Attributes:
        below: probability of less than each value.
        density: there.
        turn: how the density changes there.
    """

    below: Callable[[Values], Values]
    density: Callable[[Values], Values]
    turn: Callable[[Values], Values]


def _logistic(at: Values) -> Values:
    from scipy.special import expit  # noqa: PLC0415 -- SciPy costs half a second to import

    return np.asarray(expit(at), dtype=np.float64)


def _logistic_density(at: Values) -> Values:
    return _logistic(at) * _logistic(-at)


def _logistic_turn(at: Values) -> Values:
    return _logistic_density(at) * (_logistic(-at) - _logistic(at))


def _normal(at: Values) -> Values:
    from scipy.special import ndtr  # noqa: PLC0415 -- SciPy costs half a second to import

    return np.asarray(ndtr(at), dtype=np.float64)


def _normal_turn(at: Values) -> Values:
    return -at * normal_density(at)


LINKS: Final[dict[LinkName, Link]] = {
    "logit": Link(_logistic, _logistic_density, _logistic_turn),
    "probit": Link(_normal, normal_density, _normal_turn),
}


def between(link: Link, heights: Values) -> Values:
    """(R, A) probabilities of the answers from (R, A - 1) ascending heights; exact in both tails."""
    lower = np.diff(link.below(heights), axis=1, prepend=0.0, append=1.0)
    upper = -np.diff(link.below(-heights), axis=1, prepend=1.0, append=0.0)
    beyond = np.pad(heights, ((0, 0), (1, 0)), constant_values=-np.inf) > 0
    return np.where(beyond, upper, lower)
