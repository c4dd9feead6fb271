"""Simulated programmes with a known truth, and what the diagnosis makes of them: one figure per programme to average."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.diagnosis.estimates import ProgrammeEstimates, estimate
from lerend.diagnosis.scales import items_of_scales
from lerend.model import load_model_and_instrument
from lerend.simulate.people import fill_in
from lerend.simulate.truth import Truth, truth_of
from lerend.simulate.world import World, WorldSettings, draw_world
from lerend.statistics.kernel import statistics_of

MODEL, INSTRUMENT = load_model_and_instrument("lerend")
FLOOR = 5


@dataclass(frozen=True, slots=True)
class Setting:
    """A row of the acceptance table.

    `newcomer` cuts the last company down to this many people and judges that company alone.
    """

    name: str
    world: WorldSettings
    newcomer: int = 0
    short: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What one programme says about the diagnosis.

    Attributes:
        recall, lowest, by_correlation: share of the true five found by our ranking, by the lowest scores, and by
            correlation times room, mean over companies.
        first: share of companies whose true number one is in our five.
        programme: share of the programme's true five that was found.
        said, was: (N) stated probabilities and whether they came true.
        company_covered, team_covered: 95 % intervals of shown units that hold the truth.
    """

    recall: float
    lowest: float
    by_correlation: float
    first: float
    programme: float
    said: NDArray[np.float64]
    was: NDArray[np.bool_]
    company_covered: float
    team_covered: float


def outcome_of(setting: Setting, seed: int) -> Outcome:
    """Draw one programme, diagnose it and compare with the truth."""
    generator = np.random.default_rng(seed)
    world = draw_world(MODEL, setting.world, generator)
    if setting.newcomer:
        world = _with_newcomer(world, setting.newcomer)
    filled = fill_in(world, INSTRUMENT, generator, short=setting.short)
    stated = None if setting.world.companies >= 5 else MODEL.target
    truth = truth_of(world, MODEL, INSTRUMENT, stated_target=stated, form="short" if setting.short else None)
    scales = items_of_scales(INSTRUMENT, filled.batch.items)
    statistics = statistics_of(filled.batch, categories=5, scales=scales)
    found = estimate(statistics, model=MODEL, instrument=INSTRUMENT, seed=seed, draws=1000)
    judged = [setting.world.companies - 1] if setting.newcomer else list(range(setting.world.companies))
    return _compared(found, truth, judged)


def _with_newcomer(world: World, people: int) -> World:
    last = world.company_of_team == world.settings.companies - 1
    sizes = world.team_people.copy()
    sizes[last] = np.maximum(np.round(sizes[last] * people / sizes[last].sum()), 1)
    return dataclasses.replace(world, team_people=sizes)


def _compared(found: ProgrammeEstimates, truth: Truth, judged: list[int]) -> Outcome:
    ranking = found.companies.ranking
    if ranking is None:
        raise AssertionError("the packaged model can always be ranked")
    f = found.scales.n_factors
    score = found.companies.table.score[:, :f]
    correlation = _correlations(found)
    ours, lowest, crossed, first, said, was = [], [], [], [], [], []
    for company in judged:
        five = truth.largest(company)
        top = ranking.top_five[company]
        order = np.lexsort((-ranking.expected[company], -np.where(truth.ranked, top, -1)))
        room = np.maximum(found.target - score[company], 0) * np.maximum(correlation, 0)
        ours.append(_share(truth, order, five))
        lowest.append(_share(truth, np.argsort(np.where(truth.ranked, score[company], 9)), five))
        crossed.append(_share(truth, np.argsort(-np.where(truth.ranked, room, -1)), five))
        best = int(np.argmax(np.where(truth.ranked, truth.gain[company], -1)))
        first.append(best in order[:5])
        said.append(top[truth.ranked])
        was.append(np.array([name in five for name in truth.factors])[truth.ranked])
    whole = found.programme.ranking
    programme = np.argsort(-whole.top_five[0]) if whole is not None else np.arange(f)
    return Outcome(
        recall=float(np.mean(ours)),
        lowest=float(np.mean(lowest)),
        by_correlation=float(np.mean(crossed)),
        first=float(np.mean(first)),
        programme=_share(truth, programme, truth.largest_in_programme()),
        said=np.concatenate(said),
        was=np.concatenate(was),
        company_covered=_covered(found, truth.company_score, judged, teams=False),
        team_covered=_covered(found, truth.team_score, None, teams=True),
    )


def _share(truth: Truth, order: NDArray[np.intp], five: frozenset[str]) -> float:
    return len(five & {truth.factors[index] for index in order[:5]}) / 5


def _correlations(found: ProgrammeEstimates) -> NDArray[np.float64]:
    """Plain correlation of each factor with the mean of the outcomes, within companies."""
    scales, f = found.within.scales, found.scales.n_factors
    sd = np.sqrt(scales.diagonal())
    correlation: NDArray[np.float64] = (scales[:f, f:] / np.outer(sd[:f], sd[f:])).mean(axis=1)
    return correlation


def _covered(found: ProgrammeEstimates, truth: NDArray[np.float64], judged: list[int] | None, *, teams: bool) -> float:
    part = found.teams if teams else found.companies
    if part is None:
        return float("nan")
    f = found.scales.n_factors
    away = np.abs(part.pooled.mean[:, :f] - truth) / np.sqrt(part.pooled.variance[:, :f])
    shown = part.table.people[:, :f] >= FLOOR
    if judged is not None:
        away, shown = away[judged], shown[judged]
    return float((away[shown] < 1.96).mean())
