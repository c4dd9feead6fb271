"""How often items are said to favour a group when they do not, and when they do, at the sizes of roles and languages.

python -m benchmarks.functioning
"""

from __future__ import annotations

import argparse
import os
from typing import Final

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np

from lerend.statistics.functioning.items import item_functioning

ITEMS: Final = (4, 8)
PEOPLE: Final = (100, 300)
HIGHER: Final = (0.0, 0.4)
EASIER: Final = 0.5
CUTS: Final = np.array([-1.2, -0.4, 0.4, 1.2])


def main() -> None:
    """Prints a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worlds", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    rng = np.random.default_rng(given.seed)
    print("| items | people in all | higher | a fair item, p < .05 | an easier item, p < .05 | and moderate or large |")
    print("|---|---|---|---|---|---|")
    for items in ITEMS:
        for people in PEOPLE:
            for higher in HIGHER:
                fair = [_first(items, people, higher, 0.0, rng)[0] for _ in range(given.worlds)]
                easier = [_first(items, people, higher, EASIER, rng) for _ in range(given.worlds)]
                cells = (np.mean(fair), np.mean([one for one, _ in easier]), np.mean([size for _, size in easier]))
                told = " | ".join(f"{cell:.3f}".removeprefix("0") for cell in cells)
                print(f"| {items} | {people} | {higher} | {told} |", flush=True)


def _first(items: int, people: int, higher: float, easier: float, rng: np.random.Generator) -> tuple[bool, bool]:
    """Whether the first item is flagged, and whether also as moderate or large."""
    group = np.arange(people) % 2
    latent = 0.8 * (rng.standard_normal(people) + higher * group)[:, None] + 0.6 * rng.standard_normal((people, items))
    latent[:, 0] += easier * group
    names = tuple(f"x{item}" for item in range(items))
    found = item_functioning(np.searchsorted(CUTS, latent) + 1, names, group, ("x", "y")).items[0]
    flagged = found.both is not None and found.both.p < 0.05
    return flagged, flagged and found.size != "negligible"


if __name__ == "__main__":
    main()
