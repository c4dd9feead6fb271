"""Small frozen waves, made by hand."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np

from lerend.statistics.frozen import FrozenStatistics, Group


def wave(organisation: str, *, people: tuple[int, ...] = (30, 20, 6), seed: int = 1, **other: Any) -> FrozenStatistics:
    """One organisation, its teams in one group each but the last two, which share one; two scales of two items."""
    generator = np.random.default_rng(seed)
    groups: list[Group] = [((organisation, f"Team {number}"),) for number in range(len(people) - 1)]
    groups[-1] = (*groups[-1], (organisation, f"Team {len(people)}"))
    size = np.array([*people[:-2], people[-2] + people[-1]], dtype=np.int64)
    large = size.sum() >= 50
    made: dict[str, Any] = {
        "k": 5,
        "items": ("a1", "a2", "b1", "b2"),
        "categories_of": (5, 5, 5, 3),
        "scale_of": (0, 0, 1, 1),
        "scales": ("a", "b"),
        "groups": tuple(groups),
        "people": size,
        "scale_people": np.stack([size, size], axis=1),
        "counts": np.stack([generator.multinomial(n, [0.2] * 5, size=4) for n in size]),
        "paired": ((organisation,),) if large else (),
        "pair_n": np.full((int(large), 2), size.sum()),
        "pair_steps": np.full((int(large), 2), 4),
        "shares": (((organisation,),),) if large else (),
        "share_people": np.array([size.sum()] if large else [], dtype=np.int64),
        "score_degrees": np.full((int(large), 2, 2), size.sum() - 1) * (1 - np.eye(2, dtype=np.int64)),
        "score_steps": np.full((int(large), 2, 2), 9) * (1 - np.eye(2, dtype=np.int64)),
    }
    return FrozenStatistics(**(made | other))


def same(one: FrozenStatistics, other: FrozenStatistics) -> bool:
    """Whether every field holds the same."""
    pairs = [(getattr(one, field.name), getattr(other, field.name)) for field in fields(one)]
    return all(np.array_equal(a, b) if isinstance(a, np.ndarray) else a == b for a, b in pairs)
