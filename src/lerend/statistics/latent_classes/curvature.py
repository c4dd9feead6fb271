"""Slope and curvature of the likelihood of classes: where it does not bend down, the answers cannot tell classes apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.latent_trait.patterns import NOT_ANSWERED, Patterns

Values = NDArray[np.float64]

_SOMEBODY: Final = 0.01
"""An answer that fewer people of a class are expected to give has a probability at its edge: no top to look at."""
_FAR: Final = 5.0
"""Log odds that no step goes beyond."""


@dataclass(frozen=True, slots=True, eq=False)
class Slopes:
    """Of the log-likelihood, by log odds of shares and answers that are not at their edge.

    Attributes:
        free: (G + G · M,) which log odds these are: of shares, then of the answers of each class.
        slope: (free,).
        information: (free, free) the observed information (Louis 1982).
    """

    free: NDArray[np.bool_]
    slope: Values
    information: Values

    @property
    def lowest(self) -> float:
        """Smallest eigenvalue of the information."""
        return float(np.linalg.eigvalsh(self.information)[0]) if self.free.any() else np.inf


def slopes_at(patterns: Patterns, shares: Values, likely: Values, belongs: Values) -> Slopes:
    """Slopes and curvature.

    Args:
        shares: (G,) of classes.
        likely: (M, G) probability of each answer to each item.
        belongs: (P, G) who belongs where.
    """
    asked = _asked(patterns, belongs)
    free = _free(patterns, shares, likely, asked)
    found = _with_classes_known(patterns, shares, likely, asked)[np.ix_(free, free)]
    slope = np.zeros(int(free.sum()))
    item = np.repeat(np.arange(len(patterns.items)), np.diff(patterns.starts))
    for part, given in patterns.blocks():
        answered = (patterns.answers[part] != NOT_ANSWERED)[:, item]
        mean = np.zeros((len(given), len(slope)))
        for number in range(len(shares)):
            score = np.zeros((len(given), len(free)))
            score[:, : len(shares)] = np.eye(len(shares))[number] - shares
            begin = len(shares) + number * len(likely)
            score[:, begin : begin + len(likely)] = given - answered * likely[:, number]
            there = belongs[part, number : number + 1]
            mean += there * score[:, free]
            weighted = score[:, free] * np.sqrt(there * patterns.people[part][:, np.newaxis])
            found -= weighted.T @ weighted
        slope += patterns.people[part] @ mean
        mean *= np.sqrt(patterns.people[part][:, np.newaxis])
        found += mean.T @ mean
    return Slopes(free, slope, found)


def moved(
    shares: Values, likely: Values, starts: NDArray[np.intp], slopes: Slopes, length: float
) -> tuple[Values, Values]:
    """Shares and probabilities a part of a Newton step further."""
    step = np.zeros(len(slopes.free))
    step[slopes.free] = length * np.linalg.solve(slopes.information, slopes.slope)
    further = shares * np.exp(np.clip(step[: len(shares)], -_FAR, _FAR))
    answers = likely * np.exp(np.clip(step[len(shares) :].reshape(len(shares), -1).T, -_FAR, _FAR))
    whole = np.add.reduceat(answers, starts[:-1], axis=0)
    return further / further.sum(), answers / np.repeat(whole, np.diff(starts), axis=0)


def _asked(patterns: Patterns, belongs: Values) -> Values:
    """(k, G) how many people of each class answered each item."""
    known = (patterns.answers != NOT_ANSWERED) * patterns.people[:, np.newaxis]
    return np.asarray(known.T @ belongs)


def _free(patterns: Patterns, shares: Values, likely: Values, asked: Values) -> NDArray[np.bool_]:
    """(G + G · M,) log odds that are free: against the largest class, and against the likeliest answer to an item."""
    kept = [np.arange(len(shares)) != shares.argmax()]
    parts = np.split(likely, patterns.starts[1:-1])
    for number in range(len(shares)):
        for part, there in zip(parts, asked[:, number], strict=True):
            chance = part[:, number]
            kept.append((there * chance > _SOMEBODY) & (np.arange(len(chance)) != chance.argmax()))
    return np.concatenate(kept)


def _with_classes_known(patterns: Patterns, shares: Values, likely: Values, asked: Values) -> Values:
    """(G + G · M,) squared: the information if it were known who belongs where."""
    classes, starts = len(shares), patterns.starts
    found = np.zeros((classes * (1 + len(likely)),) * 2)
    found[:classes, :classes] = patterns.total * (np.diag(shares) - np.outer(shares, shares))
    for number in range(classes):
        for item, there in enumerate(asked[:, number]):
            chance = likely[starts[item] : starts[item + 1], number]
            begin = classes + number * len(likely)
            own = slice(begin + starts[item], begin + starts[item + 1])
            found[own, own] = there * (np.diag(chance) - np.outer(chance, chance))
    return found
