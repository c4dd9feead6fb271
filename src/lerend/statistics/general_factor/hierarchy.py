"""Omega hierarchical: the share of the variance of a sum score that one general factor accounts for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.errors import LerendError, Problem
from lerend.statistics.general_factor.extraction import Extraction, extracted
from lerend.statistics.general_factor.rotation import oblimin
from lerend.wording import Message, say

Values = NDArray[np.float64]


class NoGeneralFactor(LerendError):
    """Items in which a general factor cannot be told from its parts."""


@dataclass(frozen=True, slots=True, eq=False)
class GeneralFactor:
    """A general factor and factors beside it (Schmid & Leiman 1957).

    Attributes:
        hierarchical: share of the variance of the sum of the standardised items that the general factor accounts for.
        total: share that all factors account for.
        of_total: the first over the second.
        explained: share of what factors account for, item by item, that is the general factor's (ECV).
        general: (k,) loadings on the general factor, most of them positive.
        beside: (k, m) loadings on the factors beside it.
        own: (k,) share of each item that is its own.
        correlations: (m, m) of the factors before a general one was taken from them.
        walls: rows of items with nothing of their own (a Heywood case): then these are no numbers of real people.
    """

    hierarchical: float
    total: float
    of_total: float
    explained: float
    general: Values
    beside: Values
    own: Values
    correlations: Values
    walls: tuple[int, ...] = ()

    @property
    def admissible(self) -> bool:
        """Whether the numbers could be those of real people."""
        return not self.walls


def general_factor(
    correlations: Values, factors: int = 3, *, by: Extraction = "minres", also_improper: bool = False
) -> GeneralFactor:
    """Extract factors, turn them obliquely, and take one general factor from how they go together.

    Args:
        correlations: (k, k) of the items, all pointing the same way.
        factors: how many there are beside the general one; three at least, or it cannot be told from them.
        also_improper: whether to give what ends at a wall as well, as other software does; see `GeneralFactor.walls`.

    Raises:
        NoGeneralFactor: fewer than three factors or than three items for each, a matrix that is not positive definite,
            a search that did not end, or factors of which one is all general (a Heywood case).
    """
    _check(correlations, factors)
    first = extracted(correlations, factors, by)
    turned = None if first is None else oblimin(first.loadings)
    second = None if turned is None else extracted(turned[1], 1, by)
    if first is None or turned is None or second is None or second.walls or (first.walls and not also_improper):
        raise _none(
            say("The factors could not be found in a way that can be proven."),
            say("Try another number of factors, or look at omega total."),
        )
    rotated, together = turned
    on_general = second.loadings[:, 0]
    general = rotated @ on_general
    turn = 1.0 if general.sum() >= 0 else -1.0
    beside = rotated * np.sqrt(1 - on_general**2)
    shared = np.einsum("ij,jk,ik->i", rotated, together, rotated)
    total = float(correlations.sum())
    hierarchical = float(general.sum() ** 2 / total)
    of_all = float(1 - (1 - shared).sum() / total)
    return GeneralFactor(
        hierarchical=hierarchical,
        total=of_all,
        of_total=hierarchical / of_all,
        explained=float((general**2).sum() / ((general**2).sum() + (beside**2).sum())),
        general=turn * general,
        beside=beside,
        own=1 - shared,
        correlations=together,
        walls=first.walls,
    )


def _check(correlations: Values, factors: int) -> None:
    if factors < 3 or len(correlations) < 3 * factors:
        raise _none(
            say("A general factor takes three factors beside it, of three items each."),
            say("Name more items, or look at omega total."),
        )
    if not np.isfinite(correlations).all() or np.linalg.eigvalsh(correlations)[0] < 1e-8:
        raise _none(say("An item does not vary, or follows from the others."), say("Leave it out."))


def _none(what: Message, mend: Message) -> NoGeneralFactor:
    return NoGeneralFactor([Problem("items", what, mend)])
