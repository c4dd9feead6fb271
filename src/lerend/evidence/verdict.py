"""What follows from a pilot: adopt, adapt, stop, or cannot tell, by a rule that was written and frozen before the start.

The order in which it is judged: a before–after comparison can tell nothing; harm stops; a pilot that was not carried out
as planned says nothing about the approach; then the size of the effect decides. Nothing but the numbers of the rule can be
chosen, so that nobody can look for a rule afterwards.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from enum import StrEnum

from lerend.evidence.design.kinds import Kind
from lerend.evidence.effects.effect import Effect, probability_above
from lerend.evidence.figures import decimal, percent
from lerend.wording import Message, say


class Verdict(StrEnum):
    """What to do with the approach."""

    ADOPT = "adopt"
    ADAPT = "adapt"
    STOP = "stop"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class VerdictRule:
    """The numbers of the rule, agreed on before the start.

    Attributes:
        smallest: the smallest effect worth having, in standard deviations between people.
        sure: probability that the effect is larger than that, from which on it is adopted.
        unlikely: probability up to which it is stopped.
        harm: probability that it does harm from which on it is stopped.
        least_dose: share of the planned activities that must have taken place.
        least_reach: share of the people meant who must have been reached.
        accept_comparison: whether a comparison with another company, without a lot, is enough to adopt.
    """

    smallest: float = 0.2
    sure: float = 0.8
    unlikely: float = 0.1
    harm: float = 0.9
    least_dose: float = 0.7
    least_reach: float = 0.6
    accept_comparison: bool = False

    def __post_init__(self) -> None:
        shares = (self.sure, self.unlikely, self.harm, self.least_dose, self.least_reach)
        if self.smallest <= 0 or not all(0 <= share <= 1 for share in shares) or self.unlikely >= self.sure:
            raise ValueError("a rule has a positive smallest effect, shares from 0 to 1, and unlikely below sure")

    @property
    def digest(self) -> str:
        """Of the numbers, for the frozen plan."""
        text = json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Fidelity:
    """How the approach was carried out.

    Attributes:
        dose: share of the planned activities that took place; None where nobody kept a log.
        reach: share of the people meant who were there; None likewise.
        core_kept: whether the parts that make the approach what it is were kept; None where not known.
    """

    dose: float | None = None
    reach: float | None = None
    core_kept: bool | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with its reasons, in the order in which they counted."""

    verdict: Verdict
    headline: Message
    reasons: tuple[Message, ...]
    rule: VerdictRule
    effect: str
    """Digest of what it was judged on."""


def judge(effect: Effect, fidelity: Fidelity, rule: VerdictRule) -> Judgement:
    """The verdict by the frozen rule.

    Harm and success are judged on the interval that is valid now, so at a look before the end it takes more. *Stop*
    because nothing worth having is there, and *cannot tell*, wait for the last wave.
    """
    verdict, reasons = _verdict(effect, fidelity, rule)
    return Judgement(verdict, _headline(verdict, effect), (*reasons, *_limits(effect, fidelity)), rule, effect.digest)


def _verdict(effect: Effect, fidelity: Fidelity, rule: VerdictRule) -> tuple[Verdict, tuple[Message, ...]]:
    if not effect.is_effect:
        return Verdict.CANNOT_TELL, (
            say("There is nothing to compare with, so a change cannot be laid at the door of the approach."),
        )
    worth = _worth(effect, rule)
    if _is_harm(effect, rule):
        return Verdict.STOP, (say("It very probably makes things worse."),)
    not_done = _not_as_planned(fidelity, rule)
    clear = effect.interval.low > 0
    if clear and worth >= rule.sure:
        return _good(effect, fidelity, worth, rule)
    if not_done:
        return Verdict.ADAPT, (*not_done, say("So this says little about the approach itself."))
    return _unclear(effect, worth, rule, clear=clear)


def _good(effect: Effect, fidelity: Fidelity, worth: float, rule: VerdictRule) -> tuple[Verdict, tuple[Message, ...]]:
    reason = say("The effect is worth having with a probability of {worth} %.", worth=percent(worth))
    not_done = _not_as_planned(fidelity, rule)
    if effect.kind is Kind.COMPARISON and not rule.accept_comparison:
        again = say("Who began was not drawn by lot, so run it once more with a lot before you adopt it.")
        return Verdict.ADAPT, (reason, *not_done, again)
    if fidelity.core_kept is False:
        return Verdict.ADAPT, (reason, *not_done, say("What worked is another approach: describe that one and try it."))
    if not_done:
        return Verdict.ADOPT, (reason, *not_done, say("It worked all the same; describe it as it was really done."))
    return Verdict.ADOPT, (reason,)


def _unclear(effect: Effect, worth: float, rule: VerdictRule, *, clear: bool) -> tuple[Verdict, tuple[Message, ...]]:
    if clear:
        return Verdict.ADAPT, (
            say("There is an effect, but it may be too small to be worth it: {worth} % sure.", worth=percent(worth)),
        )
    if not effect.is_final:
        return Verdict.CANNOT_TELL, (say("The pilot is still running."),)
    if worth <= rule.unlikely:
        return Verdict.STOP, (
            say("An effect worth having is unlikely: a probability of {worth} %.", worth=percent(worth)),
        )
    return Verdict.CANNOT_TELL, (
        say("Both an effect worth having and none at all fit with what was measured."),
        say("An effect worth having has a probability of {worth} %.", worth=percent(worth)),
    )


def _worth(effect: Effect, rule: VerdictRule) -> float:
    if effect.smallest == rule.smallest:
        return effect.worth
    return probability_above(rule.smallest, effect.estimate, effect.se, effect.df)


def _is_harm(effect: Effect, rule: VerdictRule) -> bool:
    """At the end by its probability; before the end only where the interval that is valid then lies below nothing."""
    if effect.is_final:
        return 1 - effect.above_zero >= rule.harm
    return effect.interval.high < 0


def _not_as_planned(fidelity: Fidelity, rule: VerdictRule) -> tuple[Message, ...]:
    found = []
    if fidelity.dose is not None and fidelity.dose < rule.least_dose:
        found.append(say("Only {share} % of what was planned took place.", share=round(100 * fidelity.dose)))
    if fidelity.reach is not None and fidelity.reach < rule.least_reach:
        found.append(say("Only {share} % of the people meant were reached.", share=round(100 * fidelity.reach)))
    if fidelity.core_kept is False:
        found.append(say("A part that makes the approach what it is was left out."))
    return tuple(found)


def _limits(effect: Effect, fidelity: Fidelity) -> tuple[Message, ...]:
    found = []
    if fidelity == Fidelity():
        found.append(say("Nobody kept a log, so we do not know whether it was carried out as planned."))
    if effect.is_effect:
        found.append(_estimate(effect))
    return tuple(found)


def _estimate(effect: Effect) -> Message:
    if not effect.has_limits:
        return say("Estimate: {points} of a point, without limits.", points=decimal(effect.points))
    return say(
        "Estimate: {points} of a point, between {low} and {high} ({level} % interval).",
        points=decimal(effect.points),
        low=decimal(effect.points_interval.low),
        high=decimal(effect.points_interval.high),
        level=round(100 * effect.level),
    )


def _headline(verdict: Verdict, effect: Effect) -> Message:
    if not effect.is_effect:
        return say("Cannot tell: this pilot compared with nothing.")
    return {
        Verdict.ADOPT: say("Adopt: it works well enough to go on with."),
        Verdict.ADAPT: say("Adapt: change it, and measure again."),
        Verdict.STOP: say("Stop: it does not bring what it should."),
        Verdict.CANNOT_TELL: say("Cannot tell: this pilot did not answer the question."),
    }[verdict]
