"""Mixed models on 100,000 rows in 8,000 teams, side by side with lme4 in one run.

    python -m benchmarks.mixed [--runs 5] [--rows 100000] [--teams 8000]

Each program runs as a process of its own, reads the same made-up table from its own binary format, fits, and prints its
log-likelihood, which must agree. "Fit" is the call alone: ours has Satterthwaite's degrees of freedom in it, lme4's has
none, lmerTest's has. CPU seconds with one thread for linear algebra, so that other work on the machine counts little.
Medians of several runs, in turn.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Final

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np

from lerend.statistics.mixed.fitting import mixed_model, nested_mixed_model

MODELS: Final = ("team", "slope", "company")
FORMULAS: Final = {"team": "(1 | team)", "slope": "(x | team)", "company": "(1 | company / team)"}
AGREES: Final = 1e-4
IN_R: Final = """
suppressPackageStartupMessages(library(PACKAGE))
d <- readRDS("table.rds")
began <- sum(proc.time()[1:2])
f <- lmer(y ~ x + RANDOM, d, REML = TRUE)
told <- coef(summary(f))
cat(sprintf("%.6f %.6f\\n", as.numeric(logLik(f)), sum(proc.time()[1:2]) - began))
"""
CONVERT: Final = """
d <- read.csv("table.csv"); d$team <- factor(d$team); d$company <- factor(d$company)
saveRDS(d, "table.rds", compress = FALSE)
cat(R.version.string, "lme4", as.character(packageVersion("lme4")), "lmerTest",
    as.character(packageVersion("lmerTest")), basename(extSoftVersion()[["BLAS"]]))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--teams", type=int, default=8_000)
    parser.add_argument("--fit", choices=MODELS, help="only fit this model to table.npy here, and print what it took")
    given = parser.parse_args()
    if given.fit:
        print(_fit(given.fit))
        return
    with tempfile.TemporaryDirectory() as folder:
        for line in lines(Path(folder), given.rows, given.teams, given.runs):
            print(line, flush=True)


def lines(folder: Path, rows: int, teams: int, runs: int) -> Iterator[str]:
    """A Markdown table; without R, only our own columns."""
    table = made(rows, teams)
    np.save(folder / "table.npy", table)
    np.savetxt(folder / "table.csv", table, delimiter=",", header="y,x,team,company", comments="", fmt="%.17g")
    script = shutil.which("Rscript")
    versions = "R is not here"
    if script is not None:
        versions = subprocess.run(
            [script, "-e", CONVERT], cwd=folder, check=True, capture_output=True, text=True
        ).stdout
    yield from (
        f"{rows:,} rows, {teams:,} teams; NumPy {np.__version__}; {versions}; median of {runs} runs",
        "",
        "| model | ours, process | lme4, process | times | lmerTest, process | times | ours, fit | lme4, fit | times |",
        "|---|---|---|---|---|---|---|---|---|",
    )
    yield from (_line(folder, model, runs, script) for model in MODELS)


def made(rows: int, teams: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """(rows, 4) outcome, a column of people, team and company; about forty teams in each company."""
    rng = np.random.default_rng(5)
    team = np.sort(rng.integers(0, teams, rows))
    company = team // 40
    x = rng.standard_normal(rows)
    y = 3 + 0.3 * x + 0.35 * rng.standard_normal(teams)[team] + 0.2 * rng.standard_normal(company.max() + 1)[company]
    y += 0.15 * rng.standard_normal(teams)[team] * x + 0.8 * rng.standard_normal(rows)
    return np.column_stack([y, x, team, company])


def _fit(model: str) -> str:
    import scipy.special  # noqa: F401, PLC0415 -- R has its packages loaded too before the fit is timed

    y, x, team, company = np.load("table.npy").T
    teams, companies = team.astype(np.int64), company.astype(np.int64)
    began = time.process_time()
    design = np.column_stack([np.ones(len(y)), x])
    if model == "company":
        fitted = nested_mixed_model(y, design, teams, companies)
    else:
        fitted = mixed_model(y, design, teams, slopes={"x": x} if model == "slope" else None)
    return f"{fitted.model.log_likelihood:.6f} {time.process_time() - began:.6f}"


def _line(folder: Path, model: str, runs: int, script: str | None) -> str:
    ours = [sys.executable, "-m", "benchmarks.mixed", "--fit", model]
    commands = {"ours": ours}
    for package in ("lme4", "lmerTest") if script is not None else ():
        text = IN_R.replace("PACKAGE", package).replace("RANDOM", FORMULAS[model])
        commands[package] = [str(script), "-e", text]
    whole: dict[str, list[float]] = {name: [] for name in commands}
    alone: dict[str, list[float]] = {name: [] for name in commands}
    likely: dict[str, float] = {}
    for _ in range(runs):
        for name, command in commands.items():
            seconds, likely[name], fit = _process(folder, command)
            whole[name].append(seconds)
            alone[name].append(fit)
    if max(likely.values()) - min(likely.values()) > AGREES:
        raise AssertionError(f"{model}: log-likelihoods differ: {likely}")
    process = {name: median(seconds) for name, seconds in whole.items()}
    fits = {name: median(seconds) for name, seconds in alone.items()}
    label = FORMULAS[model].replace("|", "\\|")
    if script is None:
        return f"| {label} | {process['ours']:.2f} s | | | | | {fits['ours']:.3f} s | | |"
    return (
        f"| {label} | {process['ours']:.2f} s "
        f"| {process['lme4']:.2f} s | {process['lme4'] / process['ours']:.0f} "
        f"| {process['lmerTest']:.2f} s | {process['lmerTest'] / process['ours']:.0f} "
        f"| {fits['ours']:.3f} s | {fits['lme4']:.2f} s | {fits['lme4'] / fits['ours']:.0f} |"
    )


def _process(folder: Path, command: list[str]) -> tuple[float, float, float]:
    """CPU seconds of the process, log-likelihood, CPU seconds of the fit."""
    home = str(Path(__file__).resolve().parents[1])
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        command, cwd=folder, check=True, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": home}
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    likely, fit = done.stdout.split()
    return seconds, float(likely), float(fit)


if __name__ == "__main__":
    main()
