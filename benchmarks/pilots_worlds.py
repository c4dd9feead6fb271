"""Pilots with a known truth: teams, motivation, who begins, and the means that come of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from lerend.evidence.design.drawing import design_pilot
from lerend.evidence.design.kinds import Kind
from lerend.evidence.design.pilot import PilotDesign
from lerend.evidence.design.team import Team
from lerend.evidence.effects.effect import Effect
from lerend.evidence.effects.estimating import estimate_effect
from lerend.evidence.effects.measured import Measured
from lerend.evidence.power.precision import Assumed

Floats = NDArray[np.float64]
Chosen: TypeAlias = Literal["by the design", "by hunch", "most motivated"]
SMALLEST: Final = 0.2
USUAL: Final = Assumed()
HUNCH: Final = 0.6
"""Correlation of a leader's hunch with the motivation that is measured."""


@dataclass(frozen=True, slots=True)
class World:
    """How teams and scores come about; scores are in standard deviations between people.

    Attributes:
        effect: of working with the approach.
        grows: what is added to it for each further measurement since the start.
        spreads: standard deviation of the effect between teams.
        trend: by how much a team of one deviation more motivation rises anyway.
        chosen: who decides which teams begin, where no lot does.
        leaving: how much likelier people of teams that began stay away for each deviation that they score lower.
        ceiling: the highest score that can be given; infinite for none.
        heavy: whether teams vary with heavy tails (t with 3 degrees of freedom).
        assumed: correlations of scores, and what the design page takes them to be.
    """

    name: str
    kind: Kind
    teams: int
    people: int = 12
    waves: int = 2
    effect: float = 0.3
    grows: float = 0.0
    spreads: float = 0.0
    trend: float = 0.15
    chosen: Chosen = "by the design"
    leaving: float = 0.0
    ceiling: float = np.inf
    heavy: bool = False
    assumed: Assumed = USUAL


def pilot(world: World, seed: int) -> tuple[PilotDesign, Measured]:
    """One pilot: the design that was drawn, and the means of its teams."""
    rng = np.random.default_rng([seed, world.teams, world.waves])
    motivation = _motivation(world, rng)
    joins = _joins(world, motivation, rng)
    teams = [
        Team(
            f"team {place:02}", "one" if begin else "beside", world.people, float(motivation[place]), joins=bool(begin)
        )
        for place, begin in enumerate(joins)
    ]
    design = design_pilot(world.kind, teams, waves=world.waves, seed=str(seed), limit=float(np.median(motivation)))
    people = _people(world, design, motivation, rng)
    mean = np.nanmean(people, axis=1)
    count = np.isfinite(people).sum(axis=1).astype(np.float64)
    return design, Measured(design.teams, count, mean, np.full(mean.shape, np.nan))


def found_in(world: World, seed: int) -> Effect:
    """What the pilot says it did."""
    design, measured = pilot(world, seed)
    return estimate_effect(measured, design, smallest=SMALLEST, deviation=1.0, assumed=world.assumed, seed=seed)


def without_effect(world: World) -> World:
    return replace(world, effect=0.0, grows=0.0, spreads=0.0)


def truth_of(world: World) -> float:
    """The mean effect over all measurements since the start: what the design sets out to estimate."""
    return world.effect + world.grows * (world.waves - 2) / 2


def _motivation(world: World, rng: np.random.Generator) -> Floats:
    """(T) in deviations of all teams; without others to compare with, those that begin may be the upper half."""
    if world.kind is Kind.BEFORE_AFTER and world.chosen == "most motivated":
        return np.sort(rng.normal(size=2 * world.teams))[world.teams :]
    return rng.normal(size=world.teams)


def _joins(world: World, motivation: Floats, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Which teams begin where people choose; all of them take part in a lot."""
    if world.kind is not Kind.COMPARISON:
        return np.ones(world.teams, dtype=bool)
    hunch = HUNCH * motivation + np.sqrt(1 - HUNCH**2) * rng.normal(size=world.teams)
    score = {"by hunch": hunch, "most motivated": motivation}.get(world.chosen, rng.normal(size=world.teams))
    return np.asarray(score >= np.median(score))


def _people(world: World, design: PilotDesign, motivation: Floats, rng: np.random.Generator) -> Floats:
    """(T, people, W) scores; NaN of who stayed away."""
    spread, shape = world.assumed.spread, (world.teams, world.people, world.waves)

    def varied(*size: int) -> Floats:
        return rng.standard_t(3, size) / np.sqrt(3) if world.heavy else rng.normal(size=size)

    level = spread.team * varied(world.teams, 1, 1) + spread.team_wave * varied(world.teams, 1, world.waves)
    own = spread.cohort * rng.normal(size=(world.teams, world.people, 1)) + spread.person * rng.normal(size=shape)
    since = np.arange(world.waves) / (world.waves - 1)
    drift = world.trend * motivation[:, None] * since[None, :]
    exposure = design.exposure()
    effect = (world.effect + world.spreads * rng.normal(size=(world.teams, 1))) * (exposure > 0)
    effect = effect + world.grows * np.maximum(exposure - 1, 0)
    scores = np.asarray(level + own + (drift + effect)[:, None, :], dtype=np.float64)
    if world.leaving:
        gone = rng.random(shape) < 1 / (1 + np.exp(1.5 + world.leaving * scores))
        gone &= design.treated()[:, None, :]
        gone[:, 0, :] = False
        scores = np.where(gone, np.nan, scores)
    return np.minimum(scores, world.ceiling)
