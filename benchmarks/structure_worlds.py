"""Made-up ordinal answers with a known factor structure, and one real set, for `benchmarks.structure`."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.structure.specification import Specification, specification_of

Codes: TypeAlias = NDArray[np.uint8]

CORRELATION: Final = 0.4
CUTS: Final = np.array([-1.5, -0.6, 0.3, 1.2])
SPREAD: Final = 0.4
REAL: Final = Path(__file__).parents[1] / "tests" / "reference" / "bhr2000.csv"


def made_up(
    people: int,
    factors: int,
    items: int,
    rng: np.random.Generator,
    *,
    crossed: float = 0.0,
    together: float = 0.0,
    skew: float = 0.0,
) -> Codes:
    """(people, factors * items) answers 1 to 5.

    Args:
        crossed: loading of the first item of each factor on the next factor, which the fitted model lacks.
        together: correlation of what is left of the second and third item of each factor, likewise.
        skew: by how much all cuts are moved.
    """
    k = factors * items
    loading = rng.uniform(0.5, 0.85, k)
    between = np.full((factors, factors), CORRELATION)
    np.fill_diagonal(between, 1.0)
    latent = rng.standard_normal((people, factors)) @ np.linalg.cholesky(between).T
    left = np.sqrt(1 - loading**2) * rng.standard_normal((people, k))
    first = np.arange(0, k, items)
    left[:, first + 2] = together * left[:, first + 1] + np.sqrt(1 - together**2) * left[:, first + 2]
    variable = loading * np.repeat(latent, items, axis=1) + left
    variable[:, first] += crossed * np.roll(latent, -1, axis=1)
    return answered(variable, np.linspace(-SPREAD, SPREAD, k) + skew)


def two_groups(n: int, rng: np.random.Generator, *, skew: float) -> tuple[tuple[Codes, Codes], NDArray[np.float64]]:
    """Two groups of n with the same loadings, residuals and cuts, the second .3 higher on both of its two factors."""
    loading = np.tile([0.8, 0.7, 0.6, 0.7], 2)
    between = np.linalg.cholesky(np.array([[1.0, CORRELATION], [CORRELATION, 1.0]])).T
    groups = []
    for mean in (0.0, 0.3):
        latent = mean + rng.standard_normal((n, 2)) @ between
        variable = loading * np.repeat(latent, 4, axis=1) + np.sqrt(1 - loading**2) * rng.standard_normal((n, 8))
        groups.append(answered(variable, np.linspace(-SPREAD, SPREAD, 8) + skew))
    return (groups[0], groups[1]), loading


def answered(variable: NDArray[np.float64], shift: NDArray[np.float64]) -> Codes:
    """Cut into five answers."""
    above = variable[:, :, np.newaxis] > CUTS + shift[:, np.newaxis]
    return np.asarray(1 + above.sum(axis=2), dtype=np.uint8)


def bhr() -> tuple[Codes, Specification]:
    """5,400 people on eleven items about leadership, and a model of three factors that fits them poorly."""
    model = specification_of(
        {
            "officers": ["AF06", "AP33", "AS14", "AS16"],
            "noncommissioned": ["AF07", "AP34", "AS15", "AS17"],
            "general": ["AP12", "AP17", "AS28"],
        }
    )
    with REAL.open(encoding="utf-8", newline="") as stream:
        rows = [[int(row[item] or 0) for item in model.items] for row in csv.DictReader(stream)]
    return np.array(rows, dtype=np.uint8), model
