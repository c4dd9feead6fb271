"""Attacker 1: which figures about fewer than k people follow from all shown means together, by adding and subtracting.

Each mean is a sum over classes of people. Everything that can be computed from them is a combination of these sums; one
that leaves only classes with fewer than k people together says something about those people. Such a combination is
searched as one searches a word of low weight in a code: make the sums simple (Gauss) in a random order of the classes,
large classes first; each of the simple sums is then zero nearly everywhere, and a small one shows up in a few tries.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lerend.attack.crowd import Crowd

_TINY = 1e-7


def small_groups(crowd: Crowd, k: int, *, tries: int = 24, seed: int = 0) -> list[tuple[int, ...]]:
    """Sets of classes with 1 to k - 1 people together about whom something can be computed.

    Args:
        crowd: classes and their sizes.
        k: the smallest number of people that anything may be about.
        tries: how many random orders.
        seed: of these orders.
    """
    here = np.flatnonzero(crowd.most > 0)
    size = crowd.most[here]
    rows = crowd.inside[:, here].astype(float)
    if not rows.size or not (size < k).any():
        return []
    generator = np.random.default_rng(seed)
    found: set[tuple[int, ...]] = set()
    rows = np.unique(rows, axis=0)
    for _ in range(tries):
        order = np.lexsort((generator.random(len(size)), -np.minimum(size, k)))
        simple = _simplified(rows[:, order])
        weight = (np.abs(simple) > _TINY) @ np.minimum(size, k)[order]
        for row in simple[(weight > 0) & (weight < k)]:
            found.add(tuple(sorted(here[order[np.abs(row) > _TINY]].tolist())))
        rows = simple[:, np.argsort(order)]
    return sorted(found, key=lambda chosen: (crowd.most[list(chosen)].sum(), chosen))


def _simplified(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Reduced row echelon form, pivots taken from the left."""
    rows = rows.copy()
    done = 0
    for column in range(rows.shape[1]):
        if done == len(rows):
            break
        best = done + int(np.argmax(np.abs(rows[done:, column])))
        if abs(rows[best, column]) < _TINY:
            continue
        rows[[done, best]] = rows[[best, done]]
        rows[done] /= rows[done, column]
        factors = rows[:, column].copy()
        factors[done] = 0
        rows -= np.outer(factors, rows[done])
        done += 1
    rows[np.abs(rows) < _TINY] = 0
    return rows[:done]
