"""How often an effect size comes about by chance: when nothing goes together, and when things only correlate.

Two questions. The permutation p (Dul, van der Laan & Kuik 2020) asks whether factor and outcome are unrelated: every factor
that correlates with the outcome is flagged by it sooner or later. The copula p asks whether the corner is emptier than in
data with the same marginals and the same rank correlation but no ceiling (a Gaussian copula).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from lerend.statistics.necessity.ceilings import CeilingKind
from lerend.statistics.necessity.corner import Corner, Scope, Values, checked_scope, observed_scope
from lerend.statistics.necessity.drawn import Codes, Highest, effect_sizes, unit_scope

BOTH: Final = (CeilingKind.CE_FDH, CeilingKind.CR_FDH)
_AS_LARGE: Final = 1e-10
_AT_ONCE: Final = 400_000
"""Points drawn at a time: what fits in the cache of a processor."""
_STRONGEST: Final = 0.999


@dataclass(frozen=True, slots=True)
class ByChance:
    """How often chance gives an effect size as large as the one seen.

    Attributes:
        p: (as large or larger + 1) / (draws + 1).
        margin: half the width of a 95 % interval around p that comes from drawing.
        draws: how many; 0 when none were asked for, p is then 1.
    """

    p: float
    margin: float
    draws: int


@dataclass(frozen=True, slots=True)
class Chance:
    """Both questions about one factor, by one ceiling.

    Attributes:
        correlation: of the normal scores of factor and outcome, with the empty corner turned to the upper left.
    """

    kind: CeilingKind
    effect_size: float
    correlation: float
    permutation: ByChance
    copula: ByChance


def chance_of(
    factors: Values,
    y: Values,
    *,
    rng: np.random.Generator,
    permutations: int = 2_000,
    draws: int = 500,
    corner: Corner = Corner.UPPER_LEFT,
    scopes: Sequence[Scope] | None = None,
    kinds: Sequence[CeilingKind] = BOTH,
) -> tuple[Mapping[CeilingKind, Chance], ...]:
    """Both p's of every factor, in the order of the columns.

    All factors are judged by the same permutations of the outcome.

    Args:
        factors: (n, factors).
        y: (n,).
        scopes: one for each factor; those seen when left out.

    Raises:
        NoCeilingPossible: as `necessity`.
    """
    columns = [_Column.of(x, y, corner, scopes[j] if scopes else None) for j, x in enumerate(factors.T)]
    larger = [dict.fromkeys(kinds, 0) for _ in columns]
    for codes in _shuffled(columns[0].codes if columns else np.empty(0, np.int32), permutations, rng):
        _count(columns, larger, codes, kinds)
    found = []
    for column, by_permutation in zip(columns, larger, strict=True):
        by_copula = dict.fromkeys(kinds, 0)
        for codes in _correlated(column, draws, rng):
            _count([column], [by_copula], codes, kinds)
        seen = column.seen(kinds)
        found.append(
            {
                kind: Chance(
                    kind,
                    seen[kind],
                    column.correlation,
                    by_chance(by_permutation[kind], permutations),
                    by_chance(by_copula[kind], draws),
                )
                for kind in kinds
            }
        )
    return tuple(found)


def by_chance(as_large: int, draws: int) -> ByChance:
    """The p of so many draws, of which so many were as large as what was seen (Phipson & Smyth 2010)."""
    p = (as_large + 1) / (draws + 1)
    return ByChance(p, 1.96 * float(np.sqrt(p * (1 - p) / draws)) if draws else 1.0, draws)


def as_large_as(drawn: Values, seen: float) -> int:
    """How many draws reach what was seen."""
    return int((drawn >= seen - _AS_LARGE).sum())


def adjusted(p: Values) -> Values:
    """(m,) p's adjusted for m tests (Benjamini & Hochberg 1995)."""
    order = np.argsort(p)[::-1]
    stepped = np.minimum.accumulate(p[order] * len(p) / np.arange(len(p), 0, -1))
    back = np.empty_like(stepped)
    back[order] = np.minimum(stepped, 1.0)
    return back


def latent_correlation(midranks_x: Values, midranks_y: Values) -> tuple[float, float]:
    """The correlation of normal scores, and that of a Gaussian copula that shows it after ties are made.

    Tied values share one score, which spreads less than the scores would without ties; each side is made up for by
    how its tied scores correlate with untied ones.

    Args:
        midranks_x, midranks_y: (n,) ranks from 1, tied values sharing their mean rank.
    """
    x, y, plain = _scores(midranks_x), _scores(midranks_y), _scores(np.arange(1.0, len(midranks_x) + 1))
    tied = float(np.corrcoef(plain, np.sort(x))[0, 1] * np.corrcoef(plain, np.sort(y))[0, 1])
    seen = float(np.corrcoef(x, y)[0, 1])
    return seen, float(np.clip(seen / tied, -_STRONGEST, _STRONGEST))


@dataclass(frozen=True, slots=True, eq=False)
class _Column:
    """One factor, sorted, with the outcome beside it.

    Attributes:
        x: (values,) different values of the factor, ascending, as share of the scope.
        starts: (values,) where each begins among the sorted points.
        group: (n,) which of the values each sorted point has.
        levels: (levels,) different outcomes, ascending, as share of the scope.
        codes: (n,) place among the levels of the outcome of each sorted point.
    """

    x: Values
    starts: np.ndarray[tuple[int], np.dtype[np.int64]]
    group: np.ndarray[tuple[int], np.dtype[np.int64]]
    levels: Values
    codes: Codes
    correlation: float
    latent: float

    @classmethod
    def of(cls, x: Values, y: Values, corner: Corner, scope: Scope | None) -> _Column:
        used = checked_scope(observed_scope(x, y), scope).turned(corner)
        along, up = unit_scope(corner.x_sign * x, corner.y_sign * y, used)
        order = np.argsort(along, kind="stable")
        values, starts, group = np.unique(along[order], return_index=True, return_inverse=True)
        levels, codes = np.unique(up[order], return_inverse=True)
        seen, latent = latent_correlation(_midranks(group), _midranks(codes))
        return cls(values, starts, group, levels, codes.astype(np.int32), seen, latent)

    def highest(self, codes: Codes) -> Highest:
        """Of outcomes (n, draws) beside the sorted points."""
        top = np.maximum.accumulate(codes, axis=0)
        if len(self.x) == len(codes):
            return Highest(top, None)
        top = top[np.append(self.starts[1:], len(codes)) - 1]
        if len(self.levels) == len(codes):
            return Highest(top, None)
        there = (codes == top[self.group]).view(np.uint8)
        return Highest(top, np.add.reduceat(there, self.starts, axis=0, dtype=np.int32))

    def seen(self, kinds: Sequence[CeilingKind]) -> dict[CeilingKind, float]:
        sizes = effect_sizes(self.highest(self.codes[:, None]), self.x, self.levels, kinds)
        return {kind: float(sizes[kind][0]) for kind in kinds}


def _count(
    columns: Sequence[_Column], larger: Sequence[dict[CeilingKind, int]], codes: Codes, kinds: Sequence[CeilingKind]
) -> None:
    for column, counts in zip(columns, larger, strict=True):
        sizes = effect_sizes(column.highest(codes), column.x, column.levels, kinds)
        for kind, seen in column.seen(kinds).items():
            counts[kind] += as_large_as(sizes[kind], seen)


def _shuffled(codes: Codes, permutations: int, rng: np.random.Generator) -> Iterator[Codes]:
    for some in _blocks(permutations, len(codes)):
        yield np.ascontiguousarray(rng.permuted(np.broadcast_to(codes, (some, len(codes))), axis=1).T)


def _correlated(column: _Column, draws: int, rng: np.random.Generator) -> Iterator[Codes]:
    """Outcomes of a Gaussian copula beside the sorted points: the ranks of r · z + √(1 − r²) · e, given the outcomes seen."""
    n = len(column.codes)
    ordered = np.sort(column.codes)
    z = column.latent * _scores(np.arange(1.0, n + 1))
    spread = float(np.sqrt(1 - column.latent**2))
    for some in _blocks(draws, n):
        order = np.argsort(z + spread * rng.standard_normal((some, n)), axis=1)
        codes = np.empty((some, n), dtype=np.int32)
        np.put_along_axis(codes, order, np.broadcast_to(ordered, (some, n)), axis=1)
        yield np.ascontiguousarray(codes.T)


def _blocks(draws: int, n: int) -> Iterator[int]:
    most = max(1, _AT_ONCE // max(n, 1))
    for start in range(0, draws, most):
        yield min(most, draws - start)


def _midranks(codes: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Values:
    count = np.bincount(codes)
    midrank: Values = (np.cumsum(count) - (count - 1) / 2)[codes]
    return midrank


def _scores(ranks: Values) -> Values:
    """Normal scores with mean 0 and standard deviation 1."""
    from scipy.special import ndtri  # noqa: PLC0415 -- SciPy costs half a second to import

    z = ndtri(ranks / (len(ranks) + 1))
    z = z - z.mean()
    scores: Values = z / z.std()
    return scores
