"""Standard errors and tests that allow for weights that are not the right ones (Satorra & Bentler 1994; Muthén 1993).

All of it in whitened moments: each moment times the root of its weight. C is their fourth-moment matrix (block by
group), Q an orthonormal basis of what the unknowns can move, R from the same decomposition.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Whitened:
    """The whitened moments of all groups at an estimate.

    Attributes:
        basis: (p, q) Q, the rows of all groups below one another.
        triangle: (q, q) R: whitened jacobian = Q R.
        blocks: the rows of each group.
        people: of each group.
    """

    basis: NDArray[np.float64]
    triangle: NDArray[np.float64]
    blocks: tuple[slice, ...]
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Traces:
    """Sum and sum of squares of the eigenvalues of U Gamma, whose weighted sum of chi-squares the statistic follows.

    Attributes:
        first: tr(U Gamma).
        second: tr(U Gamma U Gamma).
    """

    first: float
    second: float


@dataclass(frozen=True, slots=True)
class Scaled:
    """A statistic brought to the mean, or mean and variance, of chi-square.

    Attributes:
        value: scale times statistic, plus shift.
        degrees: of freedom.
        p_value: chance of a larger one if the model holds.
        scaling: what the statistic was divided by.
        shift: what was added then.
    """

    value: float
    degrees: int
    p_value: float
    scaling: float
    shift: float


def whitened(jacobian: NDArray[np.float64], weights: Sequence[NDArray[np.float64]], people: Sequence[int]) -> Whitened:
    """Decompose the jacobian (p, q) of all moments, each group weighted by its share of the people."""
    total = sum(people)
    root = np.concatenate([np.sqrt(w * n / total) for w, n in zip(weights, people, strict=True)])
    basis, triangle = np.linalg.qr(jacobian * root[:, np.newaxis])
    edges = np.cumsum([0, *(len(w) for w in weights)])
    blocks = tuple(slice(int(low), int(high)) for low, high in itertools.pairwise(edges))
    return Whitened(basis, triangle, blocks, tuple(people))


def across_basis(at: Whitened, moments: Sequence[NDArray[np.float64]]) -> tuple[NDArray[np.float64], ...]:
    """(p, q) C Q of each group."""
    return tuple(c @ at.basis[block] for block, c in zip(at.blocks, moments, strict=True))


def sandwich(at: Whitened, across: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """(q, q) covariance of the estimates, whatever the weights: R^-1 Q' C Q R^-T over people, n - 1 in each group."""
    middle = np.zeros(at.triangle.shape)
    for block, n, part in zip(at.blocks, at.people, across, strict=True):
        middle += (n / (n - 1)) * (at.basis[block].T @ part)
    inverse = np.linalg.inv(at.triangle)
    return np.asarray(inverse @ middle @ inverse.T / sum(at.people), dtype=np.float64)


def traces(at: Whitened, moments: Sequence[NDArray[np.float64]], across: Sequence[NDArray[np.float64]]) -> Traces:
    """Of U Gamma, without forming U: tr C - tr Q'CQ, and |C|^2 - 2 |CQ|^2 + |Q'CQ|^2."""
    q = at.triangle.shape[0]
    inner, outer, length, trace = np.zeros((q, q)), 0.0, 0.0, 0.0
    for block, c, part in zip(at.blocks, moments, across, strict=True):
        inner += at.basis[block].T @ part
        outer += float(np.vdot(part, part))
        length += float(np.vdot(c, c))
        trace += float(np.trace(c))
    return Traces(trace - float(np.trace(inner)), length - 2 * outer + float((inner * inner).sum()))


def traces_along(basis: NDArray[np.float64], blocks: Sequence[slice], moments: Sequence[NDArray[np.float64]]) -> Traces:
    """Along an orthonormal basis (p, d) of whitened moments: tr B'CB, and |B'CB|^2."""
    inner = np.zeros((basis.shape[1],) * 2)
    for block, c in zip(blocks, moments, strict=True):
        inner += basis[block].T @ c @ basis[block]
    return Traces(float(np.trace(inner)), float((inner * inner).sum()))


def scaled_test(statistic: float, degrees: int, found: Traces, *, shifted: bool) -> Scaled:
    """The statistic divided by its mean (Satorra & Bentler 1994), or scaled and shifted (Asparouhov & Muthén 2010)."""
    if degrees == 0 or found.second <= 0:
        return Scaled(statistic, degrees, float("nan"), float("nan"), 0.0)
    if shifted:
        scale = float(np.sqrt(degrees / found.second))
        shift = degrees - scale * found.first
    else:
        scale, shift = degrees / found.first, 0.0
    value = scale * statistic + shift
    return Scaled(value, degrees, chi_square_above(value, degrees), 1 / scale, shift)


def chi_square_above(value: float, degrees: int) -> float:
    """Chance that chi-square is larger."""
    from scipy.special import gammaincc  # noqa: PLC0415 -- SciPy costs half a second to import

    return float(gammaincc(degrees / 2, max(value, 0.0) / 2)) if degrees > 0 else float("nan")
