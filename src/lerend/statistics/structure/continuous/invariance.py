"""Measurement invariance of means and covariances: what may be compared between groups, and with which items.

Groups first share loadings (metric), then intercepts too (scalar), then residual variances (strict). Each step is
compared with the one before by the test of the difference, and weighed as in `invariance`: by chance and by size.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lerend.statistics.structure.comparing import fits_badly, may_be_compared
from lerend.statistics.structure.comparison import Difference
from lerend.statistics.structure.continuous.comparison import continuous_difference
from lerend.statistics.structure.continuous.fit import ContinuousEstimator, ContinuousFit
from lerend.statistics.structure.continuous.layout import ORDER
from lerend.statistics.structure.continuous.letting_go import continuous_candidates
from lerend.statistics.structure.continuous.model import fit_continuous
from lerend.statistics.structure.continuous.sample import ContinuousSample
from lerend.statistics.structure.invariance import LEAST_SHARED, Verdict, verdict_of
from lerend.statistics.structure.letting_go import Candidate
from lerend.statistics.structure.ordinal_layout import Shared, Sharing
from lerend.statistics.structure.specification import Specification
from lerend.statistics.structure.trouble import one_group
from lerend.wording import Message

_GOES_ON = (Verdict.HOLDS, Verdict.NEARLY)


@dataclass(frozen=True, slots=True, eq=False)
class ContinuousStep:
    """One thing more that the groups share.

    Attributes:
        adds: what they share from here on.
        fit: the model, with whatever was let go.
        whole: how much worse sharing it for all items fits than the step before.
        partly: the same after letting go of items; `whole` where none was.
        cfi_falls: by how much the robust CFI falls from the step before, after letting go; None where there is none.
        verdict: of `partly`.
        released: items let go at this step, the worst first, with the test by which they were chosen.
    """

    adds: Shared
    fit: ContinuousFit
    whole: Difference
    partly: Difference
    cfi_falls: float | None
    verdict: Verdict
    released: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ContinuousInvariance:
    """What groups share, step by step, up to the first that fails.

    Attributes:
        configural: the same factors with the same items, all numbers apart.
        steps: in the order of `ORDER`; after one that fails or is unclear there are no more.
        held: what the groups share, as far as steps hold (or nearly).
        released: items let go in the steps that hold.
        may: what may be compared between the groups, in words.
        concerns: what must be said beside the numbers.
    """

    configural: ContinuousFit
    steps: tuple[ContinuousStep, ...]
    held: tuple[Shared, ...]
    released: tuple[str, ...]
    may: tuple[Message, ...]
    concerns: tuple[Message, ...]

    @property
    def final(self) -> ContinuousFit:
        """The strictest model that holds."""
        return self.steps[len(self.held) - 1].fit if self.held else self.configural


def continuous_invariance(
    samples: Mapping[str, ContinuousSample],
    specification: Specification,
    *,
    estimator: ContinuousEstimator = "MLR",
    up_to: Shared = "residuals",
    partial: bool = True,
    level: float = 0.05,
) -> ContinuousInvariance:
    """Go through the steps until one fails.

    Args:
        samples: the groups by name; variances and means of factors are relative to the first.
        specification: factors get a variance of 1 in the first group, whatever it says, so that no item is a marker.
        estimator: errors and tests.
        up_to: the last step to try.
        partial: whether items may be let go.
        level: chance of a false alarm at each step.

    Raises:
        ModelCannotBeFitted: fewer than two groups, or as `fit_continuous`.
    """
    if len(samples) < 2:
        raise one_group()
    model = replace(specification, identification="unit")
    configural = fit_continuous(samples, model, estimator=estimator)
    walk = _Walk(samples, model, estimator, partial=partial, level=level)
    steps: list[ContinuousStep] = []
    before = configural
    for what in ORDER[: ORDER.index(up_to) + 1]:
        step = walk.step(before, what)
        steps.append(step)
        if step.verdict not in _GOES_ON:
            break
        before = step.fit
    held = tuple(step.adds for step in steps if step.verdict in _GOES_ON)
    released = tuple(one.item for step in steps if step.adds in held for one in step.released)
    unclear = bool(steps) and steps[-1].verdict == Verdict.UNCLEAR
    return ContinuousInvariance(
        configural=configural,
        steps=tuple(steps),
        held=held,
        released=released,
        may=may_be_compared(held, released, unclear=unclear),
        concerns=(*fits_badly(configural.robust), *configural.concerns),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Walk:
    samples: Mapping[str, ContinuousSample]
    specification: Specification
    estimator: ContinuousEstimator
    partial: bool
    level: float

    def step(self, before: ContinuousFit, what: Shared) -> ContinuousStep:
        """Share one thing more than the fit before, and let go of items while that fails."""
        sharing = Sharing((*before.sharing.shared, what), before.sharing.released)
        fit = self._fit(sharing)
        whole = partly = continuous_difference(before, fit)
        released: list[Candidate] = []
        while self.partial and verdict_of(partly, self.level) == Verdict.FAILS:
            found = continuous_candidates(fit, what, least=LEAST_SHARED)
            if not found:
                break
            worst = min(found, key=lambda candidate: candidate.rank)
            released.append(worst)
            sharing = sharing.without(what, worst.item)
            fit = self._fit(sharing)
            partly = continuous_difference(before, fit)
        falls = before.robust.cfi - fit.robust.cfi if before.robust and fit.robust else None
        return ContinuousStep(what, fit, whole, partly, falls, verdict_of(partly, self.level), tuple(released))

    def _fit(self, sharing: Sharing) -> ContinuousFit:
        return fit_continuous(self.samples, self.specification, estimator=self.estimator, sharing=sharing)
