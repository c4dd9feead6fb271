"""What is really so in a made-up world, on the scale that people answer on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.model.structure import Instrument, OrganisationModel
from lerend.simulate.people import item_offsets
from lerend.simulate.world import World, shaped


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """The truth of C companies and T teams.

    Attributes:
        factors: ids of the F measured factors.
        ranked: (F) which of them can be among the five.
        company_score: (C, F) expected score on the 1 to 5 scale.
        team_score: (T, F).
        gain: (C, F) difference in the outcome, in SD, from lifting the company's mean to what is attainable.
        target: (F) the 75th percentile of the companies.
    """

    factors: tuple[str, ...]
    ranked: NDArray[np.bool_]
    company_score: NDArray[np.float64]
    team_score: NDArray[np.float64]
    gain: NDArray[np.float64]
    target: NDArray[np.float64]

    def largest(self, company: int, size: int = 5) -> frozenset[str]:
        """Ids of the factors with the largest true gain in a company."""
        order = np.argsort(-np.where(self.ranked, self.gain[company], -1))
        return frozenset(self.factors[index] for index in order[:size])

    def largest_in_programme(self, size: int = 5) -> frozenset[str]:
        """The same for the mean over companies."""
        order = np.argsort(-np.where(self.ranked, self.gain.mean(axis=0), -1))
        return frozenset(self.factors[index] for index in order[:size])


def truth_of(
    world: World,
    model: OrganisationModel,
    instrument: Instrument,
    *,
    stated_target: float | None,
    form: str | None = None,
) -> Truth:
    """Work out the truth: expected answers of people who read what they answer, gains by the world's own weights.

    Args:
        world: as drawn.
        model: says which factors are ranked.
        instrument: its items decide how values become answers.
        stated_target: what counts as attainable when companies are too few to say.
        form: the form that everybody had, if there was only one: scores are about its items then.
    """
    team_score = _expected_scores(world, instrument, _asked(instrument, form))
    company_score = _by_company(world, team_score)
    company_value = world.company_value
    target = (
        np.quantile(company_value, 0.75, axis=0)
        if stated_target is None
        else np.full(len(world.factors), stated_target)
    )
    gap = np.maximum(target - company_value, 0) / world.settings.person_spread
    return Truth(
        factors=world.factors,
        ranked=np.array([model.factor(name).ranked for name in world.factors]),
        company_score=company_score,
        team_score=team_score,
        gain=np.maximum(world.slopes, 0) * gap,
        target=target,
    )


def _asked(instrument: Instrument, form: str | None) -> NDArray[np.bool_]:
    forms = [each for each in instrument.forms if form in (None, each.id)]
    met = {item for each in forms for item in each.items}
    return np.array([item.id in met for item in instrument.items], dtype=bool)


def _expected_scores(world: World, instrument: Instrument, asked: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Integrate over people by Gauss-Hermite quadrature, and over the noise of an item by the normal distribution."""
    from scipy.special import ndtr  # noqa: PLC0415 -- SciPy is loaded only where it is used

    settings = world.settings
    nodes, weights = np.polynomial.hermite_e.hermegauss(40)
    person = settings.person_spread * shaped(nodes, settings.trouble)
    steps = np.arange(1, 5) + 0.5
    offsets = item_offsets(len(instrument.items))
    measures = np.array([item.measures for item in instrument.items])
    scores = np.empty_like(world.team_value)
    for index, factor in enumerate(world.factors):
        own = offsets[(measures == factor) & asked]
        mean = world.team_value[:, index, np.newaxis, np.newaxis, np.newaxis] + own[:, np.newaxis, np.newaxis]
        reached = ndtr((mean + person[:, np.newaxis] - steps) / settings.item_noise).sum(axis=3)
        scores[:, index] = 1 + (reached @ weights / weights.sum()).mean(axis=1)
    return scores


def _by_company(world: World, team_score: NDArray[np.float64]) -> NDArray[np.float64]:
    companies = world.settings.companies
    total = np.zeros((companies, team_score.shape[1]))
    np.add.at(total, world.company_of_team, team_score * world.team_people[:, np.newaxis])
    people = np.bincount(world.company_of_team, world.team_people, minlength=companies)
    mean: NDArray[np.float64] = total / people[:, np.newaxis]
    return mean
