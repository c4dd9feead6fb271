"""Pilots whose effects depend on coded factors in a known way."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lerend.evidence.pooling.pilot import PilotEffect
from lerend.evidence.success_factors.factors import CodedFactor
from lerend.wording import Text


def factor(id: str, values: NDArray[np.float64]) -> CodedFactor:
    return CodedFactor(
        id,
        Text(f"naam {id}", f"name {id}"),
        tuple(float(each) for each in values),
        Text(f"{id} er is", f"{id} is there"),
        Text(f"{id} tijd maakt", f"{id} makes time"),
    )


def made_up(
    seed: int, pilots: int = 24, factors: int = 4, size: float = 0.3
) -> tuple[list[PilotEffect], list[CodedFactor]]:
    """The first factor adds `size` per standard deviation, the second (there or not) takes away as much, the rest nothing."""
    chance = np.random.default_rng(seed)
    X = chance.standard_normal((pilots, factors))
    X[:, 1] = np.arange(pilots) % 2
    errors = chance.uniform(0.1, 0.25, pilots)
    values = 0.2 + size * X[:, 0] - size * X[:, 1] + chance.normal(0, errors)
    effects = [PilotEffect(f"p{i}", float(values[i]), float(errors[i]), 20.0) for i in range(pilots)]
    return effects, [factor(f"f{j}", X[:, j]) for j in range(factors)]
