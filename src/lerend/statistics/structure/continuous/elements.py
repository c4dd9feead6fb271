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
class Elements:
    """The unknown elements of the matrices of a group, e of them: loadings, covariances, residuals, intercepts, means.

    Attributes:
        unknown: (e,) the number of the unknown of each; elements may share one.
        weight: (e,) c; 0 for intercepts and means.
        one, other: (k, e) u and w.
        mean: (k, e) v.
        loading, covariance, average: the places among the elements of loadings, factor covariances and factor means.
        item, factor: (loadings,) of each loading.
        first, second: (covariances,) factors of each covariance.
        standing: (averages,) the factor of each mean.
    """

    unknown: NDArray[np.intp]
    weight: NDArray[np.float64]
    one: NDArray[np.float64]
    other: NDArray[np.float64]
    mean: NDArray[np.float64]
    loading: slice
    covariance: slice
    average: slice
    item: NDArray[np.intp]
    factor: NDArray[np.intp]
    first: NDArray[np.intp]
    second: NDArray[np.intp]
    standing: NDArray[np.intp]

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
    k = len(at.loading)
    identity = np.eye(k)
    item, factor = np.nonzero(layout.loading.unknown >= 0)
    first, second = np.nonzero(np.tril(layout.covariance.unknown + 1) > 0)
    left, right = np.nonzero(np.tril(layout.residual.unknown + 1) > 0)
    (standing,) = np.nonzero(layout.mean.unknown >= 0)
    (intercept,) = np.nonzero(layout.intercept.unknown >= 0)
    through = at.loading @ at.covariance
    still = np.zeros((k, len(intercept) + len(standing)))
    sizes = np.cumsum([0, len(item), len(first), len(left), len(intercept), len(standing)])
    return Elements(
        unknown=np.concatenate(
            [
                layout.loading.unknown[item, factor],
                layout.covariance.unknown[first, second],
                layout.residual.unknown[left, right],
                layout.intercept.unknown[intercept],
                layout.mean.unknown[standing],
            ]
        ),
        weight=np.concatenate(
            [np.ones(len(item)), _half(first, second), _half(left, right), np.zeros(still.shape[1])],
        ),
        one=np.hstack([identity[:, item], at.loading[:, first], identity[:, left], still]),
        other=np.hstack([through[:, factor], at.loading[:, second], identity[:, right], still]),
        mean=np.hstack(
            [
                identity[:, item] * at.mean[factor],
                np.zeros((k, len(first) + len(left))),
                identity[:, intercept],
                at.loading[:, standing],
            ]
        ),
        loading=slice(0, int(sizes[1])),
        covariance=slice(int(sizes[1]), int(sizes[2])),
        average=slice(int(sizes[4]), int(sizes[5])),
        item=item,
        factor=factor,
        first=first,
        second=second,
        standing=standing,
    )


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


def bending(
    elements: Elements, at: Matrices, leftover: NDArray[np.float64], pull: NDArray[np.float64]
) -> NDArray[np.float64]:
    """(e, e) what second derivatives of the implied moments add to the observed information.

    Args:
        leftover: (k, k) sum over people of A - A T A, T the squares around the implied mean.
        pull: (k,) sum over people of A times their distance from it.
    """
    found = np.zeros((len(elements.unknown),) * 2)
    item, factor, first, second = elements.item, elements.factor, elements.first, elements.second
    found[elements.loading, elements.loading] = leftover[np.ix_(item, item)] * at.covariance[np.ix_(factor, factor)]
    through = leftover @ at.loading
    mixed = (factor[:, np.newaxis] == first) * through[np.ix_(item, second)]
    mixed = mixed + (factor[:, np.newaxis] == second) * through[np.ix_(item, first)]
    mixed = mixed * elements.weight[elements.covariance]
    found[elements.loading, elements.covariance] = mixed
    found[elements.covariance, elements.loading] = mixed.T
    shift = (factor[:, np.newaxis] == elements.standing) * -pull[item][:, np.newaxis]
    found[elements.loading, elements.average] = shift
    found[elements.average, elements.loading] = shift.T
    return found


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
