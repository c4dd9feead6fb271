"""Polyserial correlations: of a number with the normal variable behind an ordinal answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lerend.statistics.cumulative.fitting import fit_cumulative
from lerend.statistics.interval import Interval, normal_quantile
from lerend.statistics.ordinal.serial import EDGE, Cells, slopes_at, solve_serial
from lerend.statistics.ordinal.thresholds import threshold_influence, thresholds_of
from lerend.statistics.ordinal.trouble import (
    follows_exactly,
    never_varies,
    too_few_categories,
    too_few_people,
)

Values = NDArray[np.float64]
_LEAST: Final = 10


@dataclass(frozen=True, slots=True, eq=False)
class Serial:
    """A correlation.

    Attributes:
        correlation: of the two variables behind.
        standard_error: allows for thresholds, mean and standard deviation being estimates.
        error_margins_known: from the curvature alone, as if these were known; what most programs print.
    """

    correlation: float
    standard_error: float
    error_margins_known: float

    def interval(self, level: float = 0.95) -> Interval:
        """By the normal distribution of Fisher's z, so that it stays between -1 and 1."""
        spread = self.standard_error / (1 - self.correlation**2)
        middle, reach = np.arctanh(self.correlation), normal_quantile(level) * spread
        return Interval(float(np.tanh(middle - reach)), float(np.tanh(middle + reach)))


@dataclass(frozen=True, slots=True, eq=False)
class Polyserial:
    """One ordinal item beside a number.

    Attributes:
        item: its name.
        people: who have both.
        two_step: thresholds from the answers alone, then the likeliest correlation; the error does not take the model
            as true.
        likelihood: everything at once by maximum likelihood; the error takes the model as true.
        thresholds: (A - 1,) of the answers alone.
        likelihood_thresholds: (A - 1,) of maximum likelihood.
        last_step: of the two-step search.
        gradient: slope of the log-likelihood left at its top, per person.
    """

    item: str
    people: int
    two_step: Serial
    likelihood: Serial
    thresholds: Values
    likelihood_thresholds: Values
    last_step: float
    gradient: float


def polyserial(
    variable: ArrayLike, codes: NDArray[np.uint8], items: Sequence[str], *, name: str = "variable"
) -> tuple[Polyserial, ...]:
    """Each item beside one variable; people count where they have both.

    The variable is standardised by its sample standard deviation, with n - 1 (as polycor does; with n a correlation r
    would differ by r (1 - r²) / 2n).

    Args:
        variable: (rows,) numbers; NaN where there is none.
        codes: (rows, k) answers from 1; 0 where there is none.
        items, name: what they are called.

    Raises:
        ModelCannotBeFitted: fewer than ten people, an item that everybody answered the same, a variable that does not
            vary, or an item that follows from the variable.
    """
    x = np.asarray(variable, dtype=np.float64).reshape(-1)
    return tuple(_one(x, codes[:, place], item, name) for place, item in enumerate(items))


def _one(x: Values, answers: NDArray[np.uint8], item: str, name: str) -> Polyserial:
    both = np.isfinite(x) & (answers > 0)
    cells = _cells(x[both], answers[both], item, name)
    fit = fit_cumulative(cells.z[:, np.newaxis], cells.counts, "probit")
    if fit is None:
        raise follows_exactly(item, name)
    slope, error = float(fit.slopes[0]), float(fit.errors[0])
    found, step = solve_serial(cells, slope / np.hypot(1.0, slope))
    if abs(found) >= EDGE:
        raise follows_exactly(item, name)
    likely, left = slope / np.hypot(1.0, slope), 1 / np.hypot(1.0, slope)
    known = error * left**3
    return Polyserial(
        item=item,
        people=int(cells.people),
        two_step=_two_step(cells, found),
        # The standard deviation is an estimate of its own, unrelated to the regression on the variable.
        likelihood=Serial(
            float(likely), float(np.hypot(known, likely * left**2 / np.sqrt(2 * cells.people))), float(known)
        ),
        thresholds=cells.thresholds,
        likelihood_thresholds=fit.thresholds * left,
        last_step=step,
        gradient=fit.gradient,
    )


def _cells(x: Values, answers: NDArray[np.uint8], item: str, name: str) -> Cells:
    if len(x) < _LEAST:
        raise too_few_people(len(x), _LEAST, item)
    categories, answer = np.unique(answers, return_inverse=True)
    if len(categories) < 2:
        raise too_few_categories([item])
    if np.ptp(x) == 0:
        raise never_varies(name)
    values, row = np.unique((x - x.mean()) / x.std(ddof=1), return_inverse=True)
    places = row.reshape(-1) * len(categories) + answer.reshape(-1)
    counts = np.bincount(places, minlength=len(values) * len(categories)).reshape(len(values), -1)
    thresholds = thresholds_of(counts.sum(axis=0, keepdims=True))[0]
    return Cells(values, counts.astype(np.float64), thresholds)


def _two_step(cells: Cells, found: float) -> Serial:
    """With the influence of one person on everything that was estimated before (Muthén 1984)."""
    at, people = slopes_at(cells, found), cells.people
    information = -float((cells.counts * at.bend).sum()) / people
    z = cells.z[:, np.newaxis]
    margin = cells.counts.sum(axis=0, keepdims=True).astype(np.int64)
    by_threshold = threshold_influence(margin, cells.thresholds[np.newaxis])[0] @ (at.by_threshold / people)
    pulled = cells.counts * at.by_value
    by_mean, by_deviation = float(pulled.sum()) / people, float((pulled * z).sum()) / people
    owed = by_threshold[np.newaxis, :] - by_mean * z - by_deviation * (z**2 - 1) / 2
    influence = (at.score + owed) / information
    squares = float((cells.counts * influence**2).sum()) / people
    return Serial(found, float(np.sqrt(squares / (people - 1))), float(1 / np.sqrt(information * people)))
