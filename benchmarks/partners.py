"""How much of the best possible assignment of learning partners is reached from what releases say.

    python -m benchmarks.partners [--programmes 40] [--companies 20]

In made-up programmes with a known truth, companies with a place, a reach, competitors and a capacity are paired by what the
diagnosis says. The worth of a pair is its true difference in score on the factor (points), where the factor truly is one of
the five of the taker; else nothing. The best possible assignment knows the truth and obeys the same limits, and lets every
company give. Beside it: the best of those in which the giver is truly strong, taking the best fitting pair first (greedy),
and pairs by lot among those that are allowed. The last lines say how long the
assignment takes for larger groups. Prints Markdown; the same seeds give the same table.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from benchmarks.programmes import INSTRUMENT, MODEL
from lerend.answers.table import Reading
from lerend.diagnosis.diagnose import Origin, diagnose
from lerend.diagnosis.result import Diagnosis, Estimate
from lerend.diagnosis.scales import items_of_scales
from lerend.partners.assigning import LEAST_FIT, Pair, assign, possible_pairs
from lerend.partners.company import Company, Place, Topic, topics_of
from lerend.simulate.programme import simulate_programme
from lerend.simulate.truth import Truth
from lerend.simulate.world import WorldSettings
from lerend.statistics.kernel import statistics_of


@dataclass(frozen=True, slots=True)
class Group:
    """Companies of one programme that opted in; `worth` holds the true worth by giver, taker and factor, `strong` the true three."""

    companies: tuple[Company, ...]
    apart: frozenset[frozenset[str]]
    worth: dict[tuple[str, str, str], float]
    strong: frozenset[tuple[str, str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--programmes", type=int, default=40)
    parser.add_argument("--companies", type=int, default=20)
    options = parser.parse_args()
    rows: dict[str, list[tuple[float, float, float]]] = {}
    for seed in range(options.programmes):
        for name, row in compared(group_of(options.companies, seed), seed).items():
            rows.setdefault(name, []).append(row)
    print("| way | share of the best possible worth | pairs | of which truly worth something |\n|---|---|---|---|")
    for name, found in rows.items():
        table = np.array(found)
        error = table[:, 0].std() / np.sqrt(len(table))
        means = table.mean(axis=0)
        print(f"| {name} | {means[0]:.3f} ± {error:.3f} | {means[1]:.1f} | {means[2]:.2f} |")
    print("\n| companies | possible pairs | seconds |\n|---|---|---|")
    for size in (20, 60, 120, 240):
        pairs, capacity = at_random(size, seed=size)
        begun = time.perf_counter()
        assign(pairs, capacity)
        print(f"| {size} | {len(pairs)} | {time.perf_counter() - begun:.2f} |")


def group_of(companies: int, seed: int) -> Group:
    """A programme of companies with 30 to 300 people who answered, spread over a square of 150 km."""
    world = WorldSettings(companies=companies, people=(30, 300))
    made_up = simulate_programme(MODEL, INSTRUMENT, world, seed=seed)
    scales = items_of_scales(INSTRUMENT, made_up.filled.batch.items)
    statistics = statistics_of(made_up.filled.batch, categories=5, scales=scales)
    origin = Origin(reading=Reading(), digest="", by=(), simulated=True)
    diagnosis = diagnose(statistics, model=MODEL, instrument=INSTRUMENT, origin=origin, seed=seed)
    generator = np.random.default_rng(seed)
    names = [company.path[0] for company in diagnosis.companies]
    places = generator.uniform((51.6, 4.8), (52.9, 6.9), (companies, 2))
    group = tuple(
        Company(name, topics_of(unit), Place(*place), float(reach), int(capacity))
        for name, unit, place, reach, capacity in zip(
            names,
            diagnosis.companies,
            places,
            generator.choice((50, 100, 200), companies),
            generator.integers(1, 3, companies),
            strict=True,
        )
    )
    apart = frozenset(frozenset(two) for two in combinations(names, 2) if generator.uniform() < 0.1)
    strong = frozenset(
        (name, made_up.truth.factors[column])
        for name, scores in zip(names, made_up.truth.company_score, strict=True)
        for column in np.argsort(-scores)[:3]
    )
    return Group(group, apart, _worth(diagnosis, made_up.truth), strong)


def compared(group: Group, seed: int) -> dict[str, tuple[float, float, float]]:
    """Per way of pairing: share of the best possible worth, number of pairs, share of them that are worth something."""
    capacity = {company.id: company.capacity for company in group.companies}
    truly = possible_pairs(_as_they_are(group), apart=group.apart, least_fit=1e-9)
    best = _sum(group, assign([_truly_worth(group, pair) for pair in truly], capacity))
    same_rule = [_truly_worth(group, pair, by_the_rule=True) for pair in truly]
    ours = possible_pairs(group.companies, apart=group.apart)
    generator = np.random.default_rng(seed)
    lot = [ours[index] for index in generator.permutation(len(ours))]
    ways = {
        "truth known, givers truly strong": assign([pair for pair in same_rule if pair.fit > 0], capacity),
        f"whole group at once (fit from {LEAST_FIT})": assign(ours, capacity),
        "best fitting pair first": one_by_one(sorted(ours, key=lambda pair: -pair.fit), capacity),
        "by lot among the same pairs": one_by_one(lot, capacity),
        **{
            f"whole group, fit from {least}": assign(
                possible_pairs(group.companies, apart=group.apart, least_fit=least), capacity
            )
            for least in (0.1, 0.3)
        },
    }
    return {
        name: (
            _sum(group, pairs) / best,
            len(pairs),
            float(np.mean([_worth_of(group, pair) > 0 for pair in pairs])) if pairs else 0.0,
        )
        for name, pairs in ways.items()
    }


def one_by_one(pairs: Sequence[Pair], capacity: dict[str, int]) -> tuple[Pair, ...]:
    """In this order, whoever still can."""
    left, chosen = dict(capacity), []
    for pair in pairs:
        if left[pair.giver] and left[pair.taker]:
            chosen.append(pair)
            left[pair.giver] -= 1
            left[pair.taker] -= 1
    return tuple(chosen)


def at_random(companies: int, *, seed: int) -> tuple[list[Pair], dict[str, int]]:
    """Every third possible pair with a fit at random, up to three a company."""
    generator = np.random.default_rng(seed)
    names = [f"{number:03d}" for number in range(companies)]
    pairs = [
        Pair(one, other, "f", float(generator.uniform(0.2, 1)))
        for one, other in combinations(names, 2)
        if generator.uniform() < 1 / 3
    ]
    return pairs, dict(zip(names, map(int, generator.integers(1, 4, companies)), strict=True))


def _worth(diagnosis: Diagnosis, truth: Truth) -> dict[tuple[str, str, str], float]:
    names = [company.path[0] for company in diagnosis.companies]
    found = {}
    for taker, taker_name in enumerate(names):
        for factor in truth.largest(taker):
            column = truth.factors.index(factor)
            for giver, giver_name in enumerate(names):
                more = float(truth.company_score[giver, column] - truth.company_score[taker, column])
                if more > 0:
                    found[giver_name, taker_name, factor] = more
    return found


def _as_they_are(group: Group) -> list[Company]:
    """Every company strong and with room everywhere: which pairs are possible is then a matter of limits alone."""
    ids = sorted({factor for _giver, _taker, factor in group.worth})
    anywhere = tuple(Topic(factor, 1.0, 1.0, Estimate(3, 2, 4)) for factor in ids)
    return [Company(one.id, anywhere, one.place, one.reach_km, one.capacity) for one in group.companies]


def _truly_worth(group: Group, pair: Pair, *, by_the_rule: bool = False) -> Pair:
    """The direction and factor in which these two are truly worth most to each other; by the rule: by a true strength."""
    both = {pair.giver, pair.taker}
    found = [
        Pair(giver, taker, factor, worth)
        for (giver, taker, factor), worth in group.worth.items()
        if {giver, taker} == both and (not by_the_rule or (giver, factor) in group.strong)
    ]
    return max(found, key=lambda one: one.fit, default=Pair(pair.giver, pair.taker, pair.factor, 0.0))


def _worth_of(group: Group, pair: Pair) -> float:
    return group.worth.get((pair.giver, pair.taker, pair.factor), 0.0)


def _sum(group: Group, pairs: Sequence[Pair]) -> float:
    return sum(_worth_of(group, pair) for pair in pairs)


if __name__ == "__main__":
    main()
