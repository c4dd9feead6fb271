"""Units that are measured at the same times, some of which begin at some time: what staggered starts are computed from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lerend.evidence.effects.measured import no_effect
from lerend.wording import say


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """A balanced panel.

    Attributes:
        outcome: (N, T) without gaps.
        times: (T) ascending, any numbers.
        first: (N) the time at which a unit begins; infinite for those that never do.
        covariates: (N, q) known before anybody begins; q may be 0.
    """

    outcome: NDArray[np.float64]
    times: NDArray[np.float64]
    first: NDArray[np.float64]
    covariates: NDArray[np.float64]

    @property
    def groups(self) -> NDArray[np.float64]:
        """The times at which some unit begins, ascending."""
        return np.unique(self.first[np.isfinite(self.first)])

    @property
    def units(self) -> int:
        return len(self.outcome)


def panel_of(
    outcome: ArrayLike, units: ArrayLike, times: ArrayLike, first: ArrayLike, covariates: ArrayLike | None = None
) -> Panel:
    """From rows of one unit at one time. Units that were not measured at every time are left out.

    Args:
        first: per row, when its unit begins; 0 or infinity for never.
        covariates: (rows, q), taken from each unit's first time.

    Raises:
        EffectCannotBeEstimated: a unit is twice in one time, or nothing is left.
    """
    y = np.asarray(outcome, dtype=np.float64)
    names, unit = np.unique(np.asarray(units), return_inverse=True)
    moments, time = np.unique(np.asarray(times, dtype=np.float64), return_inverse=True)
    place = unit * len(moments) + time
    if len(np.unique(place)) < len(place):
        raise no_effect(say("A unit is there twice at one time."), say("Keep one row for each unit and time."))
    begins = np.asarray(first, dtype=np.float64)
    begins = np.where(begins > 0, begins, np.inf)
    extra = (
        np.empty((len(y), 0)) if covariates is None else np.asarray(covariates, dtype=np.float64).reshape(len(y), -1)
    )
    table = np.full((len(names), len(moments)), np.nan)
    table[unit, time] = y
    starts, values = np.full(len(names), np.inf), np.full((len(names), extra.shape[1]), np.nan)
    order = np.argsort(-time, kind="stable")
    starts[unit[order]], values[unit[order]] = begins[order], extra[order]
    kept = np.isfinite(table).all(axis=1) & np.isfinite(values).all(axis=1)
    if not kept.any():
        raise no_effect(say("No unit was measured at every time."), say("Leave out times at which few were measured."))
    return Panel(table[kept], moments, starts[kept], values[kept])
