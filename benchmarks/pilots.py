"""Whether pilots find what is there: coverage, bias, false alarms and chance of seeing, with a known truth.

    python -m benchmarks.pilots --repeats 2000 [--only designs,alarms,looks,power,broken,speed] [--seed 0]

Prints Markdown tables with their Monte Carlo errors; the same seed gives the same figures (speed apart). The last worlds
break what the methods assume: what fails there is meant to be seen.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from time import process_time
from typing import Final

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from benchmarks.pilots_worlds import World, found_in, pilot, truth_of, without_effect
from lerend.evidence.design.kinds import Kind
from lerend.evidence.effects.effect import Basis, Effect
from lerend.evidence.effects.stepped_readings import stepped_readings
from lerend.evidence.looks.anytime import anytime_regression
from lerend.evidence.looks.spending import bounds, crossing_chances
from lerend.evidence.power.precision import precision_of
from lerend.evidence.power.sight import sight_of
from lerend.evidence.power.tail import power_t, smallest_seen
from lerend.statistics.regression.tails import t_tail

ALPHA: Final = 0.05
DESIGNS: Final = tuple(
    World(f"{kind.value}, {teams} teams", kind, teams)
    for kind in (Kind.LOTTERY, Kind.TIE_BREAKER, Kind.CUT_OFF)
    for teams in (12, 24)
) + tuple(World(f"stepped, {teams} teams, 4 waves", Kind.STEPPED, teams, waves=4) for teams in (12, 24))
ALARMS: Final = tuple(World(f"lottery, {teams} teams", Kind.LOTTERY, teams) for teams in (6, 8, 12, 24)) + tuple(
    World(f"stepped, {teams} teams, 4 waves", Kind.STEPPED, teams, waves=4) for teams in (6, 8, 12, 24)
)
POWER: Final = (
    *(World(f"lottery, {teams} teams", Kind.LOTTERY, teams, trend=0.0) for teams in (12, 24, 40)),
    *(World(f"stepped, {teams} teams, 4 waves", Kind.STEPPED, teams, waves=4, trend=0.0) for teams in (12, 24)),
)
BROKEN: Final = (
    World("before and after, most motivated", Kind.BEFORE_AFTER, 24, chosen="most motivated"),
    World("comparison, teams taken at random", Kind.COMPARISON, 24),
    World("comparison, begun by hunch", Kind.COMPARISON, 24, chosen="by hunch"),
    World("comparison, most motivated begin", Kind.COMPARISON, 24, chosen="most motivated"),
    World("lottery, low scorers stay away where begun", Kind.LOTTERY, 24, leaving=1.0),
    World("lottery, ceiling half a deviation up", Kind.LOTTERY, 24, ceiling=0.5),
    World("lottery, effects differ between teams (.3)", Kind.LOTTERY, 24, spreads=0.3),
    World("lottery, heavy tails", Kind.LOTTERY, 24, heavy=True),
    World("stepped, the effect grows by .2", Kind.STEPPED, 24, waves=4, effect=0.1, grows=0.2),
)


@dataclass(frozen=True, slots=True)
class Share:
    """How often something came, with its standard error."""

    value: float
    of: int

    def __str__(self) -> str:
        return f"{self.value:.3f} ± {sqrt(max(self.value * (1 - self.value), 1e-4) / self.of):.3f}"


def share(found: Sequence[bool]) -> Share:
    return Share(float(np.mean(found)), len(found))


def effects_in(world: World, repeats: int, seed: int) -> list[Effect]:
    return [found_in(world, seed + number) for number in range(repeats)]


def designs(repeats: int, seed: int, worlds: Sequence[World] = DESIGNS) -> Iterator[str]:
    """Coverage and bias."""
    yield "| world | bias | error | coverage | seen |"
    yield "|---|---|---|---|---|"
    for world in worlds:
        found, truth = effects_in(world, repeats, seed), truth_of(world)
        off = np.array([effect.estimate for effect in found]) - truth
        held = share([effect.interval.low <= truth <= effect.interval.high for effect in found])
        seen = share([effect.interval.low > 0 or effect.interval.high < 0 for effect in found])
        bias = f"{off.mean():+.3f} ± {off.std() / sqrt(repeats):.3f}"
        yield f"| {world.name} | {bias} | {sqrt((off**2).mean()):.3f} | {held} | {seen} |"


def alarms(repeats: int, seed: int, worlds: Sequence[World] = ALARMS) -> Iterator[str]:
    """False alarms where the approach does nothing: by t (CR2, Satterthwaite) and by the lot itself."""
    yield "| world | by t | by the lot |"
    yield "|---|---|---|"
    for world in worlds:
        found = effects_in(without_effect(world), repeats, seed)
        by_t = share([float(t_tail(effect.estimate / effect.se, effect.df)) <= ALPHA for effect in found])
        by_lot = [effect.p <= ALPHA for effect in found if effect.tested_by is Basis.LOT and effect.p is not None]
        yield f"| {world.name} | {by_t} | {share(by_lot) if by_lot else '–'} |"


def looks(repeats: int, seed: int) -> Iterator[str]:
    """Planned looks: false alarms and power lost; then what other ways of looking do."""
    yield "| looks | false alarms | p below .05 at any look | chance of seeing: one look | with looks | lost |"
    yield "|---|---|---|---|---|---|"
    drift = 1.959964 + 0.841621
    single = crossing_chances([1.0], [bounds([1.0])[0].z], drift)[0]
    for number in (2, 3, 4, 5, 12):
        fractions = [(look + 1) / number for look in range(number)]
        planned = bounds(fractions)
        chance = sum(crossing_chances(fractions, [one.z for one in planned], drift))
        seen = [seen_at_looks(number, 60, 0.0, seed + trial) for trial in range(repeats)]
        alarmed = share([_crossed(one, [bound.p for bound in planned]) for one in seen])
        plain = share([_crossed(one, [ALPHA] * number) for one in seen])
        yield f"| {number} | {alarmed} | {plain} | {single:.3f} | {chance:.3f} | {single - chance:.3f} |"
    always = share([_any_time(seen_at_looks(12, 60, 0.0, seed + trial)) for trial in range(repeats)])
    yield f"\nAt any time, twelve looks: {always} false alarms."
    found = [seen_at_looks(5, 150, 0.3, seed + trial) for trial in range(repeats)]
    with_plan = share([_crossed(one, [bound.p for bound in bounds([0.2, 0.4, 0.6, 0.8, 1.0])]) for one in found])
    once = share([_crossed(one[-1:], [ALPHA]) for one in found])
    yield f"Difference .3, 150 on a side, five looks: seen by planned looks {with_plan}, "
    yield f"at any time {share([_any_time(one) for one in found])}, by one look at the end {once}."


@dataclass(frozen=True, slots=True)
class Seen:
    """Two groups compared at one look."""

    t: float
    df: float
    units: int


def seen_at_looks(number: int, units: int, difference: float, seed: int) -> tuple[Seen, ...]:
    """Two groups that grow to `units` each, compared at each of a number of equal looks."""
    one, other = np.random.default_rng([seed, number, units]).normal(size=(2, units))
    found = []
    for look in range(1, number + 1):
        size = units * look // number
        a, b = one[:size] + difference, other[:size]
        t = float((a.mean() - b.mean()) / sqrt((a.var(ddof=1) + b.var(ddof=1)) / size))
        found.append(Seen(t, 2 * size - 2, 2 * size))
    return tuple(found)


def _crossed(seen: Sequence[Seen], limits: Sequence[float]) -> bool:
    return any(float(t_tail(one.t, one.df)) <= limit for one, limit in zip(seen, limits, strict=True))


def _any_time(seen: Sequence[Seen]) -> bool:
    prior = seen[-1].units / 8
    return any(anytime_regression(one.t, one.df, one.units, prior=prior).p <= ALPHA for one in seen)


def power(repeats: int, seed: int, worlds: Sequence[World] = POWER) -> Iterator[str]:
    """The chance that the design page gives, and how often the effect was seen."""
    yield "| world | effect | design page | seen by t | apart |"
    yield "|---|---|---|---|---|"
    for world in worlds:
        design, _ = pilot(world, seed)
        precision = precision_of(design, world.assumed)
        effect = smallest_seen(precision.se, precision.df)
        said = power_t(effect / precision.se, precision.df)
        found = effects_in(replace(world, effect=effect), repeats, seed)
        seen = share([float(t_tail(one.estimate / one.se, one.df)) <= ALPHA and one.estimate > 0 for one in found])
        yield f"| {world.name} | {effect:.2f} | {said:.3f} | {seen} | {seen.value - said:+.3f} |"


def broken(repeats: int, seed: int, worlds: Sequence[World] = BROKEN) -> Iterator[str]:
    """The same as `designs` where what the methods assume is not so."""
    yield from designs(repeats, seed, worlds)
    growing = worlds[-1]
    averages = []
    for number in range(min(repeats, 200)):
        design, measured = pilot(growing, seed + number)
        averages.append(stepped_readings(measured, design, deviation=1.0).average.estimate)
    off = np.array(averages) - truth_of(growing)
    yield f"\nThe last world read by time since the start (TATE): {off.mean():+.3f} ± {off.std() / sqrt(len(off)):.3f} off."


def speed(repeats: int, seed: int) -> Iterator[str]:
    """Median processor time of one call, in milliseconds."""
    design, _ = pilot(DESIGNS[0], seed)
    stepped, means = pilot(DESIGNS[-2], seed)
    calls: tuple[tuple[str, Callable[[], object]], ...] = (
        ("design page, 12 teams", lambda: sight_of(design, 0.3)),
        ("effect with all lots, 12 teams", lambda: found_in(DESIGNS[0], seed)),
        ("stepped effect with drawn lots, 12 teams", lambda: found_in(DESIGNS[-2], seed)),
        ("stepped read in other ways", lambda: stepped_readings(means, stepped, deviation=1.0)),
        ("bounds of five looks", lambda: bounds([0.2, 0.4, 0.6, 0.8, 1.0])),
    )
    yield "| what | ms |"
    yield "|---|---|"
    for name, call in calls:
        call()
        times = []
        for _ in range(min(repeats, 21)):
            begun = process_time()
            call()
            times.append(process_time() - begun)
        yield f"| {name} | {1000 * float(np.median(times)):.1f} |"


PARTS: Final = {"designs": designs, "alarms": alarms, "looks": looks, "power": power, "broken": broken, "speed": speed}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=2000)
    parser.add_argument("--only", default=",".join(PARTS))
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    for name in given.only.split(","):
        print(f"\n### {name}: {(PARTS[name].__doc__ or '').strip()}\n")
        for line in PARTS[name](given.repeats, given.seed):
            print(line, flush=True)


if __name__ == "__main__":
    main()
