"""Layouts of factor models within groups and between them; means stand between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.structure.continuous.layout import continuous_layout, of_predictors, saturated_layout
from lerend.statistics.structure.continuous.sample import ContinuousSample
from lerend.statistics.structure.layout import FIXED, KINDS, GroupLayout, Layout, Places, held
from lerend.statistics.structure.specification import Specification
from lerend.statistics.structure.two_level.levels import Levels
from lerend.statistics.structure.two_level.likelihood import LevelLayout
from lerend.statistics.structure.two_level.sample import TwoLevelSample

_LEAST_BETWEEN: Final = 0.02
"""Share of the variance within groups that lies between them, at least, to begin with."""


def two_level_layout(sample: TwoLevelSample, within: Specification, between: Specification) -> LevelLayout:
    """A factor model on each level."""
    levels = Levels(within, between)
    inner, outer = _of_level(sample, levels, within), _of_level(sample, levels, between)
    return _joined(sample, levels, continuous_layout(within, [inner]), continuous_layout(between, [outer]))


def two_level_saturated(sample: TwoLevelSample, levels: Levels) -> LevelLayout:
    """Covariances of their own on each level."""
    made = []
    for model in (levels.within, levels.between):
        own = _of_level(sample, levels, model)
        layout = saturated_layout(len(own.items))
        one, other = np.tril_indices(len(own.items))
        made.append(replace(layout, start=np.concatenate([own.mean, own.covariance[one, other]])))
    return _joined(sample, levels, *made)


def two_level_apart(sample: TwoLevelSample, levels: Levels) -> LevelLayout:
    """Items that go together on neither level; measured predictors go together as they do."""
    made = []
    for model in (levels.within, levels.between):
        own = _of_level(sample, levels, model)
        k = len(own.items)
        layout = saturated_layout(k)
        together = np.array([item in model.predictors for item in own.items])
        free = np.outer(together, together) | np.eye(k, dtype=np.bool_)
        (group,) = layout.groups
        residual = Places(np.zeros((k, k)), np.where(free, group.residual.unknown, FIXED))
        one, other = np.tril_indices(k)
        start = np.concatenate([own.mean, own.covariance[one, other]])
        made.append(replace(layout, groups=(replace(group, residual=residual),), start=start))
    return _joined(sample, levels, *made)


def pairs_apart(levels: Levels) -> int:
    """Pairs of items that these keep apart, over both levels."""
    found = 0
    for model in (levels.within, levels.between):
        k, g = len(model.items), len(model.predictors)
        found += (k * (k - 1) - g * (g - 1)) // 2
    return found


def of_level(group: GroupLayout, rows: Sequence[int]) -> GroupLayout:
    """The layout of a level on its own items."""
    which, whole = list(rows), np.ix_(list(rows), list(rows))
    return replace(
        group,
        loading=_taken(group.loading, which),
        residual=Places(group.residual.values[whole], group.residual.unknown[whole]),
        scale=_taken(group.scale, which),
        intercept=_taken(group.intercept, which),
        threshold=_taken(group.threshold, which),
    )


def given_unknowns(layout: LevelLayout, levels: Levels) -> NDArray[np.intp]:
    """Unknowns that are means and covariances of measured predictors that stand on one level."""
    found = [layout.between.intercept.unknown[levels.only_within]]
    for model, group, alone in (
        (levels.within, layout.within, levels.only_within),
        (levels.between, layout.between, levels.only_between),
    ):
        level = Layout((of_level(group, levels.rows(model)),), layout.unknowns, layout.start)
        found.append(of_predictors(level, model, [levels.items[row] for row in alone]))
    numbers = np.unique(np.concatenate(found))
    return numbers[numbers >= 0]


def _taken(places: Places, rows: list[int]) -> Places:
    return Places(places.values[rows], places.unknown[rows])


def _of_level(sample: TwoLevelSample, levels: Levels, model: Specification) -> ContinuousSample:
    """The items of one level with their moments there, to begin with; within groups means are zero."""
    rows = levels.rows(model)
    inside = model is levels.within
    covariance = sample.within if inside else _between(sample)
    mean = np.zeros(len(levels.items)) if inside else sample.means.mean(axis=0)
    return replace(sample.whole, items=model.items, covariance=covariance[np.ix_(rows, rows)], mean=mean[rows])


def _between(sample: TwoLevelSample) -> NDArray[np.float64]:
    """(k, k) covariances of means of groups with the variance that those within leave, to begin with."""
    own = sample.between.diagonal()
    inside = sample.within.diagonal()
    size = len(sample.sizes) / float((1 / sample.sizes).sum())
    variance = np.maximum(own - inside / size, _LEAST_BETWEEN * inside)
    scale = np.sqrt(variance / own)
    return np.asarray(sample.between * np.outer(scale, scale))


def _joined(sample: TwoLevelSample, levels: Levels, within: Layout, between: Layout) -> LevelLayout:
    """The unknowns of both one after the other, on all items; within groups means are zero."""
    k = len(levels.items)
    inner, kept = _numbered(_without_means(within.groups[0]), 0)
    outer, also = _numbered(between.groups[0], len(kept))
    outer = _spread(outer, levels.rows(levels.between), k)
    alone, found = levels.only_within, len(kept) + len(also)
    outer.intercept.unknown[alone] = found + np.arange(len(alone))
    start = np.concatenate([within.start[kept], between.start[also], sample.whole.mean[alone]])
    varying = np.array(levels.rows(levels.within), dtype=np.intp)
    return LevelLayout(_spread(inner, levels.rows(levels.within), k), outer, len(start), start, varying)


def _spread(group: GroupLayout, rows: list[int], items: int) -> GroupLayout:
    """The layout on all items; nothing of those that do not stand on its level."""
    m = group.loading.values.shape[1]
    whole = replace(
        group,
        loading=held(np.zeros((items, m))),
        residual=held(np.zeros((items, items))),
        scale=held(np.ones(items)),
        intercept=held(np.zeros(items)),
        threshold=held(np.zeros((items, 0))),
    )
    both = np.ix_(rows, rows)
    for old, new, where in (
        (group.loading, whole.loading, rows),
        (group.residual, whole.residual, both),
        (group.intercept, whole.intercept, rows),
    ):
        new.values[where], new.unknown[where] = old.values, old.unknown
    return whole


def _without_means(group: GroupLayout) -> GroupLayout:
    k, m = group.loading.values.shape
    return replace(group, intercept=held(np.zeros(k)), mean=held(np.zeros(m)))


def _numbered(group: GroupLayout, first: int) -> tuple[GroupLayout, NDArray[np.intp]]:
    """The group with its unknowns numbered from `first`, and the numbers that these had."""
    used = np.unique(np.concatenate([getattr(group, kind).unknown.ravel() for kind in KINDS]))
    used = used[used >= 0]
    places = {}
    for kind in KINDS:
        old: Places = getattr(group, kind)
        new = np.where(old.unknown >= 0, first + np.searchsorted(used, old.unknown), FIXED)
        places[kind] = Places(old.values, new.astype(np.intp))
    return GroupLayout(**places), used
