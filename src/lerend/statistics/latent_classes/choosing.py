"""How many classes there are; none is an answer, and the first one to think of.

Candidates stand against people who differ by degree on one trait (the graded response model), and against items that do
not go together at all (one class).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.errors import LerendError, Problem
from lerend.statistics.latent_classes.mixture import Classes, fit_classes
from lerend.statistics.latent_trait.likelihood import grid_of
from lerend.statistics.latent_trait.model import NODES
from lerend.statistics.latent_trait.patterns import Patterns, patterns_of
from lerend.statistics.latent_trait.search import SLOPE, search
from lerend.statistics.mixing import CLEAR, LEAST_SHARE, hardly_found
from lerend.wording import Message, say

Values = NDArray[np.float64]

LEAST_PEOPLE: Final = 100
LEAST_ITEMS: Final = 3
_FLAT: Final = 1e-8
"""Smallest curvature per person that counts as more than none."""


class NoClassesToFind(LerendError):
    """Answers in which classes cannot be looked for."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number of classes that was tried.

    Attributes:
        refused: why it may not be chosen; nothing where it may.
    """

    found: Classes
    refused: tuple[Message, ...]

    @property
    def classes(self) -> int:
        return len(self.found.shares)


@dataclass(frozen=True, slots=True)
class Degree:
    """People who differ by degree on one trait.

    Attributes:
        endless: whether a slope has no end; then the likelihood is that of the steepest slope the grid can tell.
    """

    log_likelihood: float
    unknowns: int
    bic: float
    endless: bool


@dataclass(frozen=True, slots=True)
class ClassAnswer:
    """What was found.

    Attributes:
        items: in the order of every list of answers.
        codes: of each item, the answers that occur.
        chosen: the classes; None where people differ by degree only, or items do not go together.
        degree: one trait; None where it could not be fitted.
        alone: one class, in which no item says anything about another.
        candidates: everything that was tried.
        concerns: what must be said beside the answer.
    """

    items: tuple[str, ...]
    codes: tuple[tuple[int, ...], ...]
    chosen: Classes | None
    degree: Degree | None
    alone: Classes
    candidates: tuple[Candidate, ...]
    concerns: tuple[Message, ...]


def choose_classes(
    codes: NDArray[np.uint8],
    items: Sequence[str],
    *,
    people: Values | None = None,
    most: int = 5,
    starts: int = 20,
    seed: int = 1,
) -> ClassAnswer:
    """Try two to `most` classes, and take the number with the lowest BIC that may be chosen.

    Classes are chosen only where their BIC is clearly lower than that of one trait and that of one class. A number of
    classes may not be chosen with a class of fewer than 5 % of people, an end that fewer than two searches came to, a
    search that had not ended, or unknowns that the answers cannot tell.

    Args:
        codes: (rows, k) answers from 1 up, in their order; 0 where there is none, which must not depend on it.
        people: (rows,) how many people gave each row, where rows are patterns; one each if not given.

    Raises:
        NoClassesToFind: fewer than 100 people or three items, or an item that everybody answered the same.
    """
    patterns = patterns_of(codes, items, people)
    _check(patterns)
    tried = [fit_classes(patterns, number, starts=starts, seed=seed) for number in range(2, most + 1)]
    candidates = tuple(Candidate(found, tuple(_refused(patterns, found))) for found in tried)
    alone, degree = fit_classes(patterns, 1), _degree(patterns)
    best = min((one.found for one in candidates if not one.refused), key=lambda found: found.bic, default=None)
    against = min(alone.bic, degree.bic) if degree else alone.bic
    chosen = best if best is not None and best.bic < against - CLEAR else None
    concerns = tuple(_said(chosen, alone, degree, most))
    return ClassAnswer(patterns.items, patterns.chosen, chosen, degree, alone, candidates, concerns)


def _degree(patterns: Patterns) -> Degree | None:
    found = search(patterns, grid_of(NODES))
    if found.slope > SLOPE or found.lowest <= _FLAT * patterns.total:
        return None
    unknowns = len(found.free)
    bic = -2 * found.log_likelihood + unknowns * float(np.log(patterns.total))
    return Degree(found.log_likelihood, unknowns, bic, not bool(found.free.all()))


def _refused(patterns: Patterns, found: Classes) -> Iterator[Message]:
    if found.shares.min() < LEAST_SHARE:
        yield say("A class holds fewer than {percent} % of people.", percent=round(100 * LEAST_SHARE))
    cells = np.prod([float(len(codes)) for codes in patterns.chosen])
    if found.curvature <= _FLAT or found.unknowns >= cells:
        yield say("These answers cannot tell so many classes apart.")
    yield from hardly_found(ends=found.ends, settled=found.settled)


def _said(chosen: Classes | None, alone: Classes, degree: Degree | None, most: int) -> Iterator[Message]:
    if chosen is not None:
        yield say("Classes describe these answers best. Look whether they return elsewhere before you believe them.")
        if len(chosen.shares) == most:
            yield say("The largest number of classes that was tried fits best, so the number says little.")
    elif degree is not None and degree.bic < alone.bic:
        yield say("There are no classes: people differ by degree, not by kind.")
    else:
        yield say("There are no classes: the answers to one item hardly go with those to another.")
    if degree is not None and degree.endless:
        yield say("One trait cuts people here as sharply as can be told: degree and kind can hardly be told apart.")
    if degree is None:
        yield say(
            "Differences by degree could not be fitted here, so classes stand against items that do not go together."
        )


def _check(patterns: Patterns) -> None:
    if patterns.total < LEAST_PEOPLE or len(patterns.items) < LEAST_ITEMS:
        what = say("Classes need {least} people and {items} items.", least=LEAST_PEOPLE, items=LEAST_ITEMS)
        raise _none("items", what, say("Compare groups by their means instead."))
    same = tuple(item for item, codes in zip(patterns.items, patterns.chosen, strict=True) if len(codes) < 2)
    if same:
        what = say("Everybody gave the same answer, so it goes with nothing.")
        raise _none(", ".join(same), what, say("Leave the item out."))


def _none(where: str, what: Message, mend: Message) -> NoClassesToFind:
    return NoClassesToFind([Problem(where, what, mend)])
