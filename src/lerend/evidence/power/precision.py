"""How precisely a design measures its effect, for the teams that are in it."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.evidence.design.kinds import Kind
from lerend.evidence.design.pilot import Assigned, PilotDesign
from lerend.evidence.power.variance import Spread, effect_variance, mean_covariance
from lerend.wording import Message, say

FROM_RESEARCH: Final = say("From earlier research on teams, not from this company.")
FROM_OWN_ROUNDS: Final = say("From the rounds of the companies that take part.")

_WITH_SLOPE: Final = (Kind.LOTTERY, Kind.TIE_BREAKER, Kind.CUT_OFF, Kind.ENCOURAGEMENT)
"""Where the mean before is a covariate whose slope is not known beforehand."""


@dataclass(frozen=True, slots=True)
class Assumed:
    """What is taken as given before anything was measured; variances are shares of that between all people.

    Attributes:
        icc: share between teams.
        cac: correlation of a team's own part between two measurements.
        iac: correlation of a person's own part between two measurements; 0 where other people answer each time.
        uptake: with an invitation by lot, how much larger the share of invited teams that begin is.
        source: where these come from, in words.
    """

    icc: float = 0.10
    cac: float = 0.8
    iac: float = 0.6
    uptake: float = 0.5
    source: Message = FROM_RESEARCH

    def __post_init__(self) -> None:
        if not all(0 <= share < 1 for share in (self.icc, self.iac)) or not 0 <= self.cac <= 1:
            raise ValueError("shares of variance lie from 0 to 1, and not all of it is between teams")
        if not 0 < self.uptake <= 1:
            raise ValueError("an invitation that nobody follows shows nothing")

    @property
    def spread(self) -> Spread:
        return Spread(
            person=sqrt((1 - self.icc) * (1 - self.iac)),
            team=sqrt(self.icc * self.cac),
            team_wave=sqrt(self.icc * (1 - self.cac)),
            cohort=sqrt((1 - self.icc) * self.iac),
        )


@dataclass(frozen=True, slots=True)
class Precision:
    """Standard error of the effect in standard deviations between people, and its degrees of freedom."""

    se: float
    df: float


def precision_of(design: PilotDesign, assumed: Assumed | None = None) -> Precision:
    """Generalised least squares on the means of the teams at each wave, everybody answering each time.

    With a lottery this is the analysis with the measurement before as covariate: its variance is
    (1 + (m − 1)ρ)(1 − r²)/m · (1/teams that begin + 1/teams that wait), times 1 + 1/(degrees of freedom − 1) because the
    slope on that covariate must be estimated too. Degrees of freedom are teams minus what is estimated between them.

    Raises:
        ValueError: the design cannot tell its effect from time or motivation.
    """
    assumed = assumed or Assumed()
    people = np.repeat(np.array([[one.people] for one in design.placements], dtype=np.float64), design.waves, axis=1)
    treated = design.treated()
    covariance = mean_covariance(assumed.spread, treated, people)
    variance = effect_variance(_columns(design, treated), covariance, people)
    df = max(1.0, float(len(design.placements) - _estimated(design)))
    if design.kind in _WITH_SLOPE:
        variance *= 1 + 1 / max(1.0, df - 1)
    return Precision(sqrt(variance) / (assumed.uptake if design.kind is Kind.ENCOURAGEMENT else 1), df)


def _columns(design: PilotDesign, treated: NDArray[np.bool_]) -> NDArray[np.float64]:
    teams, waves = treated.shape
    effect = treated[:, :, None].astype(np.float64)
    if design.kind is Kind.BEFORE_AFTER:
        return np.concatenate([np.ones((teams, waves, 1)), effect], axis=2)
    levels = np.broadcast_to(np.eye(waves), (teams, waves, waves))
    parts = [levels]
    if design.kind in {Kind.TIE_BREAKER, Kind.CUT_OFF}:
        score = np.array([one.motivation or 0.0 for one in design.placements])
        parts.append(levels * (score - score.mean())[:, None, None])
    if design.kind is Kind.COMPARISON:
        parts.append(np.broadcast_to(treated[:, -1][:, None, None], (teams, waves, 1)).astype(np.float64))
    return np.concatenate([*parts, effect], axis=2)


def _estimated(design: PilotDesign) -> int:
    """Means between teams, for the degrees of freedom."""
    if design.kind in {Kind.LOTTERY, Kind.ENCOURAGEMENT}:
        return 2 + len({one.block for one in design.placements if one.assigned is Assigned.LOT})
    return {Kind.TIE_BREAKER: 4, Kind.CUT_OFF: 4, Kind.BEFORE_AFTER: 1}.get(design.kind, 2)
