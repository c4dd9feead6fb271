"""Many factors and one outcome: ceilings, both p's, and whether a factor is marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from lerend.statistics.interval import Interval, normal_quantile
from lerend.statistics.necessity.bottleneck import Need, need_at
from lerend.statistics.necessity.ceilings import CeilingKind
from lerend.statistics.necessity.chance import BOTH, Chance, adjusted, chance_of
from lerend.statistics.necessity.corner import Corner, Scope, Values
from lerend.statistics.necessity.pair import Necessity, necessity

MARK_P: Final = 0.10
MARK_SIZE: Final = 0.10
MARK_ACCURACY: Final = 95.0
MARKED_BY: Final = CeilingKind.CR_FDH
"""The ceiling that a mark rests on: it alone can be wrong about points, so that its accuracy says something."""
BLOCKED: Final = 0.5
"""Share of people below what is required from which a marked factor is the first to look at."""


@dataclass(frozen=True, slots=True)
class Below:
    """How many are below what the ceiling asks for at an outcome.

    Attributes:
        outcome: the outcome that is wanted.
        required: None where nothing is needed there, or nothing suffices.
        share: of the points below `required`; None with it.
        interval: of the share (Wilson 1927).
    """

    outcome: float
    need: Need
    required: float | None
    share: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class FactorNecessity:
    """What is to be said of one factor.

    Attributes:
        left_out: rows that lack the factor or the outcome.
        chance: by ceiling.
        adjusted_p: of the copula, over all factors asked about (Benjamini & Hochberg 1995), by the ceiling marks rest on.
        marked: the corner is emptier than going together explains: a description, no proof that anything is necessary.
        below: for the outcome that is wanted; None where none was named.
    """

    factor: str
    necessity: Necessity
    left_out: int
    chance: Mapping[CeilingKind, Chance]
    adjusted_p: float
    marked: bool
    below: Below | None

    @property
    def blocked(self) -> bool:
        """Marked, and at least half are below what the wanted outcome asks for: the first to look at."""
        return self.marked and self.below is not None and self.below.share is not None and self.below.share >= BLOCKED


def necessity_of_factors(
    factors: Mapping[str, Values],
    y: Values,
    *,
    rng: np.random.Generator,
    permutations: int = 2_000,
    draws: int = 500,
    corner: Corner = Corner.UPPER_LEFT,
    scopes: Mapping[str, Scope] | None = None,
    kinds: Sequence[CeilingKind] = BOTH,
    wanted: float | None = None,
) -> tuple[FactorNecessity, ...]:
    """Ceilings, p's and marks of all factors, in their order. Rows that lack a value are left out for each factor apart.

    Args:
        factors: (n,) each; NaN where a value is missing.
        y: (n,) the outcome; NaN where it is missing.
        scopes: lowest and highest possible values, of each factor or of none.
        kinds: must hold `MARKED_BY`.
        wanted: an outcome for which to say how many are below what is required.

    Raises:
        NoCeilingPossible: as `necessity`.
    """
    known = {name: ~(np.isnan(x) | np.isnan(y)) for name, x in factors.items()}
    chances: dict[str, Mapping[CeilingKind, Chance]] = {}
    for names in _alike(known):
        rows = known[names[0]]
        found = chance_of(
            np.column_stack([factors[name][rows] for name in names]),
            y[rows],
            rng=rng,
            permutations=permutations,
            draws=draws,
            corner=corner,
            scopes=[scopes[name] for name in names] if scopes else None,
            kinds=kinds,
        )
        chances |= dict(zip(names, found, strict=True))
    told = []
    for name, x in factors.items():
        rows = known[name]
        seen = necessity(x[rows], y[rows], corner=corner, scope=scopes[name] if scopes else None, kinds=kinds)
        below = None if wanted is None else share_below(x[rows], y[rows], wanted, corner=corner, scope=seen.scope)
        told.append(FactorNecessity(name, seen, int((~rows).sum()), chances[name], 1.0, marked=False, below=below))
    return marked(told)


def marked(factors: Sequence[FactorNecessity]) -> tuple[FactorNecessity, ...]:
    """The same with p's adjusted over all of them, and marks."""
    p = adjusted(np.array([factor.chance[MARKED_BY].copula.p for factor in factors]))
    found = []
    for factor, value in zip(factors, p.tolist(), strict=True):
        ceiling = factor.necessity.by(MARKED_BY)
        mark = value < MARK_P and ceiling.effect_size >= MARK_SIZE and ceiling.accuracy >= MARK_ACCURACY
        found.append(replace(factor, adjusted_p=value, marked=mark))
    return tuple(found)


def share_below(
    x: Values,
    y: Values,
    outcome: float,
    *,
    corner: Corner = Corner.UPPER_LEFT,
    scope: Scope | None = None,
    level: float = 0.95,
) -> Below:
    """How many are on the wrong side of what the CR-FDH ceiling asks for at an outcome."""
    need, required = need_at(x, y, MARKED_BY, outcome, corner=corner, scope=scope)
    if required is None:
        return Below(outcome, need, None, None, None)
    short = corner.x_sign * x < corner.x_sign * required
    share = float(short.mean())
    return Below(outcome, need, required, share, _wilson(share, len(x), level))


def _wilson(share: float, n: int, level: float) -> Interval:
    z = normal_quantile(level)
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * float(np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2)))
    return Interval(max(middle - half, 0.0), min(middle + half, 1.0))


def _alike(known: Mapping[str, np.ndarray[tuple[int], np.dtype[np.bool_]]]) -> list[list[str]]:
    """Factors that the same rows are known of, which can share permutations."""
    together: dict[bytes, list[str]] = {}
    for name, rows in known.items():
        together.setdefault(rows.tobytes(), []).append(name)
    return list(together.values())
