"""Staggered starts: the effect for each group that begins together at each time, and means over these.

Callaway & Sant'Anna (2021), Journal of Econometrics 225. Where effects grow or differ between groups, a regression with
levels for units and times mixes them with odd weights, some below zero; this does not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from lerend.evidence.effects.doubly_robust import Adjusted, effect_on_begun
from lerend.evidence.effects.measured import no_effect
from lerend.evidence.effects.panel import Panel
from lerend.wording import say

Floats: TypeAlias = NDArray[np.float64]
Controls: TypeAlias = Literal["never", "not_yet"]
Base: TypeAlias = Literal["varying", "universal"]


@dataclass(frozen=True, slots=True)
class GroupTime:
    """The effect on one group at one time; before it began, that is a check on the comparison. No error at the base."""

    group: float
    time: float
    value: float
    se: float | None

    @property
    def before(self) -> bool:
        return self.time < self.group


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean of effects with its standard error; `at` is a group, a time, or time since the start."""

    at: float
    value: float
    se: float | None


@dataclass(frozen=True, slots=True)
class Means:
    """Means over one way of sorting, and their own mean."""

    overall: Mean
    by: tuple[Mean, ...]


@dataclass(frozen=True, slots=True, eq=False)
class GroupTimes:
    """All effects of groups at times.

    Attributes:
        effects: ordered by group, then time.
        influence: (n, effects) what each unit adds.
        share: (effects) share of the units that are of the group.
        member: (n, effects) whether a unit is of the group.
    """

    effects: tuple[GroupTime, ...]
    influence: Floats
    share: Floats
    member: NDArray[np.bool_]

    @property
    def simple(self) -> Mean:
        """Over all groups and times since their start, by size of the group."""
        return self._weighted(np.array([not one.before for one in self.effects]), 0.0)[0]

    @property
    def by_exposure(self) -> Means:
        """By time since the start (below zero: before it); overall over those since the start."""
        since = np.array([one.time - one.group for one in self.effects])
        return self._means(since, lambda at: since == at, overall=lambda at: at >= 0)

    @property
    def by_group(self) -> Means:
        """By group; overall by size of the group."""
        groups = np.array([one.group for one in self.effects])
        after = np.array([not one.before for one in self.effects])
        parts = [self._plain((groups == group) & after, group) for group in np.unique(groups[after])]
        first = [int(np.flatnonzero(groups == mean.at)[0]) for mean, _ in parts]
        share, member = self.share[first], self.member[:, first]
        values = np.array([mean.value for mean, _ in parts])
        weight = share / share.sum()
        influence = np.column_stack([part for _, part in parts]) @ weight
        influence = influence + _moving_weights(share, member) @ values
        return Means(_mean(0.0, float(values @ weight), influence), tuple(mean for mean, _ in parts))

    @property
    def by_time(self) -> Means:
        """By time; only groups that have begun."""
        times = np.array([one.time for one in self.effects])
        after = np.array([not one.before for one in self.effects])
        return self._means(np.where(after, times, np.nan), lambda at: (times == at) & after, overall=lambda _: True)

    def _means(
        self, keys: Floats, chosen: Callable[[float], NDArray[np.bool_]], overall: Callable[[float], bool]
    ) -> Means:
        parts = [self._weighted(chosen(at), float(at)) for at in np.unique(keys[np.isfinite(keys)])]
        used = [(mean.value, part) for mean, part in parts if overall(mean.at)]
        value = float(np.mean([value for value, _ in used]))
        return Means(_mean(0.0, value, np.mean([part for _, part in used], axis=0)), tuple(mean for mean, _ in parts))

    def _weighted(self, chosen: NDArray[np.bool_], at: float) -> tuple[Mean, Floats]:
        """By size of the groups, which is estimated too."""
        values = np.array([one.value for one in self.effects])[chosen]
        share, member = self.share[chosen], self.member[:, chosen]
        weight = share / share.sum()
        influence = self.influence[:, chosen] @ weight + _moving_weights(share, member) @ values
        return _mean(at, float(values @ weight), influence), influence

    def _plain(self, chosen: NDArray[np.bool_], at: float) -> tuple[Mean, Floats]:
        values = np.array([one.value for one in self.effects])[chosen]
        influence = self.influence[:, chosen].mean(axis=1)
        return _mean(at, float(values.mean()), influence), influence


def group_times(
    panel: Panel,
    *,
    adjusted: Adjusted = "dr",
    controls: Controls = "never",
    base: Base = "varying",
    anticipation: float = 0,
) -> GroupTimes:
    """The effect for each group at each time.

    Args:
        adjusted: how covariates are used.
        controls: units that never begin, or all that have not begun yet.
        base: before the start compare each time with the one before (varying), or all with the last before the start.
        anticipation: times before the start at which units may already react.

    Raises:
        EffectCannotBeEstimated: nobody to compare with, or no time before the start.
    """
    effects, influence, members = [], [], []
    for group in panel.groups:
        for place in range(len(panel.times)):
            found = _one(panel, float(group), place, adjusted, controls, base, anticipation)
            if found is not None:
                effects.append(found[0])
                influence.append(found[1])
                members.append(panel.first == group)
    if not effects:
        raise no_effect(say("No group was measured before it began."), say("Measure before the start."))
    member = np.column_stack(members)
    return GroupTimes(tuple(effects), np.column_stack(influence), member.mean(axis=0), member)


@dataclass(frozen=True, slots=True)
class PreTest:
    """Whether there are effects before the start, which there should not be: Wald's test with its p."""

    statistic: float
    df: int
    p: float


def pre_test(found: GroupTimes) -> PreTest:
    """All effects before the start at once. Passing it proves nothing with few units.

    Raises:
        EffectCannotBeEstimated: nothing was measured before the start, or fewer units than effects.
    """
    from scipy.special import chdtrc  # noqa: PLC0415 -- SciPy costs half a second to import

    before = np.array([one.before and one.se is not None for one in found.effects])
    influence = found.influence[:, before]
    values = np.array([one.value for one in found.effects])[before]
    covariance = influence.T @ influence / len(influence)
    if not before.any() or np.linalg.matrix_rank(covariance) < len(covariance):
        raise no_effect(
            say("There is too little from before the start to test it."), say("Measure more often before the start.")
        )
    statistic = float(len(influence) * values @ np.linalg.solve(covariance, values))
    return PreTest(statistic, len(values), float(chdtrc(len(values), statistic)))


def _one(
    panel: Panel, group: float, place: int, adjusted: Adjusted, controls: Controls, base: Base, anticipation: float
) -> tuple[GroupTime, Floats] | None:
    time = float(panel.times[place])
    earlier = np.flatnonzero(panel.times < group - anticipation)
    if not len(earlier):
        return None
    last = int(earlier[-1])
    if place == last and base == "universal":
        return GroupTime(group, time, 0.0, None), np.zeros(panel.units)
    since = time >= group - anticipation
    start = last if base == "universal" or since else place - 1
    if start < 0:
        return None
    latest = float(max(time, panel.times[start]))
    never = np.isinf(panel.first)
    control = never if controls == "never" else never | ((panel.first > latest + anticipation) & (panel.first != group))
    rows = (panel.first == group) | control
    if not control.any():
        raise no_effect(say("Nobody is left to compare with."), say("Compare with units that have not begun yet."))
    change = panel.outcome[rows, place] - panel.outcome[rows, start]
    found = effect_on_begun(change, panel.first[rows] == group, panel.covariates[rows], adjusted)
    influence = np.zeros(panel.units)
    influence[rows] = found.influence * panel.units / rows.sum()
    return GroupTime(group, time, found.value, _error(influence)), influence


def _moving_weights(share: Floats, member: NDArray[np.bool_]) -> Floats:
    """(n, effects) what each unit adds to the weights."""
    total = share.sum()
    moved = member - share
    return np.asarray(moved / total - np.outer(moved.sum(axis=1), share) / total**2, dtype=np.float64)


def _mean(at: float, value: float, influence: Floats) -> Mean:
    return Mean(at, value, _error(influence) if influence.any() else None)


def _error(influence: Floats) -> float:
    return sqrt(float((influence**2).mean()) / len(influence))
