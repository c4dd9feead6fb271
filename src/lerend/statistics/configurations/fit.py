"""How well a set says an outcome: consistency, PRI, coverage, relevance (Ragin 2006; Schneider & Wagemann 2012)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lerend.statistics.configurations.calibrating import Values


@dataclass(frozen=True, slots=True)
class Sufficiency:
    """Of a set as sufficient for the outcome; None where no case belongs to what it is a share of.

    Attributes:
        consistency: share of the membership in the set that lies within the outcome.
        pri: the same, without what lies within the outcome and its negation at once.
        coverage: share of the outcome that lies within the set.
        unique: share of the outcome that lies within this path and no other of its model; None for the only path.
    """

    consistency: float | None
    pri: float | None
    coverage: float | None
    unique: float | None = None


@dataclass(frozen=True, slots=True)
class Necessity:
    """Of a set as necessary for the outcome; None where no case belongs to what it is a share of.

    Attributes:
        consistency: share of the outcome that lies within the set.
        relevance: 0 for a set that everybody belongs to, which is necessary for anything (RoN).
        coverage: share of the set that lies within the outcome.
    """

    consistency: float | None
    relevance: float | None
    coverage: float | None


def sufficiency(x: Values, y: Values, *, unique: float | None = None) -> Sufficiency:
    """Args: x: (cases,) membership in the set; y: (cases,) in the outcome."""
    within = np.minimum(x, y).sum()
    return Sufficiency(_share(within, x.sum()), _share(*pri_parts(x, y)), _share(within, y.sum()), unique)


def necessity(x: Values, y: Values) -> Necessity:
    """Args: x: (cases,) membership in the set; y: (cases,) in the outcome."""
    both = np.minimum(x, y)
    return Necessity(_share(both.sum(), y.sum()), _share((1 - x).sum(), (1 - both).sum()), _share(both.sum(), x.sum()))


def pri_parts(x: Values, y: Values) -> tuple[float, float]:
    """What PRI is the ratio of."""
    in_both = np.minimum(np.minimum(x, y), 1 - y).sum()
    return float(np.minimum(x, y).sum() - in_both), float(x.sum() - in_both)


def _share(part: float, whole: float) -> float | None:
    return float(part / whole) if whole > 1e-12 else None
