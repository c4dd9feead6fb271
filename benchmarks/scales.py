"""Whether intervals of reliability and of differences between groups hold what they promise, at the sizes of companies.

python -m benchmarks.scales

Scales: four items of five categories behind one factor, answers even over the categories or piled up at the top; true
values from 400,000 people. Groups: scores of groups of 5 to 15 people. Agreement: answers by lot, slightly skewed.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from typing import Final

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.chance import critical_rwg
from lerend.statistics.clustering import one_way, sums_of_rows
from lerend.statistics.distribution_free import distribution_free_alpha
from lerend.statistics.interval import Interval
from lerend.statistics.nulls import Null, null_shares, null_variance
from lerend.statistics.omega import omega_total
from lerend.statistics.ordinal.sample import sample_of
from lerend.statistics.ordinal.trouble import ModelCannotBeFitted
from lerend.statistics.ordinal_reliability import ordinal_alpha, ordinal_omega
from lerend.statistics.reliability import cronbach_alpha
from lerend.statistics.variance_components import restricted

LOADINGS: Final = np.array([0.8, 0.7, 0.7, 0.6])
CUTS: Final = {"even": np.array([-1.2, -0.4, 0.4, 1.2]), "skewed": np.array([-2.2, -1.6, -0.9, 0.1])}
PEOPLE: Final = (15, 30, 50, 150, 500)
MANY: Final = 400_000
GROUPS: Final = (5, 10, 20, 50)
SHARES: Final = (0.0, 0.1, 0.3)
RATERS: Final = (3, 5, 8, 10, 15)


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worlds", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tables", nargs="+", choices=TABLES, default=list(TABLES))
    given = parser.parse_args()
    for name in given.tables:
        for line in TABLES[name](given.worlds, np.random.default_rng(given.seed)):
            print(line, flush=True)
        print()


def reliability_lines(worlds: int, rng: np.random.Generator) -> Iterator[str]:
    """Coverage of 95 % intervals; in brackets, where it is not every world, the share of worlds that had one."""
    names = ("Feldt", "Bonett", "free", "free, logarithmic", "omega", "ordinal alpha", "ordinal omega")
    yield f"| answers | people | {' | '.join(names)} | half-width, free |"
    yield "|---" * (len(names) + 3) + "|"
    for answers, cuts in CUTS.items():
        true = {name: middle for name, (middle, _) in _found(_answers(MANY, cuts, rng)).items()}
        for people in PEOPLE:
            held: dict[str, list[bool]] = {name: [] for name in names}
            widths = []
            for _world in range(worlds):
                found = _found(_answers(people, cuts, rng))
                for name, (_, interval) in found.items():
                    held[name].append(interval.low <= true[name] <= interval.high)
                if "free" in found:
                    widths.append((found["free"][1].high - found["free"][1].low) / 2)
            cells = " | ".join(_cell(held[name], worlds) for name in names)
            yield f"| {answers} | {people} | {cells} | {np.mean(widths):.2f} |"


def clustering_lines(worlds: int, rng: np.random.Generator) -> Iterator[str]:
    """Coverage of 95 % intervals, the size of the test, and what is found on average."""
    yield "| groups | true ICC(1) | interval holds | p < .05 | mean ICC(1) | mean by restricted likelihood | half-width |"
    yield "|---|---|---|---|---|---|---|"
    for groups in GROUPS:
        for share in SHARES:
            held, rejected, values, fitted, widths = [], [], [], [], []
            for _world in range(worlds):
                group = np.repeat(np.arange(groups), rng.integers(5, 16, groups))
                value = np.sqrt(share) * rng.standard_normal(groups)[group]
                value = value + np.sqrt(1 - share) * rng.standard_normal(len(group))
                sums = sums_of_rows(value, group)
                found, likely = one_way(sums), restricted(sums)
                assert found is not None
                assert likely is not None
                held.append(found.icc1_interval.low <= share <= found.icc1_interval.high)
                rejected.append(found.p < 0.05)
                values.append(found.icc1)
                fitted.append(likely.icc1)
                widths.append((found.icc1_interval.high - found.icc1_interval.low) / 2)
            yield (
                f"| {groups} | {share} | {_share(held)} | {_share(rejected)} | {np.mean(values):.3f} "
                f"| {np.mean(fitted):.3f} | {np.mean(widths):.2f} |"
            )


def agreement_lines(worlds: int, rng: np.random.Generator) -> Iterator[str]:
    """How often a group without any agreement is said to agree, one item, answers by lot from a slight skew."""
    yield "| people | rwg of .70 or more, uniform null | above chance, uniform null | above chance, slight skew |"
    yield "|---|---|---|---|"
    shares = null_shares(5, Null.SLIGHT_SKEW)
    for raters in RATERS:
        spread = rng.choice(5, size=(20 * worlds, raters), p=shares).var(axis=1, ddof=1)
        uniform = np.maximum(1 - spread / null_variance(5, Null.UNIFORM), 0.0)
        skewed = np.maximum(1 - spread / null_variance(5, Null.SLIGHT_SKEW), 0.0)
        claims = (
            uniform >= 0.7 - 1e-9,
            uniform >= (critical_rwg(raters, 5) or 2.0) - 1e-9,
            skewed >= (critical_rwg(raters, 5, null=Null.SLIGHT_SKEW) or 2.0) - 1e-9,
        )
        yield f"| {raters} | {' | '.join(_share(list(claim)) for claim in claims)} |"


def _answers(people: int, cuts: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.uint8]:
    own = np.sqrt(1 - LOADINGS**2) * rng.standard_normal((people, len(LOADINGS)))
    return np.asarray(np.searchsorted(cuts, LOADINGS * rng.standard_normal((people, 1)) + own) + 1, dtype=np.uint8)


def _found(answers: NDArray[np.uint8]) -> dict[str, tuple[float, Interval]]:
    """Each coefficient that there is, with its interval."""
    x, people = answers.astype(np.float64), len(answers)
    covariance = np.cov(x, rowvar=False)
    found: dict[str, tuple[float, Interval]] = {}
    alpha, free, omega = cronbach_alpha(covariance, people), distribution_free_alpha(x), omega_total(covariance, people)
    if alpha is not None:
        found |= {"Feldt": (alpha.value, alpha.feldt), "Bonett": (alpha.value, alpha.bonett)}
    if free is not None:
        found |= {"free": (free.value, free.interval), "free, logarithmic": (free.value, free.logarithmic)}
    if omega is not None:
        found["omega"] = (omega.value, omega.interval)
    try:
        sample = sample_of(answers, ("a", "b", "c", "d"))
        ordinal = ordinal_alpha(sample)
        found["ordinal alpha"] = (ordinal.value, ordinal.interval)
        latent = ordinal_omega(sample)
        found["ordinal omega"] = (latent.latent, latent.latent_interval)
    except ModelCannotBeFitted:
        pass
    return found


def _cell(held: list[bool], worlds: int) -> str:
    if not held:
        return "–"
    had = len(held) / worlds
    return _share(held) if had > 0.995 else f"{_share(held)} ({had:.2f})"


def _share(flags: list[bool]) -> str:
    return f"{np.mean(flags):.3f}".removeprefix("0")


TABLES: Final = {"reliability": reliability_lines, "clustering": clustering_lines, "agreement": agreement_lines}


if __name__ == "__main__":
    main()
