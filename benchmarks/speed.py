"""What the main job costs.

    python -m benchmarks.speed

CPU seconds of whole processes for the command line, CPU seconds in this process for the kernel. One thread for linear
algebra. Prints a Markdown table; the smallest of several runs, because everything else is other work on the machine.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np

from lerend.answers.table import AnswerBatch
from lerend.statistics.kernel import statistics_of

PYTHON = sys.executable


def main() -> None:
    print("| what | CPU s | note |")
    print("|---|---|---|")
    print(f"| import of lerend and NumPy | {_import('import lerend, numpy'):.2f} | whole process |")
    print(f"| … and all that diagnose needs | {_import('import lerend.diagnosis.files'):.2f} | whole process |")
    with tempfile.TemporaryDirectory() as folder:
        answers = Path(folder) / "programme.csv"
        _run("simulate", "--companies", "5", "--people", "100", "--out", str(answers))
        out = ("--out", str(Path(folder) / "report.html"))
        print(
            f"| diagnose 500 people x 68 items to HTML | {_best(lambda: _run('diagnose', str(answers), *out)):.2f} | whole process |"
        )
    for units, missing in ((1, 0.0), (200, 0.0), (1, 0.05), (200, 0.05)):
        seconds, peak = _kernel(units, missing)
        note = f"all 5 x 5 tables, {units} unit(s), {missing:.0%} missing, peak {peak:.0f} MB, batches of 100,000"
        print(f"| kernel, 1,000,000 x 60 | {seconds:.2f} | {note} |")


def _best(measure: Callable[[], float], runs: int = 5) -> float:
    return min(measure() for _ in range(runs))


def _import(statement: str) -> float:
    return _best(lambda: _process(PYTHON, "-c", statement))


def _run(*words: str) -> float:
    return _process(PYTHON, "-m", "lerend.cli", *words)


def _process(*words: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(words, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _kernel(units: int, missing: float) -> tuple[float, float]:
    """CPU seconds over a million people in batches, and the most memory this process held (MB)."""
    generator = np.random.default_rng(1)
    paths = tuple((f"Company {number}",) for number in range(units))
    items = tuple(f"item_{number}" for number in range(60))
    total, seconds = None, 0.0
    for _ in range(10):
        codes = generator.integers(1, 6, size=(100_000, 60), dtype=np.uint8)
        if missing:
            codes[generator.random(codes.shape) < missing] = 0
        group = generator.integers(0, units, 100_000).astype(np.int32)
        began = time.process_time()
        part = statistics_of(AnswerBatch(items, codes, paths, group), categories=5, with_tables=True)
        total = part if total is None else total + part
        seconds += time.process_time() - began
    if total is None or total.people.sum() != 1_000_000:
        raise AssertionError("somebody was lost")
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
