"""What an effect is computed from: how many people of each team answered at each wave, and their mean score."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from lerend.errors import LerendError, Problem
from lerend.statistics.frozen import FrozenStatistics, Group
from lerend.wording import Message, say


class EffectCannotBeEstimated(LerendError):
    """What was measured does not answer the question of the design."""


def no_effect(what: Message, mend: Message, where: str = "effect") -> EffectCannotBeEstimated:
    """The error with one problem."""
    return EffectCannotBeEstimated([Problem(where, what, mend)])


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """Scores of one scale by team and wave.

    Attributes:
        teams: (T) ids, as in the design.
        people: (T, W) who answered; 0 where the team was not measured.
        mean: (T, W) mean score; NaN where not measured.
        variance: (T, W) between the people of a team; NaN where not known. Frozen waves do not hold it.
        digest: of all these.
    """

    teams: tuple[str, ...]
    people: NDArray[np.float64]
    mean: NDArray[np.float64]
    variance: NDArray[np.float64]
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        shape = (len(self.teams), self.people.shape[-1] if self.people.ndim else 0)
        if any(part.shape != shape for part in (self.people, self.mean, self.variance)):
            raise ValueError("people, mean and variance have a row for each team and a column for each wave")
        if ((self.people > 0) & ~np.isfinite(self.mean)).any():
            raise ValueError("a team of which people answered has a mean")
        object.__setattr__(self, "digest", _digest(self))

    @property
    def waves(self) -> int:
        return int(self.mean.shape[1])

    def of(self, teams: Sequence[str]) -> Measured:
        """The same for these teams, in this order.

        Raises:
            EffectCannotBeEstimated: a team is missing.
        """
        place = {team: row for row, team in enumerate(self.teams)}
        missing = tuple(team for team in teams if team not in place)
        if missing:
            raise no_effect(say("Nothing was measured of {teams}.", teams=missing), say("Add them, or amend the plan."))
        rows = [place[team] for team in teams]
        return Measured(tuple(teams), self.people[rows], self.mean[rows], self.variance[rows])

    def until(self, wave: int) -> Measured:
        """What was known after this wave (0 is the one before the start)."""
        upto = wave + 1
        return Measured(self.teams, self.people[:, :upto], self.mean[:, :upto], self.variance[:, :upto])


def measured_of(waves: Sequence[FrozenStatistics], scale: str, teams: Mapping[str, Group]) -> Measured:
    """The scores of one scale from frozen waves, by the same rule as scores everywhere: the mean of the item means.

    Where nobody of a team answered an item (forms that hold a part of the items), the other items count by their distance
    to their means over all teams. A team that is no group of its own in a wave has no score there.

    Args:
        waves: the one before the start first.
        scale: id.
        teams: per id of a team the group of units that it is in the frozen statistics.

    Raises:
        EffectCannotBeEstimated: no wave holds the scale.
    """
    if not any(scale in wave.scales for wave in waves):
        raise no_effect(say("No wave asked about “{scale}”.", scale=scale), say("Choose a scale that was asked."))
    columns = [_of_wave(wave, scale, list(teams.values())) for wave in waves]
    people = np.column_stack([column[0] for column in columns])
    mean = np.column_stack([column[1] for column in columns])
    return Measured(tuple(teams), people, mean, np.full(mean.shape, np.nan))


def pooled_deviation(measured: Measured, wave: int = 0) -> float:
    """Standard deviation between people of all teams together at a wave: within teams and between them.

    Raises:
        EffectCannotBeEstimated: the spread within teams is not known.
    """
    n, mean, variance = measured.people[:, wave], measured.mean[:, wave], measured.variance[:, wave]
    known = (n > 1) & np.isfinite(variance)
    if known.sum() < 1 or n[known].sum() < 3:
        raise no_effect(
            say("How much people differ is not known from these numbers."),
            say("Give the standard deviation of the scale from the wave before."),
        )
    n, mean, variance = n[known], mean[known], variance[known]
    centre = (n * mean).sum() / n.sum()
    return sqrt(float(((n - 1) * variance + n * (mean - centre) ** 2).sum() / (n.sum() - 1)))


def _of_wave(
    wave: FrozenStatistics, scale: str, groups: Sequence[Group]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(T) people and (T) mean of one wave."""
    people, mean = np.zeros(len(groups)), np.full(len(groups), np.nan)
    if scale not in wave.scales:
        return people, mean
    column = wave.scales.index(scale)
    items = [item for item, belongs in enumerate(wave.scale_of) if belongs == column]
    counts = wave.counts[:, items].astype(np.float64)
    top = np.array([wave.categories_of[item] for item in items], dtype=np.float64)
    values = 1 + 4 * np.arange(counts.shape[2])[None, :] / (top - 1)[:, None]
    answers, sums = counts.sum(axis=2), (counts * values).sum(axis=2)
    overall = sums.sum(axis=0) / np.maximum(answers.sum(axis=0), 1)
    place = {group: row for row, group in enumerate(wave.groups)}
    for team, group in enumerate(groups):
        row = place.get(group)
        if row is None or wave.scale_people[row, column] < 1:
            continue
        asked = answers[row] > 0
        distance = sums[row, asked] / answers[row, asked] - overall[asked]
        people[team], mean[team] = wave.scale_people[row, column], overall.mean() + distance.mean()
    return people, mean


def _digest(measured: Measured) -> str:
    rows = [
        [[repr(float(value)) for value in line] for line in part]
        for part in (measured.people, measured.mean, measured.variance)
    ]
    text = json.dumps({"teams": measured.teams, "rows": rows}, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
