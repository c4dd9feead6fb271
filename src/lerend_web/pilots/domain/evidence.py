"""What the pilots of a programme say together about an entry of the catalogue: each of them, pooled, and what to expect next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lerend.evidence.figures import decimal
from lerend.evidence.grading.finished import Comparison, FinishedPilot, by_company, counted
from lerend.evidence.grading.literature import SMALLEST_WORTH_HAVING, Grade
from lerend.evidence.grading.proposing import missing_for
from lerend.evidence.grading.standing import Standing
from lerend.evidence.pooling.priors import Prior
from lerend.evidence.pooling.tails import t_quantile
from lerend.evidence.pooling.together import Together, taken_together
from lerend.report.words import printable, spoken
from lerend_web.instruments.domain.faults import language
from lerend_web.pilots.domain.finished import (
    Judged,
    entry_called,
    judged_pilots,
    led_to,
    prior_of,
)
from lerend_web.pilots.domain.grade_history import grade_of, history_of, standing_after, standing_before
from lerend_web.pilots.domain.in_both import told
from lerend_web.pilots.models import GradeChange
from lerend_web.programmes.models import Programme
from lerend_web.scans.rules import day_of

COMPARISONS: Final[dict[Comparison, Promise]] = {
    Comparison.DRAWN: _("a lot decided who began"),
    Comparison.CUT_OFF: _("a score decided who began"),
    Comparison.OTHERS: _("compared with others, without a lot"),
    Comparison.BEFORE: _("only before and after: no effect"),
}
_LEVEL: Final = 0.95
_NORMAL: Final = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Line:
    """A value and its interval of 95 %, in standard deviations between people."""

    value: float
    low: float
    high: float

    @property
    def at(self) -> str:
        return decimal(self.value).in_language(language())

    @property
    def begins(self) -> str:
        return decimal(self.low).in_language(language())

    @property
    def ends(self) -> str:
        return decimal(self.high).in_language(language())

    @property
    def words(self) -> str:
        return gettext("%(value)s (%(low)s to %(high)s)") % {"value": self.at, "low": self.begins, "high": self.ends}


@dataclass(frozen=True, slots=True)
class PilotLine:
    """One pilot with its own effect; the interval is the one that its few teams give.

    Attributes:
        witness: the same for pilots that share a company: those speak with one voice.
        why_not: why it does not count; nothing where it does.
    """

    key: str
    name: str
    own: Line
    compared: Promise
    finished_on: date
    verdict: str
    witness: str
    why_not: str


@dataclass(frozen=True, slots=True)
class GradeMove:
    """One row of the history: what was proposed, and what a person decided; `smallest` is worth having."""

    change: GradeChange
    before: str
    after: str
    expected_before: Line
    expected_after: Line
    smallest: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """An entry in one programme.

    Attributes:
        mean: over companies; `new`: in a company that starts now; `published`: what was thought before the first pilot.
        says: sentences of the pooling: mean, new company, what the prior still carries, and the classical answer beside it.
        missing: what the next grade still takes.
        witnesses: companies, or groups of companies, that speak for themselves.
    """

    id: str
    name: str
    grade: str
    published_grade: str
    next_grade: str
    missing: tuple[str, ...]
    mean: Line | None
    new: Line
    published: Line
    prior_share: float
    worth: float
    smallest: float
    pilots: tuple[PilotLine, ...]
    witnesses: int
    says: tuple[str, ...]
    history: tuple[GradeMove, ...]


def evidence_of(programme: Programme, id: str, *, at: datetime) -> Evidence:
    """Everything about one entry.

    Raises:
        LookupError: this programme's catalogue has no such entry.
    """
    entry = entry_called(programme, id)
    if entry is None:
        raise LookupError(id)
    judged, grade, prior = judged_pilots(programme, entry), grade_of(programme, entry), prior_of(entry)
    kept, left = counted([one.finished for one in judged], day_of(at, programme.time_zone))
    step = led_to(kept, prior, grade)
    together = _together(kept, step.prior)
    why_not = {one.pilot: spoken(one.reason, language()) for one in left}
    return Evidence(
        id=entry.id,
        name=printable(entry.name.in_language(language())),
        grade=grade.value,
        published_grade=entry.evidence.grade.value,
        next_grade="" if grade is Grade.A else grade.one_up.value,
        missing=_missing(grade, step.standing, kept),
        mean=_mean(step.standing) if together else None,
        new=_expected(step.standing),
        published=_expected(led_to((), prior, grade).standing),
        prior_share=step.standing.prior_share,
        worth=step.standing.worth_having,
        smallest=SMALLEST_WORTH_HAVING,
        pilots=tuple(_pilot(one, why_not.get(one.finished.effect.id, "")) for one in judged),
        witnesses=step.standing.companies,
        says=tuple(spoken(one, language()) for one in together.sentences) if together else (),
        history=tuple(move_of(one) for one in history_of(programme, entry.id)),
    )


@lru_cache(maxsize=64)
def _together(pilots: tuple[FinishedPilot, ...], prior: Prior) -> Together | None:
    """Kept, as the same pilots give the same answer."""
    witnesses = by_company(pilots)
    return taken_together(witnesses, prior=prior, worth_having=SMALLEST_WORTH_HAVING) if witnesses else None


def _missing(grade: Grade, standing: Standing, pilots: Sequence[FinishedPilot]) -> tuple[str, ...]:
    if grade is Grade.A:
        return ()
    return tuple(spoken(one, language()) for one in missing_for(grade.one_up, standing, pilots))


def _expected(standing: Standing) -> Line:
    return Line(standing.effect, standing.interval.low, standing.interval.high)


def _mean(standing: Standing) -> Line:
    """The mean over companies: in a company that starts now the same is expected, with more doubt."""
    return Line(standing.effect, standing.mean_interval.low, standing.mean_interval.high)


def _pilot(one: Judged, why_not: str) -> PilotLine:
    effect = one.finished.effect
    reach = effect.standard_error * (_NORMAL if effect.df is None else t_quantile(_LEVEL, effect.df))
    return PilotLine(
        key=one.pilot.key,
        name=effect.id,
        own=Line(effect.value, effect.value - reach, effect.value + reach),
        compared=COMPARISONS[one.finished.comparison],
        finished_on=one.finished.finished_on,
        verdict=one.pilot.verdict.verdict,
        witness=effect.company,
        why_not=why_not,
    )


def move_of(change: GradeChange) -> GradeMove:
    """A proposal as people read it."""
    before, after = standing_before(change), standing_after(change)
    return GradeMove(
        change=change,
        before=before.grade.value,
        after=after.grade.value,
        expected_before=_expected(before),
        expected_after=_expected(after),
        smallest=SMALLEST_WORTH_HAVING,
        reasons=told(change.reasons),
    )
