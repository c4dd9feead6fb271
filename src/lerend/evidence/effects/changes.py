"""Changes in standard deviations, from means and spreads alone: what other studies report, and meta-analyses take.

Differences between groups at one time are `lerend.statistics.differences`. All are made unbiased for small groups by
J(m) = Γ(m/2)/(√(m/2) Γ((m − 1)/2)) (Hedges 1981); variances are those for large groups.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, sqrt
from typing import Literal, TypeAlias

from lerend.statistics.differences import GroupSummary


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """The same people before and after; `together` is the correlation of both scores."""

    before: GroupSummary
    after: GroupSummary
    together: float

    def __post_init__(self) -> None:
        if self.people < 2 or not self.before.deviation > 0 or not self.change_deviation > 0:
            raise ValueError("a standardised change needs two people or more, who differ, before and in their changes")

    @property
    def people(self) -> int:
        return self.before.people

    @property
    def change(self) -> float:
        return self.after.mean - self.before.mean

    @property
    def change_deviation(self) -> float:
        """Standard deviation of the changes."""
        one, other = self.before.deviation, self.after.deviation
        return sqrt(max(0.0, one**2 + other**2 - 2 * self.together * one * other))


@dataclass(frozen=True, slots=True)
class StandardisedChange:
    """A size in standard deviations with its variance."""

    value: float
    variance: float


By: TypeAlias = Literal["before", "before, unequal spread", "change"]
"""Which standard deviation a change is divided by; with unequal spread its variance does not take both times as spread alike."""


def change_of(group: BeforeAfter, by: By = "before") -> StandardisedChange:
    """The change of one group: over the spread before (Becker 1988; Bonett 2008) or over that of the changes (Gibbons 1993)."""
    n, factor = group.people, small_sample(group.people - 1)
    if by == "change":
        value = factor * group.change / group.change_deviation
        return StandardisedChange(value, 1 / n + value**2 / (2 * n))
    value = factor * group.change / group.before.deviation
    if by == "before":
        return StandardisedChange(value, 2 * (1 - group.together) / n + value**2 / (2 * n))
    spread = group.change_deviation**2 / group.before.deviation**2 / (n - 1)
    return StandardisedChange(value, spread + value**2 / (2 * (n - 1)))


def difference_of_changes(begun: BeforeAfter, others: BeforeAfter) -> StandardisedChange:
    """What those that began changed more, over the pooled spread before: the d of Morris (2008) for groups before and after.

    The variance (equation 25 there) takes the mean of both correlations, and five people or more in both groups together.
    """
    n, m = begun.people, others.people
    squares = (n - 1) * begun.before.deviation**2 + (m - 1) * others.before.deviation**2
    factor = small_sample(n + m - 2)
    value = factor * (begun.change - others.change) / sqrt(squares / (n + m - 2))
    scale = (2 - begun.together - others.together) * (n + m) / (n * m)
    variance = factor**2 * (n + m - 2) / (n + m - 4) * (scale + value**2) - value**2 if n + m > 4 else float("nan")
    return StandardisedChange(value, variance)


def small_sample(df: float) -> float:
    """J: by how much a standardised size must shrink to be right on average."""
    from scipy.special import gammaln  # noqa: PLC0415 -- SciPy costs half a second to import

    return exp(float(gammaln(df / 2) - gammaln((df - 1) / 2))) / sqrt(df / 2)
