"""How many times more people a design takes than drawing people one by one: closed forms from the literature."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stepped:
    """Design effects of a stepped start, per team and measurement.

    Attributes:
        correlation: between the means of one team at two measurements.
        of_time: from measuring more than once.
        of_teams: from people working together.
        total: both multiplied.
    """

    correlation: float
    of_time: float
    of_teams: float
    total: float


@dataclass(frozen=True, slots=True)
class BeforeAndAfter:
    """What a measurement before is worth in a lottery of teams.

    Attributes:
        correlation: between the means of one team before and after.
        of_teams: design effect without the measurement before.
        adjusted: factor on the variance where the mean before is a covariate.
        change: factor where the change is analysed; above 1 the measurement before does harm.
    """

    correlation: float
    of_teams: float
    adjusted: float
    change: float


def team_correlation(people: float, icc: float, cac: float, iac: float) -> float:
    """Correlation of a team's means at two measurements: r = (mρπ + (1 − ρ)τ) / (1 + (m − 1)ρ).

    Args:
        people: m per team.
        icc: ρ.
        cac: π, correlation of the team's own part between measurements.
        iac: τ, correlation of a person's own part; 0 where other people answer each time.

    Source: Teerenstra, Eldridge, Graff, de Hoop & Borm (2012), Statistics in Medicine 31.
    """
    return (people * icc * cac + (1 - icc) * iac) / (1 + (people - 1) * icc)


def before_and_after(people: float, icc: float, cac: float, iac: float) -> BeforeAndAfter:
    """(1 + (m − 1)ρ)(1 − r²) with a covariate, 2(1 − r) for change (Teerenstra et al. 2012)."""
    r = team_correlation(people, icc, cac, iac)
    return BeforeAndAfter(correlation=r, of_teams=1 + (people - 1) * icc, adjusted=1 - r**2, change=2 * (1 - r))


def hooper(sequences: int, people: float, icc: float, cac: float, iac: float) -> Stepped:
    """K groups and K + 1 measurements: of_time = 3K(1 − r)(1 + Kr) / ((K² − 1)(2 + Kr)).

    Source: Hooper, Teerenstra, de Hoop & Eldridge (2016), Statistics in Medicine 35.

    Raises:
        ValueError: fewer than two groups.
    """
    if sequences < 2:
        raise ValueError("a stepped start has two groups or more")
    r, k = team_correlation(people, icc, cac, iac), sequences
    of_time = 3 * k * (1 - r) * (1 + k * r) / ((k**2 - 1) * (2 + k * r))
    of_teams = 1 + (people - 1) * icc
    return Stepped(correlation=r, of_time=of_time, of_teams=of_teams, total=of_time * of_teams)


def woertman(steps: int, people: float, icc: float, *, before: int = 1, per_step: int = 1) -> float:
    """(1 + ρ(ktn + bn − 1)) / (1 + ρ(ktn/2 + bn − 1)) · 3(1 − ρ) / (2t(k − 1/k)), other people at each measurement.

    Args:
        steps: k.
        people: n per team and measurement.
        before: b, measurements before the first step.
        per_step: t, measurements after each step.

    Source: Woertman, de Hoop, Moerbeek, Zuidema, Gerritsen & Teerenstra (2013), Journal of Clinical Epidemiology 66.

    Raises:
        ValueError: fewer than two steps.
    """
    if steps < 2:
        raise ValueError("a stepped start has two steps or more")
    k, t, b, n = steps, per_step, before, people
    ratio = (1 + icc * (k * t * n + b * n - 1)) / (1 + icc * (k * t * n / 2 + b * n - 1))
    return ratio * 3 * (1 - icc) / (2 * t * (k - 1 / k))
