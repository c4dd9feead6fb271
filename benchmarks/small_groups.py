"""Whether standardised differences and Little's test do what they say at the sizes of teams and companies.

python -m benchmarks.small_groups

Differences: two teams from normal answers, or from scores that are means of four items of five categories. Missing answers:
four columns that correlate .4, a fifth of the last two skipped by lot, or by those who are high on the first.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.differences import NoDifference, difference_of, summary_of
from lerend.statistics.response.missing import NoMomentsFound, little_test

Values = NDArray[np.float64]

TEAMS: Final = ((5, 5), (8, 8), (5, 15), (15, 15))
DIFFERENCES: Final = (0.0, 0.3, 0.8)
PEOPLE: Final = (30, 60, 150, 500)
CORRELATION: Final = 0.4
COLUMNS: Final = 4
SKIPPED: Final = 0.2
ITEMS: Final = 4
LEVEL: Final = 0.05


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worlds", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for lines in (difference_lines, missing_lines):
        for line in lines(given.worlds, np.random.default_rng(given.seed)):
            print(line, flush=True)
        print()


def difference_lines(worlds: int, rng: np.random.Generator) -> Iterator[str]:
    """Coverage of 95 % intervals, the mean of g, and how wide its interval is."""
    yield "| people | true d | interval of d, normal | of d, answers | Welch p < .05, normal | mean g | half-width |"
    yield "|---|---|---|---|---|---|---|"
    for first, second in TEAMS:
        for true in DIFFERENCES:
            made = [(rng.normal(true, 1, first), rng.normal(0, 1, second)) for _world in range(worlds)]
            found = [difference_of(summary_of(one), summary_of(other)) for one, other in made]
            held = [one.d.interval.low <= true <= one.d.interval.high for one in found]
            half = np.mean([(one.g.interval.high - one.g.interval.low) / 2 for one in found])
            rejected = _share([one.welch.p < LEVEL for one in found])
            g = np.mean([one.g.value for one in found])
            answered = _share(list(_answered_held(first, second, true, worlds, rng)))
            yield (
                f"| {first} and {second} | {true} | {_share(held)} | {answered} | {rejected} | {g:.2f} | {half:.2f} |"
            )


def missing_lines(worlds: int, rng: np.random.Generator) -> Iterator[str]:
    """How often Little's test rejects at .05."""
    yield "| people | skipped by lot | skipped for a reason |"
    yield "|---|---|---|"
    for people in PEOPLE:
        rejected: dict[bool, list[bool]] = {False: [], True: []}
        for _world in range(worlds):
            common = np.sqrt(CORRELATION) * rng.standard_normal((people, 1))
            rows = common + np.sqrt(1 - CORRELATION) * rng.standard_normal((people, COLUMNS))
            for for_a_reason, found in rejected.items():
                p = _little_p(_with_holes(rows, rng, for_a_reason=for_a_reason))
                if p is not None:
                    found.append(p < LEVEL)
        yield f"| {people} | {_share(rejected[False])} | {_share(rejected[True])} |"


def _answered_held(first: int, second: int, true: float, worlds: int, rng: np.random.Generator) -> Iterator[bool]:
    """Whether the interval holds the difference of very many such answers; teams without spread have none."""
    unit, shift = _spread_of_answers(true, rng)
    for _world in range(worlds):
        try:
            found = difference_of(summary_of(_answers(true, first, rng)), summary_of(_answers(0.0, second, rng)))
        except NoDifference:
            continue
        yield found.d.interval.low <= shift / unit <= found.d.interval.high


def _spread_of_answers(true: float, rng: np.random.Generator) -> tuple[float, float]:
    high, low = _answers(true, 200_000, rng), _answers(0.0, 200_000, rng)
    return float(np.sqrt((high.var() + low.var()) / 2)), float(high.mean() - low.mean())


def _answers(true: float, people: int, rng: np.random.Generator) -> Values:
    latent = rng.normal(true, 1, (people, 1)) + rng.standard_normal((people, ITEMS))
    mean: Values = np.clip(np.rint(3.4 + 0.7 * latent), 1, 5).mean(axis=1)
    return mean


def _with_holes(rows: Values, rng: np.random.Generator, *, for_a_reason: bool) -> Values:
    holed = rows.copy()
    if for_a_reason:
        gone = np.repeat(rows[:, :1] > np.quantile(rows[:, 0], 1 - SKIPPED), 2, axis=1)
    else:
        gone = rng.random((len(rows), 2)) < SKIPPED
    holed[:, 2:][gone] = np.nan
    return holed


def _little_p(rows: Values) -> float | None:
    try:
        return little_test(rows).p
    except NoMomentsFound:
        return None


def _share(flags: list[bool]) -> str:
    return f"{np.mean(flags):.3f}".removeprefix("0")


if __name__ == "__main__":
    main()
