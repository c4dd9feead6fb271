"""Made-up teams, designs and measurements for the tests of this room."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lerend.evidence.design.drawing import design_pilot
from lerend.evidence.design.kinds import Kind
from lerend.evidence.design.pilot import PilotDesign
from lerend.evidence.design.team import Team
from lerend.evidence.effects.effect import Effect
from lerend.evidence.effects.estimating import estimate_effect
from lerend.evidence.effects.measured import Measured

WAVES = {Kind.STEPPED: 4}


def some_teams(number: int, people: int = 10, *, companies: int = 1, beside: int = 0) -> list[Team]:
    """Teams with a motivation that differs; the last `beside` belong to a company that goes on as it did."""
    return [
        Team(
            f"team {place:02}",
            "beside" if place >= number - beside else f"company {place % companies}",
            people,
            motivation=1 + 4 * (place * 7 % number) / number,
            joins=place < number - beside,
        )
        for place in range(number)
    ]


def a_design(
    kind: Kind = Kind.LOTTERY, number: int = 12, *, waves: int = 0, seed: str = "4711", **teams: Any
) -> PilotDesign:
    beside = number // 2 if kind is Kind.COMPARISON else 0
    return design_pilot(
        kind,
        some_teams(number, beside=beside, **teams),
        waves=waves or WAVES.get(kind, 2),
        seed=seed,
        scale="readiness",
    )


def a_measurement(design: PilotDesign, effect: float, *, seed: int = 1, noise: float = 0.3) -> Measured:
    """Means of teams around 3 with their own level, a trend over the waves and noise; `effect` in points where begun."""
    rng = np.random.default_rng(seed)
    teams = len(design.teams)
    level = rng.normal(0, 0.3, (teams, 1))
    trend = 0.1 * np.arange(design.waves)
    mean = 3 + level + trend + effect * design.treated() + rng.normal(0, noise, (teams, design.waves))
    return measured(design, mean)


def measured(design: PilotDesign, mean: NDArray[np.float64], people: float = 10) -> Measured:
    count = np.where(np.isnan(mean), 0.0, people)
    return Measured(design.teams, count, mean, np.full(mean.shape, 0.5))


def an_effect(kind: Kind = Kind.LOTTERY, effect: float = 0.0, number: int = 12, **changed: Any) -> Effect:
    """What a made-up pilot did, with anything in it changed."""
    return replace(_made_up(kind, effect, number), **changed)


@cache
def _made_up(kind: Kind, effect: float, number: int) -> Effect:
    design = a_design(kind, number)
    began = [one.begins is not None for one in design.placements] if kind is Kind.ENCOURAGEMENT else None
    return estimate_effect(a_measurement(design, effect), design, smallest=0.2, deviation=0.8, began=began)
