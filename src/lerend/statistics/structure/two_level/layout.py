"""Layouts of factor models within groups and between them; means stand between."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.structure.continuous.layout import continuous_layout, saturated_layout
from lerend.statistics.structure.layout import FIXED, KINDS, GroupLayout, Layout, Places
from lerend.statistics.structure.specification import Specification
from lerend.statistics.structure.two_level.likelihood import LevelLayout
from lerend.statistics.structure.two_level.sample import TwoLevelSample

_LEAST_BETWEEN: Final = 0.02
"""Share of the variance within groups that lies between them, at least, to begin with."""


def two_level_layout(sample: TwoLevelSample, within: Specification, between: Specification) -> LevelLayout:
    """A factor model on each level."""
    inner = replace(sample.whole, covariance=sample.within, mean=np.zeros(len(sample.items)))
    outer = replace(sample.whole, covariance=_between(sample), mean=sample.means.mean(axis=0))
    return _joined(continuous_layout(within, [inner]), continuous_layout(between, [outer]))


def two_level_saturated(sample: TwoLevelSample) -> LevelLayout:
    """Covariances of their own on each level."""
    one, other = np.tril_indices(len(sample.items))
    layout = saturated_layout(len(sample.items))
    nothing = np.zeros(len(sample.items))
    inner = replace(layout, start=np.concatenate([nothing, sample.within[one, other]]))
    outer = replace(layout, start=np.concatenate([sample.means.mean(axis=0), _between(sample)[one, other]]))
    return _joined(inner, outer)


def two_level_apart(sample: TwoLevelSample) -> LevelLayout:
    """Items that go together on neither level."""
    k = len(sample.items)
    (group,) = saturated_layout(k).groups
    residual = np.full((k, k), FIXED, dtype=np.intp)
    residual[np.diag_indices(k)] = k + np.arange(k)
    alone = replace(group, residual=Places(np.zeros((k, k)), residual))
    inner = Layout((alone,), 2 * k, np.concatenate([np.zeros(k), sample.within.diagonal()]))
    outer = Layout((alone,), 2 * k, np.concatenate([sample.means.mean(axis=0), _between(sample).diagonal()]))
    return _joined(inner, outer)


def _between(sample: TwoLevelSample) -> NDArray[np.float64]:
    """(k, k) covariances of means of groups with the variance that those within leave, to begin with."""
    own = sample.between.diagonal()
    inside = sample.within.diagonal()
    size = len(sample.sizes) / float((1 / sample.sizes).sum())
    variance = np.maximum(own - inside / size, _LEAST_BETWEEN * inside)
    scale = np.sqrt(variance / own)
    return np.asarray(sample.between * np.outer(scale, scale))


def _joined(within: Layout, between: Layout) -> LevelLayout:
    """The unknowns of both one after the other; within groups means are zero."""
    inner, kept = _numbered(_without_means(within.groups[0]), 0)
    outer, also = _numbered(between.groups[0], len(kept))
    start = np.concatenate([within.start[kept], between.start[also]])
    return LevelLayout(inner, outer, len(start), start)


def _without_means(group: GroupLayout) -> GroupLayout:
    k, m = group.loading.values.shape
    still = [Places(np.zeros(size), np.full(size, FIXED, dtype=np.intp)) for size in (k, m)]
    return replace(group, intercept=still[0], mean=still[1])


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
