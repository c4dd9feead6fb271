"""How long all polychoric correlations of sixty items take, tables included, whatever the number of people.

python -m benchmarks.ordinal --people 2000 20000 200000
"""

from __future__ import annotations

import argparse
from statistics import median
from time import perf_counter, process_time

import numpy as np

from benchmarks.structure_worlds import made_up
from lerend.statistics.ordinal.polychoric import polychoric
from lerend.statistics.ordinal.tables import pair_tables


def main() -> None:
    """Prints medians: wall clock, and processor seconds between brackets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, nargs="+", default=[2000, 20000, 200000])
    parser.add_argument("--repeats", type=int, default=9)
    given = parser.parse_args()
    items = [f"x{item + 1}" for item in range(60)]
    print("| people | tables of 1,770 pairs, s | correlations with standard errors, s | largest last step |")
    print("|---|---|---|---|")
    for people in given.people:
        answers = made_up(people, 12, 5, np.random.default_rng(1))
        seconds = []
        for _ in range(given.repeats):
            start, spent = perf_counter(), process_time()
            tables, _ = pair_tables(answers, items)
            middle, spent_middle = perf_counter(), process_time()
            found = polychoric(tables)
            seconds.append(
                (middle - start, spent_middle - spent, perf_counter() - middle, process_time() - spent_middle)
            )
        count, count_spent, solve, solve_spent = (median(column) for column in zip(*seconds, strict=True))
        print(
            f"| {people:,} | {count:.3f} ({count_spent:.3f}) | {solve:.3f} ({solve_spent:.3f}) | {found.last_step:.0e} |"
        )


if __name__ == "__main__":
    main()
