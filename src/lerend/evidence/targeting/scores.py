"""Doubly robust scores: for every unit what it would come to without beginning and with it, right on average."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lerend.evidence.effects.measured import no_effect
from lerend.statistics.regression.least_squares import least_squares
from lerend.wording import say

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def doubly_robust_scores(
    outcome: Floats,
    begun: Flags,
    covariates: Floats,
    *,
    chance: Floats | None = None,
    learn: Flags | None = None,
    names: tuple[str, ...] | None = None,
) -> Floats:
    """(n, 2) scores of not beginning and of beginning: what a regression expects, plus what it missed over the chance of it.

    Augmented inverse probability weighting (Robins, Rotnitzky & Zhao 1994, equation 2.6 as used by Athey & Wager 2021): the
    mean of a column is right where the chance of beginning is known (by a lot) or where the regression is right.

    Args:
        outcome: (n,).
        begun: (n,) whether the unit began.
        covariates: (n, q) known before; a linear regression for each group uses them.
        chance: (n,) of beginning, as the lot was drawn; without it the share that began.
        learn: (n,) units from which regression and share are learnt; without it, all.
        names: of the covariates.

    Raises:
        CannotBeFitted: too few units in a group, or a covariate that follows from others there.
        EffectCannotBeEstimated: a chance that is not between 0 and 1, or nobody began, or everybody.
    """
    known = np.ones(len(outcome), dtype=np.bool_) if learn is None else learn
    if not 0 < begun[known].mean() < 1:
        raise no_effect(say("One of the groups is empty."), say("Compare with units that did not begin."))
    of_beginning = np.full(len(outcome), begun[known].mean()) if chance is None else chance
    if not ((of_beginning > 0) & (of_beginning < 1)).all():
        raise no_effect(
            say("Not every unit could have been on either side: a chance of beginning is not between 0 and 1."),
            say("Leave out units that could not be drawn."),
        )
    design = np.column_stack([np.ones(len(outcome)), covariates])
    columns = ("level", *(names or tuple(f"covariate {place + 1}" for place in range(covariates.shape[1]))))
    scores = np.empty((len(outcome), 2))
    for action, (group, likely) in enumerate(((~begun, 1 - of_beginning), (begun, of_beginning))):
        fit = least_squares(outcome[group & known], design[group & known], names=columns)
        expected = design @ fit.estimate
        scores[:, action] = expected + group / likely * (outcome - expected)
    return scores
