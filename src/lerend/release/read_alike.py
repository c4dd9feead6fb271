"""Which scales people read alike in an earlier round and this one: what may be compared, for a whole organisation.

Only the answer is released, no figure behind it. It is a function of the item figures that both releases show (their means and
spreads) and of the covariances of the same items, and is given under the same rules: fifty people, no atom of the scale
replaced, a spread that bounds nobody, and nothing at all where fewer than k came or left in between.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lerend.diagnosis.gated import forms_of, gated
from lerend.model.structure import Instrument
from lerend.release.over_time import unchanged_scales
from lerend.release.value import Collected, ItemBehaviour, ReadAlike, Release
from lerend.statistics.frozen import LEAST_PEOPLE, FrozenStatistics
from lerend.statistics.frozen_comparison import compare_frozen_scale
from lerend.statistics.structure.continuous.comparable import LEAST_ITEMS, Comparable
from lerend.statistics.structure.stepwise import Verdict

FALSE_ALARM: Final = 0.05
"""Chance that a page with all scales says of any one that people read it differently, when they do not."""
_STEPS: Final = 2
"""Of each scale: loadings, then intercepts."""


@dataclass(frozen=True, slots=True, eq=False)
class Round:
    """What is needed of a round: gated sums, the questionnaire, and how its items are shown."""

    sums: FrozenStatistics
    instrument: Instrument
    items: Sequence[ItemBehaviour]


def earlier_round(frozen: FrozenStatistics, instrument: Instrument, release: Release) -> Round:
    """A round that was released before, behind the gate that it was released through."""
    parts = forms_of(instrument) if release.collected is Collected.HERE else ()
    return Round(gated(frozen, parts=parts).sums, instrument, release.items)


def scales_read_alike(before: Round, now: Round, scales: Sequence[str]) -> Iterator[ReadAlike]:
    """Every scale of which the questions stayed the same; none where several organisations are in one release.

    Args:
        before, now: the rounds.
        scales: ids, in the order in which the answers are given.
    """
    if before.sums.organisations != now.sums.organisations or len(now.sums.organisations) != 1:
        return
    same = unchanged_scales(now.instrument, before.instrument)
    compared = [scale for scale in scales if scale in same and scale in before.sums.scales]
    for scale in compared:
        yield _read(before, now, scale, FALSE_ALARM / (_STEPS * len(compared)))


def _read(before: Round, now: Round, scale: str, level: float) -> ReadAlike:
    """`level`: what a test has to pass before a page says *differently*; what only passes its own stays unclear."""
    if len(now.instrument.items_of(scale)) < LEAST_ITEMS:
        return ReadAlike(scale, Comparable.TOO_FEW_ITEMS)
    if min(_people(before, scale), _people(now, scale)) < LEAST_PEOPLE:
        return ReadAlike(scale, Comparable.TOO_FEW_PEOPLE)
    if not _is_shown(before, scale) or not _is_shown(now, scale):
        return ReadAlike(scale, Comparable.NOT_SHOWN)
    found = compare_frozen_scale({"before": before.sums, "now": now.sums}, now.sums.organisations[0], scale)
    if found.comparable is Comparable.TOO_FEW_PEOPLE:
        # How many answered two items both is not to be told apart from what may not be shown.
        return ReadAlike(scale, Comparable.NOT_SHOWN)
    if found.comparable is Comparable.CHANGED and not any(
        step.verdict is Verdict.FAILS and step.p_value < level for step in found.steps
    ):
        return ReadAlike(scale, Comparable.UNCLEAR)
    return ReadAlike(scale, found.comparable, found.changed)


def _people(one: Round, scale: str) -> int:
    return int(one.sums.scale_people[:, one.sums.scales.index(scale)].sum())


def _is_shown(one: Round, scale: str) -> bool:
    """Whether the release shows figures of every item of the scale."""
    shown = {item.item for item in one.items if item.mean is not None}
    return all(item.id in shown for item in one.instrument.items_of(scale))
