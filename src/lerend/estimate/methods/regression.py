"""Regressions with errors that allow for clusters, and the wild bootstrap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lerend.estimate.complete import CompleteRows, complete_rows
from lerend.estimate.method import Given, Kind, Method, Option, RunsOn
from lerend.estimate.table import Table

if TYPE_CHECKING:
    from lerend.statistics.regression.least_squares import LeastSquares
    from lerend.statistics.regression.wild_weights import Weights

OUTCOME = Option("outcome", Kind.COLUMN, "the column to be explained")
FACTORS = Option("factors", Kind.COLUMNS, "the columns that explain it, commas between them; an intercept is added")
CLUSTER = Option("cluster", Kind.COLUMN, "the column that says which rows go together, such as the team")
LEVEL = Option("level", Kind.NUMBER, "how sure the intervals are to be", "0.95")
SEED = Option("seed", Kind.WHOLE, "where chance begins: the same number gives the same result", "0")
WEIGHTS = Option("weights", Kind.COLUMN, "the column with the weight of each row", "")
ABSORB = Option("absorb", Kind.COLUMN, "a column whose every value gets an effect of its own that is not shown", "")
KINDS = ("CR2", "CR0", "CR1", "CR1S", "CR3")


@dataclass(frozen=True, slots=True, eq=False)
class Regression:
    """Coefficients with errors that allow for clusters.

    Attributes:
        coefficients: a `ClusterRobust`.
        intervals: one for each coefficient.
        together: a `WaldTest` of all factors at once.
        r_squared: share of the outcome's variance that is explained; inside the groups where these are absorbed.
        rows, left_out: used, and with an empty cell.
    """

    coefficients: object
    intervals: tuple[object, ...]
    together: object
    r_squared: float
    rows: int
    left_out: int


@dataclass(frozen=True, slots=True, eq=False)
class Bootstrap:
    """A test without any normal distribution.

    Attributes:
        test: a `WildBootstrap`.
        interval: all values that the test does not refuse; no end (null) where it refuses none.
        rows, left_out: used, and with an empty cell.
    """

    test: object
    interval: object
    rows: int
    left_out: int


def _regression(table: Table, given: Given) -> Regression:
    from lerend.statistics.regression.cluster_parts import KINDS as ALL  # noqa: PLC0415 -- loads only what it needs
    from lerend.statistics.regression.cluster_robust import cluster_robust, wald_test  # noqa: PLC0415 -- as above

    complete, fit = _fitted(table, given)
    clusters = complete.groups["cluster"]
    kind = next(kind for kind in ALL if kind == given.text("kind"))
    robust = cluster_robust(fit, clusters, kind)
    level = given.number("level")
    return Regression(
        coefficients=robust,
        intervals=tuple(robust.interval(name, level) for name in robust.names),
        together=wald_test(fit, clusters, given.columns("factors")),
        r_squared=fit.r_squared,
        rows=fit.rows,
        left_out=complete.left_out,
    )


def _bootstrap(table: Table, given: Given) -> Bootstrap:
    from lerend.statistics.regression.wild_bootstrap import (  # noqa: PLC0415 -- loads only what it needs
        wild_bootstrap,
        wild_interval,
    )

    complete, fit = _fitted(table, given)
    clusters, tested = complete.groups["cluster"], given.columns("factors")[0]
    points: Weights = "webb" if given.text("points") == "webb" else "rademacher"
    seed, draws = given.whole("seed"), given.whole("draws")
    return Bootstrap(
        test=wild_bootstrap(fit, clusters, tested, weights=points, seed=seed, draws=draws),
        interval=wild_interval(
            fit, clusters, tested, level=given.number("level"), weights=points, seed=seed, draws=draws
        ),
        rows=fit.rows,
        left_out=complete.left_out,
    )


def _fitted(table: Table, given: Given) -> tuple[CompleteRows, LeastSquares]:
    from lerend.statistics.regression.least_squares import least_squares  # noqa: PLC0415 -- loads only what it needs

    factors = given.columns("factors")
    weights = given.columns("weights")
    complete = complete_rows(table, given, (given.text("outcome"), *factors, *weights), ("cluster", "absorb"))
    columns = complete.values[:, 1 : 1 + len(factors)]
    absorbed = "absorb" in complete.groups
    fit = least_squares(
        complete.values[:, 0],
        columns if absorbed else with_intercept(columns),
        names=factors if absorbed else ("intercept", *factors),
        weights=complete.values[:, -1] if weights else None,
        absorb=[complete.groups["absorb"]] if absorbed else [],
    )
    return complete, fit


def with_intercept(columns: NDArray[np.float64]) -> NDArray[np.float64]:
    """(rows, 1 + columns)."""
    return np.column_stack([np.ones(len(columns)), columns])


METHODS = (
    Method(
        "regression",
        "what goes with an outcome, with errors that allow for teams or companies (CR2)",
        (
            OUTCOME,
            FACTORS,
            CLUSTER,
            ABSORB,
            WEIGHTS,
            Option("kind", Kind.CHOICE, "how errors are corrected for few clusters", "CR2", KINDS),
            LEVEL,
        ),
        RunsOn.FILE,
        "cluster-robust",
        _regression,
    ),
    Method(
        "wild-bootstrap",
        "a test of the first factor for few teams or companies, by trying all patterns of signs",
        (
            OUTCOME,
            FACTORS,
            CLUSTER,
            ABSORB,
            WEIGHTS,
            Option("points", Kind.CHOICE, "what residuals are multiplied with", "rademacher", ("rademacher", "webb")),
            LEVEL,
            Option("draws", Kind.WHOLE, "how many patterns to draw where all would be too many", "9999"),
            SEED,
        ),
        RunsOn.FILE,
        "cluster-robust",
        _bootstrap,
    ),
)
