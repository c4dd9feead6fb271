"""Profiles as a mixture of normal distributions, by the EM algorithm (Dempster, Laird & Rubin 1977) from many starts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.mixing import End, best_end, entropy_of
from lerend.statistics.profiles.shapes import Shape, covariances, unknowns

Values = NDArray[np.float64]

_FLOOR: Final = 0.01
"""Smallest variance within a profile, as a share of the variance over everybody."""


@dataclass(frozen=True, slots=True, eq=False)
class Profiles:
    """A fitted mixture; profiles from large to small.

    Attributes:
        shape: what profiles may differ in.
        shares: (G,) of people.
        means: (G, d).
        covariances: (G, d, d) within profiles.
        log_likelihood: of the best end found.
        unknowns: how many numbers were estimated.
        bic: -2 log-likelihood + unknowns · log people; lower is better.
        entropy: how clearly people belong to one profile, from 0 to 1; 1 for one profile.
        ends: of the searches carried through, how many came to this end.
        at_floor: whether a variance was held up by the floor: then this profile is a spike and not a kind of people.
        settled: whether the search had stopped rising.
        people: how many.
    """

    shape: Shape
    shares: Values
    means: Values
    covariances: Values
    log_likelihood: float
    unknowns: int
    bic: float
    entropy: float
    ends: int
    at_floor: bool
    settled: bool
    people: int


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    shares: Values
    means: Values
    covariances: Values
    log_likelihood: float
    belongs: Values
    at_floor: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """Distinct rows, and how many people have each: Likert means have many ties."""

    values: Values
    weight: Values
    floor: Values


def fit_profiles(values: Values, profiles: int, shape: Shape, *, starts: int = 20, seed: int = 1) -> Profiles:
    """Fit a number of profiles to (people, d) values without holes.

    Half of the starts are from means of clusters, half from people drawn by lot. All are searched for a while, the four
    best to their end.

    Raises:
        ValueError: fewer than two profiles' worth of people, or a variable without variance.
    """
    distinct, weight = np.unique(values, axis=0, return_counts=True)
    spread = values.var(axis=0)
    if len(distinct) <= profiles or (spread <= 0).any():
        raise ValueError("profiles need more distinct rows than profiles, and variables that vary")
    rows = _Rows(distinct, weight.astype(np.float64), _FLOOR * spread)
    rng = np.random.default_rng(seed)
    begun = _starts(rows, profiles, starts if profiles > 1 else 1, rng)
    return _profiles(rows, shape, best_end(lambda belongs: _step(rows, belongs, shape), begun))


def _starts(rows: _Rows, profiles: int, starts: int, rng: np.random.Generator) -> Iterator[Values]:
    """(rows, G) who belongs where at first."""
    scaled = rows.values / np.sqrt(rows.floor / _FLOOR)
    chance = rows.weight / rows.weight.sum()
    for number in range(starts):
        middle = scaled[rng.choice(len(scaled), profiles, replace=False, p=chance)]
        for _ in range(10 if number % 2 == 0 else 0):
            nearest = _distance(scaled, middle).argmin(axis=1)
            member = np.eye(profiles)[nearest] * rows.weight[:, np.newaxis]
            size = member.sum(axis=0)[:, np.newaxis]
            middle = np.where(size > 0, member.T @ scaled / np.maximum(size, 1), middle)
        distance = _distance(scaled, middle)
        close = np.exp(-(distance - distance.min(axis=1, keepdims=True)))
        yield close / close.sum(axis=1, keepdims=True)


def _distance(values: Values, middle: Values) -> Values:
    """(rows, G) squared."""
    return np.asarray(((values[:, np.newaxis, :] - middle) ** 2).sum(axis=2))


def _step(rows: _Rows, belongs: Values, shape: Shape) -> _State:
    """The best means and covariances for who belongs where, and then who belongs where."""
    weighted = belongs * rows.weight[:, np.newaxis]
    size = np.maximum(weighted.sum(axis=0), 1e-10)
    means = weighted.T @ rows.values / size[:, np.newaxis]
    apart = rows.values[np.newaxis] - means[:, np.newaxis]
    scatter = np.matmul((apart * weighted.T[:, :, np.newaxis]).transpose(0, 2, 1), apart)
    within, at_floor = covariances(shape, scatter, size, rows.floor)
    shares = size / size.sum()
    height = np.log(shares) + _log_density(apart, within).T
    top = height.max(axis=1, keepdims=True)
    likely = np.exp(height - top)
    total = likely.sum(axis=1, keepdims=True)
    log_likelihood = float(rows.weight @ (top + np.log(total))[:, 0])
    return _State(shares, means, within, log_likelihood, likely / total, at_floor)


def _log_density(apart: Values, within: Values) -> Values:
    """(G, rows) logarithm of the normal density at distances (G, rows, d) from the means."""
    root = np.linalg.cholesky(within)
    standard = np.linalg.solve(root, apart.transpose(0, 2, 1))
    log_volume = np.log(np.diagonal(root, axis1=1, axis2=2)).sum(axis=1)
    constant = apart.shape[2] / 2 * np.log(2 * np.pi)
    return np.asarray(-(standard**2).sum(axis=1) / 2 - log_volume[:, np.newaxis] - constant)


def _profiles(rows: _Rows, shape: Shape, end: End[_State]) -> Profiles:
    state = end.state
    order = np.argsort(-state.shares)
    people = float(rows.weight.sum())
    number = unknowns(shape, len(order), rows.values.shape[1])
    return Profiles(
        shape=shape,
        shares=state.shares[order],
        means=state.means[order],
        covariances=state.covariances[order],
        log_likelihood=state.log_likelihood,
        unknowns=number,
        bic=-2 * state.log_likelihood + number * float(np.log(people)),
        entropy=entropy_of(state.belongs, rows.weight),
        ends=end.ends,
        at_floor=state.at_floor,
        settled=end.settled,
        people=int(people),
    )
