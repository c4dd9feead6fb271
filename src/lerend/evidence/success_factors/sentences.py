"""Success factors in sentences: in which context, by which mechanism, with which outcome (Pawson & Tilley 1997)."""

from __future__ import annotations

from lerend.evidence.pooling.saying import in_deviations, percent
from lerend.evidence.success_factors.averaging import ENOUGH_PILOTS, Label, SuccessFactor, SuccessFactors
from lerend.wording import Message, Text, say, say_many


def standing_of(found: SuccessFactors) -> Message:
    """What may be concluded at all from so many pilots."""
    if found.only_hypotheses:
        return say(
            "From {count} pilots nothing can be established: these are hypotheses, to be tried in the next pilots. "
            "From {enough} pilots on it may become more.",
            count=found.pilots,
            enough=ENOUGH_PILOTS,
        )
    return say(
        "From {count} pilots. What goes with success need not be its cause: factors were not assigned by lot.",
        count=found.pilots,
    )


def sentence_of(factor: SuccessFactor, found: SuccessFactors) -> Message:
    """One factor: context, outcome with its doubt, mechanism, and how many pilots speak for and against it."""
    return say(
        "{standing}: {outcome} It may be that {mechanism}. {count}",
        standing=_standing(factor, only_hypotheses=found.only_hypotheses),
        outcome=_outcome(factor),
        mechanism=factor.factor.mechanism,
        count=say(
            "{in_line}, {against}.",
            in_line=say_many(
                "{count} pilot is in line with this", "{count} pilots are in line with this", factor.pilots_for
            ),
            against=say_many("{count} is not", "{count} are not", factor.pilots_against),
        ),
    )


def _standing(factor: SuccessFactor, *, only_hypotheses: bool) -> Message:
    chance = percent(factor.probability)
    if only_hypotheses:
        return say("Hypothesis (chance of {chance}% that it matters)", chance=chance)
    if factor.label is Label.SUPPORTED:
        return say("Supported (chance of {chance}% that it matters)", chance=chance)
    if factor.label is Label.CANDIDATE:
        return say("Candidate (chance of {chance}% that it matters)", chance=chance)
    return say("Open (chance of {chance}% that it matters)", chance=chance)


def _outcome(factor: SuccessFactor) -> Message:
    size, low, high = _as_seen(factor)
    values: dict[str, Text] = {
        "context": factor.factor.context,
        "size": in_deviations(size),
        "low": in_deviations(low),
        "high": in_deviations(high),
    }
    if factor.effect >= 0:
        return say(
            "where {context}, effects were larger by {size} standard deviations (between {low} and {high}).", **values
        )
    return say(
        "where {context}, effects were smaller by {size} standard deviations (between {low} and {high}).", **values
    )


def _as_seen(factor: SuccessFactor) -> tuple[float, float, float]:
    if factor.effect >= 0:
        return factor.effect, factor.interval.low, factor.interval.high
    return -factor.effect, -factor.interval.high, -factor.interval.low
