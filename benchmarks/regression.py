"""Whether intervals hold the truth, and tests stay quiet where there is nothing, at the sizes of a programme.

    python -m benchmarks.regression --worlds 1000 [--only teams|companies|importance]

Made-up worlds with known truth: teams of 5 to 15 people, of which half (by lot) has started; people of a team go
together (ICC .10), and in the second table teams of a company too (ICC .05 more). Prints Markdown tables for
docs/methods; every share has a Monte Carlo error of the root of share (1 - share) / worlds.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.importance.closed import johnson_weights
from lerend.statistics.importance.relative_importance import relative_importance
from lerend.statistics.interval import Interval
from lerend.statistics.mixed.fitting import mixed_model, nested_mixed_model
from lerend.statistics.mixed.model import fixed
from lerend.statistics.regression.cluster_robust import cluster_robust
from lerend.statistics.regression.least_squares import least_squares
from lerend.statistics.regression.tails import t_quantile
from lerend.statistics.regression.wild_bootstrap import wild_bootstrap

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
TEAMS: Final = (5, 6, 8, 12, 24, 50)
COMPANIES: Final = (5, 10, 20, 50)
IMPORTANCE: Final = ((0, 50), (0, 150), (0, 500), (10, 100), (20, 200), (50, 500))
"""(clusters, rows); no clusters for 0."""
ICC: Final = 0.10
OF_COMPANY: Final = 0.05
EFFECT: Final = 0.3
DRAWS: Final = 999
LEVEL: Final = 0.05
FACTORS: Final = 5


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """(rows,) outcome, (rows, 3) intercept, started and a column of people; team and company of each row."""

    outcome: Floats
    design: Floats
    team: Codes
    company: Codes


def main() -> None:
    tables: dict[str, Callable[[int, int], Iterator[str]]] = {
        "teams": team_lines,
        "companies": company_lines,
        "importance": importance_lines,
    }
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worlds", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=tuple(tables))
    given = parser.parse_args()
    for name, lines in tables.items():
        if given.only in (None, name):
            print("\n".join(lines(given.worlds, given.seed)), flush=True)
            print()


def team_lines(worlds: int, seed: int, sizes: tuple[int, ...] = TEAMS) -> Iterator[str]:
    """How often 95 % intervals of the effect hold it, and how often each test refuses a true null (at .05)."""
    yield "| teams | CR0, normal | CR1S, t(G - 1) | CR2, Satterthwaite | mean df | mixed, Satterthwaite | mixed, Kenward-Roger | signs refuse | Webb refuses |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for teams in sizes:
        rng = np.random.default_rng([seed, teams])
        rows = np.array([team_figures(made_world(rng, teams, 1)) for _ in range(worlds)])
        *held, freedom, satterthwaite, widened, signs, webb = rows.mean(axis=0)
        shares = " | ".join(f"{share:.3f}" for share in held)
        yield f"| {teams} | {shares} | {freedom:.1f} | {satterthwaite:.3f} | {widened:.3f} | {signs:.3f} | {webb:.3f} |"


def team_figures(world: World) -> tuple[float, ...]:
    """For one world: three intervals that hold the effect or not, CR2's df, two by mixed model, two tests refusing."""
    fit = least_squares(world.outcome, world.design)
    held = []
    for kind, freedom in (("CR0", np.inf), ("CR1S", float(world.team.max())), ("CR2", None)):
        robust = cluster_robust(fit, world.team, "CR0" if kind == "CR0" else "CR1S" if kind == "CR1S" else "CR2")
        df = float(robust.degrees_of_freedom[1]) if freedom is None else freedom
        reach = t_quantile(0.95, min(df, 1e9)) * float(robust.standard_error[1])
        held.append(float(abs(robust.estimate[1] - EFFECT) <= reach))
    fitted = mixed_model(world.outcome, world.design, world.team)
    model, names = fitted.model, fitted.model.names
    by_mixed = [
        _holds(fixed(of, model.estimate, names).interval(names[1]))
        for of in (fitted.satterthwaite, fitted.kenward_roger)
    ]
    tests = [
        float(wild_bootstrap(fit, world.team, "x2", weights=weights, null=EFFECT, draws=DRAWS).p <= LEVEL)
        for weights in ("rademacher", "webb")
    ]
    return (*held, df, *by_mixed, *tests)


def company_lines(worlds: int, seed: int, sizes: tuple[int, ...] = COMPANIES) -> Iterator[str]:
    """Teams in companies; the effect is one of teams (half of them in every company)."""
    yield "| companies of 4 teams | mixed, two levels, Satterthwaite | mixed, Kenward-Roger | CR2 by company | level of companies seen as zero |"
    yield "|---|---|---|---|---|"
    for companies in sizes:
        rng = np.random.default_rng([seed, companies, 4])
        rows = np.array([company_figures(made_world(rng, 4 * companies, 4)) for _ in range(worlds)])
        yield f"| {companies} | " + " | ".join(f"{share:.3f}" for share in rows.mean(axis=0)) + " |"


def company_figures(world: World) -> tuple[float, float, float, float]:
    """For one world: three intervals that hold the effect or not, and whether companies seem not to differ."""
    fitted = nested_mixed_model(world.outcome, world.design, world.team, world.company)
    model, names = fitted.model, fitted.model.names
    one, other = (
        fixed(of, model.estimate, names).interval(names[1]) for of in (fitted.satterthwaite, fitted.kenward_roger)
    )
    robust = cluster_robust(least_squares(world.outcome, world.design), world.company).interval("x2")
    nothing = float(model.levels[1].covariance[0, 0] < 1e-6)
    return _holds(one), _holds(other), _holds(robust), nothing


def importance_lines(worlds: int, seed: int) -> Iterator[str]:
    """How often 95 % intervals of Johnson's weights hold the true ones: the largest, one of the middle, one of zero."""
    yield "| rows | clusters | largest share | middle share | share of nothing | true shares |"
    yield "|---|---|---|---|---|---|"
    loading, slope = np.sqrt(0.3), np.array([0.5, 0.3, 0.2, 0.0, 0.0])
    factors = np.full((FACTORS, FACTORS), loading**2) + (1 - loading**2) * np.eye(FACTORS)
    pull = factors @ slope
    table = np.block([[factors, pull[:, None]], [pull[None, :], np.array([[slope @ pull + 1.0]])]])
    spread = np.sqrt(np.diag(table))
    truth = johnson_weights(table / spread / spread[:, None])
    root = np.linalg.cholesky(factors)
    for clusters, rows in IMPORTANCE:
        rng = np.random.default_rng([seed, clusters, rows])
        held = np.zeros(3)
        for _ in range(worlds):
            member = np.arange(rows) % clusters if clusters else None
            x = _together(rng, rows, FACTORS, member) @ root.T
            y = x @ slope + _together(rng, rows, 1, member)[:, 0]
            found = relative_importance(y, x, clusters=member, draws=400, seed=int(rng.integers(2**31)))
            ends = [found.johnson_interval[place] for place in (0, 1, 4)]
            held += [float(end.low <= share <= end.high) for end, share in zip(ends, truth[[0, 1, 4]], strict=True)]
        shares = " | ".join(f"{share:.3f}" for share in held / worlds)
        yield f"| {rows} | {clusters or '–'} | {shares} | " + ", ".join(f"{share:.3f}" for share in truth) + " |"


def made_world(rng: np.random.Generator, teams: int, per_company: int) -> World:
    """One world; teams of 5 to 15, half of each company (or of all teams, where it has one) started."""
    team = np.repeat(np.arange(teams), rng.integers(5, 16, teams))
    company = team // per_company
    order = (
        rng.permutation(teams)
        if per_company == 1
        else np.concatenate([start + rng.permutation(per_company) for start in range(0, teams, per_company)])
    )
    started = (np.argsort(order) % 2)[team].astype(np.float64)
    person = rng.standard_normal(len(team))
    between = ICC / (1 - ICC)
    noise = rng.standard_normal(len(team)) + np.sqrt(between) * rng.standard_normal(teams)[team]
    if per_company > 1:
        noise += np.sqrt(OF_COMPANY / (1 - ICC)) * rng.standard_normal(int(company.max()) + 1)[company]
    outcome = EFFECT * started + 0.3 * person + noise
    return World(outcome, np.column_stack([np.ones(len(team)), started, person]), team, company)


def _together(rng: np.random.Generator, rows: int, columns: int, member: Codes | None) -> Floats:
    """(rows, columns) of variance 1; a tenth of it shared by a cluster."""
    own = rng.standard_normal((rows, columns))
    if member is None:
        return own
    shared = rng.standard_normal((int(member.max()) + 1, columns))[member]
    return np.asarray(np.sqrt(1 - ICC) * own + np.sqrt(ICC) * shared)


def _holds(interval: Interval) -> float:
    return float(interval.low <= EFFECT <= interval.high)


if __name__ == "__main__":
    main()
