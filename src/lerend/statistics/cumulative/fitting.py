"""A cumulative model fitted to a table of counts: its cost does not depend on how many people there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.cumulative.links import LINKS, Link, LinkName, between

Values = NDArray[np.float64]

_MOST_STEPS: Final = 100
_SLOPE: Final = 1e-8
"""Largest slope of the log-likelihood per person that counts as its top."""
_LEAST: Final = 1e-8
"""Smallest curvature per person that counts as more than none."""
_NEVER: Final = 1e-150
"""A probability whose square cannot be written any more."""


@dataclass(frozen=True, slots=True, eq=False)
class CumulativeFit:
    """link(probability of answer c or lower) = threshold c - slopes · x (McCullagh 1980).

    Attributes:
        thresholds: (A - 1), ascending.
        slopes: (q,).
        errors: (q,) standard errors of the slopes, from the observed information.
        covariance: (A - 1 + q, A - 1 + q) of thresholds, then slopes.
        log_likelihood: at its top.
        gradient: largest slope of the log-likelihood left, per person.
        curvature: its smallest curvature, turned positive, per person.
    """

    thresholds: Values
    slopes: Values
    errors: Values
    covariance: Values
    log_likelihood: float
    gradient: float
    curvature: float


def fit_cumulative(design: Values, counts: Values, link: LinkName = "logit") -> CumulativeFit | None:
    """By Newton's method, on a likelihood that has one top (Pratt 1981).

    Args:
        design: (R, q) what each row of the table is described by.
        counts: (R, A) how often each answer was given; every answer occurs.

    None where the slope does not come down to nothing or the curvature there is none: a slope that has no end because a
    group, or a score, gives one answer only, or columns that say the same.
    """
    of = LINKS[link]
    people = float(counts.sum())
    at = np.concatenate([_start(link, counts), np.zeros(design.shape[1])])
    value, slope, curvature = _around(at, design, counts, of)
    for _ in range(_MOST_STEPS):
        if np.abs(slope).max() <= _SLOPE * people / 1000:
            break
        step = np.asarray(np.linalg.lstsq(curvature, slope, rcond=None)[0], dtype=np.float64)
        found = _uphill(at, step, value, design, counts, of)
        if found is None:
            break
        at, (value, slope, curvature) = found
    least = float(np.linalg.eigvalsh(curvature)[0] / people)
    gradient = float(np.abs(slope).max() / people)
    if gradient > _SLOPE or least <= _LEAST:
        return None
    steps = counts.shape[1] - 1
    covariance = np.asarray(np.linalg.inv(curvature), dtype=np.float64)
    errors = np.sqrt(covariance.diagonal()[steps:])
    return CumulativeFit(at[:steps], at[steps:], errors, covariance, value, gradient, least)


def scores_of(fit: CumulativeFit, design: Values, counts: Values, link: LinkName) -> Values:
    """(R, A - 1 + q) what each row of a table adds to the slope of the log-likelihood."""
    heights = fit.thresholds - (design @ fit.slopes)[:, np.newaxis]
    likely = between(LINKS[link], heights)
    once = counts / np.where(likely > _NEVER, likely, 1.0)
    by_height = LINKS[link].density(heights) * (once[:, :-1] - once[:, 1:])
    return np.hstack([by_height, -design * by_height.sum(axis=1)[:, np.newaxis]])


def _start(link: LinkName, counts: Values) -> Values:
    """The thresholds without any slope."""
    from scipy.special import logit, ndtri  # noqa: PLC0415 -- SciPy costs half a second to import

    below = np.cumsum(counts.sum(axis=0))[:-1] / counts.sum()
    return np.asarray(logit(below) if link == "logit" else ndtri(below), dtype=np.float64)


def _uphill(
    at: Values, step: Values, value: float, design: Values, counts: Values, link: Link
) -> tuple[Values, tuple[float, Values, Values]] | None:
    """The next point along the step that is not lower; None where there is none."""
    length = 1.0
    while length > 1e-6:
        found = _around(at + length * step, design, counts, link)
        if found[0] >= value - 1e-12 * abs(value):
            return at + length * step, found
        length /= 2
    return None


def _around(at: Values, design: Values, counts: Values, link: Link) -> tuple[float, Values, Values]:
    """Log-likelihood, its slope, and its curvature turned positive; minus infinity outside the ordered thresholds."""
    steps = counts.shape[1] - 1
    height = at[:steps] - (design @ at[steps:])[:, np.newaxis]
    likely = between(link, height)
    if (likely[counts > 0] <= _NEVER).any() or (np.diff(at[:steps]) <= 0).any():
        return -np.inf, at, np.eye(len(at))
    safe = np.where(likely > _NEVER, likely, 1.0)
    dense, turn = link.density(height), link.turn(height)
    once, twice = counts / safe, counts / safe**2
    by_height = dense * (once[:, :-1] - once[:, 1:])
    bend = turn * (once[:, :-1] - once[:, 1:]) - dense**2 * (twice[:, :-1] + twice[:, 1:])
    across = dense[:, :-1] * dense[:, 1:] * twice[:, 1:-1]
    bent = np.zeros((len(counts), steps, steps))
    each = np.arange(steps)
    bent[:, each, each] = bend
    bent[:, each[:-1], each[1:]] = bent[:, each[1:], each[:-1]] = across
    slope = np.concatenate([by_height.sum(axis=0), -design.T @ by_height.sum(axis=1)])
    mixed = -np.einsum("rq,rs->sq", design, bent.sum(axis=2))
    own = (design * bent.sum(axis=(1, 2))[:, np.newaxis]).T @ design
    curvature = -np.block([[bent.sum(axis=0), mixed], [mixed.T, own]])
    return float((counts * np.log(safe)).sum()), slope, curvature
