"""What second derivatives of the implied means and covariances add to the observed information.

With G = loading (I - path)^-1, T = loading times the covariances of the factors, and t their means, each element moves
the covariances along c (u w' + w u') and the means along v, where u, w and v are columns of G, of T, or of the identity.
So second derivatives need only how G, T and t move: G along X R', T along P Q' + P2 Q2', t along S.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.structure.continuous.elements import Elements
from lerend.statistics.structure.layout import Matrices

_Array = NDArray[np.float64]


def bending(elements: Elements, at: Matrices, leftover: _Array, pull: _Array) -> _Array:
    """(e, e) what is added.

    Args:
        leftover: (k, k) sum over people of A - A T A, T the squares around the implied mean.
        pull: (k,) sum over people of A times their distance from it.
    """
    places = elements.places
    sizes = (len(places.item), len(places.outcome), len(places.first), len(places.standing))
    found = np.zeros((len(elements.unknown),) * 2)
    if not sum(sizes):
        return found
    curved = slice(0, sum(sizes))
    one, other, weight = elements.one[:, curved], elements.other[:, curved], elements.weight[curved]
    moving = _Moving(elements, at, sizes)
    by_reduced, by_other = moving.by_reduced(), moving.by_shared()
    left, right = one.T @ leftover, other.T @ leftover
    bent = (moving.one @ by_reduced[1]) * (right @ by_reduced[0])
    bent += (moving.other @ by_reduced[1]) * (left @ by_reduced[0])
    for along, across in by_other:
        bent += (moving.shared @ across) * (left @ along)
    bent *= weight[:, np.newaxis]
    bent -= (moving.mean @ by_reduced[1]) * (pull @ by_reduced[0])
    bent -= (moving.shared @ moving.by_mean()) * (pull @ one)[:, np.newaxis]
    found[curved, curved] = bent
    return found


class _Moving:
    """Which columns of G, T and t the elements hold, and how these move: elements in the order of `FreePlaces`.

    Attributes:
        one, other: (e, m) the column of G that is u, or w, of each element.
        shared: (e, m) the column of T that is w.
        mean: (e, m) the column of G in v, times what stands before it.
    """

    def __init__(self, elements: Elements, at: Matrices, sizes: tuple[int, ...]) -> None:
        self.places, self.at, self.sizes = elements.places, at, sizes
        places, m = elements.places, at.loading.shape[1]
        self.through, self.factors, self.middle = at.through, at.factors, at.factor_means
        self.reduced, self.with_items = at.loading @ self.through, at.loading @ self.factors
        whole = np.eye(m)
        loadings, paths, covariances, means = (np.zeros((size, m)) for size in sizes)
        self.one = np.vstack([loadings, whole[places.outcome], whole[places.first], means])
        self.other = np.vstack([loadings, paths, whole[places.second], means])
        self.shared = np.vstack([whole[places.factor], whole[places.cause], covariances, means])
        standing = self.middle[places.cause][:, np.newaxis] * whole[places.outcome]
        self.mean = np.vstack([loadings, standing, covariances, whole[places.standing]])

    def by_reduced(self) -> tuple[_Array, _Array]:
        """(k, e) X and (m, e) R."""
        places, identity = self.places, np.eye(len(self.reduced))
        along, across = self._nothing()
        along = np.hstack([identity[:, places.item], self.reduced[:, places.outcome], along])
        return along, np.hstack([self.through[places.factor].T, self.through[places.cause].T, across])

    def by_shared(self) -> list[tuple[_Array, _Array]]:
        """Twice (k, e) P and (m, e) Q."""
        places, identity, reduced = self.places, np.eye(len(self.reduced)), self.reduced
        k, m = reduced.shape
        half = np.where(places.first == places.second, 0.5, 1.0)
        means = self.sizes[3]
        first = np.hstack(
            [
                identity[:, places.item],
                reduced[:, places.outcome],
                reduced[:, places.first] * half,
                np.zeros((k, means)),
            ]
        )
        second = np.hstack(
            [
                np.zeros((k, self.sizes[0])),
                self.with_items[:, places.cause],
                reduced[:, places.second] * half,
                np.zeros((k, means)),
            ]
        )
        by_first = [self.factors[:, places.factor], self.factors[:, places.cause], self.through[:, places.second]]
        by_second = [np.zeros((m, self.sizes[0])), self.through[:, places.outcome], self.through[:, places.first]]
        return [
            (first, np.hstack([*by_first, np.zeros((m, means))])),
            (second, np.hstack([*by_second, np.zeros((m, means))])),
        ]

    def by_mean(self) -> _Array:
        """(m, e) S."""
        m = len(self.middle)
        return np.hstack(
            [
                np.zeros((m, self.sizes[0])),
                self.through[:, self.places.outcome] * self.middle[self.places.cause],
                np.zeros((m, self.sizes[2])),
                self.through[:, self.places.standing],
            ]
        )

    def _nothing(self) -> tuple[_Array, _Array]:
        """Zeros for covariances and means."""
        k, m = self.reduced.shape
        return np.zeros((k, sum(self.sizes[2:]))), np.zeros((m, sum(self.sizes[2:])))
