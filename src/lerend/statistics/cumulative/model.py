"""Ordinal regression: what goes with an answer in a few ordered categories."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lerend.statistics.cumulative.fitting import CumulativeFit, fit_cumulative, scores_of
from lerend.statistics.cumulative.links import LINKS, LinkName, between
from lerend.statistics.cumulative.parallel import ParallelSlopes, WaldChiSquare, parallel_slopes
from lerend.statistics.cumulative.separation import separating
from lerend.statistics.interval import Interval, normal_quantile
from lerend.statistics.regression.least_squares import refuse_collinear
from lerend.statistics.regression.problems import CannotBeFitted, as_codes, as_design, cannot_be_fitted
from lerend.statistics.regression.tails import t_quantile, t_tail
from lerend.wording import Message, say

Values = NDArray[np.float64]
_MOST: Final = 20
_UNLIKELY: Final = 0.05
_FEW: Final = 30
"""Clusters below which a sandwich of sums is too small (Cameron, Gelbach & Miller 2008)."""


@dataclass(frozen=True, slots=True, eq=False)
class OrdinalRegression:
    """A cumulative model; a positive slope goes with higher answers.

    Attributes:
        link: logit for proportional odds, or probit.
        categories: (A,) the answers that occur, ascending.
        names: (q,) of the columns.
        estimate, standard_error, z, p: (q,) slopes; `p` two-sided, from the normal, or from t with `clusters` - 1.
        covariance: (q + A - 1, q + A - 1) of slopes, then thresholds.
        thresholds, threshold_error: (A - 1,).
        log_likelihood, without_columns: at its best, and of a model with thresholds only.
        all_columns: the likelihood-ratio test of all slopes being zero; takes rows as unrelated.
        parallel: whether one slope will do at every step; None for two answers, or where it could not be tested.
        rows: how many.
        clusters: whose rows may go together; None where rows are taken as unrelated.
        gradient, curvature: proof of the fit: slope of the log-likelihood left, and least curvature, both per row and
            for columns with variance 1.
        cautions: what to know before using it.
    """

    link: LinkName
    categories: tuple[float, ...]
    names: tuple[str, ...]
    estimate: Values
    standard_error: Values
    z: Values
    p: Values
    covariance: Values
    thresholds: Values
    threshold_error: Values
    log_likelihood: float
    without_columns: float
    all_columns: WaldChiSquare
    parallel: ParallelSlopes | None
    rows: int
    clusters: int | None
    gradient: float
    curvature: float
    cautions: tuple[Message, ...]

    def interval(self, name: str, level: float = 0.95) -> Interval:
        """Confidence interval of a slope; its exponential is that of an odds ratio for the logit."""
        place = self.names.index(name)
        widest = normal_quantile(level) if self.clusters is None else t_quantile(level, self.clusters - 1)
        reach = widest * float(self.standard_error[place])
        return Interval(float(self.estimate[place]) - reach, float(self.estimate[place]) + reach)

    def probabilities(self, design: ArrayLike) -> Values:
        """(rows, A) of every answer, for rows described by the (rows, q) columns."""
        x = np.atleast_2d(np.asarray(design, dtype=np.float64))
        return between(LINKS[self.link], self.thresholds - (x @ self.estimate)[:, np.newaxis])


def ordinal_regression(
    outcome: ArrayLike,
    design: ArrayLike,
    *,
    names: Sequence[str] | None = None,
    link: LinkName = "logit",
    clusters: ArrayLike | None = None,
) -> OrdinalRegression:
    """Proportional odds (McCullagh 1980), or the ordinal probit model (McKelvey & Zavoina 1975), by maximum likelihood.

    Args:
        outcome: (rows,) numbers of which only the order counts.
        design: (rows, q) columns, without intercept: the thresholds are the intercepts.
        names: of the columns.
        clusters: (rows,) labels of rows that may go together; errors are then the sandwich of sums of scores per
            cluster, times G / (G - 1).

    Raises:
        CannotBeFitted: missing values, one answer only or more than twenty, columns that follow from others, slopes
            without end because columns tell answers apart without fault, one cluster only, or no proven best fit.
    """
    y, x, columns = as_design(outcome, design, None if names is None else tuple(names))
    categories, answers = np.unique(y, return_inverse=True)
    _check(categories, x, columns)
    mean, spread = x.mean(axis=0), x.std(axis=0)
    labels = None if clusters is None else as_codes(clusters, len(y), "clusters")
    table = _table((x - mean) / spread, answers.reshape(-1), len(categories), labels)
    fit = fit_cumulative(table.design, table.counts, link)
    if fit is None:
        raise _without_end(table, columns)
    steps, q = len(fit.thresholds), x.shape[1]
    covariance, groups = fit.covariance, None
    if table.cluster is not None:
        covariance, groups = _sandwich(fit, table, link)
    turn = _turn(mean, spread, steps)
    whole = turn @ covariance @ turn.T
    estimate = turn @ np.concatenate([fit.thresholds, fit.slopes])
    error = np.sqrt(whole.diagonal())
    given = table.counts.sum(axis=0)
    empty = float((given * np.log(given / len(y))).sum())
    z = estimate[:q] / error[:q]
    parallel = _parallel(table, link, spread) if steps > 1 else None
    return OrdinalRegression(
        link=link,
        categories=tuple(categories.tolist()),
        names=columns,
        estimate=estimate[:q],
        standard_error=error[:q],
        z=z,
        p=_tail(z, groups),
        covariance=whole,
        thresholds=estimate[q:],
        threshold_error=error[q:],
        log_likelihood=fit.log_likelihood,
        without_columns=empty,
        all_columns=_ratio(fit.log_likelihood - empty, q),
        parallel=parallel,
        rows=len(y),
        clusters=groups,
        gradient=fit.gradient,
        curvature=fit.curvature,
        cautions=tuple(_cautions(steps, parallel, groups)),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """Rows that are described alike, counted by answer; with clusters, also of one cluster."""

    design: Values
    counts: Values
    cluster: NDArray[np.int64] | None


def _table(x: Values, answers: NDArray[np.intp], most: int, labels: NDArray[np.int64] | None) -> _Table:
    keys = x if labels is None else np.column_stack([x, labels])
    rows, row = np.unique(keys, axis=0, return_inverse=True)
    counts = np.bincount(row.reshape(-1) * most + answers, minlength=len(rows) * most).reshape(len(rows), most)
    cluster = None if labels is None else rows[:, -1].astype(np.int64)
    return _Table(rows[:, : x.shape[1]], counts.astype(np.float64), cluster)


def _check(categories: Values, x: Values, columns: tuple[str, ...]) -> None:
    if len(categories) < 2:
        what = say("Everybody gave the same answer, so it goes with nothing.")
        raise cannot_be_fitted("outcome", what, say("Take another outcome."))
    if len(categories) > _MOST:
        what = say(
            "The outcome has {count} values; this model is for {most} or fewer.", count=len(categories), most=_MOST
        )
        raise cannot_be_fitted("outcome", what, say("Use a regression for numbers, or join values."))
    if x.shape[1] == 0:
        what = say("There is no column to explain the outcome with.")
        raise cannot_be_fitted("design", what, say("Name a column."))
    centred = x - x.mean(axis=0)
    # What rounding leaves of a column that never varies is not a column.
    centred[:, np.ptp(x, axis=0) == 0] = 0.0
    if len(x) <= x.shape[1]:
        what = say("{rows} rows cannot carry {columns} coefficients.", rows=len(x), columns=x.shape[1])
        raise cannot_be_fitted("rows", what, say("Take fewer columns, or more rows."))
    refuse_collinear(np.asarray(np.linalg.qr(centred, mode="r")), columns)


def _without_end(table: _Table, columns: tuple[str, ...]) -> CannotBeFitted:
    apart = separating(table.design, table.counts)
    if apart.any():
        which = tuple(name for name, part in zip(columns, apart, strict=True) if part)
        what = say("Answers can be told apart without fault by {columns}, so the slope has no end.", columns=which)
        return cannot_be_fitted("outcome", what, say("Join answers that few people gave, or leave the column out."))
    what = say("The search did not end in a proven best fit, so there is none to show.")
    return cannot_be_fitted("outcome", what, say("Join answers that few people gave, or take fewer columns."))


def _sandwich(fit: CumulativeFit, table: _Table, link: LinkName) -> tuple[Values, int]:
    assert table.cluster is not None  # noqa: S101 -- asked before
    scores = scores_of(fit, table.design, table.counts, link)
    groups = int(table.cluster.max()) + 1
    if groups < 2:
        what = say("All rows belong to one cluster, so nothing tells how clusters differ.")
        raise cannot_be_fitted("clusters", what, say("Choose a unit of which there are more."))
    sums = np.column_stack([np.bincount(table.cluster, column, groups) for column in scores.T])
    return fit.covariance @ (sums.T @ sums) @ fit.covariance * (groups / (groups - 1)), groups


def _turn(mean: Values, spread: Values, steps: int) -> Values:
    """From thresholds and slopes of columns with mean 0 and variance 1 to slopes and thresholds of the columns."""
    q = len(mean)
    turn = np.zeros((q + steps, steps + q))
    turn[:q, steps:] = np.diag(1 / spread)
    turn[q:, :steps] = np.eye(steps)
    turn[q:, steps:] = mean / spread
    return turn


def _parallel(table: _Table, link: LinkName, spread: Values) -> ParallelSlopes | None:
    found = parallel_slopes(table.design, table.counts, link)
    if found is None:
        return None
    return ParallelSlopes(found.slopes / spread, found.errors / spread, found.together, found.by_column)


def _ratio(rise: float, df: int) -> WaldChiSquare:
    from scipy.special import chdtrc  # noqa: PLC0415 -- SciPy costs half a second to import

    return WaldChiSquare(2 * rise, df, float(chdtrc(df, max(2 * rise, 0.0))))


def _tail(z: Values, clusters: int | None) -> Values:
    """Two-sided, from the normal distribution or from t."""
    from scipy.special import ndtr  # noqa: PLC0415 -- SciPy costs half a second to import

    if clusters is not None:
        return t_tail(z, clusters - 1)
    return np.asarray(2 * ndtr(-np.abs(z)), dtype=np.float64)


def _cautions(steps: int, parallel: ParallelSlopes | None, clusters: int | None) -> Iterator[Message]:
    if clusters is not None and clusters < _FEW:
        yield say("With {clusters} clusters errors come out too small: believe clear results only.", clusters=clusters)
    if steps < 2:
        return
    if parallel is None:
        yield say(
            "Whether one slope will do at every step between answers could not be tested: "
            "at some step a column tells answers apart without fault."
        )
    elif parallel.together.p < _UNLIKELY:
        yield say("The slopes differ from one step between answers to the next, so one slope is an average of them.")
