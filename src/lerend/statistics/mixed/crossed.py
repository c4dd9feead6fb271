"""The pieces for intercepts of groupings that cut across each other, such as raters and the people they rate.

The grouping with most groups is eliminated first, since its block is diagonal; what is left is dense and as large as
the other groupings together (Henderson's equations; Bates et al. 2015, section 5). With Z_1 its indicators, Z_2 all
others, gamma_1 and G their relative variances, and V_1 = I + gamma_1 Z_1 Z_1':

    S = Z_2' V_1^-1 Z_2,  A = Z_1' V_1^-1 Z_2,  C = G^(1/2) (I + G^(1/2) S G^(1/2))^-1 G^(1/2)
    V^-1 = V_1^-1 - V_1^-1 Z_2 C Z_2' V_1^-1

so that no matrix is as large as the first grouping squared, let alone as the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from lerend.statistics.mixed.crossed_sums import CrossedSums
from lerend.statistics.mixed.pieces import Ends, Floats, Model, Pieces

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True, slots=True, eq=False)
class Reduced:
    """What is left after the first grouping was eliminated, at one value of gamma; n of q_1 and q_2 groups.

    Attributes:
        weight: (q_1,) of the sum over a first group: n / (1 + n gamma_1).
        shrunk: (q_1, q_2) A, as sparse as the cells that occur.
        between: (q_2, q_2) S.
        gathered: (q_2, m) Z_2' V_1^-1 [X y].
        root: (q_2,) of G.
        triangle: (q_2, q_2) lower Cholesky triangle of I + G^(1/2) S G^(1/2).
        solved: (q_2, m) C times `gathered`.
        ends: as in `Ends`.
    """

    weight: Floats
    shrunk: csr_array[Any]
    between: Floats
    gathered: Floats
    root: Floats
    triangle: Floats
    solved: Floats
    ends: Ends


def crossed_model(sums: CrossedSums) -> Model:
    """Intercepts of every grouping, the one with most groups first."""
    return Model(lambda gamma: reduced(sums, gamma).ends, lambda gamma: _pieces(sums, gamma))


def reduced(sums: CrossedSums, gamma: Floats) -> Reduced:
    """At one value of gamma."""
    from scipy.linalg import cho_solve  # noqa: PLC0415 -- SciPy costs half a second to import

    grown = 1 + gamma[0] * sums.size
    cells = sums.cells
    shrunk = cells.multiply(1 / grown[:, np.newaxis]).tocsr()
    between = sums.others - gamma[0] * (cells.T @ shrunk).toarray()
    alone = sums.first / grown[:, np.newaxis]
    gathered = sums.rest - gamma[0] * (cells.T @ alone)
    root = np.sqrt(gamma[1:])[sums.grouping]
    bordered = between * root * root[:, np.newaxis]
    bordered[np.diag_indices_from(bordered)] += 1
    triangle = np.linalg.cholesky(bordered)
    solved = root[:, np.newaxis] * cho_solve((triangle, True), root[:, np.newaxis] * gathered)
    determinant = float(np.log(grown).sum() + 2 * np.log(np.diag(triangle)).sum())
    products = sums.products - gamma[0] * (sums.first.T @ alone) - gathered.T @ solved
    return Reduced(
        weight=sums.size / grown,
        shrunk=shrunk,
        between=between,
        gathered=gathered,
        root=root,
        triangle=triangle,
        solved=solved,
        ends=(determinant, (products + products.T) / 2),
    )


def reaches(sums: CrossedSums, at: Reduced, gamma: Floats) -> tuple[Floats, Floats]:
    """(q_1, m) and (q_2, m) indicators of the first grouping, and of the others, times V^-1 [X y]."""
    alone = sums.first / (1 + gamma[0] * sums.size)[:, np.newaxis]
    return alone - at.shrunk @ at.solved, at.gathered - at.between @ at.solved


def inner_inverse(at: Reduced) -> Floats:
    """(q_2, q_2) C."""
    from scipy.linalg import cho_solve  # noqa: PLC0415 -- SciPy costs half a second to import

    inverse = cho_solve((at.triangle, True), np.diag(at.root))
    return np.asarray(at.root[:, np.newaxis] * inverse)


def _pieces(sums: CrossedSums, gamma: Floats) -> Pieces:
    """With M = Z' V^-1 Z, whose blocks are M_11 = D - A C A', M_12 = A (I - C S) and M_22 = S - S C S."""
    at = reduced(sums, gamma)
    first, rest = reaches(sums, at, gamma)
    inner = inner_inverse(at)
    kept = -inner @ at.between
    kept[np.diag_indices_from(kept)] += 1
    among = at.between @ kept
    squares = (at.shrunk.T @ at.shrunk).toarray()
    weighted = (at.shrunk.T @ at.shrunk.multiply(at.weight[:, np.newaxis]).tocsr()).toarray()
    turned = inner @ squares
    pulled = at.shrunk.T @ first
    across = squares @ kept
    blocks = [slice(start, stop) for start, stop in zip(sums.starts[:-1], sums.starts[1:], strict=True)]
    count = len(gamma)
    traces, chains = np.empty((count, count)), np.empty((count, count, *sums.products.shape))
    traces[0, 0] = (at.weight**2).sum() - 2 * (inner * weighted).sum() + (turned * turned.T).sum()
    chains[0, 0] = first.T @ (at.weight[:, np.newaxis] * first) - pulled.T @ inner @ pulled
    for i, one in enumerate(blocks, start=1):
        traces[0, i] = traces[i, 0] = (across[:, one] * kept[:, one]).sum()
        chains[0, i] = pulled.T @ kept[:, one] @ rest[one]
        chains[i, 0] = chains[0, i].T
        for j, other in enumerate(blocks, start=1):
            traces[i, j] = (among[one, other] ** 2).sum()
            chains[i, j] = rest[one].T @ among[one, other] @ rest[other]
    own = [at.weight.sum() - (inner * squares).sum(), *(np.trace(among[one, one]) for one in blocks)]
    return Pieces(
        log_determinant=at.ends[0],
        products=at.ends[1],
        trace=np.array(own),
        traces=traces,
        chain=np.array([first.T @ first, *(rest[one].T @ rest[one] for one in blocks)]),
        chains=chains,
    )
