"""Two lenses beside each other: factors weighed one by one over all sets, and combinations of them (configurations).

They ask different things: what goes with a larger effect on average, and which combinations go with success. What both
show is still no proof; what only one shows is said as such.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from lerend.evidence.success_factors.averaging import CANDIDATE, SuccessFactor, SuccessFactors
from lerend.statistics.configurations.chance import Chance
from lerend.statistics.configurations.robustness import Robustness
from lerend.statistics.configurations.saying import MORE_THAN_NOISE
from lerend.wording import Message, say

ROBUST: Final = 0.75
"""Share of the other choices under which a path must come back, itself or with fewer or more conditions."""


class Seen(StrEnum):
    """Where a factor is seen."""

    BOTH = "both"
    WEIGHED = "weighed"
    """Only by weighing all sets of factors."""
    COMBINED = "combined"
    """Only in all robust combinations."""
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class InBothLenses:
    """One factor under both lenses.

    Attributes:
        in_paths: how many robust paths hold it in the direction in which it works.
        turned: how many hold it the other way round.
    """

    factor: SuccessFactor
    seen: Seen
    in_paths: int
    turned: int


@dataclass(frozen=True, slots=True)
class Lenses:
    """All factors under both lenses, in the order of `SuccessFactors`.

    Attributes:
        robust: paths that stay under all other choices; none where noise gives paths as good.
        noise: the paths are no better than what chance gives, so that they count for nothing.
        sentence: what to say above it.
    """

    factors: tuple[InBothLenses, ...]
    robust: tuple[str, ...]
    noise: bool
    sentence: Message


def both_lenses(found: SuccessFactors, checks: Sequence[Robustness], chance: Chance) -> Lenses:
    """The factors of `found` beside the paths of a solution, whose conditions are called by the ids of the factors.

    Args:
        checks: of one and the same solution, over other cuts, anchors and cases.
    """
    noise = chance.p > MORE_THAN_NOISE
    robust = () if noise else _robust(checks)
    return Lenses(tuple(_under(factor, robust) for factor in found.factors), robust, noise, _said(robust, noise=noise))


def _robust(checks: Sequence[Robustness]) -> tuple[str, ...]:
    shares: dict[str, list[float]] = {}
    for check in checks:
        for path in check.paths:
            shares.setdefault(path.expression, []).append(path.related)
    return tuple(
        path for path, each in sorted(shares.items()) if len(each) == len(checks) and min(each, default=0.0) >= ROBUST
    )


def _under(factor: SuccessFactor, robust: tuple[str, ...]) -> InBothLenses:
    there, absent = factor.factor.id, f"~{factor.factor.id}"
    works, against = (there, absent) if factor.effect >= 0 else (absent, there)
    parts = [path.split("*") for path in robust]
    in_paths, turned = sum(works in path for path in parts), sum(against in path for path in parts)
    combined = bool(robust) and in_paths == len(robust)
    weighed = factor.probability >= CANDIDATE
    if combined and weighed:
        return InBothLenses(factor, Seen.BOTH, in_paths, turned)
    seen = Seen.WEIGHED if weighed else Seen.COMBINED if combined else Seen.NEITHER
    return InBothLenses(factor, seen, in_paths, turned)


def _said(robust: tuple[str, ...], *, noise: bool) -> Message:
    if noise:
        return say("The combinations are no better than what chance gives, so they count for nothing here.")
    if not robust:
        return say("No combination stays when something is chosen a little otherwise, so they count for nothing here.")
    return say("A factor that both ways of looking show deserves to be tried first. It is still no proof.")
