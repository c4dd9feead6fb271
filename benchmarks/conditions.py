"""How often necessity and configurations see something in worlds where there is nothing, and how long both take.

python -m benchmarks.conditions

Worlds for necessity are linear: factors correlate .3, half of them work on the outcome and half do not, and no corner is
empty by anything but correlation. Answers are means of four items of five categories. Worlds for configurations are noise:
memberships and outcome are drawn apart.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from statistics import median
from time import process_time
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.configurations.cases import Cases, cases_of
from lerend.statistics.configurations.chance import chance_of_paths
from lerend.statistics.configurations.solving import SolutionKind, Solutions, solve
from lerend.statistics.configurations.truth_table import Cuts, truth_table
from lerend.statistics.necessity.ceilings import CeilingKind
from lerend.statistics.necessity.chance import BOTH, chance_of
from lerend.statistics.necessity.factors import MARK_SIZE, FactorNecessity, necessity_of_factors

Values = NDArray[np.float64]

SIZES: Final = (150, 500, 1500, 3000)
FACTORS: Final = 10
CORRELATION: Final = 0.3
EFFECT: Final = 0.2
ITEMS: Final = 4
LOADING: Final = 0.75
NOISE_CASES: Final = ((10, 2), (20, 3), (40, 4))
LEVEL: Final = 0.05
SOLVED: Final = 100
CUTS: Final = Cuts(consistency=0.8, pri=0.5)


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", help="necessity, configurations, speed; all when none is named")
    parser.add_argument("--worlds", type=int, default=60, help="made-up worlds of each size for necessity")
    parser.add_argument("--noise", type=int, default=2_000, help="sets of cases of each size for configurations")
    parser.add_argument("--draws", type=int, default=200, help="permutations and copula draws")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    parts: dict[str, Callable[[np.random.Generator], Iterator[str]]] = {
        "necessity": lambda rng: necessity_lines(given.worlds, given.draws, rng),
        "configurations": lambda rng: configuration_lines(given.noise, rng),
        "speed": speed_lines,
    }
    for name in given.parts or parts:
        for line in parts[name](np.random.default_rng(given.seed)):
            print(line, flush=True)
        print()


def linear_world(people: int, rng: np.random.Generator, *, ceiling: bool = False) -> tuple[Values, Values]:
    """Answers on factors and outcome; the first half of the factors works on it. With a ceiling the last one limits it."""
    common = rng.standard_normal((people, 1))
    latent = np.sqrt(CORRELATION) * common + np.sqrt(1 - CORRELATION) * rng.standard_normal((people, FACTORS))
    worked = EFFECT * latent[:, : FACTORS // 2].sum(axis=1)
    outcome = worked + np.sqrt(max(1 - worked.var(), 0.2)) * rng.standard_normal(people)
    if ceiling:
        outcome = np.minimum(outcome, 0.3 + latent[:, -1])
    return np.column_stack([_answered(column, rng) for column in latent.T]), _answered(outcome, rng)


def noise_cases(cases: int, conditions: int, rng: np.random.Generator, *, limited: bool = True) -> Cases:
    """Memberships and an outcome that have nothing to do with each other."""
    drawn = rng.uniform(0.02, 0.98, (cases, conditions + 1)).round(3)
    drawn[drawn == 0.5] = 0.499
    return cases_of(drawn[:, :-1], drawn[:, -1], conditions=tuple("ABCDEFGH"[:conditions]), limited=limited)


def necessity_lines(worlds: int, draws: int, rng: np.random.Generator) -> Iterator[str]:
    """A5: of factors without any ceiling, the share that each p flags (p < .05 and d ≥ .1), and that is marked."""
    yield "| people | ceiling | permutation p: no effect | permutation p: effect | copula p: no effect | copula p: effect | marked | marked when there is a ceiling |"
    yield "|---|---|---|---|---|---|---|---|"
    for people in SIZES:
        flags: dict[tuple[CeilingKind, str], list[NDArray[np.bool_]]] = {}
        marked, found = [], []
        for _world in range(worlds):
            told = _told(*linear_world(people, rng), draws, rng)
            marked += [factor.marked for factor in told]
            found.append(_told(*linear_world(people, rng, ceiling=True), draws, rng)[-1].marked)
            for kind in BOTH:
                large = [factor.chance[kind].effect_size >= MARK_SIZE for factor in told]
                for name in ("permutation", "copula"):
                    low = [getattr(factor.chance[kind], name).p < LEVEL for factor in told]
                    flags.setdefault((kind, name), []).append(np.array(low) & np.array(large))
        for kind in BOTH:
            cells = []
            for name in ("permutation", "copula"):
                all_ = np.array(flags[kind, name])
                cells += [_share(all_[:, FACTORS // 2 :]), _share(all_[:, : FACTORS // 2])]
            of_kind = [_share(np.array(marked)), _share(np.array(found))] if kind is CeilingKind.CR_FDH else ["", ""]
            yield f"| {people:,} | {kind.value} | {' | '.join(cells + of_kind)} |"


def configuration_lines(worlds: int, rng: np.random.Generator) -> Iterator[str]:
    """A17: of pure noise the share with a path, and the share that the permutation p would still call more than chance."""
    yield "| cases | conditions | paths | noise with a path | permutation p ≤ .05 |"
    yield "|---|---|---|---|---|"
    for cases, conditions in NOISE_CASES:
        for kind in (SolutionKind.PARSIMONIOUS, SolutionKind.COMPLEX):
            found = [
                chance_of_paths(noise_cases(cases, conditions, rng), CUTS, rng=rng, draws=399, kind=kind)
                for _world in range(worlds)
            ]
            with_path = _share(np.array([chance.best > 0 for chance in found]))
            rejected = _share(np.array([chance.p <= LEVEL for chance in found]))
            yield f"| {cases} | {conditions} | {kind.value} | {with_path} | {rejected} |"


def speed_lines(rng: np.random.Generator) -> Iterator[str]:
    """Medians of five, in milliseconds of one processor."""
    yield "| what | ms |"
    yield "|---|---|"
    for people in (500, 60):
        for name, wide in (("untied", rng.standard_normal((people, 26))), ("17 values", _likert(people, rng))):
            yield _timed(
                f"necessity, 25 factors, {people} people, {name}, 2,000 permutations, 500 copula draws",
                partial(chance_of, wide[:, :25], wide[:, 25], rng=rng),
            )
    pair = rng.standard_normal((28, 2))
    yield _timed(
        "necessity, 1 factor, 28 people, 10,000 permutations",
        lambda: chance_of(pair[:, :1], pair[:, 1], rng=rng, permutations=10_000, draws=0),
    )
    cases = noise_cases(40, 6, rng, limited=False)
    expected = dict.fromkeys("ABCDEF", True)
    worlds = [noise_cases(40, 6, rng, limited=False) for _world in range(SOLVED)]
    times = [_milliseconds(partial(_solved, some, expected)) for some in worlds]
    yield f"| configurations, 6 conditions, 40 cases of noise, all solutions, median of {SOLVED} | {median(times):.3g} |"
    yield f"| the same, the slowest (most tied models) | {max(times):.3g} |"
    yield _timed(
        "configurations, 6 conditions, 40 cases, 1,000 permutations", lambda: chance_of_paths(cases, CUTS, rng=rng)
    )


def _told(wide: Values, y: Values, draws: int, rng: np.random.Generator) -> tuple[FactorNecessity, ...]:
    factors = {str(place): column for place, column in enumerate(wide.T)}
    return necessity_of_factors(factors, y, rng=rng, permutations=draws, draws=draws)


def _answered(latent: Values, rng: np.random.Generator) -> Values:
    """The mean of items from 1 to 5 that measure it."""
    error = np.sqrt(1 - LOADING**2) * rng.standard_normal((len(latent), ITEMS))
    items = np.clip(np.rint(3.4 + 0.9 * (LOADING * latent[:, None] + error)), 1, 5)
    mean: Values = items.mean(axis=1)
    return mean


def _likert(people: int, rng: np.random.Generator) -> Values:
    return np.column_stack([_answered(column, rng) for column in rng.standard_normal((26, people))])


def _solved(cases: Cases, expected: Mapping[str, bool]) -> Solutions:
    return solve(cases, truth_table(cases, CUTS), expected)


def _timed(what: str, run: Callable[[], object]) -> str:
    run()
    return f"| {what} | {median(_milliseconds(run) for _time in range(5)):.3g} |"


def _milliseconds(run: Callable[[], object]) -> float:
    start = process_time()
    run()
    return 1e3 * (process_time() - start)


def _share(flags: NDArray[np.bool_]) -> str:
    return f"{flags.mean():.3f}".removeprefix("0")


if __name__ == "__main__":
    main()
