"""Shares of explained variance that have a formula, from correlations alone and for many tables at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Closed:
    """Shares with a formula; (…, k) each, for one table of correlations or for many.

    Attributes:
        r_squared: (…) explained by all factors together.
        johnson: relative weights; they add up to `r_squared`.
        car: squared correlations with the factors made unrelated, each staying closest to itself (Zuber & Strimmer
            2011); they add up too.
        pratt: coefficient times correlation; add up, but can be negative.
        first: alone; squared correlation.
        last: what is lost without it (usefulness).
        standardised: regression coefficients with all variances 1.
        inflation: how many times the variance of a coefficient is larger for the factor going with others (VIF).
    """

    r_squared: Floats
    johnson: Floats
    car: Floats
    pratt: Floats
    first: Floats
    last: Floats
    standardised: Floats
    inflation: Floats


def closed_shares(correlation: Floats) -> Closed:
    """From (…, k + 1, k + 1) correlations, the outcome last.

    Johnson (2000): with R the correlations of factors and L its symmetric square root, the factors are replaced by
    those unrelated variables that lie closest to them; its squares of L give the explained shares back to the factors.
    """
    factors, pull = correlation[..., :-1, :-1], correlation[..., :-1, -1]
    size, vectors = np.linalg.eigh(factors)
    size = np.maximum(size, 1e-300)
    root = (vectors * np.sqrt(size)[..., np.newaxis, :]) @ np.swapaxes(vectors, -1, -2)
    turned = np.einsum("...ji,...j->...i", vectors, pull)
    unrelated = np.einsum("...ij,...j->...i", vectors, turned / np.sqrt(size))
    standardised = np.einsum("...ij,...j->...i", vectors, turned / size)
    inflation = np.einsum("...ij,...j->...i", vectors**2, 1 / size)
    return Closed(
        r_squared=np.asarray((standardised * pull).sum(axis=-1)),
        johnson=np.einsum("...ij,...j->...i", root**2, unrelated**2),
        car=unrelated**2,
        pratt=standardised * pull,
        first=pull**2,
        last=standardised**2 / inflation,
        standardised=standardised,
        inflation=inflation,
    )


def johnson_weights(correlation: Floats) -> Floats:
    """(…, k) relative weights only."""
    return closed_shares(correlation).johnson
