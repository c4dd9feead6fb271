"""What a programme knows of approaches: what is published, what its own pilots found, and what exists by now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import numpy as np

from lerend.evidence.advice.offer import Offer, offer_of
from lerend.evidence.design.kinds import Kind
from lerend.evidence.effects.effect import Effect
from lerend.evidence.grading.finished import Comparison, FinishedPilot
from lerend.evidence.grading.literature import Grade, published
from lerend.evidence.grading.proposing import propose
from lerend.evidence.grading.standing import Standing, standing_of
from lerend.evidence.pooling.pilot import PilotEffect
from lerend.loop.world.approaches import NOWHERE, SECOND_SHARE, Approaches

_START: Final = 2020
_COMPARED: Final = {
    Kind.LOTTERY: Comparison.DRAWN,
    Kind.STEPPED: Comparison.DRAWN,
    Kind.TIE_BREAKER: Comparison.DRAWN,
    Kind.ENCOURAGEMENT: Comparison.DRAWN,
    Kind.CUT_OFF: Comparison.CUT_OFF,
    Kind.COMPARISON: Comparison.OTHERS,
    Kind.BEFORE_AFTER: Comparison.BEFORE,
}


class KnownApproaches:
    """The catalogue of one programme, which learns from its pilots; people sign every proposal."""

    def __init__(self, approaches: Approaches, factors: Sequence[str]) -> None:
        self.listed = approaches.listed.copy()
        self._approaches = approaches
        self._factors = factors
        grades = [Grade(grade) for grade in approaches.grade]
        self._priors = [
            published(grade, None if np.isnan(size) else float(size))
            for grade, size in zip(grades, approaches.size, strict=True)
        ]
        self._standings = [standing_of((), prior, grade) for prior, grade in zip(self._priors, grades, strict=True)]
        self._pilots: list[list[FinishedPilot]] = [[] for _ in grades]
        self._witnesses: list[dict[str, str]] = [{} for _ in grades]

    def standing(self, approach: int) -> Standing:
        return self._standings[approach]

    def offer(self, approach: int, *, applicable: bool, bearable: bool) -> Offer:
        """As it stands now."""
        known = self._approaches
        targets = {self._factors[known.target[approach]]: 1.0}
        if known.second[approach] != NOWHERE:
            targets[self._factors[known.second[approach]]] = SECOND_SHARE
        return offer_of(
            str(approach),
            self._standings[approach],
            targets,
            studies=known.studies[approach],
            applicable=applicable,
            bearable=bearable,
        )

    def make(self, factor: int) -> int | None:
        """Something new for a factor, made together; None where nobody has another idea."""
        ideas = np.flatnonzero(~self.listed & (self._approaches.target == factor))
        if not len(ideas):
            return None
        self.listed[ideas[0]] = True
        return int(ideas[0])

    def take_in(self, approach: int, effect: Effect, companies: Sequence[str], year: int, done: float) -> None:
        """What a finished pilot says of it; one that shares a company with an earlier one counts with that as one witness."""
        met = self._witnesses[approach]
        witness = next((met[company] for company in companies if company in met), "+".join(companies))
        met.update(dict.fromkeys(companies, witness))
        name = f"{year}/{'+'.join(companies)}"
        found = PilotEffect(name, effect.estimate, effect.se, effect.df, witness, str(approach))
        day = date(_START + year, 12, 31)
        pilot = FinishedPilot(found, _COMPARED[effect.kind], day, done=done)
        earlier = self._pilots[approach]
        told = propose(pilot, earlier, grade=self._standings[approach].grade, prior=self._priors[approach], today=day)
        self._standings[approach] = told.after
        earlier.append(pilot)
