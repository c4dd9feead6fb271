"""What the likelihood of a mixed model and its derivatives are made of, and those pieces for one level of groups.

With V = I + sum of gamma_i V_i the covariance relative to the residual variance, and [X y] design and outcome.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.mixed.sums import GroupedSums

Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """At one value of gamma, for K parameters and m = p + 1 columns.

    Attributes:
        log_determinant: of V.
        products: (m, m) [X y]' V^-1 [X y].
        trace: (K,) of V^-1 V_i.
        traces: (K, K) of V^-1 V_i V^-1 V_j.
        chain: (K, m, m) [X y]' V^-1 V_i V^-1 [X y].
        chains: (K, K, m, m) [X y]' V^-1 V_i V^-1 V_j V^-1 [X y].
    """

    log_determinant: float
    products: Floats
    trace: Floats
    traces: Floats
    chain: Floats
    chains: Floats


Ends: TypeAlias = tuple[float, Floats]
"""log |V| and the products: all that the likelihood itself needs."""


@dataclass(frozen=True, slots=True)
class Model:
    """A covariance structure over given sums.

    Attributes:
        ends: from gamma to `Ends`.
        pieces: from gamma to `Pieces`.
    """

    ends: Callable[[Floats], Ends]
    pieces: Callable[[Floats], Pieces]


def grouped_model(sums: GroupedSums, shapes: Floats) -> Model:
    """Effects of one level; `shapes` (K, q, q) says which entries of their covariance matrix each gamma fills."""
    return Model(lambda gamma: _ends(sums, shapes, gamma), lambda gamma: _pieces(sums, shapes, gamma))


def _ends(sums: GroupedSums, shapes: Floats, gamma: Floats) -> Ends:
    covariance = np.einsum("k,kab->ab", gamma, shapes)
    inverse, log_determinant = inverted(_one_plus(sums.inner, covariance))
    return log_determinant, sums.products - gram(sums.outer, times(covariance, times(inverse, sums.outer)))


def _pieces(sums: GroupedSums, shapes: Floats, gamma: Floats) -> Pieces:
    covariance = np.einsum("k,kab->ab", gamma, shapes)
    inverse, log_determinant = inverted(_one_plus(sums.inner, covariance))
    reach = times(inverse, sums.outer)
    spread = times(inverse, sums.inner)
    q, m = reach.shape[1:]
    # Sums over groups first, shapes after: all that is done per group is done for all shapes at once.
    flat, wide = reach.reshape(-1, q * m, order="F"), spread.reshape(-1, q * q, order="F")
    reached = _unfolded(flat.T @ flat, q, m)
    spreads = _unfolded(wide.T @ wide, q, q)
    both = np.array(
        [[_unfolded(flat.T @ (flat * spread[:, b, c, np.newaxis]), q, m) for c in range(q)] for b in range(q)]
    )
    return Pieces(
        log_determinant=log_determinant,
        products=sums.products - gram(sums.outer, times(covariance, reach)),
        trace=np.einsum("ab,iba->i", spread.sum(axis=0), shapes),
        traces=np.einsum("iab,jcd,dabc->ij", shapes, shapes, spreads),
        chain=np.einsum("iad,amdn->imn", shapes, reached),
        chains=np.einsum("iab,jcd,bcamdn->ijmn", shapes, shapes, both, optimize=True),
    )


def _unfolded(products: Floats, q: int, m: int) -> Floats:
    """(q, m, q, m) from products of columns in which the effect runs faster."""
    return np.asarray(products.reshape((q, m, q, m), order="F"))


def _one_plus(inner: Floats, covariance: Floats) -> Floats:
    """(G, q, q) I + Z'Z times the covariance of the effects."""
    return times(inner, covariance) + np.eye(len(covariance))


def times(left: Floats, right: Floats) -> Floats:
    """(G, q, m) products per group; one of the two may be a single matrix for all of them.

    For one or two effects entry by entry, since thousands of tiny matrix products cost more than their sums do.
    """
    q = left.shape[-1]
    if q > 2:
        return np.asarray(left @ right)
    product = left[..., :, :1] * right[..., :1, :]
    for effect in range(1, q):
        product = product + left[..., :, effect : effect + 1] * right[..., effect : effect + 1, :]
    return np.asarray(product)


def gram(left: Floats, right: Floats) -> Floats:
    """(m, m) sum over groups of left'right, both (G, q, m) or (G, m)."""
    if left.ndim == 2:
        return np.asarray(left.T @ right)
    if left.shape[1] > 2:
        return np.asarray(left.reshape(-1, left.shape[-1]).T @ right.reshape(-1, right.shape[-1]))
    parts = [left[:, effect].T @ right[:, effect] for effect in range(left.shape[1])]
    return np.asarray(sum(parts[1:], parts[0]))


def inverted(matrices: Floats) -> tuple[Floats, float]:
    """(G, q, q) inverses, and the sum of the logarithms of the determinants; by hand for one and two effects."""
    q = matrices.shape[-1]
    if q == 1:
        return 1 / matrices, float(np.log(matrices).sum())
    if q == 2:
        a, b, c, d = matrices[:, 0, 0], matrices[:, 0, 1], matrices[:, 1, 0], matrices[:, 1, 1]
        determinant = a * d - b * c
        inverse = np.empty_like(matrices)
        inverse[:, 0, 0], inverse[:, 0, 1], inverse[:, 1, 0], inverse[:, 1, 1] = d, -b, -c, a
        return inverse / determinant[:, np.newaxis, np.newaxis], float(np.log(determinant).sum())
    return np.asarray(np.linalg.inv(matrices)), float(np.linalg.slogdet(matrices)[1].sum())
