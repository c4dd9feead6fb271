"""Measurement invariance of ordinal answers: what may be compared between groups, and with which items.

The order of Wu & Estabrook (2016): first the groups share thresholds, then loadings too, then intercepts, then residual
variances. Each step is compared with the one before by the test of the difference, never by subtracting scaled tests.
Where a step fails, items are let go one by one, the worst first, until the rest holds (partial invariance; Byrne,
Shavelson & Muthén 1989) or too few would be left.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from lerend.statistics.ordinal.sample import OrdinalSample
from lerend.statistics.structure.comparing import fits_badly, may_be_compared
from lerend.statistics.structure.comparison import Difference, difference
from lerend.statistics.structure.fit import Fit
from lerend.statistics.structure.letting_go import Candidate, candidates
from lerend.statistics.structure.ordinal import fit_ordinal
from lerend.statistics.structure.ordinal_layout import ORDER, Shared, Sharing
from lerend.statistics.structure.ordinal_moments import Parameterisation
from lerend.statistics.structure.specification import Specification
from lerend.statistics.structure.trouble import one_group
from lerend.wording import Message

SMALL: Final = 0.08
"""RMSEA of the difference above which sharing is said to distort (MacCallum, Browne & Sugawara 1996)."""
LEAST_SHARED: Final = 2
"""Items of each factor that must go on sharing; with fewer there is no common scale."""


class Verdict(StrEnum):
    """What a step has shown."""

    HOLDS = "holds"
    """No difference beyond chance, and one that matters can be ruled out."""
    NEARLY = "nearly"
    """A difference beyond chance, but too small to matter."""
    UNCLEAR = "unclear"
    """No difference beyond chance, but too few people to rule out one that matters."""
    FAILS = "fails"
    """A difference beyond chance, and one that matters cannot be ruled out."""


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One thing more that the groups share.

    Attributes:
        adds: what they share from here on.
        fit: the model, with whatever was let go.
        whole: how much worse sharing it for all items fits than the step before.
        partly: the same after letting go of items; `whole` where none was.
        verdict: of `partly`.
        released: items let go at this step, the worst first, with the test by which they were chosen.
    """

    adds: Shared
    fit: Fit
    whole: Difference
    partly: Difference
    verdict: Verdict
    released: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Invariance:
    """What groups share, step by step, up to the first that fails.

    Attributes:
        configural: the same factors with the same items, all numbers apart.
        steps: in the order of `ORDER`; after one that fails or is unclear there are no more.
        held: what the groups share, as far as steps hold (or nearly).
        released: items let go in the steps that hold.
        may: what may be compared between the groups, in words.
        concerns: what must be said beside the numbers.
    """

    configural: Fit
    steps: tuple[Step, ...]
    held: tuple[Shared, ...]
    released: tuple[str, ...]
    may: tuple[Message, ...]
    concerns: tuple[Message, ...]

    @property
    def final(self) -> Fit:
        """The strictest model that holds."""
        return self.steps[len(self.held) - 1].fit if self.held else self.configural


def ordinal_invariance(
    samples: Mapping[str, OrdinalSample],
    specification: Specification,
    *,
    up_to: Shared = "intercepts",
    partial: bool = True,
    level: float = 0.05,
) -> Invariance:
    """Go through the steps until one fails.

    Args:
        samples: the groups by name; scales and means are relative to the first.
        specification: factors get a variance of 1 in the first group, whatever it says.
        up_to: the last step to try.
        partial: whether items may be let go.
        level: chance of a false alarm at each step.

    Raises:
        ModelCannotBeFitted: fewer than two groups, or as `fit_ordinal`.
    """
    if len(samples) < 2:
        raise one_group()
    model = replace(specification, identification="unit")
    wanted = ORDER[: ORDER.index(up_to) + 1]
    how: Parameterisation = "theta" if "residuals" in wanted else "delta"
    configural = fit_ordinal(samples, model, parameterisation=how)
    walk = _Walk(samples, model, how, partial=partial, level=level)
    steps: list[Step] = []
    before = configural
    for what in wanted:
        step = walk.step(before, what)
        steps.append(step)
        if step.verdict not in (Verdict.HOLDS, Verdict.NEARLY):
            break
        before = step.fit
    held = tuple(step.adds for step in steps if step.verdict in (Verdict.HOLDS, Verdict.NEARLY))
    released = tuple(c.item for step in steps if step.adds in held for c in step.released)
    unclear = bool(steps) and steps[-1].verdict == Verdict.UNCLEAR
    return Invariance(
        configural=configural,
        steps=tuple(steps),
        held=held,
        released=released,
        may=may_be_compared(held, released, unclear=unclear),
        concerns=(*fits_badly(configural.robust), *configural.concerns),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Walk:
    samples: Mapping[str, OrdinalSample]
    specification: Specification
    parameterisation: Parameterisation
    partial: bool
    level: float

    def step(self, before: Fit, what: Shared) -> Step:
        """Share one thing more than the fit before, and let go of items while that fails."""
        sharing = Sharing((*before.sharing.shared, what), before.sharing.released)
        fit = self._fit(before, sharing)
        whole = partly = difference(before, fit)
        released: list[Candidate] = []
        while self.partial and verdict_of(partly, self.level) == Verdict.FAILS:
            found = candidates(fit, what, least=LEAST_SHARED)
            if not found:
                break
            worst = min(found, key=lambda candidate: candidate.rank)
            released.append(worst)
            sharing = sharing.without(what, worst.item)
            fit = self._fit(before, sharing)
            partly = difference(before, fit)
        return Step(what, fit, whole, partly, verdict_of(partly, self.level), tuple(released))

    def _fit(self, before: Fit, sharing: Sharing) -> Fit:
        return fit_ordinal(
            self.samples,
            self.specification,
            parameterisation=self.parameterisation,
            sharing=sharing,
            moments=before.evidence.moments,
        )


def verdict_of(found: Difference, level: float) -> Verdict:
    """From chance and size: a difference matters where the 90 % interval of its RMSEA goes beyond `SMALL`."""
    if found.test.degrees == 0:
        return Verdict.HOLDS
    by_chance = found.test.p_value >= level
    small = found.rmsea.high <= SMALL
    if by_chance:
        return Verdict.HOLDS if small else Verdict.UNCLEAR
    return Verdict.NEARLY if small else Verdict.FAILS
