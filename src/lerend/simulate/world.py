"""Made-up worlds with a known truth. They share no code with the estimators: only the model's structure is read here.

In a world, every company, team and person has a value on every factor. The outcome is a weighted sum of a person's factors
plus noise; each company weighs them a little differently. Items are noisy readings of the values, cut into five answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from lerend.model.structure import OrganisationModel


class Trouble(StrEnum):
    """What a world does that the diagnosis does not assume."""

    NONE = "none"
    CONFOUNDED = "confounded"
    """Something unmeasured moves three factors and the outcome together."""
    SKEWED = "skewed"
    """Most people answer near the top, a few far below."""
    CARELESS = "careless"
    """One person in five answers without reading."""


@dataclass(frozen=True, slots=True)
class WorldSettings:
    """How a world is drawn; all spreads are in points of the 1 to 5 scale.

    Attributes:
        companies: how many.
        people: smallest and largest number of people who answer per company (log-uniform between them).
        team_size: mean number of people per team.
        active: how many of the ranked factors go with the outcomes at all.
        factor_spread, company_spread, team_spread, person_spread: standard deviations.
        correlation: of the factors between people.
        item_noise: standard deviation of an item around the person's value.
        slope_spread: standard deviation between companies of the weights (outcome SD per factor SD).
        leaders_see_more: how many points higher those who lead people answer about every factor.
        weakest: factors whose mean is set lowest and whose weight highest; empty leaves it to chance.
    """

    companies: int = 12
    people: tuple[int, int] = (30, 300)
    team_size: int = 11
    active: int = 10
    factor_spread: float = 0.3
    company_spread: float = 0.28
    team_spread: float = 0.25
    person_spread: float = 0.7
    correlation: float = 0.3
    item_noise: float = 0.75
    slope_spread: float = 0.05
    leaders_see_more: float = 0.0
    trouble: Trouble = Trouble.NONE
    weakest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """A drawn world: F measured factors, O outcomes, C companies, T teams.

    Attributes:
        factors, outcomes: ids.
        company_of_team: (T).
        team_people: (T) people who answer.
        team_value: (T, F) mean of the factor values of a team.
        slopes: (C, F) outcome SD per factor SD within a company.
        company_outcome: (C, O) level of the outcomes that the factors do not explain.
    """

    settings: WorldSettings
    factors: tuple[str, ...]
    outcomes: tuple[str, ...]
    company_of_team: NDArray[np.intp]
    team_people: NDArray[np.int64]
    team_value: NDArray[np.float64]
    company_value: NDArray[np.float64]
    slopes: NDArray[np.float64]
    company_outcome: NDArray[np.float64]
    confounded: tuple[int, ...]


def shaped(person: NDArray[np.float64], trouble: Trouble) -> NDArray[np.float64]:
    """How standard normal differences between people come out: as they are, or with a tail of a few far below."""
    if trouble is not Trouble.SKEWED:
        return person
    tail = np.exp(0.7 * person - 0.245)
    standardised: NDArray[np.float64] = (1 - tail) / np.sqrt(np.exp(0.49) - 1)
    return standardised


def draw_world(model: OrganisationModel, settings: WorldSettings, generator: np.random.Generator) -> World:
    """Draw who works where and how things really are."""
    factors = tuple(factor.id for factor in model.factors if factor.measured)
    ranked = np.array([factor.ranked for factor in model.factors if factor.measured])
    low, high = np.log(settings.people)
    company_people = np.exp(generator.uniform(low, high, settings.companies)).round().astype(int)
    company_of_team, team_people = _teams(company_people, settings.team_size, generator)
    base = 3.4 + settings.factor_spread * generator.standard_normal(len(factors))
    weights = _weights(ranked, settings, generator)
    base, weights = _with_weakest(factors, base, weights, settings)
    company_value = base + settings.company_spread * generator.standard_normal((settings.companies, len(factors)))
    team_value = company_value[company_of_team] + settings.team_spread * generator.standard_normal(
        (len(team_people), len(factors))
    )
    return World(
        settings=settings,
        factors=factors,
        outcomes=tuple(outcome.id for outcome in model.outcomes),
        company_of_team=company_of_team,
        team_people=team_people,
        team_value=team_value,
        company_value=_mean_over_teams(team_value, team_people, company_of_team, settings.companies),
        slopes=weights + settings.slope_spread * generator.standard_normal((settings.companies, len(factors))),
        company_outcome=3.1 + 0.2 * generator.standard_normal((settings.companies, len(model.outcomes))),
        confounded=tuple(generator.choice(np.flatnonzero(ranked), 3, replace=False))
        if settings.trouble is Trouble.CONFOUNDED
        else (),
    )


def _teams(
    company_people: NDArray[np.int64], team_size: int, generator: np.random.Generator
) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    owners, sizes = [], []
    for company, people in enumerate(company_people):
        teams = max(1, round(people / team_size))
        shares = generator.dirichlet(np.full(teams, 8.0))
        size = np.maximum(np.floor(shares * people), 1).astype(int)
        size[0] += people - size.sum()
        sizes += [max(int(n), 1) for n in size]
        owners += [company] * teams
    return np.array(owners, dtype=np.intp), np.array(sizes, dtype=np.int64)


def _weights(ranked: NDArray[np.bool_], settings: WorldSettings, generator: np.random.Generator) -> NDArray[np.float64]:
    """Gamma-distributed weights for some of the factors; together they explain about half of the outcome."""
    weights = np.zeros(len(ranked))
    active = generator.choice(np.flatnonzero(ranked), min(settings.active, int(ranked.sum())), replace=False)
    weights[active] = generator.gamma(2.0, 1.0, len(active))
    r = settings.correlation
    explained = (1 - r) * (weights**2).sum() + r * weights.sum() ** 2
    scaled: NDArray[np.float64] = weights * np.sqrt(0.5 / explained)
    return scaled


def _with_weakest(
    factors: tuple[str, ...], base: NDArray[np.float64], weights: NDArray[np.float64], settings: WorldSettings
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    if not settings.weakest:
        return base, weights
    index = [factors.index(name) for name in settings.weakest]
    rest = [i for i in range(len(factors)) if i not in index]
    base = base.copy()
    weights = weights.copy()
    order = [*np.argsort(base)]
    values = base[order]
    base[index] = values[: len(index)] - 0.1
    base[rest] = values[len(index) :][np.argsort(np.argsort(base[rest]))]
    heavy = np.sort(weights)[::-1]
    weights[index] = heavy[: len(index)]
    weights[rest] = np.random.default_rng(len(factors)).permutation(heavy[len(index) :])
    return base, weights


def _mean_over_teams(
    value: NDArray[np.float64], people: NDArray[np.int64], owner: NDArray[np.intp], companies: int
) -> NDArray[np.float64]:
    total = np.zeros((companies, value.shape[1]))
    np.add.at(total, owner, value * people[:, np.newaxis])
    weight = np.bincount(owner, people, minlength=companies)
    mean: NDArray[np.float64] = total / weight[:, np.newaxis]
    return mean
