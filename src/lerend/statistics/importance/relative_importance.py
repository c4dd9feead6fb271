"""Relative importance of factors for an outcome, with intervals."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lerend.statistics.importance.closed import closed_shares, johnson_weights
from lerend.statistics.importance.owen import Grouped, groups_of, owen_values, subsets_of
from lerend.statistics.importance.resampling import correlations_of, drawn_again, drawn_by_normal_theory
from lerend.statistics.importance.subsets import MOST, Dominance, dominance, explained_by_subsets, shapley_values
from lerend.statistics.interval import Interval
from lerend.statistics.regression.least_squares import refuse_collinear
from lerend.statistics.regression.problems import as_codes, as_design, cannot_be_fitted
from lerend.wording import Message, say

Floats = NDArray[np.float64]
_WORK: Final = 2**22
"""At most this many subsets times draws are looked at for the intervals of Shapley values."""
_FEW: Final = 10
"""Rows per factor below which the order of factors is mostly chance."""
_FEW_UNITS: Final = 20
"""Below this many clusters intervals of 95 % held the true share in 91 to 93 of 100 made-up worlds."""


@dataclass(frozen=True, slots=True, eq=False)
class RelativeImportance:
    """How the explained variance of an outcome is divided over k factors.

    Attributes:
        names: of the factors.
        rows: how many.
        r_squared, adjusted: explained by all factors together; the second corrected for their number.
        johnson: (k,) relative weights; add up to `r_squared`, never negative. The one to show.
        shapley: (k,) the Shapley value (LMG, general dominance); adds up too; None above 20 factors.
        johnson_interval, shapley_interval: from draws; empty where there were none.
        first, last: (k,) explained by the factor alone, and lost without it (usefulness).
        pratt, car, standardised, inflation: (k,) as in `Closed`.
        dominance: of all three kinds, None above 20 factors.
        grouped: Owen values, where groups of factors were given.
        draws: how many samples the intervals stand on.
        cautions: what to know before using it.
    """

    names: tuple[str, ...]
    rows: int
    r_squared: float
    adjusted: float
    johnson: Floats
    shapley: Floats | None
    johnson_interval: tuple[Interval, ...]
    shapley_interval: tuple[Interval, ...]
    first: Floats
    last: Floats
    pratt: Floats
    car: Floats
    standardised: Floats
    inflation: Floats
    dominance: Dominance | None
    grouped: Grouped | None
    draws: int
    cautions: tuple[Message, ...]


def relative_importance(
    outcome: ArrayLike,
    factors: ArrayLike,
    *,
    names: Sequence[str] | None = None,
    clusters: ArrayLike | None = None,
    groups: Sequence[str] | None = None,
    draws: int = 1000,
    seed: int = 0,
    level: float = 0.95,
) -> RelativeImportance:
    """Importance from rows; intervals by drawing rows, or whole clusters, again (percentiles).

    Args:
        outcome: (rows,).
        factors: (rows, k) without intercept.
        names: of the factors.
        clusters: (rows,) labels, where rows of a cluster go together.
        groups: (k,) the group of each factor, for Owen values.
        draws: samples for the intervals; 0 for none.

    Raises:
        CannotBeFitted: missing values, as many factors as rows, or factors that follow from others.
    """
    y, x, columns = as_design(outcome, factors, None if names is None else tuple(names))
    _refuse_few(len(y), columns)
    both = np.column_stack([x, y])
    centred = both - both.mean(axis=0)
    refuse_collinear(np.asarray(np.linalg.qr(centred)[1]), (*columns, "outcome"))
    covariance = np.asarray(centred.T @ centred, dtype=np.float64)
    members = np.arange(len(y)) if clusters is None else as_codes(clusters, len(y), "clusters")
    tables = drawn_again(both, members, draws, seed)
    units = int(members.max()) + 1
    return _importance(correlations_of(covariance), len(y), columns, tables, draws, level, units=units, groups=groups)


def importance_of_correlations(
    correlation: ArrayLike,
    rows: int,
    *,
    names: Sequence[str] | None = None,
    groups: Sequence[str] | None = None,
    draws: int = 1000,
    seed: int = 0,
    level: float = 0.95,
) -> RelativeImportance:
    """The same from correlations (or covariances) alone, such as those of a frozen wave; intervals by normal theory.

    Args:
        correlation: (k + 1, k + 1), the outcome last.
        rows: people behind them.
        groups: as in `relative_importance`.

    Raises:
        CannotBeFitted: as `relative_importance`, or a matrix that cannot be a table of correlations.
    """
    matrix = np.asarray(correlation, dtype=np.float64)
    columns = tuple(names) if names is not None else tuple(f"x{j}" for j in range(1, len(matrix)))
    square = matrix.ndim == 2 and matrix.shape[0] == matrix.shape[1] == len(columns) + 1
    if not square or not np.isfinite(matrix).all() or (np.diag(matrix) <= 0).any():
        what = say("This is no table of correlations of {factors} factors and an outcome.", factors=len(columns))
        raise cannot_be_fitted("correlation", what, say("Give one row and column for each, the outcome last."))
    _refuse_few(rows, columns)
    table = correlations_of((matrix + matrix.T) / 2)
    try:
        refuse_collinear(np.asarray(np.linalg.cholesky(table).T), (*columns, "outcome"))
    except np.linalg.LinAlgError:
        what = say("No answers can give these correlations together: the table is not positive definite.")
        raise cannot_be_fitted(
            "correlation", what, say("Leave out a factor that follows from others, or use complete rows.")
        ) from None
    tables = (drawn_by_normal_theory(table, rows, draws, seed),) if draws else ()
    return _importance(table, rows, columns, tables, draws, level, units=rows, groups=groups)


def _importance(
    table: Floats,
    rows: int,
    names: tuple[str, ...],
    tables: Iterable[Floats],
    draws: int,
    level: float,
    *,
    units: int,
    groups: Sequence[str] | None,
) -> RelativeImportance:
    k = len(names)
    of_groups = None if groups is None else groups_of(groups, k)
    shares = closed_shares(table)
    explained = explained_by_subsets(table) if k <= MOST else None
    both = draws * 2**k <= _WORK
    apart = of_groups is not None and draws * subsets_of(of_groups[1]) <= _WORK
    johnson, shapley, owen = [], [], []
    for drawn in tables:
        johnson.append(johnson_weights(drawn))
        if both:
            shapley.append(shapley_values(explained_by_subsets(drawn)))
        if apart and of_groups is not None:
            owen.append(owen_values(drawn, of_groups[1]))
    r_squared = float(shares.r_squared)
    return RelativeImportance(
        names=names,
        rows=rows,
        r_squared=r_squared,
        adjusted=1 - (1 - r_squared) * (rows - 1) / (rows - k - 1),
        johnson=shares.johnson,
        shapley=None if explained is None else shapley_values(explained),
        johnson_interval=_intervals(johnson, level),
        shapley_interval=_intervals(shapley, level),
        first=shares.first,
        last=shares.last,
        pratt=shares.pratt,
        car=shares.car,
        standardised=shares.standardised,
        inflation=shares.inflation,
        dominance=None if explained is None else dominance(explained),
        grouped=None if of_groups is None else _grouped(table, of_groups, owen, level),
        draws=draws,
        cautions=_cautions(rows, k, units if draws else rows, grouped=groups is not None),
    )


def _grouped(
    table: Floats, of_groups: tuple[tuple[str, ...], tuple[int, ...]], drawn: Sequence[Floats], level: float
) -> Grouped:
    names, group_of = of_groups
    member = np.eye(len(names))[list(group_of)]
    value = owen_values(table, group_of)
    return Grouped(
        names=names,
        group_of=group_of,
        total=value @ member,
        value=value,
        total_interval=_intervals([one @ member for one in drawn], level),
        value_interval=_intervals(drawn, level),
    )


def _intervals(drawn: Sequence[Floats], level: float) -> tuple[Interval, ...]:
    if not drawn:
        return ()
    ends = np.nanquantile(np.concatenate(drawn), [(1 - level) / 2, (1 + level) / 2], axis=0)
    return tuple(Interval(float(low), float(high)) for low, high in ends.T)


def _refuse_few(rows: int, names: tuple[str, ...]) -> None:
    if len(names) < 1 or rows < len(names) + 2:
        what = say(
            "{factors} factors explain {rows} rows completely, whatever they are: shares of that mean nothing.",
            factors=len(names),
            rows=rows,
        )
        raise cannot_be_fitted("rows", what, say("Take fewer factors, or more rows; ten rows a factor is a minimum."))


def _cautions(rows: int, k: int, units: int, *, grouped: bool) -> tuple[Message, ...]:
    """What to know; `units` are what was drawn again: people or clusters."""
    cautions = []
    if units < min(_FEW_UNITS, rows):
        cautions.append(say("Intervals that stand on {clusters} clusters are too narrow.", clusters=units))
    if rows < _FEW * k:
        cautions.append(
            say("{rows} rows for {factors} factors: the order of factors is mostly chance.", rows=rows, factors=k)
        )
    if k > MOST:
        if not grouped:
            cautions.append(say("With the groups that factors belong to, Owen values would be there."))
        cautions.append(say("Shapley values and dominance are left out above {most} factors.", most=MOST))
    return tuple(cautions)


def by_chance(rows: int, k: int) -> float:
    """R-squared that k factors without any meaning explain on average; what shares must be seen against."""
    return k / (rows - 1) if rows > 1 else math.nan
