"""Whether the ranking finds the true five, its probabilities are right and its intervals hold the truth.

    python -m benchmarks.acceptance --programmes 500 [--only NAME] [--first-seed 10000]

Prints a Markdown table for docs/methods/ranking.md. Every figure stands with its Monte Carlo error; the same seeds give
the same table. Worlds that our model does not assume are at the bottom: what fails there is meant to be seen.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import pairwise

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray

from benchmarks.programmes import Outcome, Setting, outcome_of
from lerend.simulate.world import Trouble, WorldSettings

BINS = (0.0, 0.05, 0.15, 0.3, 0.5, 0.7, 0.85, 0.95, 1.01)
LARGE = WorldSettings(companies=20, people=(30, 300), slope_spread=0.0)
MIDDLE = WorldSettings(companies=20, people=(10, 100), slope_spread=0.0)
SETTINGS = (
    Setting("20 x 30-300", LARGE),
    Setting("20 x 10-100", MIDDLE),
    Setting("5 x 20-60", WorldSettings(companies=5, people=(20, 60), slope_spread=0.0)),
    Setting(
        "newcomer of 25, prior of 20", WorldSettings(companies=21, people=(30, 300), slope_spread=0.0), newcomer=25
    ),
    Setting("slopes differ, SD .10, 20 x 20-150", WorldSettings(companies=20, people=(20, 150), slope_spread=0.1)),
    Setting("one company of 120", WorldSettings(companies=1, people=(120, 120), slope_spread=0.0)),
    Setting("short form, 20 x 30-300", LARGE, short=True),
    Setting("confounded, 20 x 30-300", WorldSettings(20, (30, 300), slope_spread=0.0, trouble=Trouble.CONFOUNDED)),
    Setting("careless 20 %, 20 x 30-300", WorldSettings(20, (30, 300), slope_spread=0.0, trouble=Trouble.CARELESS)),
    Setting("skewed, 20 x 30-300", WorldSettings(20, (30, 300), slope_spread=0.0, trouble=Trouble.SKEWED)),
)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--programmes", type=int, default=500)
    parser.add_argument("--only", default="")
    parser.add_argument("--first-seed", type=int, default=0, help="seeds that no choice was made on start at 10000")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    print(
        "| world | true five found | lowest scores | correlation x room | no. 1 in ours | programme's five | companies covered | teams covered |"
    )
    print("|---|---|---|---|---|---|---|---|")
    calibration = []
    with ProcessPoolExecutor(options.processes) as pool:
        for setting in SETTINGS:
            if options.only in setting.name:
                outcomes = list(
                    pool.map(
                        partial(outcome_of, setting),
                        range(options.first_seed, options.first_seed + options.programmes),
                        chunksize=4,
                    )
                )
                print(f"| {setting.name} | {_row(outcomes)} |", flush=True)
                calibration.append((setting.name, _calibration(outcomes)))
    print("\nStated probability → share that was true (number of statements):\n")
    for name, line in calibration:
        print(f"- {name}: {line}")


def _row(outcomes: list[Outcome]) -> str:
    names = ("recall", "lowest", "by_correlation", "first", "programme", "company_covered", "team_covered")
    return " | ".join(_with_error([getattr(outcome, name) for outcome in outcomes]) for name in names)


def _with_error(values: list[float]) -> str:
    error = float(np.std(values)) / np.sqrt(len(values))
    return f"{np.mean(values):.3f} ± {error:.3f}"


def _calibration(outcomes: list[Outcome]) -> str:
    said = np.concatenate([outcome.said for outcome in outcomes])
    was = np.concatenate([outcome.was for outcome in outcomes])
    return ", ".join(_bins(said, was))


def _bins(said: NDArray[np.float64], was: NDArray[np.bool_]) -> Iterator[str]:
    for low, high in pairwise(BINS):
        inside = (said >= low) & (said < high)
        if inside.sum() >= 200:
            yield f"{said[inside].mean():.2f} → {was[inside].mean():.2f} ({inside.sum()})"


if __name__ == "__main__":
    main()
