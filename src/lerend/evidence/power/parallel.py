"""Two groups of teams side by side: closed forms. The variance between people in all teams together is 1."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from lerend.evidence.power.tail import power_t, power_z, smallest_seen


@dataclass(frozen=True, slots=True)
class Parallel:
    """What two groups of teams can show.

    Attributes:
        design_effect: how many times more people are needed than if people were drawn one by one.
        se: standard error of the difference, in standard deviations between people.
        df: degrees of freedom, from the number of teams.
        ratio: the effect in standard errors.
        power_t: chance of finding the effect, with the variance estimated from the teams; the one to report.
        power_z: the same with the variance known; too good for few teams.
        smallest: the effect that is found with a chance of 80 %.
    """

    design_effect: float
    se: float
    df: float
    ratio: float
    power_t: float
    power_z: float
    smallest: float


def parallel(
    teams_per_arm: int,
    people: float,
    effect: float,
    icc: float,
    *,
    between_explained: float = 0.0,
    within_explained: float = 0.0,
    size_variation: float = 0.0,
    alpha: float = 0.05,
) -> Parallel:
    """Teams of `people` each, half of which work with the approach.

    SE = √(2/k · (ρ(1 − R²between) + (1 − ρ)(1 − R²within)/m)), df = 2k − 2 (Donner & Klar 2000; Bloom 2005). The design
    effect is 1 + ((cv² + 1)m − 1)ρ (Eldridge, Ashby & Kerry 2006) and has no part in the standard error.

    Args:
        teams_per_arm: k.
        people: m, who answer per team.
        effect: in standard deviations between people.
        icc: ρ, the share of the variance that lies between teams.
        between_explained: share of the variance between teams that what was measured before explains.
        within_explained: the same within teams.
        size_variation: coefficient of variation of the team sizes.

    Raises:
        ValueError: fewer than two teams per arm, nobody in them, or a share outside 0 to 1.
    """
    if teams_per_arm < 2 or people <= 0 or not all(0 <= v <= 1 for v in (icc, between_explained, within_explained)):
        raise ValueError("power needs two teams per arm, people in them, and shares from 0 to 1")
    variance = icc * (1 - between_explained) + (1 - icc) * (1 - within_explained) / people
    se = sqrt(2 / teams_per_arm * variance)
    df = 2.0 * teams_per_arm - 2
    return Parallel(
        design_effect=1 + ((size_variation**2 + 1) * people - 1) * icc,
        se=se,
        df=df,
        ratio=effect / se,
        power_t=power_t(effect / se, df, alpha),
        power_z=power_z(effect / se, alpha),
        smallest=smallest_seen(se, df, 0.8, alpha),
    )
