"""Necessity from tables of factor band by outcome band: what is left of a frozen wave, at a cost that people do not raise.

Peers are never told: in the corner of a table they are few people.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lerend.errors import Problem
from lerend.statistics.necessity.ceilings import CeilingKind
from lerend.statistics.necessity.chance import (
    BOTH,
    Chance,
    as_large_as,
    by_chance,
    latent_correlation,
)
from lerend.statistics.necessity.corner import Corner, NoCeilingPossible, Scope, Values, checked_scope, observed_scope
from lerend.statistics.necessity.drawn import Highest, effect_sizes, unit_scope
from lerend.statistics.necessity.factors import FactorNecessity, marked
from lerend.statistics.necessity.pair import Necessity, necessity
from lerend.wording import say

Counts = NDArray[np.int64]
_WITHIN_A_BAND = 64
"""Points at which the outcome is worked out within a band of the factor."""


@dataclass(frozen=True, slots=True, eq=False)
class BandTable:
    """How many people are in each band of a factor and each band of the outcome.

    Attributes:
        counts: (factor bands, outcome bands).
        x: (factor bands,) the value that stands for each band, ascending.
        y: (outcome bands,) the same of the outcome.
    """

    counts: Counts
    x: Values
    y: Values


def necessity_of_bands(
    tables: Mapping[str, BandTable],
    *,
    rng: np.random.Generator,
    permutations: int = 2_000,
    draws: int = 500,
    corner: Corner = Corner.UPPER_LEFT,
    scopes: Mapping[str, Scope] | None = None,
    kinds: Sequence[CeilingKind] = BOTH,
) -> tuple[FactorNecessity, ...]:
    """As `necessity_of_factors`, of people who are known by their bands.

    Permutations become tables with the same margins; the copula becomes what it gives people in each band of the factor.

    Raises:
        NoCeilingPossible: as `necessity`, or where a table is not one.
    """
    told = []
    for name, table in tables.items():
        full = _without_empty(table)
        scope = scopes[name] if scopes else None
        x, y = _as_points(full)
        seen = _without_peers(necessity(x, y, corner=corner, scope=scope, kinds=kinds))
        chance = _chance(full, corner, scope, kinds, (permutations, draws), rng)
        told.append(FactorNecessity(name, seen, 0, chance, 1.0, marked=False, below=None))
    return marked(told)


def _chance(
    table: BandTable,
    corner: Corner,
    scope: Scope | None,
    kinds: Sequence[CeilingKind],
    draws: tuple[int, int],
    rng: np.random.Generator,
) -> Mapping[CeilingKind, Chance]:
    used = checked_scope(observed_scope(*_ends(table)), scope).turned(corner)
    counts = table.counts[:: corner.x_sign, :: corner.y_sign]
    x, y = unit_scope(corner.x_sign * table.x[:: corner.x_sign], corner.y_sign * table.y[:: corner.y_sign], used)
    correlation, latent = latent_correlation(*_midranks_of(counts))
    seen = effect_sizes(_highest(counts[:, :, None]), x, y, kinds)
    drawn = (
        effect_sizes(_highest(_with_margins(counts, draws[0], rng)), x, y, kinds),
        effect_sizes(_highest(_from_copula(counts, latent, draws[1], rng)), x, y, kinds),
    )
    found = {}
    for kind in kinds:
        size = float(seen[kind][0])
        by_permutation, by_copula = (
            by_chance(as_large_as(sizes[kind], size), number) for sizes, number in zip(drawn, draws, strict=True)
        )
        found[kind] = Chance(kind, size, correlation, by_permutation, by_copula)
    return found


def _with_margins(counts: Counts, draws: int, rng: np.random.Generator) -> Counts:
    """(factor bands, outcome bands, draws) tables with the same margins, when nothing goes together."""
    left = np.repeat(counts.sum(axis=0)[:, None], draws, axis=1)
    tables = np.zeros((*counts.shape, draws), dtype=np.int64)
    for band, people in enumerate(counts.sum(axis=1).tolist()):
        open_ = np.full(draws, people)
        rest = left.sum(axis=0)
        for level in range(counts.shape[1]):
            rest = rest - left[level]
            tables[band, level] = rng.hypergeometric(left[level], rest, open_)
            open_ = open_ - tables[band, level]
        left = left - tables[band]
    return tables


def _from_copula(counts: Counts, latent: float, draws: int, rng: np.random.Generator) -> Counts:
    """(factor bands, outcome bands, draws) tables of a Gaussian copula, as many people in each band of the factor."""
    from scipy.special import ndtr, ndtri  # noqa: PLC0415 -- SciPy costs half a second to import

    people = counts.sum()
    borders = ndtri(np.cumsum(counts.sum(axis=0))[:-1] / people)
    upto = np.concatenate([[0], np.cumsum(counts.sum(axis=1))]) / people
    tables = np.empty((*counts.shape, draws), dtype=np.int64)
    for band, of_band in enumerate(counts.sum(axis=1).tolist()):
        inside = (np.arange(_WITHIN_A_BAND) + 0.5) / _WITHIN_A_BAND
        z = ndtri(upto[band] + (upto[band + 1] - upto[band]) * inside)
        below = ndtr((borders[:, None] - latent * z) / np.sqrt(1 - latent**2)).mean(axis=1)
        shares = np.clip(np.diff(np.concatenate([[0.0], below, [1.0]])), 0.0, None)
        tables[band] = rng.multinomial(of_band, shares / shares.sum(), size=draws).T
    return tables


def _highest(tables: Counts) -> Highest:
    levels = np.arange(tables.shape[1])[:, None]
    local = np.where(tables > 0, levels, 0).max(axis=1)
    top = np.maximum.accumulate(local, axis=0)
    count = np.take_along_axis(tables, top[:, None, :], axis=1)[:, 0, :]
    return Highest(top.astype(np.int32), np.maximum(count, 1).astype(np.int32))


def _without_empty(table: BandTable) -> BandTable:
    counts = table.counts
    if counts.ndim != 2 or counts.shape != (len(table.x), len(table.y)) or (counts < 0).any():
        what = say("A table of bands needs a count of zero or more for each band of the factor and of the outcome.")
        raise NoCeilingPossible([Problem("necessity", what, say("Give one value for each of its rows and columns."))])
    if (np.diff(table.x) <= 0).any() or (np.diff(table.y) <= 0).any():
        what = say("The values of the bands do not rise.")
        raise NoCeilingPossible([Problem("necessity", what, say("Put the bands in order, from low to high."))])
    rows, columns = counts.sum(axis=1) > 0, counts.sum(axis=0) > 0
    return BandTable(counts[np.ix_(rows, columns)], table.x[rows], table.y[columns])


def _as_points(table: BandTable) -> tuple[Values, Values]:
    counts = table.counts.ravel()
    across = np.repeat(table.x, len(table.y))
    return np.repeat(across, counts), np.repeat(np.tile(table.y, len(table.x)), counts)


def _ends(table: BandTable) -> tuple[Values, Values]:
    return table.x[[0, -1]].astype(np.float64), table.y[[0, -1]].astype(np.float64)


def _midranks_of(counts: Counts) -> Iterator[Values]:
    """Ranks of all people by their band, of the factor and of the outcome."""
    for axis, margin in enumerate((counts.sum(axis=1), counts.sum(axis=0))):
        midrank = np.cumsum(margin) - (margin - 1) / 2
        wide = np.broadcast_to(midrank[:, None] if axis == 0 else midrank, counts.shape)
        yield np.repeat(wide.ravel(), counts.ravel())


def _without_peers(seen: Necessity) -> Necessity:
    return replace(seen, ceilings=tuple(replace(ceiling, peers=()) for ceiling in seen.ceilings))
