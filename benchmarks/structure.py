"""Factor analysis of ordinal answers beside lavaan, what drawing rows by lot costs, and how often tests cry wolf.

python -m benchmarks.structure speed --people 2000 20000 --repeats 3
python -m benchmarks.structure drawn
python -m benchmarks.structure chance --worlds 400

`speed` runs whole processes in turn, each reading the same file: the command `lerend estimate ordinal-factors`, and an R
script with lavaan that prints its summary with fit indices and standardised values. Sixty items with five answers,
twelve factors of five.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.structure_worlds import Codes, bhr, made_up, two_groups
from lerend.errors import LerendError
from lerend.statistics.ordinal.sample import sample_of
from lerend.statistics.structure.comparison import difference
from lerend.statistics.structure.fit import Fit
from lerend.statistics.structure.ordinal import fit_ordinal
from lerend.statistics.structure.ordinal_layout import ORDER, Sharing
from lerend.statistics.structure.specification import Specification, specification_of

ITEMS_EACH: Final = 5
FACTORS: Final = 12
LEVEL: Final = 0.05
NORMAL: Final = 1.959964
R_SCRIPT: Final = """
suppressMessages(library(lavaan))
given <- commandArgs(TRUE)
answers <- read.csv(given[1])
fit <- cfa(given[2], answers, ordered = TRUE, estimator = "WLSMV")
summary(fit, fit.measures = TRUE, standardized = TRUE)
cat("scaled", fitMeasures(fit, "chisq.scaled"), "\\n")
"""


def main() -> None:
    """Prints one of three tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", choices=("speed", "drawn", "chance"))
    parser.add_argument("--people", type=int, nargs="+", default=[2000, 20000])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--worlds", type=int, default=400)
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[100, 200, 500, 1000], help="people in a group (chance)"
    )
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.table == "speed":
        lines = speed_lines(given.people, given.repeats)
    elif given.table == "drawn":
        lines = drawn_lines(np.random.default_rng(given.seed))
    else:
        lines = chance_lines(given.sizes, given.worlds, np.random.default_rng(given.seed))
    for line in lines:
        print(line, flush=True)


def model_of(factors: int, items: int) -> Specification:
    """Factors f1, f2 and so on with so many items each, x1, x2 and so on."""
    return specification_of(
        {f"f{f + 1}": [f"x{f * items + i + 1}" for i in range(items)] for f in range(factors)}, identification="unit"
    )


def speed_lines(people: Sequence[int], repeats: int) -> Iterator[str]:
    """Wall clock and processor seconds of whole processes, medians."""
    yield "| people | lerend s (processor) | lavaan s (processor) | ratio (processor) | scaled chi-square, both |"
    yield "|---|---|---|---|---|"
    script = shutil.which("Rscript")
    model = model_of(FACTORS, ITEMS_EACH)
    for n in people:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "answers.csv"
            answers = made_up(n, FACTORS, ITEMS_EACH, np.random.default_rng(1))
            np.savetxt(path, answers, fmt="%d", delimiter=",", header=",".join(model.items), comments="")
            ours, theirs = [], []
            for _ in range(repeats):
                ours.append(timed(our_command(path, model)))
                if script:
                    theirs.append(timed(their_command(script, Path(folder), path, model)))
            yield speed_line(n, ours, theirs)


def our_command(path: Path, model: Specification) -> list[str]:
    written = "; ".join(f"{factor.name}: {','.join(factor.items)}" for factor in model.factors)
    program = Path(sys.executable).with_name("lerend")
    return [str(program), "estimate", "ordinal-factors", str(path), f"model={written}"]


def their_command(script: str, folder: Path, path: Path, model: Specification) -> list[str]:
    written = "\n".join(f"{factor.name} =~ {'+'.join(factor.items)}" for factor in model.factors)
    (folder / "lavaan.R").write_text(R_SCRIPT, "utf-8")
    return [script, str(folder / "lavaan.R"), str(path), written]


@dataclass(frozen=True, slots=True)
class Run:
    """Wall clock seconds and processor seconds of a process, and what it printed."""

    wall: float
    spent: float
    printed: str


def timed(command: list[str]) -> Run:
    """Run a command to its end."""
    before = os.times()
    start = perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    wall = perf_counter() - start
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(wall, spent, done.stdout)


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


def drawn_lines(rng: np.random.Generator) -> Iterator[str]:
    """How far the second trace, and the scaled test, are off when fewer rows are used than there are people."""
    yield "| answers | people | rows | second trace, freed from bias | not freed | scaled test, freed |"
    yield "|---|---|---|---|---|---|"
    right = made_up(60_000, FACTORS, ITEMS_EACH, rng)
    wrong = made_up(60_000, FACTORS, ITEMS_EACH, rng, crossed=0.3, together=0.3, skew=0.8)
    wide = model_of(FACTORS, ITEMS_EACH)
    cases = [
        ("made up, model right", right, wide, 20_000),
        ("made up, model wrong, skewed", wrong, wide, 20_000),
    ]
    real, factors = bhr()
    cases += [("real (bhr2000), three factors", real, factors, rows) for rows in (1000, 2500)]
    for name, answers, model, rows in cases:
        yield drawn_line(name, answers, model, rows)


def drawn_line(name: str, answers: Codes, model: Specification, rows: int) -> str:
    """Against all rows, freed from bias too (one row left out, so that they count as drawn)."""
    most = len(answers) - 1
    whole = fit_ordinal(sample_of(answers, model.items, most_rows=most), model)
    part = fit_ordinal(sample_of(answers, model.items, most_rows=rows), model)
    plain = plain_second(part) / second(whole) - 1
    freed = second(part) / second(whole) - 1
    assert whole.test is not None
    assert part.test is not None
    test = part.test.value / whole.test.value - 1
    return f"| {name} | {len(answers):,} | {rows:,} | {freed:+.2%} | {plain:+.1%} | {test:+.2%} |"


def second(fit: Fit) -> float:
    """tr(U Gamma U Gamma), from the scaling of the shifted test."""
    assert fit.test is not None
    return fit.degrees * fit.test.scaling**2


def plain_second(fit: Fit) -> float:
    """The same from the rows as they are."""
    from lerend.statistics.structure.robust import traces  # noqa: PLC0415 -- only for this comparison

    return traces(fit.evidence.whitened, fit.evidence.moments, fit.evidence.across).second


def chance_lines(sizes: Sequence[int], worlds: int, rng: np.random.Generator) -> Iterator[str]:
    """Size of tests at the 5 % level and coverage of 95 % intervals, where the model is right."""
    yield "| people (each group) | answers | test of the model | loadings covered | thresholds | loadings | intercepts |"
    yield "|---|---|---|---|---|---|---|"
    for skew in (0.0, 0.8):
        for n in sizes:
            yield chance_line(n, skew, worlds, rng)


def chance_line(n: int, skew: float, worlds: int, rng: np.random.Generator) -> str:
    model = model_of(2, 4)
    rejected, covered, steps, done = 0.0, 0.0, np.zeros(3), 0
    for _ in range(worlds):
        try:
            found = one_world(n, skew, model, rng)
        except LerendError:
            continue
        done += 1
        rejected += found[0]
        covered += found[1]
        steps += found[2]
    shares = " | ".join(f"{share:.1%}" for share in (rejected / done, covered / done, *(steps / done)))
    kind = "skewed" if skew else "even"
    return f"| {n} | {kind} | {shares} |" + ("" if done == worlds else f" {worlds - done} worlds without a fit")


def one_world(
    n: int, skew: float, model: Specification, rng: np.random.Generator
) -> tuple[bool, float, NDArray[np.float64]]:
    """Whether the test of the model rejects, the share of loadings covered, and which steps of invariance reject."""
    groups, loading = two_groups(n, rng, skew=skew)
    samples = {str(place): sample_of(codes, model.items) for place, codes in enumerate(groups)}
    fit = fit_ordinal(samples["0"], model)
    assert fit.test is not None
    found = [e for e in fit.estimates if e.kind == "loading"]
    inside = [abs(e.value - truth) < NORMAL * (e.error or 0.0) for e, truth in zip(found, loading, strict=True)]
    before = fit_ordinal(samples, model)
    rejects = []
    for step in range(3):
        after = fit_ordinal(samples, model, sharing=Sharing(ORDER[: step + 1]), moments=before.evidence.moments)
        rejects.append(difference(before, after).test.p_value < LEVEL)
        before = after
    return fit.test.p_value < LEVEL, float(np.mean(inside)), np.array(rejects, dtype=np.float64)


if __name__ == "__main__":
    main()
