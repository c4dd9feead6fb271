"""What may be compared between groups, in words, from what they were shown to share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lerend.statistics.structure.indices import Indices
from lerend.statistics.structure.ordinal_layout import Shared
from lerend.statistics.structure.trouble import three_decimals
from lerend.wording import Message, say

POOR: Final = 0.08
"""RMSEA from which a model is commonly called poor (Browne & Cudeck 1993)."""


def may_be_compared(held: Sequence[Shared], released: Sequence[str], *, unclear: bool) -> tuple[Message, ...]:
    """One sentence on what may be compared, and what limits it.

    Args:
        held: what the groups share.
        released: items that do not take part in it.
        unclear: whether the last step ended for want of people.
    """
    found = [_reach(held)]
    if released:
        found.append(
            say(
                "These items work differently between the groups and must stay out of a comparison of raw scores: {items}.",
                items=tuple(dict.fromkeys(released)),
            )
        )
    if unclear:
        found.append(say("There are too few people to say whether the groups share more."))
    return tuple(found)


def fits_badly(found: Indices | None) -> tuple[Message, ...]:
    """Said where the factors do not describe the answers even with all numbers apart, by the robust indices of that fit."""
    if found is None or found.rmsea.low <= POOR:
        return ()
    return (
        say(
            "Even with all numbers apart the model misses much of what goes together (RMSEA {value}). What is said of "
            "the steps rests on it: mend the model first.",
            value=three_decimals(found.rmsea.value),
        ),
    )


def _reach(held: Sequence[Shared]) -> Message:
    if "residuals" in held:
        return say("Factors may be compared between the groups, and so may raw scores.")
    if "intercepts" in held:
        return say("Means of factors may be compared between the groups; of raw scores that was not shown.")
    if "loadings" in held:
        return say("How factors go together may be compared between the groups; their means may not.")
    return say("Nothing may be compared between the groups: the items do not work alike.")
