"""What came of a pilot in words, once, for every face of it: page, report, slides and public case.

Nothing here is about one team or one company: only what all teams together say. Before and after never gets the word *effect*.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lerend.evidence.effects.effect import Effect
from lerend.evidence.effects.saying import about_test, headline_of, limits_of, worth_of
from lerend.evidence.figures import decimal, percent
from lerend.report.words import printable
from lerend.wording import Message
from lerend_web.instruments.domain.faults import language
from lerend_web.pilots.domain.choosing import say_here
from lerend_web.pilots.domain.freezing import frozen_plan
from lerend_web.pilots.domain.interval_axis import Axis, axis_for
from lerend_web.pilots.domain.kept_looks import CheckedOn, Seen, Shift, seen_in
from lerend_web.pilots.domain.plans import Plan
from lerend_web.pilots.models import Pilot
from lerend_web.themes.domain.names import names_in_programme

SHIFTS: Final[dict[Shift, Promise]] = {
    Shift.NOT_CHECKED: gettext_lazy(
        "Whether people read the questions after the start as they did before was not checked: that takes 50 people in each "
        "company, before and after, and three questions. Part of the difference can be another way of reading."
    ),
    Shift.HOLDS: gettext_lazy("First checked: people read the questions after the start as they did before."),
    Shift.UNCLEAR: gettext_lazy(
        "First checked whether people read the questions after the start as they did before: too few people to say."
    ),
    Shift.FAILS: gettext_lazy(
        "First checked: people read the questions differently after the start. So the difference is partly another way of "
        "reading, and says less about the approach."
    ),
}


ON_SUMS: Final = gettext_lazy(
    "This was checked over whole companies, teams that began and teams that wait together, on means and on how the questions "
    "go together. Another way of reading in a few teams can go unseen."
)


@dataclass(frozen=True, slots=True)
class LookRow:
    """One look; numbers in points of the scale, no ends where none can be given."""

    number: int
    on: datetime
    estimate: float
    low: float | None
    high: float | None
    said: str
    between: tuple[str, str] | None
    chance: int | None
    is_last: bool

    @property
    def chance_said(self) -> str:
        """A dash where no chance is given: never without limits, for then too little is known."""
        return "\N{EN DASH}" if self.chance is None else f"{self.chance} %"


@dataclass(frozen=True, slots=True)
class Finding:
    """Everything that is said of the newest look.

    Attributes:
        headline: the outcome in one sentence.
        answer: what follows it: the limits, the chance that it is worth having (where there are limits), the test, what it rests on.
        question: the estimand in words.
        compared: which kind of comparison.
        shift, remarks: what to know when reading it.
        measure: what the scale is called.
        smallest: points of the smallest effect worth having.
        numbers: for a researcher: label and value.
    """

    headline: str
    answer: tuple[str, ...]
    question: str
    compared: str
    assumptions: tuple[str, ...]
    cannot_say: tuple[str, ...]
    shift: str
    remarks: tuple[str, ...]
    looks: tuple[LookRow, ...]
    axis: Axis
    measure: str
    smallest: float
    smallest_said: str
    is_effect: bool
    is_final: bool
    numbers: tuple[tuple[str, str], ...]
    digest: str
    plan_digest: str


def finding_of(pilot: Pilot) -> Finding | None:
    """What came of a pilot so far; None while nobody looked.

    Raises:
        PilotRefused: no plan is frozen.
        ValueError: the plan or an effect is not as it was kept.
    """
    plan, stored = frozen_plan(pilot), list(pilot.effects.all())
    if not stored:
        return None
    taken = [seen_in(one) for one in stored]
    newest, effect = taken[-1], taken[-1].effect
    rows = tuple(_row(one, kept.at, is_last=one is newest) for one, kept in zip(taken, stored, strict=True))
    smallest = effect.smallest * effect.deviation
    return Finding(
        headline=say_here(headline_of(effect)),
        answer=_answer(effect),
        question=say_here(effect.estimand),
        compared=say_here(effect.label),
        assumptions=_said(effect.assumptions),
        cannot_say=_said(effect.cannot_say),
        shift=_shift(newest),
        remarks=(*_remarks(newest), *_said(effect.remarks)),
        looks=rows,
        axis=_axis(rows, smallest, is_effect=effect.is_effect),
        measure=", ".join(names_in_programme([plan.scale], pilot.programme)) or plan.scale,
        smallest=smallest,
        smallest_said=decimal(smallest).in_language(language()),
        is_effect=effect.is_effect,
        is_final=effect.is_final,
        numbers=_numbers(newest, plan),
        digest=stored[-1].digest,
        plan_digest=pilot.plan.digest,
    )


def _shift(seen: Seen) -> str:
    said = str(SHIFTS[seen.shift])
    by_sums = seen.checked_on is CheckedOn.SUMS and seen.shift is not Shift.NOT_CHECKED
    return f"{said} {ON_SUMS}" if by_sums else said


def _row(seen: Seen, at: datetime, *, is_last: bool) -> LookRow:
    effect, spoken_in = seen.effect, language()
    low, high = effect.points_interval.low, effect.points_interval.high
    known = effect.has_limits
    ends = (decimal(low).in_language(spoken_in), decimal(high).in_language(spoken_in)) if known else None
    return LookRow(
        number=seen.look,
        on=at,
        estimate=effect.points,
        low=low if known else None,
        high=high if known else None,
        said=decimal(effect.points).in_language(spoken_in),
        between=ends,
        chance=percent(effect.worth) if effect.is_effect and known else None,
        is_last=is_last,
    )


def _axis(rows: Sequence[LookRow], smallest: float, *, is_effect: bool) -> Axis:
    values = [value for row in rows for value in (row.estimate, row.low, row.high) if value is not None]
    return axis_for([*values, smallest] if is_effect else values)


def _answer(effect: Effect) -> tuple[str, ...]:
    said = [say_here(limits_of(effect))]
    if effect.is_effect:
        # A chance beside "cannot be told" would be read as if it could.
        said += [*([say_here(worth_of(effect))] if effect.has_limits else []), *_said(about_test(effect))]
    companies = ngettext("one company", "%(n)s companies", effect.organisations) % {"n": effect.organisations}
    known = {"teams": effect.teams, "companies": companies, "people": effect.people}
    said.append(
        _("It rests on %(teams)s teams of %(companies)s, in which at least %(people)s people answered.") % known
    )
    return tuple(said)


def _remarks(seen: Seen) -> tuple[str, ...]:
    """What the releases held back, and who was not waited for."""
    said = []
    if seen.without:
        said.append(
            ngettext(
                "One company was not measured in time and is left out here.",
                "%(n)s companies were not measured in time and are left out here.",
                seen.without,
            )
            % {"n": seen.without}
        )
    if seen.without_number:
        said.append(
            ngettext(
                "One mean lay so near an end of the scale that no number may be shown, and does not count.",
                "%(n)s means lay so near an end of the scale that no number may be shown, and do not count.",
                seen.without_number,
            )
            % {"n": seen.without_number}
        )
    return tuple(said)


def _numbers(seen: Seen, plan: Plan) -> tuple[tuple[str, str], ...]:
    effect, spoken_in = seen.effect, language()

    def shown(value: float, places: int = 2) -> str:
        return decimal(value, places).in_language(spoken_in)

    return (
        (_("Estimate, in standard deviations between people"), shown(effect.estimate)),
        (_("Standard error"), shown(effect.se, 3)),
        (_("Degrees of freedom"), shown(effect.df, 1)),
        (_("Points of one standard deviation"), shown(effect.deviation)),
        (_("Chance that it is above nothing"), f"{percent(effect.above_zero)} %"),
        (_("Analysis"), effect.method.value),
        (_("Test"), effect.tested_by.value),
        (_("Digest of the design"), plan.design.digest),
        (_("Digest of the numbers"), effect.digest),
        (_("Releases that were read"), str(len(seen.sources))),
    )


def _said(messages: Sequence[Message]) -> tuple[str, ...]:
    return tuple(printable(say_here(one)) for one in messages)
