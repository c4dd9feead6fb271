"""Factor analysis of means and covariances beside lavaan, and how often its tests cry wolf.

python -m benchmarks.structure_continuous speed --people 2000 20000 --repeats 3
python -m benchmarks.structure_continuous missing --people 2000 --repeats 3
python -m benchmarks.structure_continuous chance --worlds 400

`speed` and `missing` run whole processes in turn, each reading the same file: the command `lerend estimate factors`, and
an R script with lavaan that prints its summary with fit indices, standardised values and modification indices. `speed`:
sixty items, twelve factors of five, nothing missing. `missing`: twenty items, four factors, one answer in fifty missing.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.structure import Run, model_of, timed
from benchmarks.structure_worlds import made_up
from lerend.errors import LerendError
from lerend.statistics.structure.continuous.comparison import continuous_difference
from lerend.statistics.structure.continuous.layout import ORDER
from lerend.statistics.structure.continuous.model import fit_continuous
from lerend.statistics.structure.continuous.sample import continuous_sample
from lerend.statistics.structure.ordinal_layout import Sharing
from lerend.statistics.structure.specification import Specification

ITEMS_EACH: Final = 5
LEVEL: Final = 0.05
NORMAL: Final = 1.959964
HOLES: Final = 0.02
LOADING: Final = np.tile([0.8, 0.7, 0.6, 0.7], 2)
R_SCRIPT: Final = """
suppressMessages(library(lavaan))
given <- commandArgs(TRUE)
answers <- read.csv(given[1])
fit <- cfa(given[2], answers, estimator = "MLR", missing = given[3])
summary(fit, fit.measures = TRUE, standardized = TRUE)
print(head(modindices(fit, sort. = TRUE), 10))
cat("version", as.character(packageVersion("lavaan")), "\\n")
cat("scaled", sprintf("%.6f", fitMeasures(fit, "chisq.scaled")), "\\n")
"""


def main() -> None:
    """Prints one of three tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", choices=("speed", "missing", "chance"))
    parser.add_argument("--people", type=int, nargs="+", default=[2000])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--worlds", type=int, default=400)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 200, 500], help="people in a group (chance)")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.table == "chance":
        lines = chance_lines(given.sizes, given.worlds, np.random.default_rng(given.seed))
    else:
        lines = speed_lines(given.people, given.repeats, missing=given.table == "missing")
    for line in lines:
        print(line, flush=True)


def speed_lines(people: Sequence[int], repeats: int, *, missing: bool) -> Iterator[str]:
    """Wall clock and processor seconds of whole processes, medians."""
    yield "| people | lerend s (processor) | lavaan s (processor) | ratio (processor) | scaled chi-square, both |"
    yield "|---|---|---|---|---|"
    script = shutil.which("Rscript")
    factors = 4 if missing else 12
    model = model_of(factors, ITEMS_EACH)
    for n in people:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "answers.csv"
            write_answers(path, n, model, missing=missing)
            ours, theirs = [], []
            for _ in range(repeats):
                ours.append(timed(our_command(path, model)))
                if script:
                    theirs.append(timed(their_command(script, Path(folder), path, model, missing=missing)))
            yield speed_line(n, ours, theirs)


def write_answers(path: Path, people: int, model: Specification, *, missing: bool) -> None:
    rng = np.random.default_rng(1)
    answers = made_up(people, len(model.factors), ITEMS_EACH, rng).astype(str)
    if missing:
        answers[rng.random(answers.shape) < HOLES] = "NA"
    rows = [",".join(model.items), *(",".join(row) for row in answers)]
    path.write_text("\n".join(rows) + "\n", "utf-8")


def our_command(path: Path, model: Specification) -> list[str]:
    written = "; ".join(f"{factor.name}: {','.join(factor.items)}" for factor in model.factors)
    program = Path(sys.executable).with_name("lerend")
    return [str(program), "estimate", "factors", str(path), f"model={written}"]


def their_command(script: str, folder: Path, path: Path, model: Specification, *, missing: bool) -> list[str]:
    written = "\n".join(f"{factor.name} =~ {'+'.join(factor.items)}" for factor in model.factors)
    (folder / "lavaan.R").write_text(R_SCRIPT, "utf-8")
    return [script, str(folder / "lavaan.R"), str(path), written, "fiml" if missing else "listwise"]


def speed_line(n: int, ours: Sequence[Run], theirs: Sequence[Run]) -> str:
    wall, spent = median(run.wall for run in ours), median(run.spent for run in ours)
    value = json.loads(ours[0].printed)["result"]["test"]["value"]
    if not theirs:
        return f"| {n:,} | {wall:.2f} ({spent:.2f}) | – | – | {value:.3f} |"
    other_wall, other = median(run.wall for run in theirs), median(run.spent for run in theirs)
    found = float(theirs[0].printed.rsplit("scaled", 1)[1])
    return (
        f"| {n:,} | {wall:.2f} ({spent:.2f}) | {other_wall:.1f} ({other:.1f}) "
        f"| {other_wall / wall:.0f} ({other / spent:.0f}) | {value:.3f}, {found:.3f} |"
    )


def chance_lines(sizes: Sequence[int], worlds: int, rng: np.random.Generator) -> Iterator[str]:
    """How often tests reject a model that is right, and how often intervals cover the loading, for two groups."""
    yield "| answers | people in a group | plain test | MLR | MLR, missing | interval | metric | scalar | strict |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for name, heavy in (("normal", False), ("heavy-tailed", True)):
        for n in sizes:
            found = [one_world(n, rng, heavy=heavy) for _ in range(worlds)]
            shares = np.nanmean([row for row in found if row is not None], axis=0)
            yield f"| {name} | {n} | " + " | ".join(f"{share:.1%}" for share in shares) + " |"


def one_world(n: int, rng: np.random.Generator, *, heavy: bool) -> list[float] | None:
    """What one pair of groups gives: rejections, share of intervals that cover, rejections of each step."""
    model = model_of(2, 4)
    values = [drawn(n, rng, heavy=heavy) for _ in range(2)]
    groups = {str(place): continuous_sample(value, model.items) for place, value in enumerate(values)}
    holed = np.where(rng.random(values[0].shape) < 4 * HOLES, np.nan, values[0])
    try:
        one = fit_continuous(groups["0"], model)
        missing = fit_continuous(continuous_sample(holed, model.items, use_incomplete=True), model)
        steps = [fit_continuous(groups, model, sharing=Sharing(ORDER[:place])) for place in range(4)]
    except LerendError:
        return None
    if one.test is None or missing.test is None:
        return None
    covered = [
        abs(estimate.standardised - true) < NORMAL * estimate.standardised_error
        for estimate, true in zip(one.estimates, LOADING, strict=False)
        if estimate.standardised is not None and estimate.standardised_error is not None
    ]
    later = [continuous_difference(one, two).test.p_value for one, two in pairwise(steps)]
    tests = [one.p_value, one.test.p_value, missing.test.p_value]
    return [
        *(float(p < LEVEL) for p in tests),
        float(np.mean(covered)),
        *(float(p < LEVEL) for p in later),
    ]


def drawn(n: int, rng: np.random.Generator, *, heavy: bool) -> NDArray[np.float64]:
    """(n, 8) of two factors, which go together; heavy-tailed ones (eight degrees of freedom) share what stretches each person."""
    between = np.linalg.cholesky(np.array([[1.0, 0.4], [0.4, 1.0]])).T
    latent = rng.standard_normal((n, 2)) @ between
    values = LOADING * np.repeat(latent, 4, axis=1) + np.sqrt(1 - LOADING**2) * rng.standard_normal((n, 8))
    return np.asarray(values * np.sqrt(6 / rng.chisquare(8, (n, 1))) if heavy else values, dtype=np.float64)


if __name__ == "__main__":
    main()
