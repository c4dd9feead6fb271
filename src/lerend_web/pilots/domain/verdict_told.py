"""A verdict, its rule and how the approach was carried out, in words for every face of a pilot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lerend.evidence.design.kinds import Kind
from lerend.evidence.figures import decimal, percent
from lerend.evidence.verdict import Fidelity, VerdictRule
from lerend.evidence.verdict import Verdict as Outcome
from lerend_web.instruments.domain.faults import language
from lerend_web.pilots.domain.freezing import frozen_plan
from lerend_web.pilots.domain.log import fidelity_of
from lerend_web.pilots.domain.verdicts import OVER, fidelity_at_end, signed_verdict
from lerend_web.pilots.models import Pilot

VERDICTS: Final[dict[str, Promise]] = {
    Outcome.ADOPT.value: gettext_lazy("Adopt"),
    Outcome.ADAPT.value: gettext_lazy("Adapt"),
    Outcome.STOP.value: gettext_lazy("Stop"),
    Outcome.CANNOT_TELL.value: gettext_lazy("Cannot tell"),
}


@dataclass(frozen=True, slots=True)
class Process:
    """How much of the plan took place, in percent; None where nobody kept a log."""

    dose: int | None
    reach: int | None
    core_kept: bool | None
    needs_dose: int
    needs_reach: int

    @property
    def is_known(self) -> bool:
        return self.dose is not None


@dataclass(frozen=True, slots=True)
class Told:
    """A signed verdict."""

    verdict: str
    word: str
    why: tuple[str, ...]
    note: str
    by: str
    at: datetime


def process_of(pilot: Pilot, *, today: date) -> Process:
    """How it was carried out: beside what was planned until today, or beside the whole plan once it is over."""
    found: Fidelity = fidelity_at_end(pilot) if pilot.state in OVER else fidelity_of(pilot, on=today)
    rule = frozen_plan(pilot).rule
    return Process(
        dose=None if found.dose is None else round(100 * found.dose),
        reach=None if found.reach is None else round(100 * found.reach),
        core_kept=found.core_kept,
        needs_dose=round(100 * rule.least_dose),
        needs_reach=round(100 * rule.least_reach),
    )


def process_words(process: Process) -> tuple[str, ...]:
    """How it was carried out, in sentences, each with what the rule asks."""
    if not process.is_known:
        return (_("Nobody kept a log, so we do not know whether it was carried out as planned."),)
    said = [
        _("%(dose)s %% of the planned sessions took place (the rule asks %(least)s %%).")
        % {"dose": process.dose, "least": process.needs_dose}
    ]
    if process.reach is not None:
        said.append(
            _("%(reach)s %% of the people came (the rule asks %(least)s %%).")
            % {"reach": process.reach, "least": process.needs_reach}
        )
    if process.core_kept is not None:
        said.append(
            _("Most sessions went as planned.") if process.core_kept else _("Many sessions did not go as planned.")
        )
    return tuple(said)


def told_verdict(pilot: Pilot) -> Told | None:
    """The verdict that was signed, in the language of the page."""
    signed = signed_verdict(pilot)
    if signed is None:
        return None
    return Told(
        verdict=signed.verdict,
        word=str(VERDICTS[signed.verdict]),
        why=tuple(one[language()] for one in signed.why),
        note=signed.note,
        by=signed.by.name if signed.by else "",
        at=signed.at,
    )


def rule_in_words(rule: VerdictRule, deviation: float, kind: Kind) -> tuple[str, ...]:
    """The rule that was frozen before the start, in the order in which it is applied.

    Args:
        deviation: points of the scale that one standard deviation between people is.
    """
    if not kind.estimates_effect:
        return (_("There is nothing to compare with, so the verdict can only be: cannot tell."),)
    known = {
        "smallest": decimal(rule.smallest * deviation).in_language(language()),
        "sure": percent(rule.sure),
        "unlikely": percent(rule.unlikely),
        "harm": percent(rule.harm),
        "dose": round(100 * rule.least_dose),
        "reach": round(100 * rule.least_reach),
    }
    said = [
        _("Stop, if it does harm with a chance of %(harm)s %% or more."),
        _("Adopt, if the interval lies above nothing and the chance of more than %(smallest)s of a point is %(sure)s %% or more."),
        _("Adapt, if less than %(dose)s %% of the sessions took place, less than %(reach)s %% of the people came, or a part that makes the approach what it is was left out."),
        _("Adapt, if there is an effect, but it may be too small to be worth it."),
        _("Stop, if at the end the chance of more than %(smallest)s of a point is %(unlikely)s %% or less."),
        _("Cannot tell, in all other cases."),
    ]  # fmt: skip
    if kind is Kind.COMPARISON and not rule.accept_comparison:
        said.append(_("No lot decided who began, so what would be adopted is first run once more with a lot."))
    return tuple(one % known for one in said)


def rule_of(pilot: Pilot) -> tuple[str, ...]:
    """The frozen rule of a pilot in words."""
    plan = frozen_plan(pilot)
    return rule_in_words(plan.rule, plan.deviation, plan.design.kind)
