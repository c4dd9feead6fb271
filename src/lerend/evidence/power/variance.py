"""The variance of an effect by generalised least squares on the means of teams at each measurement."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from lerend.evidence.power.tail import power_z


@dataclass(frozen=True, slots=True)
class Spread:
    """Standard deviations of what an answer is made of.

    Attributes:
        person: σ, what is left of a person at one measurement.
        team: τ, of teams.
        effect: η, by how much the effect differs between teams.
        together: correlation of a team's level and its effect.
        team_wave: γ, of a team at one measurement.
        cohort: ζ, of a person over all measurements, where the same people answer each time; 0 where others do.
    """

    person: float
    team: float
    effect: float = 0.0
    together: float = 0.0
    team_wave: float = 0.0
    cohort: float = 0.0


def mean_covariance(spread: Spread, treated: NDArray[np.bool_], people: NDArray[np.float64]) -> NDArray[np.float64]:
    """(T, W, W) covariance of each team's means.

    τ²J + η²xx' + τη·corr(1x' + x1') + γ²I + σ²I/n + ζ²J/n, with x whether the team works with the approach. Where
    numbers of people differ over waves, ζ² is divided by the larger of both (the others are not there twice). Where there
    is nobody the numbers mean nothing.
    """
    x = treated.astype(np.float64)
    waves = x.shape[1]
    both = x[:, :, None] * x[:, None, :]
    either = x[:, :, None] + x[:, None, :]
    per_person = np.divide(1.0, people, out=np.zeros_like(people, dtype=np.float64), where=people > 0)
    own = (spread.team_wave**2 + spread.person**2 * per_person)[:, :, None] * np.eye(waves)
    shared = spread.cohort**2 * np.minimum(per_person[:, :, None], per_person[:, None, :])
    found: NDArray[np.float64] = (
        spread.team**2 + spread.effect**2 * both + spread.together * spread.team * spread.effect * either + own + shared
    )
    return found


def effect_variance(design: NDArray[np.float64], covariance: NDArray[np.float64], people: NDArray[np.float64]) -> float:
    """Variance of the last coefficient: the last entry of (Σ X'V⁻¹X)⁻¹.

    Args:
        design: (T, W, p) columns per team and wave; the effect is the last.
        covariance: (T, W, W).
        people: (T, W); a team with nobody at a wave has no mean there.

    Raises:
        ValueError: the design cannot tell the effect from the other columns.
    """
    information = np.zeros((design.shape[2],) * 2)
    if (people > 0).all():
        information = (design.transpose(0, 2, 1) @ np.linalg.solve(covariance, design)).sum(axis=0)
    else:
        for columns, matrix, there in zip(design, covariance, people > 0, strict=True):
            seen = columns[there]
            information += seen.T @ np.linalg.solve(matrix[np.ix_(there, there)], seen)
    if np.linalg.matrix_rank(information) < len(information):
        raise ValueError("this design cannot tell the effect from time or from its covariates")
    return float(np.linalg.inv(information)[-1, -1])


@dataclass(frozen=True, slots=True)
class Wedge:
    """What a stepped start can show: the variance of the effect and the chance of finding it (normal)."""

    variance: float
    power: float


def wedge(
    treated: NDArray[np.bool_], people: NDArray[np.float64], effect: float, spread: Spread, *, alpha: float = 0.05
) -> Wedge:
    """Any plan of who works with the approach when, with a level for each wave.

    Args:
        treated: (T, W).
        people: (T, W) who answer.

    Source: Hussey & Hughes (2007); Hooper et al. (2016); Voldal, Hakhu, Xia, Heagerty & Hughes (2020).

    Raises:
        ValueError: the plan cannot tell the effect from time.
    """
    teams, waves = treated.shape
    columns = np.broadcast_to(np.eye(waves), (teams, waves, waves))
    design = np.concatenate([columns, treated[:, :, None].astype(np.float64)], axis=2)
    variance = effect_variance(design, mean_covariance(spread, treated, people), people)
    return Wedge(variance, power_z(effect / sqrt(variance), alpha, both_sides=True))


def staircase(teams_per_step: tuple[int, ...]) -> NDArray[np.bool_]:
    """(T, steps + 1) the ordinary stepped start: one measurement before, then one more group at each."""
    begins = np.repeat(np.arange(1, len(teams_per_step) + 1), teams_per_step)
    found: NDArray[np.bool_] = np.arange(len(teams_per_step) + 1)[None, :] >= begins[:, None]
    return found
