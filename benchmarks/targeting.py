"""What the best rule of who should begin promises, and what it is worth, at the sizes of a programme.

    python -m benchmarks.targeting --worlds 200

Made-up lots with known truth: an outcome of deviation 1, five columns that a rule may ask for, half begins. Either the effect is
the same for everybody (.2), or the first column decides: it helps above zero and harms below by the same size. Prints a Markdown
table for docs/methods/policy-tree.md; every share has a Monte Carlo error of the root of share (1 - share) / worlds.
"""

from __future__ import annotations

import argparse
import os
from typing import Final

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray

from lerend.evidence.targeting.rule import Rule, Trial, learn_rule
from lerend.evidence.targeting.tree import actions_of

Floats = NDArray[np.float64]
NAMES: Final = tuple(f"x{place}" for place in range(1, 6))
SAME: Final = 0.2
WORLDS: Final = (("the same for everybody", 0.0), ("±.2 by a column", 0.2), ("±.5 by a column", 0.5))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worlds", type=int, default=200)
    worlds = parser.parse_args().worlds
    print("| effect | units | promised gain | true gain | gain on units left out | its interval above zero |")
    print("|---|---|---|---|---|---|")
    for name, size in WORLDS:
        for units in (100, 300, 1000):
            rng = np.random.default_rng(units)
            found = np.mean([_one(rng, units, size) for _ in range(worlds)], axis=0)
            print(
                f"| {name} | {units} | " + " | ".join(f"{value:+.3f}" for value in found[:3]) + f" | {found[3]:.3f} |"
            )


def _one(rng: np.random.Generator, units: int, size: float) -> tuple[float, float, float, float]:
    columns = rng.standard_normal((units, 5))
    begun = rng.permutation(units) % 2 == 1
    outcome = 0.3 * columns[:, 1] + rng.standard_normal(units) + begun * _effect(columns, size)
    trial = Trial(outcome, begun, columns, NAMES, columns, NAMES)
    rule = learn_rule(trial, seed=int(rng.integers(2**31)))
    gain = rule.gain
    above = 0.0 if gain is None else float(gain.interval.low > 0)
    promised = rule.value - max(rule.of_all, rule.of_none)
    return promised, _true_gain(rng, rule, size), 0.0 if gain is None else gain.value, above


def _true_gain(rng: np.random.Generator, rule: Rule, size: float) -> float:
    """Over the better of everybody and nobody, on many other units."""
    others = rng.standard_normal((20_000, 5))
    effect = _effect(others, size)
    return float((actions_of(rule.tree, others, NAMES) * effect).mean() - max(SAME if size == 0 else 0.0, 0.0))


def _effect(columns: Floats, size: float) -> Floats:
    return np.full(len(columns), SAME) if size == 0 else size * np.sign(columns[:, 0])


if __name__ == "__main__":
    main()
