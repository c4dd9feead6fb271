"""Are answers missing by lot? Little's test, and means and covariances that use everybody (EM by pattern).

Little (1988), JASA 83, 1198; Little & Rubin (2002), chapter 8 and 11. Only one mean and one matrix per pattern of missing
answers is kept, so the cost of a step depends on the patterns, not on the people.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.errors import LerendError, Problem
from lerend.wording import Message, say

Values = NDArray[np.float64]
_STILL: Final = 1e-11
"""Largest change of a step, on the scale of standard deviations, at which the search ends."""
_MOST_STEPS: Final = 20_000


class NoMomentsFound(LerendError):
    """Means and covariances that these answers do not give."""


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """Means and covariances under normality, by maximum likelihood, from incomplete rows.

    Attributes:
        mean: (k,).
        covariance: (k, k), over n.
        steps: of the search.
    """

    mean: Values
    covariance: Values
    steps: int


@dataclass(frozen=True, slots=True, eq=False)
class LittleTest:
    """Little's test that answers are missing completely at random.

    Attributes:
        statistic: d², chi-square when they are.
        df: None where there is one pattern only, so that there is nothing to test.
        p: small where people who skip differ in what they did answer; None with `df`.
        patterns: of missing answers, that of nobody missing among them.
        people: rows with one answer or more.
        moments: that patterns are compared with.
    """

    statistic: float
    df: int | None
    p: float | None
    patterns: int
    people: int
    moments: Moments


def little_test(values: Values) -> LittleTest:
    """Whether those who skipped differ from those who did not, in what both answered.

    With small or many patterns chi-square holds badly: read it as a hint. That it is not rejected does not prove that
    answers are missing by lot, since what was not answered is never seen.

    Args:
        values: (rows, columns); NaN where a value is missing.

    Raises:
        NoMomentsFound: fewer than two columns, a column without spread, or values from which no covariances can be had.
    """
    patterns = _patterns(values)
    moments = _maximum_likelihood(patterns, values.shape[1])
    statistic, observed = 0.0, 0
    for pattern in patterns:
        seen = pattern.seen
        apart = pattern.mean - moments.mean[seen]
        statistic += pattern.people * float(apart @ np.linalg.solve(moments.covariance[np.ix_(seen, seen)], apart))
        observed += len(seen)
    df = observed - values.shape[1]
    people = sum(pattern.people for pattern in patterns)
    if df <= 0:
        return LittleTest(0.0, None, None, len(patterns), people, moments)
    return LittleTest(statistic, df, _beyond(statistic, df), len(patterns), people, moments)


def incomplete_moments(values: Values) -> Moments:
    """Means and covariances by maximum likelihood from incomplete rows; raises as `little_test`."""
    return _maximum_likelihood(_patterns(values), values.shape[1])


@dataclass(frozen=True, slots=True, eq=False)
class _Pattern:
    """Rows that lack the same columns.

    Attributes:
        seen: the columns they do have.
        mean: (seen,).
        scatter: (seen, seen) squares around the mean, over people.
    """

    seen: NDArray[np.int64]
    people: int
    mean: Values
    scatter: Values


def _patterns(values: Values) -> tuple[_Pattern, ...]:
    if values.ndim != 2 or values.shape[1] < 2:
        raise _none(say("The test needs two columns or more."), say("Name more columns."))
    known = ~np.isnan(values)
    used = known.any(axis=1)
    values, known = values[used], known[used]
    for column in range(values.shape[1]):
        answers = values[known[:, column], column]
        if len(answers) < 2 or np.ptp(answers) == 0:
            what = say("Column {number} has fewer than two different values.", number=column + 1)
            raise _none(what, say("Leave the column out."))
    found = []
    different, which = np.unique(known, axis=0, return_inverse=True)
    for place, pattern in enumerate(different):
        rows = values[which.ravel() == place][:, pattern]
        mean = rows.mean(axis=0)
        centred = rows - mean
        found.append(_Pattern(np.flatnonzero(pattern), len(rows), mean, centred.T @ centred / len(rows)))
    return tuple(found)


def _maximum_likelihood(patterns: tuple[_Pattern, ...], columns: int) -> Moments:
    mean, covariance = _start(patterns, columns)
    for step in range(1, _MOST_STEPS + 1):
        new_mean, new_covariance = _step(patterns, mean, covariance)
        scale = np.sqrt(new_covariance.diagonal())
        moved = max(
            float((np.abs(new_mean - mean) / scale).max()),
            float((np.abs(new_covariance - covariance) / np.outer(scale, scale)).max()),
        )
        mean, covariance = new_mean, new_covariance
        if moved < _STILL:
            _proven(covariance)
            return Moments(mean, covariance, step)
    raise _none(say("The search for means and covariances does not end."), say("Leave out columns that few answered."))


def _start(patterns: tuple[_Pattern, ...], columns: int) -> tuple[Values, Values]:
    n, total, squares = np.zeros(columns), np.zeros(columns), np.zeros(columns)
    for pattern in patterns:
        n[pattern.seen] += pattern.people
        total[pattern.seen] += pattern.people * pattern.mean
    mean = total / n
    for pattern in patterns:
        apart = pattern.mean - mean[pattern.seen]
        squares[pattern.seen] += pattern.people * (pattern.scatter.diagonal() + apart**2)
    return mean, np.diag(squares / n)


def _step(patterns: tuple[_Pattern, ...], mean: Values, covariance: Values) -> tuple[Values, Values]:
    """One step: what is expected of whole rows, given what was seen of them."""
    k = len(mean)
    people, first, second = 0, np.zeros(k), np.zeros((k, k))
    for pattern in patterns:
        seen = pattern.seen
        slopes = _slopes(covariance, seen)
        apart = pattern.mean - mean[seen]
        shift = slopes.T @ apart
        left = covariance - slopes.T @ covariance[seen]
        first += pattern.people * shift
        second += pattern.people * (slopes.T @ (pattern.scatter + np.outer(apart, apart)) @ slopes + left)
        people += pattern.people
    moved: Values = first / people
    new: Values = second / people - moved[:, None] * moved
    return mean + moved, (new + new.T) / 2


def _slopes(covariance: Values, seen: NDArray[np.int64]) -> Values:
    """(seen, k) regression of every column on those that were seen."""
    try:
        slopes = np.linalg.solve(covariance[np.ix_(seen, seen)], covariance[seen]).astype(np.float64)
    except np.linalg.LinAlgError:
        raise _singular() from None
    slopes[:, seen] = np.eye(len(seen))
    return slopes


def _proven(covariance: Values) -> None:
    scale = np.sqrt(covariance.diagonal())
    if np.linalg.eigvalsh(covariance / np.outer(scale, scale))[0] < 1e-10:
        raise _singular()


def _beyond(statistic: float, df: int) -> float:
    from scipy.special import chdtrc  # noqa: PLC0415 -- SciPy costs half a second to import

    return float(chdtrc(df, statistic))


def _singular() -> NoMomentsFound:
    return _none(say("Some columns follow from the others."), say("Leave out columns that say the same."))


def _none(what: Message, mend: Message) -> NoMomentsFound:
    return NoMomentsFound([Problem("missing answers", what, mend)])
