"""Who learns from whom: pairs chosen over the whole group at once, so that all of them together fit best.

A pair fits as well as it is probable that the giver is really strong on a factor, that the taker really has room there,
and that the giver's score is really the higher one: the product of the three. A company that is free to choose for itself
would take the best partner from another who has no second choice; therefore the sum over the group is maximised, with
integer programming (HiGHS), under what the companies can and want.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np

from lerend.partners.company import Company, higher, near_enough

LEAST_FIT: Final = 0.2
"""Below this a pair is not proposed: it would more often be wrong than a fair reader takes from the sentence."""
_SECONDS: Final = 3.0
"""After so long the best that was found stands. Up to sixty companies it is the largest sum; with hundreds that can all meet
it was within half a percent of it (`benchmarks/partners.py`)."""
_CLOSE_ENOUGH: Final = 1e-4
"""How far below the largest the sum may be, as a share of it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A company that can learn from another on a factor; `fit` is a probability, for choosing and never for a screen."""

    giver: str
    taker: str
    factor: str
    fit: float


def propose(
    companies: Sequence[Company],
    *,
    apart: frozenset[frozenset[str]] = frozenset(),
    least_fit: float = LEAST_FIT,
) -> tuple[Pair, ...]:
    """The pairs that fit best over the whole group, best first; a company in none of them found no partner.

    Args:
        companies: those that opted in, and no others.
        apart: pairs of ids that never come together: competitors, and those who said no to each other before.
        least_fit: pairs that fit less are left out.
    """
    pairs = possible_pairs(companies, apart=apart, least_fit=least_fit)
    return assign(pairs, {company.id: company.capacity for company in companies})


def possible_pairs(
    companies: Sequence[Company], *, apart: frozenset[frozenset[str]] = frozenset(), least_fit: float = LEAST_FIT
) -> tuple[Pair, ...]:
    """For every two companies that may meet the direction and the factor that fit best, where any fits."""
    in_order = sorted(companies, key=lambda company: company.id)
    found = (
        _best(one, other)
        for one, other in combinations(in_order, 2)
        if frozenset((one.id, other.id)) not in apart and near_enough(one, other)
    )
    return tuple(pair for pair in found if pair is not None and pair.fit >= least_fit)


def assign(pairs: Sequence[Pair], capacity: Mapping[str, int]) -> tuple[Pair, ...]:
    """Those of the pairs that have the largest sum of fits, while nobody is in more pairs than they can be.

    Args:
        pairs: possible ones.
        capacity: per company in how many pairs it can be.

    Raises:
        RuntimeError: the solver gave up; cannot happen with numbers that are finite.
    """
    if not pairs:
        return ()
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 -- SciPy is loaded only where it is used
    from scipy.sparse import csr_array  # noqa: PLC0415 -- as above

    names = {name: row for row, name in enumerate(sorted({one for pair in pairs for one in (pair.giver, pair.taker)}))}
    rows = np.array([names[one] for pair in pairs for one in (pair.giver, pair.taker)])
    columns = np.repeat(np.arange(len(pairs)), 2)
    inside = csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(names), len(pairs)))
    found = milp(
        -np.array([pair.fit for pair in pairs]),
        integrality=np.ones(len(pairs), dtype=np.int64),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(inside, ub=np.array([capacity[name] for name in names], dtype=np.float64)),
        options={"time_limit": _SECONDS, "mip_rel_gap": _CLOSE_ENOUGH},
    )
    if found.x is None:
        raise RuntimeError(found.message)
    chosen = [pair for pair, share in zip(pairs, found.x, strict=True) if share > 0.5]
    return tuple(sorted(chosen, key=lambda pair: (-pair.fit, pair.giver, pair.taker)))


def _best(one: Company, other: Company) -> Pair | None:
    both = [*_pairs(one, other), *_pairs(other, one)]
    return max(both, key=lambda pair: (pair.fit, pair.factor, pair.giver), default=None)


def _pairs(giver: Company, taker: Company) -> list[Pair]:
    found = []
    for topic in giver.topics:
        wanted = taker.topic(topic.factor)
        if topic.strong and wanted is not None and wanted.room:
            fit = topic.strong * wanted.room * higher(topic.score, wanted.score)
            found.append(Pair(giver.id, taker.id, topic.factor, fit))
    return found
