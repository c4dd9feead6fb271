"""Estimates as they are said behind the gate: values to a step, the ends of intervals outwards to it."""

from __future__ import annotations

from dataclasses import replace

from lerend.diagnosis.result import Estimate, Room
from lerend.disclosure.bands import above, below, nearest


def rough(estimate: Estimate, step: float) -> Estimate:
    """An estimate in steps; its interval never becomes smaller."""
    return Estimate(nearest(estimate.value, step), below(estimate.low, step), above(estimate.high, step))


def rough_room(room: Room) -> Room:
    """Why a factor may have most room, in steps."""
    return replace(
        room,
        target=nearest(room.target, 0.1),
        gap=rough(room.gap, 0.1),
        association=rough(room.association, 0.05),
        gain=rough(room.gain, 0.05),
        top_five=nearest(room.top_five, 0.05),
        top_three=nearest(room.top_three, 0.05),
        by_outcome=tuple((name, nearest(probability, 0.05)) for name, probability in room.by_outcome),
        robustness=nearest(room.robustness, 0.05),
    )
