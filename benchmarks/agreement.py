"""How long agreement and ICC take for 100,000 people who answered 60 items, in 8,000 teams; beside R on one scale.

python -m benchmarks.agreement

Medians of processor seconds (wall clock between brackets), from answers in memory to rwg(j) against two nulls, awg,
average deviation from mean and median, ICC(1) and ICC(2), of twelve scales. R (the package multilevel, where it is
installed) does rwg(j) and average deviation of one scale of five items, on the same answers.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Final

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np

from lerend.answers.table import AnswerBatch
from lerend.statistics.agreement import agreements, deviation
from lerend.statistics.clustering import clustering
from lerend.statistics.kernel import statistics_of
from lerend.statistics.nulls import Null

ITEMS: Final = 60
IN_A_SCALE: Final = 5
IN_R: Final = """
suppressPackageStartupMessages(library(multilevel))
d <- read.csv("answers.csv")
began <- sum(proc.time()[1:2])
r <- rwg.j(d[, 2:6], d$team, ranvar = 2)
a <- ad.m(d[, 2:6], d$team)
cat(sprintf("%.6f %.10f %s", sum(proc.time()[1:2]) - began, mean(r$rwg.j, na.rm = TRUE), packageVersion("multilevel")))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--teams", type=int, default=8_000)
    parser.add_argument("--runs", type=int, default=7)
    given = parser.parse_args()
    for line in lines(made(given.people, given.teams), given.runs):
        print(line, flush=True)


def made(people: int, teams: int) -> AnswerBatch:
    """Answers of five categories, forty teams in a company."""
    rng = np.random.default_rng(1)
    team = np.sort(np.concatenate([np.arange(teams), rng.integers(0, teams, people - teams)]))
    latent = 3 + 0.4 * rng.standard_normal(teams)[team][:, None] + 0.6 * rng.standard_normal((people, 1))
    codes = np.clip(np.rint(latent + 0.8 * rng.standard_normal((people, ITEMS))), 1, 5).astype(np.uint8)
    return AnswerBatch(
        items=tuple(f"x{item}" for item in range(ITEMS)),
        codes=codes,
        paths=tuple((f"c{number // 40}", f"t{number}") for number in range(teams)),
        group=team.astype(np.int32),
    )


def lines(batch: AnswerBatch, runs: int) -> Iterator[str]:
    """A Markdown table."""
    import scipy.special  # noqa: F401, PLC0415 -- R has its packages loaded too before it is timed

    statistics = statistics_of(batch, categories=5)
    scales = [batch.items[start : start + IN_A_SCALE] for start in range(0, ITEMS, IN_A_SCALE)]
    nulls = (Null.UNIFORM, Null.SLIGHT_SKEW)
    tasks: dict[str, Callable[[], object]] = {
        "counting": lambda: statistics_of(batch, categories=5),
        "rwg(j), two nulls": lambda: [agreements(statistics, scale, nulls=nulls) for scale in scales],
        "awg and average deviation": lambda: [deviation(statistics, scale) for scale in scales],
        "ICC(1), ICC(2)": lambda: [clustering(statistics, scale, depth=2) for scale in scales],
    }
    yield "| part | seconds |"
    yield "|---|---|"
    spent = {name: _seconds(task, runs) for name, task in tasks.items()}
    for name, (processor, wall) in spent.items():
        yield f"| {name} | {processor:.3f} ({wall:.3f}) |"
    yield f"| together | {sum(one for one, _ in spent.values()):.3f} ({sum(one for _, one in spent.values()):.3f}) |"
    script = shutil.which("Rscript")
    if script is not None:
        seconds, mean, version = _in_r(batch, script)
        ours = agreements(statistics, scales[0], nulls=nulls)[0]
        if abs(float(np.nanmean(ours.scale)) - mean) > 1e-8:
            raise AssertionError(f"rwg(j) differs: {np.nanmean(ours.scale)} and {mean}")
        yield f"| R, multilevel {version}: rwg(j) against one null and average deviation, one scale | {seconds:.2f} |"


def _seconds(task: Callable[[], object], runs: int) -> tuple[float, float]:
    task()
    found = []
    for _ in range(runs):
        wall, processor = time.perf_counter(), time.process_time()
        task()
        found.append((time.process_time() - processor, time.perf_counter() - wall))
    processors, walls = zip(*found, strict=True)
    return median(processors), median(walls)


def _in_r(batch: AnswerBatch, script: str) -> tuple[float, float, str]:
    with tempfile.TemporaryDirectory() as folder:
        table = np.column_stack([batch.group, batch.codes[:, :IN_A_SCALE]])
        header = "team," + ",".join(batch.items[:IN_A_SCALE])
        np.savetxt(Path(folder) / "answers.csv", table, delimiter=",", header=header, comments="", fmt="%d")
        told = subprocess.run([script, "-e", IN_R], cwd=folder, check=True, capture_output=True, text=True).stdout
    seconds, mean, version = told.split()
    return float(seconds), float(mean), version


if __name__ == "__main__":
    main()
