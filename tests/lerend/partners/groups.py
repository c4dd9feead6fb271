"""Groups of made-up companies with strengths and room by chance, and the best assignment of them found by trying all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from lerend.diagnosis.result import Estimate
from lerend.partners.assigning import Pair
from lerend.partners.company import Company, Place, Topic

FACTORS = ("safety", "time", "feedback", "autonomy", "support")


def company(id: str, *, strong: str = "", room: str = "", capacity: int = 1, **names: object) -> Company:
    """Strong on one factor (score 4), with room on another (score 3)."""
    topics = []
    if strong:
        topics.append(Topic(strong, 0.9, 0.0, Estimate(4.0, 3.8, 4.2)))
    if room:
        topics.append(Topic(room, 0.0, 0.9, Estimate(3.0, 2.8, 3.2)))
    return Company(id, tuple(topics), capacity=capacity, **names)  # type: ignore[arg-type]  # tests name one at a time


def some_group(size: int, *, seed: int) -> list[Company]:
    """Each strong on one to three factors, with room on others, somewhere within 100 km, for one or two partners."""
    chance = np.random.default_rng(seed)
    found = []
    for number in range(size):
        score = chance.uniform(2.5, 4.3, len(FACTORS))
        order = np.argsort(-score)
        best = {int(index) for index in order[: chance.integers(1, 4)]}
        topics = tuple(
            Topic(
                name,
                float(chance.uniform(0.5, 1)) if index in best else 0.0,
                0.0 if index in best else float(chance.uniform(0.3, 1)),
                Estimate(float(score[index]), float(score[index]) - 0.3, float(score[index]) + 0.3),
            )
            for index, name in enumerate(FACTORS)
        )
        place = Place(float(chance.uniform(52, 53)), float(chance.uniform(5, 6.5)))
        found.append(
            Company(f"{number:02d}", topics, place, float(chance.choice((40, 80))), int(chance.integers(1, 3)))
        )
    return found


def best_by_trying(pairs: Sequence[Pair], capacity: dict[str, int]) -> float:
    """The largest sum of fits over every way to choose, one pair at a time."""
    names = sorted(capacity)

    @cache
    def best(index: int, left: tuple[int, ...]) -> float:
        if index == len(pairs):
            return 0.0
        without = best(index + 1, left)
        one, other = names.index(pairs[index].giver), names.index(pairs[index].taker)
        if not left[one] or not left[other]:
            return without
        fewer = tuple(n - (place in {one, other}) for place, n in enumerate(left))
        return max(without, pairs[index].fit + best(index + 1, fewer))

    return best(0, tuple(capacity[name] for name in names))
