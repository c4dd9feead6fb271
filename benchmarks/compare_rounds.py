"""How often people are said to read a scale differently, or alike, between two rounds of which the truth is known.

python -m benchmarks.compare_rounds --worlds 100

Answers in five categories; items load .8 beside errors of .6. In most worlds the same people answer both rounds: their
standing goes together .7 and what is their own about an item .3. In all of them the factor rises by .2, in some an item
moves for no reason of it, or loads half as much. Covariances are in the steps in which a closed round keeps them.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.frozen import STEP
from lerend.statistics.structure.continuous.comparable import Comparable
from lerend.statistics.structure.continuous.over_waves import compare_scale
from lerend.statistics.structure.continuous.sums import ItemSums

RISE: Final = 0.2


@dataclass(frozen=True, slots=True)
class World:
    """What is true: points by which the first item moves, what it loads in the second round, and who answers."""

    name: str
    shift: float = 0.0
    loading: float = 0.8
    same_people: bool = True
    middle: float = 3.0


WORLDS: Final = (
    World("nothing changed"),
    World("nothing changed, other people", same_people=False),
    World("nothing changed, means of 4", middle=4.0),
    World("one item .3 higher", shift=0.3),
    World("one item .5 higher", shift=0.5),
    World("one item loads .4", loading=0.4),
)


def rounds(world: World, people: int, items: int, seed: int) -> dict[str, ItemSums]:
    """The sums of both rounds."""
    generator = np.random.default_rng(seed)
    standing, own = generator.standard_normal((people, 1)), generator.standard_normal((people, items))
    again, other = generator.standard_normal((people, 1)), generator.standard_normal((people, items))
    kept, mine = (0.7, 0.3) if world.same_people else (0.0, 0.0)
    later = RISE + kept * standing + np.sqrt(1 - kept**2) * again
    noise = mine * own + np.sqrt(1 - mine**2) * other
    loading = np.full(items, 0.8)
    before = _answered(world.middle + 0.8 * standing + 0.6 * own)
    loading[0] = world.loading
    after = world.middle + later * loading + 0.6 * noise
    after[:, 0] += world.shift
    return {"before": before, "after": _answered(after)}


def _answered(values: NDArray[np.float64]) -> ItemSums:
    answers = np.clip(np.rint(values), 1, 5)
    people, items = answers.shape
    covariance = np.cov(answers, rowvar=False)
    kept = STEP * np.rint(covariance * (people - 1) / STEP) / (people - 1)
    np.fill_diagonal(kept, covariance.diagonal())
    return ItemSums(tuple(f"item{place}" for place in range(items)), people, answers.mean(axis=0), kept)


def row(world: World, people: int, items: int, worlds: int) -> str:
    """One line of the table."""
    said: Counter[Comparable] = Counter()
    named = 0
    for seed in range(worlds):
        found = compare_scale(rounds(world, people, items, seed))
        said[found.comparable] += 1
        named += found.changed == ("item0",)
    alike = said[Comparable.ALIKE] + said[Comparable.NEARLY]
    shares = [alike, said[Comparable.UNCLEAR], said[Comparable.CHANGED], named]
    rest = worlds - sum(shares[:3])
    return (
        " | ".join([f"| {world.name}", f"{items}", f"{people}", *(f"{n / worlds:.2f}" for n in (*shares, rest))]) + " |"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worlds", type=int, default=100)
    parser.add_argument("--people", type=int, nargs="+", default=[60, 120, 300])
    parser.add_argument("--items", type=int, nargs="+", default=[4])
    given = parser.parse_args(arguments)
    print("| world | items | people | alike or nearly | unclear | changed | and the right item alone | no answer |")
    print("|---|---|---|---|---|---|---|---|")
    for items in given.items:
        for world in WORLDS:
            for people in given.people:
                print(row(world, people, items, given.worlds), flush=True)


if __name__ == "__main__":
    main()
