"""All numbers of a diagnosis, before anything is hidden or put into words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import Path
from lerend.diagnosis import room
from lerend.diagnosis.association import Association, associate, robustness
from lerend.diagnosis.basis import Basis, basis_of
from lerend.diagnosis.pooling import Pooled, pool, pool_within
from lerend.diagnosis.room import Draws, Ranking
from lerend.diagnosis.scales import Scales
from lerend.diagnosis.scores import ScoreTable, Within, score_table
from lerend.diagnosis.slopes import headline_outcome, slope_spread, standardised, true_sd
from lerend.disclosure.floors import FLOOR_FOR_A_BENCHMARK
from lerend.model.structure import Instrument, OrganisationModel
from lerend.statistics.sufficient import Statistics

_TEAMS_AT_A_TIME: Final = 500


@dataclass(frozen=True, slots=True, eq=False)
class Estimates:
    """Numbers about U units of one depth of the tree.

    Attributes:
        table: raw scores, (U, K).
        pooled: partially pooled scores, (U, K).
        ranking: over the factors, (U, F); None where there is nothing to rank.
        by_outcome: (outcome id, (U, F) probability of being among the five for that outcome alone).
        gap_variance: (U, F) posterior variance of target minus score.
    """

    table: ScoreTable
    pooled: Pooled
    ranking: Ranking | None
    by_outcome: tuple[tuple[str, NDArray[np.float64]], ...]
    gap_variance: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class ProgrammeEstimates:
    """Numbers about a whole programme.

    Attributes:
        programme: one unit, the companies counting equally; its `pooled.variance` comes from the draws.
        companies, teams: None where the tree is not that deep.
        target: (F) what is attainable, the middle of its draws.
        association: with the headline outcome; None where the data hold no outcome.
        slope_between: standard deviation of associations between companies.
        robustness: (F).
        sd: (K) standard deviation of the scales within companies, the noise of the items taken off: the unit of the
            associations.
    """

    scales: Scales
    within: Within
    programme: Estimates
    companies: Estimates
    teams: Estimates | None
    target: NDArray[np.float64]
    target_is_stated: bool
    association: Association | None
    slope_between: float
    robustness: NDArray[np.float64]
    sd: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class _Slopes:
    """Draws of the association with each outcome, (M, C, F), the headline first."""

    names: tuple[str, ...]
    draws: tuple[Draws, ...]


def estimate(
    statistics: Statistics, *, model: OrganisationModel, instrument: Instrument, seed: int, draws: int = 1000
) -> ProgrammeEstimates:
    """The numbers of `estimate_from`, from sums of all pairs of items per company (or over all, without companies)."""
    return estimate_from(basis_of(statistics, model=model, instrument=instrument), model=model, seed=seed, draws=draws)


def estimate_from(basis: Basis, *, model: OrganisationModel, seed: int, draws: int = 1000) -> ProgrammeEstimates:
    """Scores, associations and ranking of a programme, its companies and its teams.

    Args:
        basis: sums and covariances.
        model: gives priors, the stated target and which factors are ranked.
        seed: of the draws; the same seed gives the same numbers.
        draws: how many joint draws the ranking takes.
    """
    statistics, scales, within = basis.counts, basis.scales, basis.within
    sd = np.sqrt(within.scales.diagonal())
    unit = true_sd(within)
    depth = len(statistics.units[0])
    company_table = score_table(statistics, scales, within, depth=min(depth, 1)).in_bands(basis.floor)
    spread = _prior_spread(model, scales, sd)
    company_pool = pool(company_table.score, company_table.variance, prior_spread=spread)
    generator = np.random.default_rng(seed)
    f = scales.n_factors
    scores = room.draw_scores(company_pool, f, draws=draws, generator=generator)
    stated = None if len(company_table.paths) >= FLOOR_FOR_A_BENCHMARK else model.target
    target = room.draw_target(scores, stated=stated)
    associations = _associations(basis, model)
    slopes, between = _draw_slopes(basis, associations, len(company_table.paths), draws, generator)
    eligible = np.array([model.factor(name).ranked for name in scales.ids[:f]], dtype=bool)
    companies = _estimates(company_table, company_pool, scores, slopes, target, eligible, unit[:f])
    teams = None
    if depth == 2:
        team_table = score_table(statistics, scales, within, depth=2).in_bands(basis.floor)
        parent = _parents(team_table, company_table)
        team_pool = pool_within(
            team_table.score, team_table.variance, parent, company_pool, prior_spread=spread, within_parent=sd**2
        )
        teams = _team_estimates(team_table, team_pool, parent, slopes, target, eligible, unit[:f], generator)
    headline = associations[0][1] if associations else None
    whole = score_table(statistics, scales, within, depth=0)
    return ProgrammeEstimates(
        scales=scales,
        within=within,
        programme=_programme(whole, company_pool, scores, slopes, target, eligible, unit[:f]),
        companies=companies,
        teams=teams,
        target=np.median(target, axis=0).astype(float),
        target_is_stated=stated is not None,
        association=headline,
        slope_between=between,
        robustness=robustness(headline) if headline else np.zeros(f),
        sd=unit,
    )


def _prior_spread(model: OrganisationModel, scales: Scales, sd: NDArray[np.float64]) -> NDArray[np.float64]:
    """Prior standard deviation between units: what the prior ICC says, given the spread between people.

    Prior ICCs are judgements for the most part, so each counts half and their (geometric) mean counts half.
    """
    icc = {factor.id: factor.icc.value for factor in model.factors}
    icc |= {outcome.id: outcome.icc.value for outcome in model.outcomes}
    prior = np.clip([icc[scale] for scale in scales.ids], 0.01, 0.5)
    relative = np.sqrt(prior / (1 - prior))
    spread: NDArray[np.float64] = np.sqrt(relative * np.exp(np.log(relative).mean())) * sd
    return spread


def _associations(basis: Basis, model: OrganisationModel) -> list[tuple[str, Association, NDArray[np.float64]]]:
    """(name, association, weights of the outcome): the headline over all outcomes first, then each alone."""
    scales, within = basis.scales, basis.within
    f = scales.n_factors
    outcomes = list(range(f, len(scales.ids)))
    if not outcomes or f == 0:
        return []
    groups = [("", outcomes)] + [(scales.ids[index], [index]) for index in outcomes if len(outcomes) > 1]
    information = _information(basis.counts, scales, within)
    found = []
    for name, members in groups:
        weights = headline_outcome(within, members)
        among, with_outcome = standardised(within, f, weights)
        association = associate(
            among,
            with_outcome,
            people=max(basis.degrees, 1),
            information=information[:f] * information[members].mean(),
            reliability=within.reliability[:f],
            prior=_prior_correlations(model, scales, [scales.ids[index] for index in members]),
        )
        found.append((name, association, weights))
    return found


def _information(statistics: Statistics, scales: Scales, within: Within) -> NDArray[np.float64]:
    """(K) variance of an overall scale mean if everybody had answered all items, relative to what it is."""
    table = score_table(statistics, scales, within, depth=0)
    full = within.scales.diagonal() / max(within.people, 1)
    share: NDArray[np.float64] = np.clip(full / (table.variance[0] / within.inflation), 0.05, 1.0)
    return share


def _prior_correlations(model: OrganisationModel, scales: Scales, outcomes: list[str]) -> NDArray[np.float64]:
    values = [
        [model.factor(name).prior_correlation(outcome) or 0.0 for outcome in outcomes]
        for name in scales.ids[: scales.n_factors]
    ]
    mean: NDArray[np.float64] = np.array(values).mean(axis=1)
    return mean


def _draw_slopes(
    basis: Basis,
    associations: list[tuple[str, Association, NDArray[np.float64]]],
    companies: int,
    draws: int,
    generator: np.random.Generator,
) -> tuple[_Slopes, float]:
    if not associations:
        return _Slopes((), ()), 0.0
    _, headline, weights = associations[0]
    between = slope_spread(basis.large, basis.scales.n_factors, basis.within, headline, weights)
    parts = tuple(
        room.draw_slopes(
            association.mean, association.covariance, between, companies=companies, draws=draws, generator=generator
        )
        for _, association, _ in associations
    )
    return _Slopes(tuple(name for name, _, _ in associations), parts), between


def _estimates(
    table: ScoreTable,
    pooled: Pooled,
    scores: Draws,
    slopes: _Slopes,
    target: NDArray[np.float32],
    eligible: NDArray[np.bool_],
    unit: NDArray[np.float64],
) -> Estimates:
    gain = [room.gains(scores, part, target, unit) for part in slopes.draws]
    return _ranked(table, pooled, gain, scores, slopes.names, target, eligible)


def _ranked(
    table: ScoreTable,
    pooled: Pooled,
    gain: list[Draws],
    scores: Draws,
    names: tuple[str, ...],
    target: NDArray[np.float32],
    eligible: NDArray[np.bool_],
) -> Estimates:
    """Put ranking beside scores: by the headline outcome, and by each outcome alone."""
    gap_variance = (target[:, np.newaxis, :] - scores).var(axis=0)
    if not gain or not eligible.any():
        return Estimates(table, pooled, None, (), gap_variance)
    may_rank = np.broadcast_to(eligible, (len(table.paths), len(eligible)))
    listed = room.listed_of(int(eligible.sum()))
    rankings = [room.rank(part, scores, may_rank, listed=listed) for part in gain]
    by_outcome = tuple((name, ranking.top_five) for name, ranking in zip(names, rankings, strict=True) if name)
    return Estimates(table, pooled, rankings[0], by_outcome, gap_variance)


def _team_estimates(
    table: ScoreTable,
    pooled: Pooled,
    parent: NDArray[np.intp],
    slopes: _Slopes,
    target: NDArray[np.float32],
    eligible: NDArray[np.bool_],
    unit: NDArray[np.float64],
    generator: np.random.Generator,
) -> Estimates:
    """Teams a few hundred at a time: the draws of all of them together would not fit."""
    parts = []
    for start in range(0, len(table.paths), _TEAMS_AT_A_TIME):
        rows = slice(start, start + _TEAMS_AT_A_TIME)
        some = table.rows(rows)
        few = pooled.rows(rows)
        scores = room.draw_scores(few, len(eligible), draws=len(target), generator=generator)
        own = _Slopes(slopes.names, tuple(part[:, parent[rows]] for part in slopes.draws))
        parts.append(_estimates(some, few, scores, own, target, eligible, unit))
    return _together(table, pooled, parts)


def _together(table: ScoreTable, pooled: Pooled, parts: list[Estimates]) -> Estimates:
    rankings = [part.ranking for part in parts if part.ranking is not None]
    return Estimates(
        table=table,
        pooled=pooled,
        ranking=room.joined(rankings) if rankings else None,
        by_outcome=tuple(
            (name, np.concatenate([dict(part.by_outcome)[name] for part in parts])) for name, _ in parts[0].by_outcome
        ),
        gap_variance=np.concatenate([part.gap_variance for part in parts]),
    )


def _programme(
    table: ScoreTable,
    companies: Pooled,
    scores: Draws,
    slopes: _Slopes,
    target: NDArray[np.float32],
    eligible: NDArray[np.bool_],
    unit: NDArray[np.float64],
) -> Estimates:
    """The programme: the mean over its companies, each counting the same, of scores and of gains."""
    pooled = Pooled(
        companies.mean.mean(axis=0, keepdims=True),
        companies.variance.mean(axis=0, keepdims=True) / len(companies.mean),
        companies.centre,
        companies.centre_variance,
        companies.tau,
        companies.weight,
    )
    gain = [room.gains(scores, part, target, unit).mean(axis=1, keepdims=True) for part in slopes.draws]
    return _ranked(table, pooled, gain, scores.mean(axis=1, keepdims=True), slopes.names, target, eligible)


def _parents(teams: ScoreTable, companies: ScoreTable) -> NDArray[np.intp]:
    position: dict[Path, int] = {path: index for index, path in enumerate(companies.paths)}
    return np.array([position[path[:1]] for path in teams.paths], dtype=np.intp)
