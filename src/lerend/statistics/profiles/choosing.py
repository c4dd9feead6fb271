"""How many profiles there are; none is an answer, and the first one to think of.

Every candidate stands against one normal distribution in which variables go together: people who differ by degree.
Mixtures also describe skewed answers well, so a mixture that fits better is no proof of kinds (Bauer & Curran 2003).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.errors import LerendError, Problem
from lerend.statistics.mixing import CLEAR, LEAST_SHARE, hardly_found
from lerend.statistics.profiles.mixture import Profiles, fit_profiles
from lerend.statistics.profiles.shapes import Shape
from lerend.wording import Message, say

Values = NDArray[np.float64]

LEAST_PEOPLE: Final = 100
SHAPES: Final = (Shape.EII, Shape.EEI, Shape.VVI, Shape.EEE)


class NoProfilesToFind(LerendError):
    """Values in which profiles cannot be looked for."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One model that was tried.

    Attributes:
        refused: why it may not be chosen; nothing where it may.
    """

    found: Profiles
    refused: tuple[Message, ...]

    @property
    def profiles(self) -> int:
        return len(self.found.shares)


@dataclass(frozen=True, slots=True)
class ProfileAnswer:
    """What was found.

    Attributes:
        chosen: the profiles; None where people differ by degree only, or no model is clearly better than that.
        degree: one normal distribution in which variables go together.
        candidates: everything that was tried.
        concerns: what must be said beside the answer.
    """

    chosen: Profiles | None
    degree: Profiles
    candidates: tuple[Candidate, ...]
    concerns: tuple[Message, ...]


def choose_profiles(
    values: Values, *, most: int = 5, shapes: Sequence[Shape] = SHAPES, starts: int = 20, seed: int = 1
) -> ProfileAnswer:
    """Try two to `most` profiles of each shape, and take the one with the lowest BIC that may be chosen.

    A model may not be chosen with a variance at its floor, a profile of fewer than 5 % of people, an end that fewer
    than two searches came to, or a search that had not ended.

    Raises:
        NoProfilesToFind: fewer than 100 people or two variables, a variable without variance, or one that follows from
            others.
    """
    _check(values)
    degree = fit_profiles(values, 1, Shape.EEE)
    tried = [
        fit_profiles(values, number, shape, starts=starts, seed=seed)
        for number in range(2, most + 1)
        for shape in shapes
    ]
    candidates = tuple(Candidate(found, tuple(_refused(found))) for found in tried)
    open_to = [candidate.found for candidate in candidates if not candidate.refused]
    best = min(open_to, key=lambda found: found.bic, default=None)
    chosen = best if best is not None and best.bic < degree.bic - CLEAR else None
    return ProfileAnswer(chosen, degree, candidates, tuple(_said(chosen)))


def _refused(found: Profiles) -> Iterator[Message]:
    if found.at_floor:
        yield say("A profile shrinks to people with the same answers.")
    if found.shares.min() < LEAST_SHARE:
        yield say("A profile holds fewer than {percent} % of people.", percent=round(100 * LEAST_SHARE))
    yield from hardly_found(ends=found.ends, settled=found.settled)


def _said(chosen: Profiles | None) -> Iterator[Message]:
    if chosen is None:
        yield say("There are no profiles: people differ by degree, not by kind.")
    else:
        yield say(
            "Profiles describe these answers best. Skewed answers alone can do that too: see whether they return elsewhere."
        )


def _check(values: Values) -> None:
    if len(values) < LEAST_PEOPLE or values.shape[1] < 2:
        raise _none(
            say("Profiles need {least} people and two variables.", least=LEAST_PEOPLE),
            say("Compare groups by their means instead."),
        )
    spread = values.std(axis=0)
    if (spread <= 0).any() or np.linalg.eigvalsh(np.corrcoef(values, rowvar=False))[0] < 1e-8:
        raise _none(say("A variable does not vary, or follows from the others."), say("Leave it out."))


def _none(what: Message, mend: Message) -> NoProfilesToFind:
    return NoProfilesToFind([Problem("values", what, mend)])
