"""How likely each sum is that spread depends on, when people answer one item by lot; every sum is a whole number."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


def scatter_probability(raters: int, shares: Values) -> Values:
    """Of n times the sum of squares minus the square of the sum, n (n - 1) times the variance; indexed by that value.

    Args:
        raters: how many people (n).
        shares: (A,) how likely each answer is.
    """
    top = len(shares) - 1
    reached = np.zeros((raters * top + 1, raters * top**2 + 1))
    reached[0, 0] = 1.0
    for rater in range(raters):
        sums, squares = rater * top + 1, rater * top**2 + 1
        before = reached[:sums, :squares].copy()
        reached[:sums, :squares] = 0.0
        for answer, share in enumerate(shares):
            reached[answer : answer + sums, answer**2 : answer**2 + squares] += before * share
    total, square = np.nonzero(reached)
    return np.bincount(raters * square - total**2, weights=reached[total, square]).astype(np.float64)


def deviation_probability(raters: int, shares: Values) -> Values:
    """Of half of n² times the average deviation from the mean, indexed by that value; arguments as above.

    The distances below the mean add up to those above it. So with l people below it, whose answers sum to s, and a sum
    of t over all n, half of n² times the average deviation is l t - n s. For each answer that can be the last one below
    the mean, people below and above it are counted apart.
    """
    top = len(shares) - 1
    found = np.zeros(raters**2 * top + 1)
    found[0] = float((shares**raters).sum())  # everybody gives the same answer
    for last in range(top):
        low = _sums(raters, shares[: last + 1])
        high = _sums(raters, shares[last + 1 :])
        for below in range(1, raters):
            above = raters - below
            under, over = low[below], high[above]
            ways = np.exp(_log_ways(raters, below))
            total = np.add.outer(np.arange(len(under)), np.arange(len(over)) + above * (last + 1))
            half = below * total - raters * np.arange(len(under))[:, np.newaxis]
            between = (total > last * raters) & (total <= (last + 1) * raters)
            likely = ways * np.outer(under, over)
            found += np.bincount(half[between], weights=likely[between], minlength=len(found))
    return found


def _sums(most: int, shares: Values) -> list[Values]:
    """How likely each sum of 0, 1 … `most` people is, if the answers count from 0."""
    sums = [np.ones(1)]
    for _person in range(most):
        sums.append(np.convolve(sums[-1], shares))
    return sums


def _log_ways(raters: int, below: int) -> float:
    """Logarithm of the number of ways to choose who is below."""
    from scipy.special import gammaln  # noqa: PLC0415 -- SciPy costs half a second to import

    return float(gammaln(raters + 1) - gammaln(below + 1) - gammaln(raters - below + 1))
