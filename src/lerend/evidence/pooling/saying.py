"""Effects and chances as people read them, and what a pooling must say beside its numbers."""

from __future__ import annotations

from lerend.evidence.pooling.bayes import Belief, Pooled
from lerend.statistics.interval import Interval
from lerend.wording import Message, Text, say, say_many


def in_deviations(value: float) -> Text:
    """0.146 becomes ``0,15`` in Dutch and ``0.15`` in English."""
    text = f"{value:.2f}".replace("-0.00", "0.00").replace("-", "\N{MINUS SIGN}")
    return Text(text.replace(".", ","), text)


def percent(share: float) -> int:
    """A chance in whole percent; never 0 or 100 where it is not quite that."""
    whole = round(100 * share)
    return min(max(whole, 1), 99) if 0 < share < 1 else whole


def with_interval(value: float, interval: Interval) -> Message:
    """Such as: 0.15 (between −0.05 and 0.35)."""
    return say(
        "{value} (between {low} and {high})",
        value=in_deviations(value),
        low=in_deviations(interval.low),
        high=in_deviations(interval.high),
    )


def belief_in_words(belief: Belief) -> Message:
    """The mean, its interval of 95 %, and the chance that it is worth having."""
    return say(
        "{effect} standard deviations; chance of {percent}% that it helps enough",
        effect=with_interval(belief.mean, belief.interval),
        percent=percent(belief.above_worth),
    )


def prior_said(pool: Pooled) -> Message:
    """How much what was thought before still counts."""
    return say_many(
        "One pilot: what we held likely before still carries {percent}% of this.",
        "{count} pilots: what we held likely before still carries {percent}% of this.",
        pool.effects,
        percent=percent(pool.prior_share),
    )
