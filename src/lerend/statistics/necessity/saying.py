"""What may be said of a factor: a description of these answers, never that something is necessary."""

from __future__ import annotations

from typing import Final

from lerend.statistics.necessity.factors import FactorNecessity
from lerend.wording import Message, Value, say

LEAST_TO_SAY: Final = 150
"""Below so many, a corner that is truly empty is hardly ever told from chance (docs/methods/necessity.md)."""


def told(finding: FactorNecessity, factor: Value) -> Message:
    """One sentence about a factor.

    Args:
        factor: its name as people read it.
    """
    if finding.marked:
        return say(
            "With a high outcome, “{factor}” was seldom low: less often than their going together explains. That describes"
            " these answers; it does not prove that the outcome needs it.",
            factor=factor,
        )
    if finding.necessity.n < LEAST_TO_SAY:
        return say("Too few answers to tell whether a high outcome goes without “{factor}”.", factor=factor)
    return say("A low “{factor}” with a high outcome is about as rare as their going together explains.", factor=factor)


def told_below(finding: FactorNecessity, factor: Value) -> Message | None:
    """How many are below what went with the outcome that is wanted; None where that cannot be said."""
    below = finding.below
    if not finding.marked or below is None or below.share is None or below.interval is None:
        return None
    return say(
        "Of those who answered, {share}% is below the least “{factor}” that was seen with that outcome"
        " (between {low}% and {high}%).",
        factor=factor,
        share=round(100 * below.share),
        low=round(100 * below.interval.low),
        high=round(100 * below.interval.high),
    )
