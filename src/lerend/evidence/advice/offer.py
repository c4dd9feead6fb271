"""What can be chosen: an existing solution with what is thought of it, or one of the steps that are always open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import hypot
from typing import Final

from lerend.evidence.grading.literature import UNKNOWN
from lerend.evidence.grading.standing import Standing
from lerend.evidence.pooling.problems import wrong
from lerend.evidence.pooling.tails import normal_p
from lerend.statistics.interval import Interval
from lerend.wording import Message, say

_Z: Final = 1.959963984540054


class Kind(StrEnum):
    """What sort of step it is."""

    EXISTING = "existing"
    NEW = "new"
    """Make something new together, as a pilot."""
    FIND_OUT = "find_out"
    """First find out more about the bottleneck."""
    LEAVE = "leave"
    """Leave it as it is for now."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that a company can do, with what is thought of its effect there.

    Attributes:
        id: of the intervention; for the steps that are always open, the kind.
        mean: expected effect on its main factor, in standard deviations between people.
        mean_deviation: doubt about the mean over companies.
        spread: standard deviation of true effects between companies.
        pilots: independent pilots or studies behind it.
        targets: factor → share of the effect that it has there; 1 for the main one.
        applicable: what it cannot do without is there.
        bearable: the company can bear the effort now.
        why_not: the reason, where one of these two is false.

    Raises:
        EffectsAreWrong: a doubt or spread below zero.
    """

    id: str
    mean: float
    mean_deviation: float
    spread: float
    pilots: int
    targets: Mapping[str, float] = field(default_factory=dict)
    applicable: bool = True
    bearable: bool = True
    why_not: Message | None = None
    kind: Kind = Kind.EXISTING

    def __post_init__(self) -> None:
        if not (self.mean_deviation >= 0 and self.spread >= 0):
            what = say("The doubt about this effect is below zero or unknown.")
            raise wrong(f"offer {self.id}", what, say("Give deviations of zero or more."))

    @property
    def deviation(self) -> float:
        """Of the effect in a company that starts now."""
        return hypot(self.mean_deviation, self.spread)

    @property
    def interval(self) -> Interval:
        """Holds the effect in a company that starts now with probability .95."""
        return Interval(self.mean - _Z * self.deviation, self.mean + _Z * self.deviation)

    @property
    def can_be_done(self) -> bool:
        return self.applicable and self.bearable

    def above(self, threshold: float) -> float:
        """Probability that the effect in a company that starts now is larger."""
        if self.deviation == 0:
            return float(self.mean > threshold)
        tail = 0.5 * normal_p((self.mean - threshold) / self.deviation)
        return 1 - tail if self.mean > threshold else tail


def offer_of(
    id: str,
    standing: Standing,
    targets: Mapping[str, float],
    *,
    studies: int = 0,
    applicable: bool = True,
    bearable: bool = True,
    why_not: Message | None = None,
) -> Offer:
    """An intervention of the catalogue, as it stands (`grading.standing`); `studies` are published, beside its pilots."""
    whole = (standing.interval.high - standing.interval.low) / (2 * _Z)
    mean = min((standing.mean_interval.high - standing.mean_interval.low) / (2 * _Z), whole)
    return Offer(
        id=id,
        mean=standing.effect,
        mean_deviation=mean,
        spread=(whole**2 - mean**2) ** 0.5,
        pilots=standing.companies + studies,
        targets=dict(targets),
        applicable=applicable,
        bearable=bearable,
        why_not=why_not,
    )


def something_new(factor: str) -> Offer:
    """What we hold likely of something that does not exist yet: as of what exists and was never measured."""
    mean, doubt, spread = UNKNOWN.mean, UNKNOWN.deviation, UNKNOWN.spread.scale
    return Offer("new", mean, doubt, spread, 0, {factor: 1.0}, kind=Kind.NEW)


FIND_OUT: Final = Offer("find_out", 0.0, 0.0, 0.0, 0, kind=Kind.FIND_OUT)
LEAVE: Final = Offer("leave", 0.0, 0.0, 0.0, 0, kind=Kind.LEAVE)
