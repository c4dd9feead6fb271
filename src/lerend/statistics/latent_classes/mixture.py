"""Latent classes (Lazarsfeld & Henry 1968): within a class, answers to one item say nothing about those to another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.latent_classes.curvature import moved, slopes_at
from lerend.statistics.latent_trait.patterns import Patterns
from lerend.statistics.mixing import End, best_end, entropy_of

Values = NDArray[np.float64]

SLOPE: Final = 1e-9
"""Largest slope of the log-likelihood per person, by log odds of shares and answers, that counts as its top."""
_RISE: Final = 1e-7
_SHORT: Final = 100
"""EM is slow here: which search will end highest shows late."""
_LONG: Final = 2_000
_NEWTON_STEPS: Final = 50
_SHORTEST: Final = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class Classes:
    """Fitted classes, from large to small.

    Attributes:
        shares: (G,) of people.
        answers: for each item (G, A) probability of each answer that occurs, by class.
        log_likelihood: of the best end found.
        unknowns: how many numbers were estimated.
        bic: -2 log-likelihood + unknowns · log people; lower is better.
        entropy: how clearly people belong to one class, from 0 to 1; 1 for one class.
        ends: of the searches carried through, how many came to this end.
        slope: largest slope left, per person.
        curvature: smallest, turned positive, per person, of unknowns that are not at their edge; not above zero where
            the answers cannot tell so many classes apart.
        settled: whether the slope had come down to nothing.
        people: how many.
    """

    shares: Values
    answers: tuple[Values, ...]
    log_likelihood: float
    unknowns: int
    bic: float
    entropy: float
    ends: int
    slope: float
    curvature: float
    settled: bool
    people: int


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    """(G,) shares, (M, G) probabilities of all answers to all items, and (P, G) who belongs where."""

    shares: Values
    likely: Values
    log_likelihood: float
    belongs: Values


def fit_classes(patterns: Patterns, classes: int, *, starts: int = 20, seed: int = 1) -> Classes:
    """Fit a number of classes to patterns of answers.

    Half of the starts are from people drawn by lot, half from belonging by lot.
    """
    begun = _starts(patterns, classes, starts if classes > 1 else 1, np.random.default_rng(seed))
    return _classes(
        patterns, best_end(lambda belongs: _step(patterns, belongs), begun, rise=_RISE, short=_SHORT, long=_LONG)
    )


def _starts(patterns: Patterns, classes: int, starts: int, rng: np.random.Generator) -> Iterator[Values]:
    """(P, G) who belongs where at first."""
    chance, distinct = patterns.people / patterns.total, len(patterns.people)
    for number in range(starts):
        if number % 2 == 0 and distinct >= classes:
            middle = patterns.answers[rng.choice(distinct, classes, replace=False, p=chance)]
            same = (patterns.answers[:, np.newaxis, :] == middle).sum(axis=2).astype(np.float64)
        else:
            same = rng.normal(scale=2.0, size=(distinct, classes))
        close = np.exp(same - same.max(axis=1, keepdims=True))
        yield close / close.sum(axis=1, keepdims=True)


def _step(patterns: Patterns, belongs: Values) -> _State:
    """The best shares and probabilities for who belongs where, and then who belongs where."""
    return _where(patterns, *_best(patterns, belongs))


def _where(patterns: Patterns, shares: Values, likely: Values) -> _State:
    """Who belongs where, by shares and probabilities."""
    height = np.log(np.maximum(likely, 1e-300))
    belongs, value = np.empty((len(patterns.people), len(shares))), 0.0
    for part, given in patterns.blocks():
        reached = given @ height + np.log(np.maximum(shares, 1e-300))
        top = reached.max(axis=1, keepdims=True)
        chance = np.exp(reached - top)
        total = chance.sum(axis=1, keepdims=True)
        belongs[part] = chance / total
        value += float(patterns.people[part] @ (top + np.log(total))[:, 0])
    return _State(shares, likely, value, belongs)


def _arrived(patterns: Patterns, state: _State) -> _State:
    """By Newton's method from where EM slows down: what it leaves of a flat top is larger than it looks."""
    for _ in range(_NEWTON_STEPS):
        slopes = slopes_at(patterns, state.shares, state.likely, state.belongs)
        if not len(slopes.slope) or np.abs(slopes.slope).max() <= SLOPE * patterns.total or slopes.lowest <= 0:
            break
        length = 1.0
        while length > _SHORTEST:
            tried = _where(patterns, *moved(state.shares, state.likely, patterns.starts, slopes, length))
            if tried.log_likelihood >= state.log_likelihood:
                break
            length /= 2
        else:
            break
        # A step of EM takes along what is at its edge.
        state = _step(patterns, tried.belongs)
    return state


def _best(patterns: Patterns, belongs: Values) -> tuple[Values, Values]:
    """(G,) shares and (M, G) probabilities of answers, by who belongs where."""
    weighted = belongs * patterns.people[:, np.newaxis]
    counts = np.zeros((patterns.starts[-1], belongs.shape[1]))
    for part, given in patterns.blocks():
        counts += given.T @ weighted[part]
    asked = np.add.reduceat(counts, patterns.starts[:-1], axis=0)
    likely = counts / np.maximum(np.repeat(asked, np.diff(patterns.starts), axis=0), 1e-300)
    return weighted.sum(axis=0) / patterns.total, likely


def _classes(patterns: Patterns, end: End[_State]) -> Classes:
    state = _arrived(patterns, end.state)
    order = np.argsort(-state.shares, kind="stable")
    shares, likely = _best(patterns, state.belongs)
    # By log odds, the slope of a class's probability is its share times what the next step would change it by.
    slope = max(np.abs((likely - state.likely) * state.shares).max(), np.abs(shares - state.shares).max())
    lowest = slopes_at(patterns, state.shares, state.likely, state.belongs).lowest
    number = len(order) * (len(likely) - len(patterns.items)) + len(order) - 1
    return Classes(
        shares=state.shares[order],
        answers=tuple(part.T[order] for part in np.split(state.likely, patterns.starts[1:-1])),
        log_likelihood=state.log_likelihood,
        unknowns=number,
        bic=-2 * state.log_likelihood + number * float(np.log(patterns.total)),
        entropy=entropy_of(state.belongs, patterns.people),
        ends=end.ends,
        slope=float(slope),
        curvature=min(lowest / patterns.total, 1.0),
        settled=bool(slope <= SLOPE),
        people=round(patterns.total),
    )
