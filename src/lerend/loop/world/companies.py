"""Companies of a world: who works where, how things are at the start, and what causes the outcome."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.loop.world.approaches import Approaches, Floats, Places, draw_approaches, draw_contexts
from lerend.loop.world.numbers import PERSON_SPREAD, UNEXPLAINED, Numbers, Stress

_CEILING_LEVEL = 4.2


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """C companies, T teams, F factors of which R can be worked on, O outcomes, E approaches.

    Attributes:
        ranked: (R) factors that can be worked on.
        company_of_team: (T).
        team_people: (T) people who work there.
        company_value: (C, F) level at the start, in points.
        team_value: (T, F) the lasting level of a team, in points.
        slopes: (C, F) deviations of the outcome that one deviation more of a factor causes.
        company_outcome: (C, O) level of the outcomes.
        motivation: (T) in deviations between teams.
        volunteers: (T) would begin if asked.
        hunch: (T) by which a leader would choose.
        accepts_lot: (C).
        leaves: (C) year at whose start the company leaves; `years` or later where it stays.
        effect: (C, E) true effect of each approach.
    """

    numbers: Numbers
    seed: int
    ranked: Places
    outcomes: int
    company_of_team: Places
    team_people: NDArray[np.int64]
    company_value: Floats
    team_value: Floats
    slopes: Floats
    company_outcome: Floats
    motivation: Floats
    volunteers: NDArray[np.bool_]
    hunch: Floats
    accepts_lot: NDArray[np.bool_]
    leaves: NDArray[np.int64]
    approaches: Approaches
    effect: Floats

    def teams_of(self, company: int) -> Places:
        return np.flatnonzero(self.company_of_team == company)

    def people_of(self, company: int) -> int:
        return int(self.team_people[self.company_of_team == company].sum())


def draw_world(numbers: Numbers, ranked: Places, factors: int, outcomes: int, seed: int) -> World:
    """Draw a programme; the same numbers and seed always make the same one.

    Args:
        ranked: places of the factors that can be worked on.
        factors, outcomes: how many.
    """
    rng = np.random.default_rng([seed, 1])
    owner, people = _teams(numbers, rng)
    teams, companies = len(owner), numbers.companies
    level = _CEILING_LEVEL if numbers.stress is Stress.CEILING else numbers.level
    base = level + numbers.factor_spread * rng.standard_normal(factors)
    company_value = base + numbers.company_spread * rng.standard_normal((companies, factors))
    lasting = numbers.team_spread * np.sqrt(1 - numbers.team_wave_share)
    motivation = rng.standard_normal(teams)
    willing = numbers.willing * motivation + np.sqrt(1 - numbers.willing**2) * rng.standard_normal(teams)
    hunch = numbers.hunch * motivation + np.sqrt(1 - numbers.hunch**2) * rng.standard_normal(teams)
    approaches = draw_approaches(numbers, ranked, rng)
    leaves = rng.geometric(numbers.company_leaves, companies)
    return World(
        numbers=numbers,
        seed=seed,
        ranked=ranked,
        outcomes=outcomes,
        company_of_team=owner,
        team_people=people,
        company_value=company_value,
        team_value=company_value[owner] + lasting * rng.standard_normal((teams, factors)),
        slopes=_weights(numbers, ranked, factors, rng)
        + _where(ranked, factors) * numbers.slope_spread * rng.standard_normal((companies, factors)),
        company_outcome=3.1 + 0.2 * rng.standard_normal((companies, outcomes)),
        motivation=motivation,
        volunteers=willing > 0,
        hunch=hunch,
        accepts_lot=_accepts(numbers, rng),
        leaves=leaves.astype(np.int64),
        approaches=approaches,
        effect=draw_contexts(numbers, approaches, company_value, rng),
    )


def _where(places: Places, size: int) -> Floats:
    found = np.zeros(size)
    found[places] = 1.0
    return found


def _accepts(numbers: Numbers, rng: np.random.Generator) -> NDArray[np.bool_]:
    refuse = rng.random(numbers.companies) < 0.5
    return ~refuse if numbers.stress is Stress.HUNCH else np.ones(numbers.companies, dtype=bool)


def _teams(numbers: Numbers, rng: np.random.Generator) -> tuple[Places, NDArray[np.int64]]:
    low, high = np.log(numbers.people)
    sizes = np.exp(rng.uniform(low, high, numbers.companies)).round().astype(int)
    owner: list[int] = []
    people: list[int] = []
    for company, size in enumerate(sizes):
        count = max(2, round(size / numbers.team_size))
        share = np.floor(rng.dirichlet(np.full(count, 8.0)) * size).astype(int)
        share = np.maximum(share, 3)
        owner += [company] * count
        people += [int(each) for each in share]
    return np.array(owner, dtype=np.intp), np.array(people, dtype=np.int64)


def _weights(numbers: Numbers, ranked: Places, factors: int, rng: np.random.Generator) -> Floats:
    """(F) gamma weights of some factors; together they cause half of the outcome's variance."""
    weights = np.zeros(factors)
    active = rng.choice(ranked, numbers.active, replace=False)
    weights[active] = rng.gamma(2.0, 1.0, len(active))
    r = numbers.correlation
    caused = (1 - r) * (weights**2).sum() + r * weights.sum() ** 2
    found: Floats = weights * np.sqrt((1 - UNEXPLAINED) / caused)
    return found


def deviations(points: Floats) -> Floats:
    """Points as deviations between people."""
    return np.asarray(points / PERSON_SPREAD)
