"""Does a path hold in every company? Consistency pooled, within companies, and per unit (García-Castro & Ariño 2016)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lerend.errors import Problem
from lerend.statistics.configurations.calibrating import Values
from lerend.statistics.configurations.cases import CasesAreWrong
from lerend.wording import say


@dataclass(frozen=True, slots=True)
class Cluster:
    """One company; None where no case of it belongs to what it is a share of."""

    name: str
    cases: int
    consistency: float | None
    coverage: float | None


@dataclass(frozen=True, slots=True)
class ClusterConsistency:
    """How much a set relation differs between companies and between units.

    Attributes:
        consistency, coverage: of all cases together; None where nobody belongs.
        between: how far companies are from all having the same consistency: 0 when they do.
        within: the same over units.
    """

    consistency: float | None
    coverage: float | None
    clusters: tuple[Cluster, ...]
    between: float
    within: float


def cluster_consistency(
    x: Values, y: Values, *, cluster: Sequence[str], unit: Sequence[str], necessity: bool = False
) -> ClusterConsistency:
    """Consistency of x as sufficient (or necessary) for y, over all cases and by company.

    The distance is the square root of the sum of (c_j / Σc − 1/J)², over the J companies, or units.

    Args:
        x, y: (cases,) memberships.
        cluster: (cases,) the company of each case.
        unit: (cases,) what is seen more than once, if anything is; else a name of its own for each case.

    Raises:
        CasesAreWrong: lengths differ, or a membership is missing or outside 0 and 1.
    """
    both = np.concatenate([x, y])
    if not len(x) == len(y) == len(cluster) == len(unit) or not ((both >= 0) & (both <= 1)).all():
        what = say("Every case needs two memberships from 0 to 1, a company and a unit.")
        raise CasesAreWrong([Problem("clusters", what, say("Leave out cases that lack one."))])
    inside, outside = (y, x) if necessity else (x, y)
    within = np.minimum(inside, outside)
    names, companies = np.unique(np.array(cluster), return_inverse=True)
    _, units = np.unique(np.array(unit), return_inverse=True)
    parts = _sums(companies, within), _sums(companies, inside), _sums(companies, outside)
    of_units = _shares(_sums(units, within), _sums(units, inside))
    shares, covered = _shares(parts[0], parts[1]), _shares(parts[0], parts[2])
    return ClusterConsistency(
        consistency=_known(_shares(within.sum(keepdims=True), inside.sum(keepdims=True))[0]),
        coverage=_known(_shares(within.sum(keepdims=True), outside.sum(keepdims=True))[0]),
        clusters=tuple(
            Cluster(str(name), int((companies == place).sum()), _known(shares[place]), _known(covered[place]))
            for place, name in enumerate(names)
        ),
        between=_distance(shares),
        within=_distance(of_units),
    )


def _sums(codes: np.ndarray[tuple[int], np.dtype[np.int64]], values: Values) -> Values:
    return np.bincount(codes, weights=values).astype(np.float64)


def _shares(part: Values, whole: Values) -> Values:
    shares: Values = np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 1e-12)
    return shares


def _distance(consistency: Values) -> float:
    """Groups in which nobody belongs to the set contradict nothing: they count as consistent."""
    c = np.nan_to_num(consistency, nan=1.0)
    return float(np.sqrt(((c / c.sum() - 1 / len(c)) ** 2).sum())) if c.sum() > 0 else 0.0


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
