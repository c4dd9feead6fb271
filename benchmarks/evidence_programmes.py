"""Made-up programmes of pilots with a known truth, and what the evidence room makes of one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.evidence.advice.next_step import next_steps
from lerend.evidence.advice.offer import Kind, Offer, offer_of
from lerend.evidence.grading.finished import Comparison, FinishedPilot
from lerend.evidence.grading.literature import Grade
from lerend.evidence.grading.proposing import propose
from lerend.evidence.grading.standing import standing_of
from lerend.evidence.pooling.bayes import pool, pooled
from lerend.evidence.pooling.pilot import PilotEffect
from lerend.evidence.pooling.priors import Prior, SpreadPrior
from lerend.evidence.pooling.random_effects import random_effects
from lerend.evidence.success_factors.averaging import SUPPORTED, success_factors
from lerend.evidence.success_factors.factors import CodedFactor
from lerend.wording import Text

Values = NDArray[np.float64]

TODAY: Final = date(2026, 1, 1)
NOTHING: Final = Text("", "")


@dataclass(frozen=True, slots=True)
class PooledWorld:
    """Pilots of one approach.

    Attributes:
        df: degrees of freedom of each standard error, itself drawn.
        heavy: true effects follow t with 3 degrees of freedom.
        hidden: share of the pilots with an effect below zero that nobody hears of.
        flattered: what judging by hunch or by who stayed adds to every effect.
        ceiling: scales have a top: whatever is above .4 is halved.
    """

    name: str
    pilots: int
    tau: float
    mean: float = 0.2
    df: float = 12.0
    heavy: bool = False
    hidden: float = 0.0
    flattered: float = 0.0
    ceiling: bool = False


@dataclass(frozen=True, slots=True)
class PooledOutcome:
    """What held the truth (1) or not (0), and the errors of shrunken and raw effects."""

    mean: float
    pilots: float
    new: float
    knapp: float
    wald: float
    shrunken: float
    raw: float


def pooled_outcome(world: PooledWorld, seed: int) -> PooledOutcome:
    """One programme of the world, pooled."""
    rng = np.random.default_rng([seed, world.pilots])
    theta, values, errors = _pilots_of(world, rng)
    pilots = [
        PilotEffect(str(place), float(y), float(error), world.df)
        for place, (y, error) in enumerate(zip(values, errors, strict=True))
    ]
    found = pool(pilots)
    centre = float(_seen(np.array([world.mean]), world)[0]) if not world.ceiling else _mean_under_ceiling(world)
    elsewhere = float(_true_effects(1, world, rng)[0])
    classical = random_effects(values, errors**2)
    normal = (classical.mean - centre) / np.sqrt(1 / np.sum(1 / (errors**2 + classical.tau2)))
    held = [each.interval.low <= truth <= each.interval.high for each, truth in zip(found.pilots, theta, strict=True)]
    shrunken = np.array([each.mean for each in found.pilots])
    return PooledOutcome(
        mean=float(found.mean.interval.low <= centre <= found.mean.interval.high),
        pilots=float(np.mean(held)),
        new=float(found.new.interval.low <= elsewhere <= found.new.interval.high),
        knapp=float(classical.interval.low <= centre <= classical.interval.high),
        wald=float(abs(normal) < 1.96),
        shrunken=float(np.mean((shrunken - theta) ** 2)),
        raw=float(np.mean((values - theta) ** 2)),
    )


def _true_effects(count: int, world: PooledWorld, rng: np.random.Generator) -> Values:
    away = rng.standard_t(3, count) / np.sqrt(3) if world.heavy else rng.standard_normal(count)
    return _seen(world.mean + world.tau * away, world)


def _seen(theta: Values, world: PooledWorld) -> Values:
    return np.where(theta > 0.4, 0.4 + 0.5 * (theta - 0.4), theta) if world.ceiling else theta


def _mean_under_ceiling(world: PooledWorld) -> float:
    return float(_true_effects(200_000, world, np.random.default_rng(0)).mean())


def _pilots_of(world: PooledWorld, rng: np.random.Generator) -> tuple[Values, Values, Values]:
    kept: list[tuple[float, float, float]] = []
    while len(kept) < world.pilots:
        error = rng.uniform(0.12, 0.40)
        theta = float(_true_effects(1, world, rng)[0])
        value = theta + world.flattered + rng.normal(0, error)
        stated = error * np.sqrt(rng.chisquare(world.df) / world.df)
        if value >= 0 or rng.random() >= world.hidden:
            kept.append((theta, value, stated))
    theta, values, errors = np.array(kept).T
    return theta, values, errors


def places_in_posterior(pilots: int, seed: int) -> tuple[float, float, float]:
    """Truth drawn from the prior: where mean, spread and the first true effect lie in what is thought of them, 0 to 1."""
    rng = np.random.default_rng([seed, pilots, 7])
    prior = Prior()
    mean, tau = rng.normal(prior.mean, prior.deviation), abs(rng.normal(0, prior.spread.scale))
    theta = rng.normal(mean, tau, pilots)
    errors = rng.uniform(0.12, 0.40, pilots)
    found = pooled(theta + rng.normal(0, errors), errors**2, prior=prior)
    first = float(found.pilots_above(theta)[0])
    return 1 - found.mean_above(mean), 1 - found.spread_above(tau), 1 - first


@dataclass(frozen=True, slots=True)
class FactorWorld:
    """Pilots that differ by twelve coded factors, of which the first `working` make a difference.

    Attributes:
        correlation: between the factors.
        df: of the standard errors; None where they are known.
        unmeasured: a cause that nobody coded, which correlates .7 with the last factor and makes as much difference.
        only_together: factors work only where the first two are both above average.
    """

    name: str
    pilots: int
    size: float
    working: int = 3
    correlation: float = 0.2
    df: float | None = None
    unmeasured: bool = False
    only_together: bool = False


@dataclass(frozen=True, slots=True)
class FactorOutcome:
    """Shares among what was called supported (probability from .8): false ones, any false one; and what was found."""

    false_share: float
    any_false: float
    found: float
    top_three: float
    top_three_singly: float


def factor_outcome(world: FactorWorld, seed: int) -> FactorOutcome:
    """One programme of the world."""
    rng = np.random.default_rng([seed, world.pilots, 3])
    X, values, stated = _coded_pilots(world, rng)
    pilots = [PilotEffect(str(i), float(values[i]), float(stated[i]), world.df) for i in range(world.pilots)]
    factors = [
        CodedFactor(f"f{j:02d}", NOTHING, tuple(float(each) for each in X[:, j]), NOTHING, NOTHING) for j in range(12)
    ]
    told = success_factors(pilots, factors, leave_out=False)
    true = {f"f{j:02d}" for j in range(world.working)}
    supported = {each.factor.id for each in told.factors if each.probability >= SUPPORTED}
    likely = {each.factor.id for each in told.factors if each.probability > 0.5}
    false = len(supported - true)
    singly = {f"f{j:02d}" for j in np.argsort(-_single_strength(X, values, stated))[:3]}
    first = {each.factor.id for each in told.factors[:3]}
    share = max(len(true), 1)
    return FactorOutcome(
        false / max(len(supported), 1),
        float(false > 0),
        len(likely & true) / share,
        len(first & true) / share,
        len(singly & true) / share,
    )


def _coded_pilots(world: FactorWorld, rng: np.random.Generator) -> tuple[Values, Values, Values]:
    common = np.sqrt(world.correlation) * rng.standard_normal((world.pilots, 1))
    X = common + np.sqrt(1 - world.correlation) * rng.standard_normal((world.pilots, 12))
    worked = world.size * X[:, : world.working].sum(axis=1)
    if world.only_together:
        worked = worked * ((X[:, 0] > 0) & (X[:, 1] > 0))
    if world.unmeasured:
        worked = worked + world.size * (0.7 * X[:, -1] + np.sqrt(1 - 0.49) * rng.standard_normal(world.pilots))
    errors = rng.uniform(0.12, 0.35, world.pilots)
    values = 0.15 + worked + rng.normal(0, 0.12, world.pilots) + rng.normal(0, errors)
    if world.df is None:
        return X, values, errors
    return X, values, errors * np.sqrt(rng.chisquare(world.df, world.pilots) / world.df)


def _single_strength(X: Values, values: Values, errors: Values) -> Values:
    """|t| of each factor alone, weighed by the true spread: what one-by-one testing would choose by."""
    w = 1 / (errors**2 + 0.12**2)
    centred = X - w @ X / w.sum()
    away = values - w @ values / w.sum()
    slope = (w * away) @ centred / (w @ centred**2)
    left = away[:, None] - centred * slope
    return np.asarray(np.abs(slope) / np.sqrt((w @ left**2) / (w @ centred**2)))


@dataclass(frozen=True, slots=True)
class ChoiceWorld:
    """Twelve approaches that differ by `between` and, from company to company, by `context`; a pilot errs by .25.

    Attributes:
        prior: what the catalogue lets us expect of each.
        flattered: what every pilot adds to its effect.
    """

    name: str
    prior: Prior
    between: float = 0.18
    context: float = 0.12
    flattered: float = 0.0


FITTING: Final = Prior(0.15, 0.18, SpreadPrior(0.12))
_BOTTLENECK: Final = {"factor": 0.9}


def regrets(world: ChoiceWorld, pilots: int, seed: int) -> Values:
    """(pilots,) how much less the true mean of the first step of the advice is than that of the best approach."""
    rng = np.random.default_rng([seed, 11])
    truth = rng.normal(0.15, world.between, 12)
    tried: list[list[FinishedPilot]] = [[] for _ in truth]
    offers = [_offer(place, (), world.prior) for place in range(12)]
    lost = np.zeros(pilots)
    for turn in range(pilots):
        steps = next_steps(offers, _BOTTLENECK, pilots_to_come=pilots - turn).steps
        chosen = next((int(step.offer.id) for step in steps if step.offer.kind is Kind.EXISTING), None)
        chosen = int(np.argmax([offer.mean for offer in offers])) if chosen is None else chosen
        lost[turn] = truth.max() - truth[chosen]
        value = truth[chosen] + world.flattered + rng.normal(0, world.context) + rng.normal(0, 0.25)
        effect = PilotEffect(str(turn), float(value), 0.25, None, f"company {turn}", str(chosen))
        tried[chosen].append(FinishedPilot(effect, Comparison.DRAWN, TODAY))
        offers[chosen] = _offer(chosen, tried[chosen], world.prior)
    return lost


def _offer(place: int, pilots: list[FinishedPilot] | tuple[()], prior: Prior) -> Offer:
    return offer_of(str(place), standing_of(pilots, prior, Grade.C), {"factor": 1.0})


@dataclass(frozen=True, slots=True)
class CatalogueWorld:
    """One approach that is tried in company after company, with drawn pilots of 12 degrees of freedom that err by .25."""

    name: str
    mean: float
    grade: Grade
    prior: Prior
    context: float = 0.12
    flattered: float = 0.0


@dataclass(frozen=True, slots=True)
class CatalogueOutcome:
    """Where the grade is after all pilots, how often one contradicted, and whether the last interval held a new company."""

    grade: Grade
    contradictions: int
    held: float


def catalogue_outcome(world: CatalogueWorld, pilots: int, seed: int) -> CatalogueOutcome:
    """The grade as it moves when people sign every proposal."""
    rng = np.random.default_rng([seed, 13])
    grade, against = world.grade, 0
    earlier: list[FinishedPilot] = []
    interval = standing_of((), world.prior, grade).interval
    for turn in range(pilots):
        stated = 0.25 * float(np.sqrt(rng.chisquare(12) / 12))
        value = world.mean + world.flattered + rng.normal(0, world.context) + rng.normal(0, 0.25)
        effect = PilotEffect(f"{turn:02d}", float(value), stated, 12.0, f"company {turn}", "it")
        pilot = FinishedPilot(effect, Comparison.DRAWN, TODAY + timedelta(turn))
        told = propose(pilot, earlier, grade=grade, prior=world.prior, today=TODAY)
        grade, interval = told.after.grade, told.after.interval
        against += told.contradicts
        earlier.append(pilot)
    new = world.mean + rng.normal(0, world.context)
    return CatalogueOutcome(grade, against, float(interval.low <= new <= interval.high))
