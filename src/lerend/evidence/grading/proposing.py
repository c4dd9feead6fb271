"""What a finished pilot proposes for its intervention: a new effect, a new grade, and every reason. People sign or not.

The rules are fixed and written down (docs/methods/grading.md). One proposal moves a grade one step at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from lerend.evidence.grading.finished import Comparison, FinishedPilot, NotCounted, counted
from lerend.evidence.grading.literature import SMALLEST_WORTH_HAVING, UNKNOWN, Grade
from lerend.evidence.grading.sentences import (
    contradiction_said,
    effect_said,
    halving_said,
    judged_by_maker_said,
    little_done_said,
    mixed_said,
    not_counted_said,
    not_found_said,
    nothing_published_said,
    raised_said,
    same_grade_said,
)
from lerend.evidence.grading.standing import Contradiction, Standing, replayed, taken_in
from lerend.evidence.pooling.priors import Prior
from lerend.evidence.pooling.problems import wrong
from lerend.wording import Message, say

RULES: Final = 1
"""The version of the rules behind a proposal; a changed rule gets the next number."""
_HALF_DONE: Final = 0.5
_ENOUGH_COMPANIES: Final = 3
_NOT_FOUND: Final = 0.1
"""Where pilots in three companies leave a chance of a tenth that it helps enough on average, a grade is lost too."""


@dataclass(frozen=True, slots=True)
class GradeProposal:
    """What changes if people sign it.

    Attributes:
        intervention, pilot: ids; the pilot is the one that finished.
        contradiction: how the pilot says something else than what was thought, if it does.
        reasons: every step, in sentences, the most important first.
        not_counted: pilots that do not enter the effect, and why.
        rules: version of the rules.
    """

    intervention: str
    pilot: str
    before: Standing
    after: Standing
    contradiction: Contradiction | None
    reasons: tuple[Message, ...]
    not_counted: tuple[NotCounted, ...]
    rules: int = RULES

    @property
    def contradicts(self) -> bool:
        return self.contradiction is not None

    @property
    def moves(self) -> bool:
        return self.before.grade is not self.after.grade


def propose(
    pilot: FinishedPilot,
    earlier: Sequence[FinishedPilot],
    *,
    grade: Grade,
    prior: Prior,
    today: date,
    smallest: float = SMALLEST_WORTH_HAVING,
) -> GradeProposal:
    """The proposal of a finished pilot.

    Args:
        earlier: finished pilots of the same intervention, in any order.
        grade: as people signed it last.
        prior: what publications let us expect, halved (`literature.published`).

    Raises:
        EffectsAreWrong: a pilot of another intervention, the same pilot twice, or numbers that cannot be used.
    """
    _check(pilot, earlier)
    ordered = sorted(earlier, key=lambda each: (each.finished_on, each.effect.id))
    kept, left = counted(ordered, today)
    mine, mine_left = counted([pilot], today)
    step = replayed(kept, prior, grade, smallest)
    before = step.standing
    if not mine:
        return GradeProposal(
            intervention=pilot.effect.intervention,
            pilot=pilot.effect.id,
            before=before,
            after=before,
            contradiction=None,
            reasons=(not_counted_said(mine_left[0].reason), same_grade_said(grade)),
            not_counted=(*left, *mine_left),
        )
    last = taken_in(step, kept, pilot, prior, smallest)
    against = last.contradiction
    after, reasons = _graded(before, last.standing, (*kept, pilot), against, smallest)
    return GradeProposal(
        intervention=pilot.effect.intervention,
        pilot=pilot.effect.id,
        before=before,
        after=after,
        contradiction=against,
        reasons=(*reasons, *_notes(pilot, after, prior)),
        not_counted=left,
    )


def missing_for(grade: Grade, standing: Standing, pilots: Sequence[FinishedPilot]) -> tuple[Message, ...]:
    """What is still missing for a grade; nothing where it is earned."""
    compared = _companies(pilots, {Comparison.DRAWN, Comparison.CUT_OFF, Comparison.OTHERS})
    drawn = _companies(pilots, {Comparison.DRAWN})
    needs: dict[Grade, tuple[tuple[bool, Message], ...]] = {
        Grade.C: (
            (compared >= 1, say("an independent pilot with a comparison")),
            (standing.mean_above_zero >= 0.8, say("a chance of 80% that it works on average")),
        ),
        Grade.B: (
            (drawn >= 2, say("independent pilots in two companies in which lots were drawn")),
            (standing.mean_above_zero >= 0.95, say("a chance of 95% that it works on average")),
            (standing.worth_having >= 0.5, say("a chance of 50% that it helps enough in a new company")),
        ),
        Grade.A: (
            (drawn >= 5, say("independent pilots in five companies in which lots were drawn")),
            (standing.mean_worth_having >= 0.9, say("a chance of 90% that it helps enough on average")),
            (standing.above_zero >= 0.9, say("a chance of 90% that it works in a new company")),
            (standing.prior_share <= 0.5, say("pilots that weigh more than what was thought before")),
        ),
        Grade.D: (),
    }
    return tuple(sentence for met, sentence in needs[grade] if not met)


def _graded(
    before: Standing,
    after: Standing,
    pilots: Sequence[FinishedPilot],
    against: Contradiction | None,
    smallest: float,
) -> tuple[Standing, tuple[Message, ...]]:
    effect = effect_said(before, after)
    if against is not None:
        lower = before.grade.one_down
        said = contradiction_said(against, pilots[-1], (before.grade, lower), smallest)
        return replace(after, grade=lower), (said, effect)
    if after.companies >= _ENOUGH_COMPANIES and after.mean_worth_having <= _NOT_FOUND and before.grade is not Grade.D:
        lower = before.grade.one_down
        return replace(after, grade=lower), (not_found_said(before.grade, lower, after), effect)
    if before.grade is Grade.A:
        return after, (effect, same_grade_said(Grade.A))
    if after.mixed:
        return after, (mixed_said(after), effect, same_grade_said(before.grade))
    missing = missing_for(before.grade.one_up, after, pilots)
    if missing:
        return after, (same_grade_said(before.grade, before.grade.one_up, missing), effect)
    return replace(after, grade=before.grade.one_up), (raised_said(before.grade, before.grade.one_up, after), effect)


def _notes(pilot: FinishedPilot, after: Standing, prior: Prior) -> tuple[Message, ...]:
    notes = [nothing_published_said() if prior == UNKNOWN else halving_said(after)]
    if not pilot.independent:
        notes.append(judged_by_maker_said())
    if pilot.done < _HALF_DONE:
        notes.append(little_done_said(pilot.done))
    return tuple(notes)


def _companies(pilots: Sequence[FinishedPilot], comparisons: set[Comparison]) -> int:
    """Companies with an independent pilot of these kinds."""
    return len(
        {
            pilot.effect.company or pilot.effect.id
            for pilot in pilots
            if pilot.independent and pilot.comparison in comparisons
        }
    )


def _check(pilot: FinishedPilot, earlier: Sequence[FinishedPilot]) -> None:
    for other in earlier:
        where = f"pilot {other.effect.id}"
        if other.effect.intervention != pilot.effect.intervention:
            what = say("This pilot tried another approach.")
            raise wrong(where, what, say("Give only pilots of the same approach."))
        if other.effect.id == pilot.effect.id:
            what = say("This pilot is there twice.")
            raise wrong(where, what, say("Give the finished pilot apart from the earlier ones."))
