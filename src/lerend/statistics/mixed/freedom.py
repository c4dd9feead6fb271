"""Degrees of freedom for the coefficients of a mixed model: Satterthwaite's, and Kenward and Roger's with their errors.

Both ask how well the variances are known on which a standard error stands. Satterthwaite's (1946; Fai & Cornelius
1996) takes the curvature of the likelihood as it was found; Kenward & Roger (1997) take the one expected, and widen
the errors for the variances being estimates.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lerend.statistics.mixed.pieces import Floats, Pieces
from lerend.statistics.mixed.relative import Relative
from lerend.statistics.mixed.searching import Criterion, Optimum, left_over


@dataclass(frozen=True, slots=True, eq=False)
class Uncertainty:
    """How well the variances are known, in terms of what the covariance of coefficients does with them.

    Attributes:
        slopes: (V, p, p) derivatives of the covariance of the coefficients by each variance parameter.
        covariance: (V, V) of the variance parameters.
        widened: (p, p) covariance of the coefficients, with Kenward and Roger's correction where that is asked for.
        plain: (p, p) the same without correction.
    """

    slopes: Floats
    covariance: Floats
    widened: Floats
    plain: Floats

    def of(self, turn: Floats) -> Uncertainty:
        """The same after a (q, p) change of coefficients."""
        return Uncertainty(
            turn @ self.slopes @ turn.T, self.covariance, turn @ self.widened @ turn.T, turn @ self.plain @ turn.T
        )

    def degrees_of_freedom(self) -> Floats:
        """(p,) of each coefficient; infinite where its error does not depend on any variance."""
        slope = np.diagonal(self.slopes, axis1=1, axis2=2).T
        spread = np.einsum("ci,ij,cj->c", slope, self.covariance, slope)
        variance = np.diag(self.plain)
        freedom: Floats = np.divide(2 * variance**2, spread, out=np.full(len(variance), np.inf), where=spread > 0)
        return freedom


def satterthwaite(optimum: Optimum, relative: Relative, criterion: Criterion) -> Uncertainty:
    """From the curvature at the optimum; variances at the edge of what they can be are held there."""
    pieces = optimum.pieces
    turn, scatter = left_over(pieces.products)
    variance = scatter / criterion.freedom
    push, bent = criterion.derivatives(pieces)
    misfit = np.einsum("imn,m,n->i", pieces.chain, turn, turn)
    # The deviance with the residual variance free again: its own curvature, and what profiling had taken off.
    jacobian = relative.jacobian(optimum.theta)
    inner = jacobian.T @ (bent + criterion.freedom * np.outer(misfit, misfit) / scatter**2) @ jacobian
    curvature = np.empty((len(push) + 1, len(push) + 1))
    curvature[:-1, :-1] = inner + relative.bend(push)
    curvature[:-1, -1] = curvature[-1, :-1] = jacobian.T @ misfit / variance**2
    curvature[-1, -1] = criterion.freedom / variance**2
    inverse = np.asarray(np.linalg.inv(pieces.products[:-1, :-1]), dtype=np.float64)
    by_gamma = variance * (inverse @ pieces.chain[:, :-1, :-1] @ inverse)
    slopes = np.concatenate([np.tensordot(jacobian.T, by_gamma, axes=1), inverse[np.newaxis]])
    plain = variance * inverse
    return Uncertainty(slopes, 2 * _inverse(curvature), plain, plain)


def kenward_roger(optimum: Optimum, criterion: Criterion) -> Uncertainty:
    """From the expected information of REML, with widened errors."""
    pieces = optimum.pieces
    variance = left_over(pieces.products)[1] / criterion.freedom
    traces, chain, chains = _absolute(pieces, optimum.gamma, variance, criterion)
    plain = np.asarray(variance * np.linalg.inv(pieces.products[:-1, :-1]), dtype=np.float64)
    both = plain @ chain
    expected = traces - 2 * np.einsum("ijmn,nm->ij", chains, plain) + np.einsum("imn,jnm->ij", both, both)
    known = 2 * _inverse(expected)
    middle = np.einsum("ij,ijmn->mn", known, chains) - np.einsum("ij,imn,nk,jkl->ml", known, chain, plain, chain)
    widened = plain + 2 * plain @ ((middle + middle.T) / 2) @ plain
    return Uncertainty(plain @ chain @ plain, known, widened, plain)


def _absolute(pieces: Pieces, gamma: Floats, variance: float, criterion: Criterion) -> tuple[Floats, Floats, Floats]:
    """Traces, chain and chains by variances themselves, the residual one last.

    The covariance is linear in them: the derivative by the residual variance is what V leaves after all others.
    """
    count = len(gamma)
    whole = np.vstack([np.eye(count), -gamma])
    design = pieces.products[:-1, :-1]
    chain, chains = pieces.chain[:, :-1, :-1], pieces.chains[:, :, :-1, :-1]
    traces = whole @ pieces.traces @ whole.T
    traces[-1] += whole @ pieces.trace
    traces[:, -1] += whole @ pieces.trace
    traces[-1, -1] += criterion.rows
    by = np.tensordot(whole, chain, axes=1)
    all_chains = np.einsum("ai,ijmn,bj->abmn", whole, chains, whole)
    all_chains[-1] += by
    all_chains[:, -1] += by
    all_chains[-1, -1] += design
    by[-1] += design
    return traces / variance**2, by / variance**2, all_chains / variance**3


def _inverse(matrix: Floats) -> Floats:
    """Inverse on the scale of the diagonal; directions that nothing is known about are left out."""
    scale = np.sqrt(np.maximum(np.abs(np.diag(matrix)), 1e-300))
    size, vectors = np.linalg.eigh(matrix / scale / scale[:, np.newaxis])
    kept = size > 1e-10 * size.max()
    inner = (vectors[:, kept] / size[kept]) @ vectors[:, kept].T
    return np.asarray(inner / scale / scale[:, np.newaxis])
