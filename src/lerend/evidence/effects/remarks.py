"""What happened in a pilot that matters for reading its effect: drop-out, scores near the end of the scale, few teams."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.evidence.design.kinds import Kind
from lerend.evidence.design.permuting import lots_suffice
from lerend.evidence.design.pilot import PilotDesign
from lerend.evidence.effects.measured import Measured
from lerend.wording import Message, say, say_many

UNEQUAL: Final = 0.15
"""Difference in the share of people that are left from which on groups may differ by who stayed."""
HIGH: Final = 4.3
"""Mean on the 1 to 5 scale above which scores have little room to rise."""


def remarks_on(measured: Measured, design: PilotDesign, wave: int) -> tuple[tuple[Message, ...], tuple[Message, ...]]:
    """What the effect cannot say on top of its design, and what to know when reading it.

    Args:
        measured: rows in the order of the design, up to the wave.
    """
    last = measured.people[:, wave] > 0
    begun = design.treated()[:, wave]
    missing = int((~last | (measured.people[:, 0] <= 0)).sum())
    remarks = []
    if missing:
        remarks.append(
            say_many(
                "{count} team was not measured both before and after, and counts for less or nothing.",
                "{count} teams were not measured both before and after, and count for less or nothing.",
                missing,
            )
        )
    if design.kind is Kind.STEPPED:
        remarks.append(
            say(
                "Where an effect grows or fades, this one number can be far off. Look at it by time since the start too."
            )
        )
    if not lots_suffice(design):
        remarks.append(say("So few lots were possible that even the clearest outcome could come by chance."))
    if float(np.nanmean(measured.mean[:, 0])) > HIGH:
        remarks.append(say("Scores were so high before that they had little room to rise: an effect may stay hidden."))
    return _unequal(measured, design, wave, begun), tuple(remarks)


def _unequal(measured: Measured, design: PilotDesign, wave: int, begun: NDArray[np.bool_]) -> tuple[Message, ...]:
    if design.kind in {Kind.STEPPED, Kind.BEFORE_AFTER} or begun.all() or not begun.any():
        return ()
    left = [measured.people[rows, wave].sum() / max(measured.people[rows, 0].sum(), 1) for rows in (begun, ~begun)]
    if abs(left[0] - left[1]) < UNEQUAL:
        return ()
    return (
        say(
            "Whether the groups still are alike: {began} % of the people answered again in teams that began, {waited} % in "
            "the others.",
            began=round(100 * left[0]),
            waited=round(100 * left[1]),
        ),
    )
