"""An effect in plain sentences; nothing found and harm are said as plainly as success."""

from __future__ import annotations

from lerend.evidence.effects.effect import Basis, Effect
from lerend.evidence.figures import decimal, percent
from lerend.wording import Message, Text, say


def headline_of(effect: Effect) -> Message:
    """The outcome in one sentence."""
    if not effect.is_effect:
        return say(
            "Scores changed by {points} of a point. That is a change, from whatever cause.", points=_points(effect)
        )
    if not effect.has_limits:
        return say(
            "Whether there is an effect cannot be told. The estimate is {points} of a point.", points=_points(effect)
        )
    if effect.interval.low > 0:
        return say("There is an effect: {points} of a point up.", points=_points(effect))
    if effect.interval.high < 0:
        return say("There is an effect in the wrong direction: {points} of a point.", points=_points(effect))
    return say(
        "No effect can be seen. The estimate is {points} of a point, which may be chance.", points=_points(effect)
    )


def sentences_of(effect: Effect) -> tuple[Message, ...]:
    """The interval, the chance that it is worth having, what it rests on, and which test was used."""
    interval = limits_of(effect)
    basis = say("It rests on {teams} teams and {people} people.", teams=effect.teams, people=effect.people)
    if not effect.is_effect:
        return (interval, basis, *effect.remarks)
    return (interval, worth_of(effect), *about_test(effect), basis, *effect.remarks)


def limits_of(effect: Effect) -> Message:
    """Between which limits it lies, or that none can be given."""
    if not effect.has_limits:
        return say("Too little is known to say between which limits it lies.")
    return say(
        "With {level} % certainty it lies between {low} and {high} of a point on the scale from 1 to 5.",
        level=round(100 * effect.level),
        low=decimal(effect.points_interval.low),
        high=decimal(effect.points_interval.high),
    )


def worth_of(effect: Effect) -> Message:
    """The probability that it is worth having."""
    return say(
        "The probability that it is larger than {smallest} of a point, the smallest effect worth having, is {worth} %.",
        smallest=decimal(effect.smallest * effect.deviation),
        worth=percent(effect.worth),
    )


def about_test(effect: Effect) -> tuple[Message, ...]:
    """What the test says; nothing at a look before the end, or where nothing tests it."""
    if effect.p is None:
        return ()
    p = decimal(effect.p, 3)
    if effect.tested_by is Basis.LOT:
        return (say("If the approach did nothing, a share of {p} of all possible lots would show as much.", p=p),)
    return (say("If the approach did nothing, as much would be seen with a probability of {p}.", p=p),)


def _points(effect: Effect) -> Text:
    return decimal(effect.points)
