"""How the implied means and covariances of a group move with each of its unknown numbers.

Every number moves the covariances along a matrix of rank two, c (u w' + w u'), and the means along a vector v. All that
maximum likelihood needs are then small products of u, w and v with the inverse of the implied matrix.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.structure.layout import GroupLayout, Matrices


@dataclass(frozen=True, slots=True, eq=False)
class FreePlaces:
    """Where the unknown elements of the matrices of a group stand.

    Attributes:
        item, factor: of each loading.
        outcome, cause: two factors of each path.
        first, second: two factors of each covariance.
        standing: the factor of each mean.
        left, right: two items of each residual.
        intercept: the item of each intercept.
    """

    item: NDArray[np.intp]
    factor: NDArray[np.intp]
    outcome: NDArray[np.intp]
    cause: NDArray[np.intp]
    first: NDArray[np.intp]
    second: NDArray[np.intp]
    standing: NDArray[np.intp]
    left: NDArray[np.intp]
    right: NDArray[np.intp]
    intercept: NDArray[np.intp]


def free_places(layout: GroupLayout) -> FreePlaces:
    """The places of one group; symmetric matrices by their lower half."""
    return FreePlaces(
        *np.nonzero(layout.loading.unknown >= 0),
        *np.nonzero(layout.path.unknown >= 0),
        *np.nonzero(np.tril(layout.covariance.unknown + 1) > 0),
        *np.nonzero(layout.mean.unknown >= 0),
        *np.nonzero(np.tril(layout.residual.unknown + 1) > 0),
        *np.nonzero(layout.intercept.unknown >= 0),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Elements:
    """The unknown elements of the matrices of a group, e of them.

    Attributes:
        unknown: (e,) the number of the unknown of each; elements may share one.
        weight: (e,) c; 0 for intercepts and means.
        one, other: (k, e) u and w.
        mean: (k, e) v.
        places: where each stands; the elements come in the order of its attributes.
    """

    unknown: NDArray[np.intp]
    weight: NDArray[np.float64]
    one: NDArray[np.float64]
    other: NDArray[np.float64]
    mean: NDArray[np.float64]
    places: FreePlaces

    def merged(self, columns: NDArray[np.float64], unknowns: int) -> NDArray[np.float64]:
        """(n, q) from (n, e): elements that share an unknown add up."""
        moved = np.zeros((len(columns), unknowns))
        if len(np.unique(self.unknown)) == len(self.unknown):
            moved[:, self.unknown] = columns
        else:
            np.add.at(moved.T, self.unknown, columns.T)
        return moved

    def merged_both(self, square: NDArray[np.float64], unknowns: int) -> NDArray[np.float64]:
        """(q, q) from (e, e)."""
        return self.merged(self.merged(square, unknowns).T, unknowns)


def elements_of(layout: GroupLayout, at: Matrices) -> Elements:
    """The elements of one group at an estimate."""
    places = free_places(layout)
    identity = np.eye(len(at.loading))
    reduced, shared, middle = at.loading @ at.through, at.loading @ at.factors, at.factor_means
    first, second, left, right = places.first, places.second, places.left, places.right
    still, apart = np.zeros((len(identity), len(places.standing))), np.zeros((len(identity), len(places.intercept)))
    return Elements(
        unknown=np.concatenate(
            [
                layout.loading.unknown[places.item, places.factor],
                layout.path.unknown[places.outcome, places.cause],
                layout.covariance.unknown[first, second],
                layout.mean.unknown[places.standing],
                layout.residual.unknown[left, right],
                layout.intercept.unknown[places.intercept],
            ]
        ),
        weight=np.concatenate(
            [
                np.ones(len(places.item) + len(places.outcome)),
                _half(first, second),
                np.zeros(len(places.standing)),
                _half(left, right),
                np.zeros(len(places.intercept)),
            ],
        ),
        one=np.hstack(
            [identity[:, places.item], reduced[:, places.outcome], reduced[:, first], still, identity[:, left], apart]
        ),
        other=np.hstack(
            [shared[:, places.factor], shared[:, places.cause], reduced[:, second], still, identity[:, right], apart]
        ),
        mean=np.hstack(
            [
                identity[:, places.item] * middle[places.factor],
                reduced[:, places.outcome] * middle[places.cause],
                np.zeros((len(identity), len(first))),
                reduced[:, places.standing],
                np.zeros((len(identity), len(left))),
                identity[:, places.intercept],
            ]
        ),
        places=places,
    )


def moved_moments(elements: Elements, unknowns: int) -> NDArray[np.float64]:
    """(p, q) how implied means, then covariances by rows, move with each unknown."""
    first, second = np.tril_indices(len(elements.one))
    both = elements.one[first] * elements.other[second] + elements.other[first] * elements.one[second]
    return elements.merged(np.vstack([elements.mean, elements.weight * both]), unknowns)


def _half(first: NDArray[np.intp], second: NDArray[np.intp]) -> NDArray[np.float64]:
    """A variance stands once in a matrix, a covariance twice."""
    return np.where(first == second, 0.5, 1.0)


def expected_information(elements: Elements, inverse: NDArray[np.float64]) -> NDArray[np.float64]:
    """(e, e) of one person: tr(A S_a A S_b) / 2 + v_a' A v_b, with A the inverse of the implied covariances."""
    return shared_information(elements, elements, inverse)


def shared_information(elements: Elements, beside: Elements, inverse: NDArray[np.float64]) -> NDArray[np.float64]:
    """(e, f) the same between some elements and others of the same group."""
    one, other = elements.one.T @ inverse, elements.other.T @ inverse
    both = (one @ beside.one) * (other @ beside.other) + (one @ beside.other) * (other @ beside.one)
    return np.outer(elements.weight, beside.weight) * both + elements.mean.T @ inverse @ beside.mean


def own_information(elements: Elements, inverse: NDArray[np.float64]) -> NDArray[np.float64]:
    """(e,) the diagonal of `expected_information`."""
    one, other, mean = inverse @ elements.one, inverse @ elements.other, inverse @ elements.mean
    both = (elements.one * one).sum(axis=0) * (elements.other * other).sum(axis=0)
    both += (elements.one * other).sum(axis=0) ** 2
    return np.asarray(elements.weight**2 * both + (elements.mean * mean).sum(axis=0), dtype=np.float64)


def observed_information(
    elements: Elements, inverse: NDArray[np.float64], around: NDArray[np.float64], apart: NDArray[np.float64]
) -> NDArray[np.float64]:
    """(e, e) of one person without `bending`.

    Args:
        inverse: (k, k) A.
        around: (k, k) A T A.
        apart: (k,) A times the distance of the observed mean.
    """
    one, other, mean = elements.one, elements.other, elements.mean
    rest = around - inverse / 2
    through = [inverse @ one, inverse @ other]
    beside = [rest @ one, rest @ other]
    both = (one.T @ through[0]) * (other.T @ beside[1]) + (other.T @ through[1]) * (one.T @ beside[0])
    both += (one.T @ through[1]) * (other.T @ beside[0]) + (other.T @ through[0]) * (one.T @ beside[1])
    moved = (one * (other.T @ apart) + other * (one.T @ apart)) * elements.weight
    crossed = mean.T @ inverse @ moved
    square = np.outer(elements.weight, elements.weight) * both
    return np.asarray(square + crossed + crossed.T + mean.T @ inverse @ mean, dtype=np.float64)
