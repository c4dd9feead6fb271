"""Units that begin together at one time and units that never do, all measured at the same times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lerend.evidence.effects.measured import no_effect
from lerend.wording import say

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """Outcomes without gaps.

    Attributes:
        begun, controls: names of the units that begin, and of those that never do.
        times: (T,) ascending.
        start: the first time at which the former have begun.
        of_begun, of_controls: (units, T) outcomes.
        left_out: units that were not measured at every time.
    """

    begun: tuple[str, ...]
    controls: tuple[str, ...]
    times: Floats
    start: float
    of_begun: Floats
    of_controls: Floats
    left_out: tuple[str, ...]

    @property
    def before(self) -> int:
        """How many times lie before the start."""
        return int((self.times < self.start).sum())


def history_of(outcome: ArrayLike, units: Sequence[str], times: ArrayLike, first: ArrayLike) -> History:
    """From rows of one unit at one time. Units with a gap are left out, and named.

    Args:
        outcome: (rows,) NaN where not measured.
        units: (rows,) names.
        times: (rows,) any numbers.
        first: (rows,) when the unit begins; 0, NaN or infinity for never.

    Raises:
        EffectCannotBeEstimated: a unit is twice at one time or begins twice, units begin at different times, or there are
            fewer than two times before the start, none since, or fewer than two controls.
    """
    y, begins = np.asarray(outcome, dtype=np.float64), np.asarray(first, dtype=np.float64)
    begins = np.where(begins > 0, begins, np.inf)
    moments, time = np.unique(np.asarray(times, dtype=np.float64), return_inverse=True)
    names, unit = np.unique(np.asarray(units, dtype=np.str_), return_inverse=True)
    if np.isnan(moments).any():
        raise no_effect(say("A row has no time."), say("Mend this in the file."))
    if len(np.unique(unit * len(moments) + time)) < len(y):
        raise no_effect(say("A unit is there twice at one time."), say("Keep one row for each unit and time."))
    table = np.full((len(names), len(moments)), np.nan)
    table[unit, time] = y
    starts = np.full(len(names), np.inf)
    np.minimum.at(starts, unit, begins)
    twice = tuple(np.unique(names[unit[begins != starts[unit]]]).tolist())
    if twice:
        raise no_effect(
            say("More than one start is given for {units}.", units=twice),
            say("Give each unit the same start in every row."),
        )
    whole = np.isfinite(table).all(axis=1)
    start = _one_start(starts[whole], moments)
    on = whole & (starts <= moments[-1])
    off = whole & ~on
    history = History(
        begun=tuple(names[on].tolist()),
        controls=tuple(names[off].tolist()),
        times=moments,
        start=start,
        of_begun=table[on],
        of_controls=table[off],
        left_out=tuple(names[~whole].tolist()),
    )
    _refuse_few(history)
    return history


def _one_start(starts: Floats, moments: Floats) -> float:
    """The start that all units share; one that lies after the last time is none yet."""
    found = np.unique(starts[starts <= moments[-1]])
    if len(found) == 0:
        raise no_effect(
            say("No unit that begins was measured at every time."), say("Leave out times at which few were measured.")
        )
    if len(found) > 1:
        raise no_effect(
            say("Units begin at {count} different times.", count=len(found)),
            say("Keep those that begin together, or use the method for staggered starts."),
        )
    return float(found[0])


def _refuse_few(history: History) -> None:
    if history.before < 2:
        raise no_effect(
            say("There are fewer than two times before the start, so nothing shows that a mixture follows it."),
            say("Compare with a lot, or with the change of another company."),
        )
    if len(history.controls) < 2:
        raise no_effect(
            say("Fewer than two units that never begin were measured at every time."),
            say("Add units that never begin."),
        )
