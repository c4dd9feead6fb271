"""The one value that leaves this room: an effect, with everything that is needed to read it rightly."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import isfinite
from typing import Final

from lerend.evidence.design.kinds import Kind
from lerend.evidence.effects.by_lot import LotTest
from lerend.statistics.interval import Interval
from lerend.wording import Message

LEVEL: Final = 0.95


class Method(StrEnum):
    """How the number was computed."""

    ANCOVA = "ancova"
    """Means of teams after, with their means before as covariate."""
    CHANGE = "change"
    """Difference in differences: what teams changed, compared."""
    STEPPED = "stepped"
    """Teams and waves together, by generalised least squares."""
    INSTRUMENT = "instrument"
    """The effect of being invited, over how many more began because of it."""
    BEFORE_AFTER = "before_after"


class Basis(StrEnum):
    """Where the p-value comes from."""

    LOT = "lot"
    """All lots that could have been drawn; the primary test up to 12 teams."""
    T = "t"
    """Student's t with Satterthwaite's degrees of freedom."""
    ANYTIME = "anytime"
    """Valid however often one looks."""
    NOTHING = "nothing"
    """There is nothing to compare with, so there is no test."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a pilot did, in standard deviations between people at the wave before.

    Attributes:
        kind: of the design; before and after is never an effect (`is_effect`).
        method: how it was computed.
        estimand, label: what the number is about, and by which design, in words.
        estimate, se, df: with standard error and degrees of freedom.
        interval: of `level`; the one that is valid now (at a look before the end it is wider). It goes with the test: all
            effects that this test does not reject. It has no ends where too few lots were possible to give any.
        p: two-sided; None where nothing tests it, and at a look before the end.
        tested_by: where `p` comes from.
        smallest: the smallest effect worth having.
        worth: probability that the effect is larger than that, from the t distribution around the estimate and no prior.
        above_zero: probability that it is larger than nothing.
        deviation: points of the scale that one standard deviation is.
        teams, people, organisations: behind it; people at the last wave used.
        wave, last_wave: at which it was computed, and the last of the plan.
        assumptions: under which the number means what it says.
        cannot_say: what nobody may read in it.
        remarks: what happened that matters for reading it.
        digest: of the design and the measurements.
        by_lot: the lots themselves where they are the test, for the interval of any level.
    """

    kind: Kind
    method: Method
    estimand: Message
    label: Message
    estimate: float
    se: float
    df: float
    interval: Interval
    level: float
    p: float | None
    tested_by: Basis
    smallest: float
    worth: float
    above_zero: float
    deviation: float
    teams: int
    people: int
    organisations: int
    wave: int
    last_wave: int
    assumptions: tuple[Message, ...]
    cannot_say: tuple[Message, ...]
    remarks: tuple[Message, ...]
    digest: str
    by_lot: LotTest | None = field(default=None, compare=False, repr=False)

    @property
    def is_effect(self) -> bool:
        """Whether it may be called an effect."""
        return self.kind.estimates_effect

    @property
    def is_final(self) -> bool:
        """Whether it was computed at the last wave of the plan."""
        return self.wave == self.last_wave

    @property
    def has_limits(self) -> bool:
        """Whether the interval has ends at all."""
        return isfinite(self.interval.low) and isfinite(self.interval.high)

    @property
    def points(self) -> float:
        """The estimate in points of the scale."""
        return self.estimate * self.deviation

    @property
    def points_interval(self) -> Interval:
        """The interval in points of the scale."""
        return Interval(self.interval.low * self.deviation, self.interval.high * self.deviation)

    def read_by(self, *, interval: Interval, p: float | None, tested_by: Basis, remark: Message) -> Effect:
        """The same estimate with another interval and test, such as those that are valid at an early look."""
        return replace(self, interval=interval, p=p, tested_by=tested_by, remarks=(*self.remarks, remark))


def probability_above(limit: float, estimate: float, se: float, df: float) -> float:
    """Probability that the effect is above a limit: t around the estimate, every size as likely beforehand."""
    from scipy.special import stdtr  # noqa: PLC0415 -- SciPy costs half a second to import

    return float(stdtr(df, (estimate - limit) / se))
