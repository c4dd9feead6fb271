"""A stepped start read in three other ways, to see whether its one number hangs on what it takes as given.

The effect itself comes from `lerend.evidence.effects.stepping`. It takes the effect to be the same however long a team works
with the approach; these do not all.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lerend.evidence.design.pilot import PilotDesign
from lerend.evidence.effects.group_time import Means, group_times
from lerend.evidence.effects.measured import Measured
from lerend.evidence.effects.panel import Panel
from lerend.statistics.mixed.stepped_wedge import Effect, stepped_wedge
from lerend.wording import Message


@dataclass(frozen=True, slots=True)
class SteppedReadings:
    """The same pilot in standard deviations, by other models.

    Attributes:
        same: one effect, by a mixed model with a level for each team (REML, Kenward and Roger's error).
        average: the mean over the times since the start, when each time may have its own effect (TATE, REML).
        by_time: the effect after one measurement, after two and so on, by the same model.
        by_groups: by time since the start, comparing only with teams that have not begun yet; nothing is taken to be
            the same. None where teams were not measured at every wave or nobody is left to compare with.
        cautions: what to know before using them.
    """

    same: Effect
    average: Effect
    by_time: tuple[Effect, ...]
    by_groups: Means | None
    cautions: tuple[Message, ...]


def stepped_readings(
    measured: Measured, design: PilotDesign, *, deviation: float, level: float = 0.95
) -> SteppedReadings:
    """Reads the means of teams at waves; every mean counts the same.

    Args:
        measured: rows in any order.
        deviation: points of the scale per standard deviation.

    Raises:
        CannotBeFitted: the plan cannot tell the effect from time.
    """
    ours = measured.of(design.teams)
    there = ours.people > 0
    teams, waves = np.nonzero(there)
    outcome, treated = ours.mean[there] / deviation, design.treated()[:, : ours.waves][there].astype(np.float64)
    one = stepped_wedge(outcome, treated, teams, waves, level=level)
    each = stepped_wedge(outcome, treated, teams, waves, by_exposure=True, level=level)
    cautions = tuple(dict.fromkeys((*one.cautions, *each.cautions)))
    by_groups = _by_groups(ours, design, deviation) if there.all() else None
    return SteppedReadings(one.kenward_roger, each.kenward_roger, each.by_exposure, by_groups, cautions)


def _by_groups(measured: Measured, design: PilotDesign, deviation: float) -> Means | None:
    """Up to the last wave at which somebody still waits."""
    begins = np.array([np.inf if one.begins is None else float(one.begins) for one in design.placements])
    upto = int(min(measured.waves, begins.max()))
    if upto < 2:
        return None
    first = np.where(begins < upto, begins, np.inf)
    panel = Panel(
        measured.mean[:, :upto] / deviation, np.arange(upto, dtype=np.float64), first, np.empty((len(begins), 0))
    )
    return group_times(panel, controls="not_yet").by_exposure
