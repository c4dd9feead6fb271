"""Whether people read the items of a scale alike in two or more waves, from means and covariances alone.

One factor is fitted to all waves at once (Jöreskog 1971). They first share loadings, then intercepts too (Meredith 1993). A step
fails where it fits worse by more than chance and by a size that matters: CFI falls (Cheung & Rensvold 2002) or RMSEA rises by
more than Chen (2007) allows. Where nothing was found it is asked what would have been found (Satorra & Saris 1985). Sums hold
no fourth moments, so that tests are those of normal answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from lerend.statistics.frozen import LEAST_PEOPLE
from lerend.statistics.ordinal.trouble import ModelCannotBeFitted
from lerend.statistics.structure.comparing import POOR
from lerend.statistics.structure.continuous.comparable import (
    LEAST_ITEMS,
    Comparable,
    ScaleComparison,
    SharedStep,
)
from lerend.statistics.structure.continuous.comparison import continuous_difference
from lerend.statistics.structure.continuous.fit import ContinuousFit
from lerend.statistics.structure.continuous.letting_go import continuous_candidates
from lerend.statistics.structure.continuous.model import fit_continuous
from lerend.statistics.structure.continuous.sample import ContinuousSample
from lerend.statistics.structure.continuous.sums import ItemSums, sample_of_sums
from lerend.statistics.structure.indices import noncentrality
from lerend.statistics.structure.ordinal_layout import Shared, Sharing
from lerend.statistics.structure.specification import Specification, specification_of
from lerend.statistics.structure.stepwise import LEAST_SHARED, Verdict

LEVEL: Final = 0.01
"""Chance of a false alarm at each of the two steps: a questionnaire has some twenty scales, each of which takes both."""
MATTERS: Final = 0.1
"""Points of a scale's mean: the step in which means are shown."""
POWER: Final = 0.8
_MANY: Final = 300
"""People in the smallest wave above which Chen's limits are the wider ones."""
_LIMITS: Final = {False: (0.005, 0.010), True: (0.010, 0.015)}
"""How far CFI may fall and RMSEA rise (Chen 2007, p. 501)."""
_WORST_FIRST: Final = (Comparable.CHANGED, Comparable.UNCLEAR, Comparable.NEARLY, Comparable.ALIKE)
_ANSWER: Final = {
    Verdict.FAILS: Comparable.CHANGED,
    Verdict.UNCLEAR: Comparable.UNCLEAR,
    Verdict.NEARLY: Comparable.NEARLY,
    Verdict.HOLDS: Comparable.ALIKE,
}


def compare_scale(
    waves: Mapping[str, ItemSums],
    *,
    scale: str = "scale",
    level: float = LEVEL,
    matters: float = MATTERS,
    least: int = LEAST_PEOPLE,
) -> ScaleComparison:
    """Whether a scale may be compared between waves.

    Args:
        waves: sums of the same items in each wave, the earliest first.
        scale: its id.
        level: chance of a false alarm at each step.
        matters: points of the scale's mean that a shift of one item may not go unseen by.
        least: people in each wave.

    Returns:
        Never an error for what people answered: where no answer can be given, `comparable` says why.

    Raises:
        ValueError: fewer than two waves, or they hold other items.
    """
    sums = tuple(waves.values())
    if len(sums) < 2 or any(one.items != sums[0].items for one in sums):
        raise ValueError("two or more waves of the same items are compared")
    people = tuple(one.people for one in sums)

    def answer(
        comparable: Comparable, steps: tuple[SharedStep, ...] = (), unseen: float | None = None
    ) -> ScaleComparison:
        return ScaleComparison(scale, sums[0].items, tuple(waves), people, comparable, steps, unseen)

    if len(sums[0].items) < LEAST_ITEMS:
        return answer(Comparable.TOO_FEW_ITEMS)
    if min(people) < least:
        return answer(Comparable.TOO_FEW_PEOPLE)
    try:
        walk = _Walk.begun(waves, level)
        if walk.configural.naive.rmsea.low > POOR:
            return answer(Comparable.NO_ONE_SCALE)
        steps, strictest = walk.steps()
    except ModelCannotBeFitted:
        return answer(Comparable.NOT_FOUND)
    found = min((_ANSWER[step.verdict] for step in steps), key=_WORST_FIRST.index)
    if found is Comparable.CHANGED:
        return answer(found, steps)
    unseen = unseen_shift(strictest, steps[-1].degrees, level)
    if found.may_be_compared and steps[-1].verdict is Verdict.HOLDS and unseen > matters:
        found = Comparable.UNCLEAR
    return answer(found, steps, unseen)


@dataclass(frozen=True, slots=True, eq=False)
class _Walk:
    """The waves with one factor, all numbers apart, and what a step is judged by."""

    samples: dict[str, ContinuousSample]
    model: Specification
    configural: ContinuousFit
    level: float

    @classmethod
    def begun(cls, waves: Mapping[str, ItemSums], level: float) -> _Walk:
        samples = {name: sample_of_sums(one, group=name) for name, one in waves.items()}
        items = next(iter(waves.values())).items
        model = specification_of({"factor": items}, identification="unit")
        return cls(samples, model, fit_continuous(samples, model, estimator="ML"), level)

    def steps(self) -> tuple[tuple[SharedStep, ...], ContinuousFit]:
        """Loadings, then intercepts unless loadings differ and no items explain it; and the strictest fit."""
        loadings, metric = self._step(self.configural, "loadings")
        if not loadings.explained:
            return (loadings,), metric
        intercepts, scalar = self._step(metric, "intercepts")
        return (loadings, intercepts), scalar

    def fitted(self, sharing: Sharing) -> ContinuousFit:
        return fit_continuous(self.samples, self.model, estimator="ML", sharing=sharing)

    def _step(self, before: ContinuousFit, what: Shared) -> tuple[SharedStep, ContinuousFit]:
        """Share one thing more, and let go of items while that fails."""
        sharing = Sharing((*before.sharing.shared, what), before.sharing.released)
        fit = self.fitted(sharing)
        whole = self._judged(before, fit, what)
        verdict, released = whole.verdict, []
        while verdict is Verdict.FAILS:
            found = continuous_candidates(fit, what, least=LEAST_SHARED)
            if not found:
                break
            released.append(min(found, key=lambda candidate: candidate.rank).item)
            sharing = sharing.without(what, released[-1])
            fit = self.fitted(sharing)
            verdict = self._judged(before, fit, what).verdict
        explained = verdict is not Verdict.FAILS
        return replace(whole, released=tuple(released), explained=explained), fit

    def _judged(self, before: ContinuousFit, fit: ContinuousFit, what: Shared) -> SharedStep:
        test = continuous_difference(before, fit).test
        falls = before.naive.cfi - fit.naive.cfi
        rises = fit.naive.rmsea.value - before.naive.rmsea.value
        most = _LIMITS[min(fit.people) > _MANY]
        small = falls <= most[0] and rises <= most[1]
        by_chance = test.degrees == 0 or test.p_value >= self.level
        if not by_chance:
            verdict = Verdict.NEARLY if small else Verdict.FAILS
        elif what == "loadings" and falls > most[0]:
            verdict = Verdict.UNCLEAR
        else:
            verdict = Verdict.HOLDS
        return SharedStep(what, verdict, test.value, test.degrees, test.p_value, falls, rises, (), explained=True)


def unseen_shift(fit: ContinuousFit, degrees: int, level: float) -> float:
    """Points of the scale's mean by which a shift of one item in the last wave moves it and is missed in one of five.

    The means are taken to be those of the model with one of them moved. What the model then misses, with loadings and
    covariances as they are, is the noncentrality of the test and grows with the square of the shift: weighted least squares of
    the shift on the intercepts and the means of the factor. Of all items the one that hides best counts.

    Args:
        fit: waves that share loadings and intercepts.
        degrees: of the test of sharing intercepts.
        level: of that test.
    """
    from scipy.special import chdtri  # noqa: PLC0415 -- SciPy costs half a second to import

    groups = fit.evidence.at.groups
    k, waves = len(fit.specification.items), len(groups)
    roots, rows = [], []
    for wave, group in enumerate(groups):
        factor = np.zeros((k, waves - 1))
        if wave:
            factor[:, wave - 1] = group.matrices.loading[:, 0]
        half = np.sqrt(group.sample.people) * np.linalg.inv(np.linalg.cholesky(group.covariance))
        roots.append(half)
        rows.append(half @ np.hstack([np.eye(k), factor]))
    moved = np.vstack([*np.zeros((waves - 1, k, k)), roots[-1]])
    design = np.vstack(rows)
    left = moved - design @ np.linalg.lstsq(design, moved, rcond=None)[0]
    missed = float((left**2).sum(axis=0).min())
    needed = noncentrality(float(chdtri(degrees, level)), degrees, 1 - POWER)
    return float(np.sqrt(needed / missed)) / k if missed > 0 else float("inf")
