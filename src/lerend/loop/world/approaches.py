"""The approaches of a world: what each truly does, what it costs, what is published of it and how popular it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.loop.world.numbers import Numbers, Stress

Floats = NDArray[np.float64]
Places = NDArray[np.intp]

GRADES: Final = ("A", "B", "C", "D")
_SHARES: Final = (0.2, 0.3, 0.3, 0.2)
_STUDIES: Final = {"A": 5, "B": 2, "C": 1, "D": 0}
_B_WITH_SIZE: Final = 0.17
_HOURS: Final = (2, 4, 4, 6, 6, 8, 8, 10, 12, 12, 16, 20, 24, 24, 40)
_HOURS_TO_RUN: Final = (4, 8, 10, 12, 20, 30, 60, 80, 120)
_SECOND: Final = 0.8
"""Share of the approaches that work on a second factor, half as much."""
SECOND_SHARE: Final = 0.5
NOWHERE: Final = -1


@dataclass(frozen=True, slots=True, eq=False)
class Approaches:
    """E approaches; the first are in the catalogue, the others can still be made.

    Attributes:
        listed: (E) in the catalogue from the start.
        target, second: (E) factor, and a second one that is moved half as much or `NOWHERE`.
        mean: (E) true mean effect in the field, where what it needs is there.
        needs: (E) factor that must be high enough, or `NOWHERE`.
        hours, hours_to_run: (E) of each employee, and of staff for each company.
        popular: (E) how well it is spoken of.
        grade, studies, size: (E) what is published; size NaN where nobody gives one.
    """

    listed: NDArray[np.bool_]
    target: Places
    second: Places
    mean: Floats
    needs: Places
    hours: Floats
    hours_to_run: Floats
    popular: Floats
    grade: tuple[str, ...]
    studies: tuple[int, ...]
    size: Floats

    @property
    def works(self) -> NDArray[np.bool_]:
        """(E) whether it does any good at all."""
        return self.mean > 0

    def shares(self, factors: int) -> Floats:
        """(E, F) part of the effect on each factor."""
        found = np.zeros((len(self.mean), factors))
        rows = np.arange(len(self.mean))
        found[rows, self.target] = 1.0
        two = self.second != NOWHERE
        found[rows[two], self.second[two]] = SECOND_SHARE
        return found


def draw_approaches(numbers: Numbers, ranked: Places, rng: np.random.Generator) -> Approaches:
    """Draw what exists and what could be made, for the factors that can be worked on."""
    made = np.repeat(ranked, numbers.new_each)
    target = np.concatenate([np.resize(rng.permutation(ranked), numbers.solutions), made])
    count = len(target)
    listed = np.arange(count) < numbers.solutions
    mean = _means(numbers, count, rng)
    second = rng.choice(ranked, count)
    second = np.where((rng.random(count) < _SECOND) & (second != target), second, NOWHERE)
    needs = rng.choice(ranked, count)
    needs = np.where((rng.random(count) < numbers.has_need) & (needs != target), needs, NOWHERE)
    drawn = rng.choice(GRADES, count, p=_SHARES)
    grade = tuple(str(one) if old else "D" for one, old in zip(drawn, listed, strict=True))
    return Approaches(
        listed=listed,
        target=target,
        second=second,
        mean=mean,
        needs=needs,
        hours=rng.choice(_HOURS, count).astype(float),
        hours_to_run=rng.choice(_HOURS_TO_RUN, count).astype(float),
        popular=_popularity(numbers, mean, rng),
        grade=grade,
        studies=tuple(_STUDIES[one] for one in grade),
        size=_published(numbers, mean, grade, rng),
    )


def draw_contexts(numbers: Numbers, approaches: Approaches, company_value: Floats, rng: np.random.Generator) -> Floats:
    """(C, E) the true effect of each approach in each company."""
    spread = np.where(approaches.mean == 0, numbers.context_of_nothing, numbers.context)
    own = spread * rng.standard_normal((len(company_value), len(spread)))
    unmet = (approaches.needs != NOWHERE) & (company_value[:, approaches.needs] < numbers.need)
    found: Floats = np.where(unmet, numbers.unmet, 1.0) * approaches.mean + own
    return np.zeros_like(found) if numbers.stress is Stress.NO_EFFECTS else found


def _means(numbers: Numbers, count: int, rng: np.random.Generator) -> Floats:
    shape = (numbers.effect / numbers.effect_spread) ** 2
    working = rng.gamma(shape, numbers.effect / shape, count)
    chance = rng.random(count)
    found = np.where(chance < numbers.nothing, 0.0, working)
    found = np.where(chance > 1 - numbers.harmful, numbers.harm, found)
    return np.zeros(count) if numbers.stress is Stress.NO_EFFECTS else found


def _popularity(numbers: Numbers, mean: Floats, rng: np.random.Generator) -> Floats:
    spread = max(float(mean.std()), 1e-9)
    known = numbers.believed * (mean - mean.mean()) / spread
    found: Floats = known + np.sqrt(1 - numbers.believed**2) * rng.standard_normal(len(mean))
    return found


def _published(numbers: Numbers, mean: Floats, grade: tuple[str, ...], rng: np.random.Generator) -> Floats:
    """A size is published as the true one plus what soon, self-told and chosen places add; only sizes above zero are."""
    noise = np.array([numbers.published_noise[0] if one == "A" else numbers.published_noise[1] for one in grade])
    size = np.maximum(numbers.published_extra + mean + noise * rng.standard_normal(len(mean)), 0.1)
    sized = rng.random(len(mean)) < _B_WITH_SIZE
    told = np.array([one == "A" or (one == "B" and lucky) for one, lucky in zip(grade, sized, strict=True)])
    found: Floats = np.where(told, size, np.nan)
    return found
