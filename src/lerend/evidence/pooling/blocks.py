"""Restricted maximum likelihood of two variance components, in blocks of one size that are factored all at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from lerend.evidence.pooling.problems import Numbers

_MOST_STEPS: Final = 200
_FLAT: Final = 1e-16
_NEARLY_FLAT: Final = 1e-9
"""What a Newton step still promises for the log-likelihood; below the second, rounding decides."""


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """G clusters, filled up to n effects each; what is filled up is unrelated to all else and counts for nothing.

    Attributes:
        y: (G, n, 1). X: (G, n, p). sampling: (G, n, n). real: (G, n) 1 or 0.
        effects: how many are real.
    """

    y: Numbers
    X: Numbers
    sampling: Numbers
    real: Numbers
    effects: int


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Coefficients (p,), their covariance (p, p), both variances, the restricted log-likelihood."""

    coefficients: Numbers
    covariance: Numbers
    between: float
    within: float
    log_likelihood: float
    converged: bool


@dataclass(frozen=True, slots=True, eq=False)
class _At:
    fit: Fit
    slope: Numbers
    information: Numbers


def blocks_of(y: Numbers, X: Numbers, v: Numbers, codes: npt.NDArray[np.intp], correlation: float) -> Blocks:
    """The blocks of effects whose sampling errors correlate within a cluster."""
    sizes = np.bincount(codes)
    order = np.argsort(codes, kind="stable")
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    place = np.arange(len(y)) - np.repeat(starts, sizes)
    shape = (len(sizes), int(sizes.max()))
    real = np.zeros(shape)
    outcome, root = np.zeros(shape), np.zeros(shape)
    design = np.zeros((*shape, X.shape[1]))
    at = (codes[order], place)
    real[at], outcome[at], root[at] = 1.0, y[order], np.sqrt(v[order])
    design[at] = X[order]
    sampling = correlation * root[:, :, None] * root[:, None, :]
    index = np.arange(shape[1])
    sampling[:, index, index] = np.where(real > 0, root**2, 1.0)
    return Blocks(outcome[..., None], design, sampling, real, len(y))


def restricted_fit(blocks: Blocks) -> Fit:
    """The variances by Newton steps on their average information, kept at zero or above and never downhill."""
    scale = float(np.var(blocks.y[blocks.real > 0])) or 1.0
    here = max(
        (_at(blocks, np.array(start) * scale) for start in ((0.3, 0.3), (0.05, 0.6), (0.6, 0.05))),
        key=lambda each: each.fit.log_likelihood,
    )
    for _ in range(_MOST_STEPS):
        place = np.array([here.fit.between, here.fit.within])
        free = (place > 0) | (here.slope > 0)
        if not free.any():
            return _ended(here.fit)
        step = np.zeros(2)
        step[free] = np.linalg.solve(here.information[np.ix_(free, free)], here.slope[free])
        gain = float(step @ here.slope)
        new = None if gain < _FLAT else _uphill(blocks, here, place, step)
        if new is None:
            return _ended(here.fit) if gain < _NEARLY_FLAT else here.fit
        here = new
    return here.fit


def _uphill(blocks: Blocks, here: _At, place: Numbers, step: Numbers) -> _At | None:
    for _ in range(40):
        new = _at(blocks, np.maximum(place + step, 0.0))
        if new.fit.log_likelihood > here.fit.log_likelihood:
            return new
        step = 0.5 * step
    return None


def _ended(fit: Fit) -> Fit:
    return Fit(fit.coefficients, fit.covariance, fit.between, fit.within, fit.log_likelihood, converged=True)


def _at(blocks: Blocks, variances: Numbers) -> _At:
    """The fit for given variances, the slope of the log-likelihood, and its expected information."""
    _, n, p = blocks.X.shape
    between, within = float(variances[0]), float(variances[1])
    index = np.arange(n)
    V = blocks.sampling + between * blocks.real[:, :, None] * blocks.real[:, None, :]
    V[:, index, index] += within * blocks.real
    inverse = np.asarray(np.linalg.inv(V), float)
    log_v = float(np.log(np.linalg.cholesky(V)[:, index, index]).sum()) * 2
    WX = inverse @ blocks.X
    inner = np.einsum("gnp,gnq->pq", blocks.X, WX)
    covariance = np.asarray(np.linalg.inv(inner), float)
    coefficients = covariance @ np.einsum("gnp,gno->p", WX, blocks.y)
    residuals = blocks.y[..., 0] - blocks.X @ coefficients
    pulled = np.einsum("gmn,gn->gm", inverse, residuals)
    spread = float((residuals * pulled).sum())
    plain = np.einsum("gnp,gnq->pq", blocks.X, blocks.X)
    log_likelihood = 0.5 * (
        np.linalg.slogdet(plain)[1]
        - np.linalg.slogdet(inner)[1]
        - log_v
        - spread
        - (blocks.effects - p) * np.log(2 * np.pi)
    )
    slope, information = _derivatives(blocks, inverse, WX, covariance, pulled)
    fit = Fit(coefficients, covariance, between, within, float(log_likelihood), converged=False)
    return _At(fit, slope, information)


def _derivatives(
    blocks: Blocks, inverse: Numbers, WX: Numbers, covariance: Numbers, pulled: Numbers
) -> tuple[Numbers, Numbers]:
    """Slope (2,) and expected information (2, 2): traces of P·D_a and P·D_a·P·D_b over 2, D the derivatives of V."""
    real = blocks.real
    a = [np.einsum("gmn,gn->gm", inverse, real), inverse * real[:, None, :]]
    b = [np.einsum("gnp,gn->gp", WX, real), WX * real[:, :, None]]
    traces = (float((a[0] * real).sum()), float(np.einsum("gnn->", a[1])))
    half = (b[0].T @ b[0], np.einsum("gnp,gnq->pq", b[1], b[1]))
    squares = (float((pulled * real).sum(axis=1) @ (pulled * real).sum(axis=1)), float((pulled**2 * real).sum()))
    slope = np.array([0.5 * (squares[i] - traces[i] + float((covariance * half[i]).sum())) for i in range(2)])
    return slope, 0.5 * _information(real, inverse, WX, covariance, half)


def _information(
    real: Numbers, inverse: Numbers, WX: Numbers, covariance: Numbers, half: tuple[Numbers, Numbers]
) -> Numbers:
    masked = inverse * real[:, :, None] * real[:, None, :]
    ones = masked.sum(axis=2)
    total = ones.sum(axis=1)
    first = np.array(
        [[float(total @ total), float((ones**2).sum())], [float((ones**2).sum()), float((masked**2).sum())]]
    )
    sums = np.einsum("gnp,gn->gp", WX, real)
    quarter = [
        np.einsum("gp,g,gq->pq", sums, total, sums),
        np.einsum("gp,gn,gnq->pq", sums, ones, WX),
        np.einsum("gnp,gnm,gmq->pq", WX, masked, WX),
    ]
    middle = np.array(
        [[_dot(covariance, quarter[0]), _dot(covariance, quarter[1])], [0.0, _dot(covariance, quarter[2])]]
    )
    middle[1, 0] = middle[0, 1]
    last = np.array(
        [[float(np.trace(covariance @ half[i] @ covariance @ half[j])) for j in range(2)] for i in range(2)]
    )
    return np.asarray(first - 2 * middle + last)


def _dot(covariance: Numbers, matrix: Numbers) -> float:
    return float((covariance * matrix).sum())
