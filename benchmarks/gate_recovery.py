"""The row-recovery attack on what a release says of how scores go together."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from functools import partial

import numpy as np

from benchmarks.attackers import PairSum, certain
from benchmarks.row_recovery import Outcome
from lerend.answers.table import AnswerBatch
from lerend.release.value import Covariances
from lerend.statistics.frozen import STEP


def score_of_the_lowest_by_release(
    batch: AnswerBatch,
    one: Sequence[int],
    other: Sequence[int],
    shown: Covariances,
    names: tuple[str, str],
    *,
    exact: bool = False,
) -> Outcome:
    """The score on one scale of whoever alone has the lowest score on another, from a released correlation.

    The attacker is given how often each score occurs on both scales, and so both exact means and deviations: more than is
    shown. The correlation lies within half a step of the one that is shown, and that one within half a step of the scatter;
    with `exact` it is the one that is shown.
    """
    x, y = batch.codes[:, one].sum(axis=1).astype(int), batch.codes[:, other].sum(axis=1).astype(int)
    if (x == x.min()).sum() > 1 or not set(names) <= set(shown.scales):
        return Outcome(0, 0)
    n, deviations = len(x), float(x.std(ddof=1) * y.std(ddof=1))
    correlation = shown.correlations[shown.scales.index(names[0])][shown.scales.index(names[1])]
    middle = correlation * deviations * (n - 1) + n * float(x.mean() * y.mean())
    reach = 1e-6 if exact else 0.025 * deviations * (n - 1) + STEP / 2 + 1e-6
    margin = np.array([np.bincount(values, minlength=max(x.max(), y.max()) + 1)[1:] for values in (x, y)])
    sums = [PairSum(lambda row: row[0] * row[1], middle - reach, middle + reach)]
    possible = [
        score
        for score in sorted(set(y.tolist()))
        if certain([margin], [n], sums, partial(operator.eq, (int(x.min()), score)), whole=True)[1] > 0.99
    ]
    return Outcome(int(possible == [int(y[x.argmin()])]), 1)
