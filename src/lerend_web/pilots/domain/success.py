"""Success factors over the pilots of a programme: weighed one by one over all sets, and in combinations beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from lerend.evidence.grading.literature import SMALLEST_WORTH_HAVING
from lerend.evidence.pooling.pilot import PilotEffect
from lerend.evidence.pooling.saying import percent
from lerend.evidence.success_factors.averaging import Label, SuccessFactor, SuccessFactors, success_factors
from lerend.evidence.success_factors.factors import CodedFactor
from lerend.evidence.success_factors.lenses import Seen
from lerend.evidence.success_factors.sentences import sentence_of, standing_of
from lerend.report.words import spoken
from lerend_web.instruments.domain.faults import language
from lerend_web.pilots.domain.combinations import Combinations, combinations_of
from lerend_web.pilots.domain.course import Course, courses_of
from lerend_web.pilots.domain.differences import Difference, coded, known_of, not_known_of
from lerend_web.pilots.domain.evidence import Line
from lerend_web.pilots.domain.finished import as_judged, judged_rows
from lerend_web.programmes.models import Programme

LEAST_PILOTS: Final = 3
LABELS: Final[dict[Label, Promise]] = {
    Label.SUPPORTED: pgettext_lazy("how sure a success factor is", "supported"),
    Label.CANDIDATE: pgettext_lazy("how sure a success factor is", "candidate"),
    Label.OPEN: pgettext_lazy("how sure a success factor is", "open"),
}
SEEN: Final[dict[Seen, Promise]] = {
    Seen.BOTH: _("seen both ways"),
    Seen.WEIGHED: _("only by weighing"),
    Seen.COMBINED: _("only in combinations"),
    Seen.NEITHER: _("seen in neither way"),
}


@dataclass(frozen=True, slots=True)
class FactorRow:
    """One factor; chances in percent.

    Attributes:
        chance: that it matters at all; `lowest` and `highest` what this becomes when one pilot is left out.
        effect: what it changes, in standard deviations between people.
        in_line, against: how many pilots.
        label: below 20 pilots never more than a hypothesis.
        seen: under which of both lenses; nothing where combinations say nothing.
    """

    name: Promise
    chance: int
    lowest: int
    highest: int
    effect: Line
    in_line: int
    against: int
    label: Promise
    seen: Promise | str
    sentence: str


@dataclass(frozen=True, slots=True)
class Success:
    """What goes with success over the pilots of a programme.

    Attributes:
        left_out: judged pilots without an effect (before and after only).
        none: chance in percent that none of the factors matters.
        not_known: factors that were not written down of every pilot, or were the same in all.
    """

    pilots: int
    left_out: int
    only_hypotheses: bool
    says: str
    none: int
    rows: tuple[FactorRow, ...]
    not_known: tuple[Promise, ...]
    combinations: Combinations | None
    smallest: float = SMALLEST_WORTH_HAVING


@dataclass(frozen=True, slots=True)
class TooFew:
    """Why nothing can be said yet."""

    pilots: int
    why: str


def success_of(programme: Programme) -> Success | TooFew:
    """From all judged pilots with an effect, whatever they tried. Only a few pilots give only hypotheses, and it says so."""
    rows = list(judged_rows(programme))
    judged = as_judged(rows, {one.pk: True for one in rows}, ())
    compared = [one for one in judged if one.effect.is_effect]
    if len(compared) < LEAST_PILOTS:
        return TooFew(
            len(compared), gettext("From three judged pilots with a comparison on, this page says something.")
        )
    courses = courses_of([one.pilot for one in compared])
    factors = known_of(courses)
    if not factors:
        return TooFew(
            len(compared), gettext("Nothing is known of all pilots in which they differ. Logs that are kept help here.")
        )
    effects = tuple(one.finished.effect for one in compared)
    found = _weighed(effects, tuple(coded(one, courses) for one in factors))
    combined = combinations_of(effects, factors, courses, found)
    return _told(found, factors, courses, combined, left_out=len(rows) - len(compared))


@lru_cache(maxsize=16)
def _weighed(effects: tuple[PilotEffect, ...], factors: tuple[CodedFactor, ...]) -> SuccessFactors:
    """Kept, as the same pilots give the same answer."""
    return success_factors(effects, factors)


def _told(
    found: SuccessFactors,
    factors: Sequence[Difference],
    courses: Sequence[Course],
    combined: Combinations | None,
    *,
    left_out: int,
) -> Success:
    names = {one.id: one.name for one in factors}
    seen = dict(combined.seen) if combined else {}
    return Success(
        pilots=found.pilots,
        left_out=left_out,
        only_hypotheses=found.only_hypotheses,
        says=spoken(standing_of(found), language()),
        none=percent(found.none),
        rows=tuple(_row(one, found, names[one.factor.id], seen.get(one.factor.id)) for one in found.factors),
        not_known=tuple(not_known_of(courses)),
        combinations=combined,
    )


def _row(one: SuccessFactor, found: SuccessFactors, name: Promise, seen: Seen | None) -> FactorRow:
    return FactorRow(
        name=name,
        chance=percent(one.probability),
        lowest=percent(one.left_out.low),
        highest=percent(one.left_out.high),
        effect=Line(one.effect, one.interval.low, one.interval.high),
        in_line=one.pilots_for,
        against=one.pilots_against,
        label=pgettext_lazy("how sure a success factor is", "hypothesis")
        if found.only_hypotheses
        else LABELS[one.label],
        seen=SEEN[seen] if seen else "",
        sentence=spoken(sentence_of(one, found), language()),
    )
