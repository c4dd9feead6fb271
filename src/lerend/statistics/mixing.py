"""Searching for kinds of people (profiles, classes): the climb from many starts, and when kinds may be believed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from lerend.wording import Message, say

Values = NDArray[np.float64]

LEAST_SHARE: Final = 0.05
LEAST_ENDS: Final = 2
CLEAR: Final = 10.0
"""By how much a model's BIC must be lower to count as clearly better (Raftery 1995)."""
RISE: Final = 1e-8
"""Smallest rise of the log-likelihood for which the search goes on."""
_SHORT: Final = 25
_BEST: Final = 4
_LONG: Final = 3_000
_SAME: Final = 0.01
"""Ends of searches whose log-likelihoods are closer than this are the same end."""


class State(Protocol):
    """Where a search is: how likely that is, and (rows, G) who belongs where."""

    @property
    def log_likelihood(self) -> float: ...
    @property
    def belongs(self) -> Values: ...


S = TypeVar("S", bound=State)


@dataclass(frozen=True, slots=True)
class End(Generic[S]):
    """The best end of searches from many starts.

    Attributes:
        ends: of the searches carried through, how many came to this end.
        settled: whether the search had stopped rising.
    """

    state: S
    ends: int
    settled: bool


def best_end(
    step: Callable[[Values], S],
    starts: Iterable[Values],
    *,
    rise: float = RISE,
    short: int = _SHORT,
    long: int = _LONG,
) -> End[S]:
    """Search from all starts for some steps, and from the four best of them to the end.

    Args:
        step: from who belongs where to a likelier state, as EM does (Dempster, Laird & Rubin 1977).
        starts: each (rows, G) who belongs where at first.
        rise: smallest rise of the log-likelihood for which a search goes on.
        short: how many steps all searches take before the best are picked.
        long: how many steps those may take.
    """
    begun = [_climb(step, start, short, rise)[0] for start in starts]
    best = sorted(begun, key=lambda state: -state.log_likelihood)[:_BEST]
    ended = [_climb(step, state.belongs, long, rise) for state in best]
    top, settled = max(ended, key=lambda end: end[0].log_likelihood)
    same = sum(state.log_likelihood > top.log_likelihood - _SAME for state, _ in ended)
    return End(top, same, settled)


def _climb(step: Callable[[Values], S], belongs: Values, most: int, rise: float) -> tuple[S, bool]:
    state = step(belongs)
    for _ in range(most):
        following = step(state.belongs)
        risen = following.log_likelihood - state.log_likelihood
        state = following
        if risen < rise:
            return state, True
    return state, False


def entropy_of(belongs: Values, people: Values) -> float:
    """How clearly people belong to one kind, from 0 to 1; 1 for one kind (Celeux & Soromenho 1996)."""
    kinds = belongs.shape[1]
    if kinds == 1:
        return 1.0
    sure = np.where(belongs > 0, belongs * np.log(np.maximum(belongs, 1e-300)), 0.0).sum(axis=1)
    return 1 + float(people @ sure) / (float(people.sum()) * float(np.log(kinds)))


def hardly_found(*, ends: int, settled: bool) -> Iterator[Message]:
    """Why what a search found may not be chosen, whatever it found."""
    if ends < LEAST_ENDS:
        yield say("Only one search came to this end, so a better one may be missed.")
    if not settled:
        yield say("The search had not ended.")
