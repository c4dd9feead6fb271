"""What a diagnosis says, as values: every number with its uncertainty, every empty place with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lerend.answers.table import Path, Reading
from lerend.disclosure.bands import PeopleBand
from lerend.disclosure.cells import Extreme
from lerend.wording import Message


class Band(StrEnum):
    """How sure we are that a factor is among those with most room; never finer than this."""

    VERY_LIKELY = "very_likely"
    POSSIBLY = "possibly"
    UNLIKELY = "unlikely"


class UnitLevel(StrEnum):
    PROGRAMME = "programme"
    COMPANY = "company"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Room:
    """Why a factor may have most room: the distance to what is attainable, and what goes with closing it.

    Attributes:
        target: attainable score, 1 to 5.
        gap: target minus score, in points of the 1 to 5 scale; negative where the score is already higher.
        association: difference in the outcomes (in standard deviations within companies) that goes with one point
            more on this factor, others equal. No claim of cause.
        gain: expected difference in the outcomes that goes with closing the gap.
        top_five, top_three: probability of being among the five (three) factors with the largest gain; among fewer
            where the model ranks fewer than ten (see `Diagnosis.listed`).
        by_outcome: (outcome id, probability of being among the five for that outcome alone).
        band: the three-step reading of `top_five`.
        robustness: share of the remaining variance of both the factor and the outcomes that an unmeasured influence
            would have to explain to bring the association to nothing (Cinelli & Hazlett 2020).
        leaves_with: how many times as strong as the strongest measured factor an unmeasured influence must be before
            this factor would leave the five; None when it is not among them.
    """

    target: float
    gap: Estimate
    association: Estimate
    gain: Estimate
    top_five: float
    top_three: float
    by_outcome: tuple[tuple[str, float], ...]
    band: Band
    robustness: float
    leaves_with: float | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One factor or outcome in one unit.

    Attributes:
        people: how many people answered this scale (behind the gate in a band); None where that may not be said.
        score: 1 to 5, partially pooled; None where it may not be shown, and then `hidden` says why.
        words: what is said in place of a score that would tell what each person answered.
        can_be_chance: the interval crosses the unit's own mean over all factors.
        room: None for factors that are never ranked, for outcomes, and where a unit has too few answers to rank.
        spread: standard deviation between the teams (for a programme: between companies) in points.
        differs: the spread is larger than chance would make it.
        sentence: what this means, in plain words.
    """

    scale: str
    people: int | PeopleBand | None
    score: Estimate | None
    can_be_chance: bool
    hidden: Message | None = None
    words: Extreme | None = None
    room: Room | None = None
    spread: Estimate | None = None
    differs: bool = False
    sentence: Message | None = None


@dataclass(frozen=True, slots=True)
class Strength:
    """A factor that is among the three with the highest scores, with the probability that it is."""

    factor: str
    probability: float
    sentence: Message


@dataclass(frozen=True, slots=True)
class Gap:
    """Management's view minus employees' view of one factor, in points.

    `seen_by` is ``company_form`` or ``leaders``.
    """

    factor: str
    seen_by: str
    management: float
    employees: Estimate
    difference: Estimate
    can_be_chance: bool
    sentence: Message


@dataclass(frozen=True, slots=True)
class UnitDiagnosis:
    """Everything about one unit.

    Attributes:
        label: what the unit is called on screen.
        people: None where the number itself may not be said.
        own_mean: mean score over all shown plain factors, the reference line of the picture.
        joined_with: names of other units whose answers had to be added before anything could be shown.
        bottlenecks: ids of at most five factors, most probable first; those in band *unlikely* are left out.
        why_not_ranked: says why `bottlenecks` is empty, where it is.
        headline: five sentences, the answer in brief.
    """

    path: Path
    level: UnitLevel
    label: str
    people: int | PeopleBand | None
    findings: tuple[Finding, ...]
    own_mean: float | None
    strengths: tuple[Strength, ...] = ()
    bottlenecks: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    joined_with: tuple[str, ...] = ()
    hidden: Message | None = None
    why_not_ranked: Message | None = None
    headline: tuple[Message, ...] = ()

    def finding(self, scale: str) -> Finding:
        return next(finding for finding in self.findings if finding.scale == scale)


@dataclass(frozen=True, slots=True)
class ScaleQuality:
    """How well one scale measures: reliability, differences between units, agreement within them.

    None where the data cannot say (one item, one unit).
    """

    scale: str
    items: int
    people: int | PeopleBand
    alpha: Estimate | None
    omega: Estimate | None
    icc1: float | None
    icc2: float | None
    rwg_uniform: float | None
    rwg_skewed: float | None


@dataclass(frozen=True, slots=True)
class Trail:
    """Where the numbers come from: what another researcher needs to get the same ones."""

    model: str
    model_digest: str
    instrument: str
    inputs_digest: str
    code_version: str
    seed: int
    draws: int
    k: int
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The outcome of one round of answers over a programme, its companies and its teams.

    `listed` is how many factors count as those with most room: five, or half of the factors where a model ranks fewer
    than ten.
    """

    trail: Trail
    reading: Reading
    programme: UnitDiagnosis
    companies: tuple[UnitDiagnosis, ...]
    teams: tuple[UnitDiagnosis, ...]
    quality: tuple[ScaleQuality, ...]
    listed: int
    target_is_stated: bool
    shareable: bool
    simulated: bool
    notes: tuple[Message, ...] = ()
