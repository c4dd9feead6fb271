"""Why there is no model of these answers, and what must be said beside one: in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from lerend.errors import LerendError, Problem
from lerend.statistics.latent_trait.curves import NORMAL_OGIVE, ItemCurve
from lerend.statistics.latent_trait.fit import TraitFit
from lerend.statistics.latent_trait.patterns import Patterns
from lerend.wording import Message, say

LEAST_PEOPLE: Final = 100
LEAST_ITEMS: Final = 3
FEW_PEOPLE: Final = 500
"""From here slopes and thresholds of graded answers come out well (Reise & Yu 1990)."""
RARE: Final = 5
NEARLY_THE_TRAIT: Final = 0.95
MISFIT: Final = 0.089
"""RMSEA of answers by two items from which fit is no longer adequate (Maydeu-Olivares & Joe 2014)."""
ROUGH: Final = 0.01
"""Change of the log-likelihood on a grid twice as fine from which the grid is too rough."""


class NoTraitToMeasure(LerendError):
    """Answers that cannot bear a model of one trait."""


def check(patterns: Patterns) -> None:
    """Raises: NoTraitToMeasure, for fewer than 100 people or three items, or an item that everybody answered the same."""
    if len(patterns.items) < LEAST_ITEMS:
        what = say("It takes {least} items to tell a trait from what items have of their own.", least=LEAST_ITEMS)
        raise _nothing("items", what, say("Name more items."))
    if patterns.total < LEAST_PEOPLE:
        what = say("Curves of items need {least} people.", least=LEAST_PEOPLE)
        raise _nothing("people", what, say("Use alpha or omega, which ask less of the answers."))
    same = tuple(item for item, codes in zip(patterns.items, patterns.chosen, strict=True) if len(codes) < 2)
    if same:
        what = say("Everybody gave the same answer, so it goes with nothing.")
        raise _nothing(", ".join(same), what, say("Leave the item out."))


def check_places(nodes: int) -> None:
    """Raises: NoTraitToMeasure, for a grid that is too rough or needlessly fine."""
    if not 21 <= nodes <= 481:
        what = say("The trait is cut into {nodes} places.", nodes=nodes)
        raise _nothing("nodes", what, say("Give from 21 to 481."))


def unseen(items: Sequence[str]) -> NoTraitToMeasure:
    """Answers that nobody gave when the items were fitted."""
    what = say("An answer was given that the curves of the item do not know.")
    return _nothing(", ".join(items), what, say("Fit the items to these answers too, or leave them out."))


def not_arrived() -> NoTraitToMeasure:
    """A search without an end, or without a top."""
    what = say("The search for the curves of the items came to no end.")
    return _nothing("items", what, say("Leave out items that hardly go with the others, or that are nearly the same."))


def said_of_items(patterns: Patterns, curves: Sequence[ItemCurve], endless: Sequence[str]) -> Iterator[Message]:
    """What is the matter with items, and with how many people answered them."""
    if patterns.total < FEW_PEOPLE:
        yield say("Fewer than {least} people: slopes and thresholds are rough.", least=FEW_PEOPLE)
    named = list(zip(patterns.items, curves, strict=True))
    against = tuple(item for item, curve in named if curve.slope < 0)
    near = tuple(item for item, curve in named if loading(curve) > NEARLY_THE_TRAIT)
    if endless:
        yield say(
            "The slope of these items has no end: {items}. The numbers here mean nothing. Leave one of them out and look again.",
            items=tuple(endless),
        )
    elif against:
        yield say(
            "These items point against the others: {items}. Turn them around, or look at their wording.", items=against
        )
    if near and not endless:
        yield say("These items are nearly the trait itself: {items}. See whether they ask the same.", items=near)
    yield from _said_of_answers(patterns)


def loading(curve: ItemCurve) -> float:
    """The slope as a loading on the trait, without its sign (Takane & de Leeuw 1987)."""
    return float(abs(curve.slope) / np.hypot(curve.slope, NORMAL_OGIVE))


def _said_of_answers(patterns: Patterns) -> Iterator[Message]:
    codes = sorted({code for chosen in patterns.chosen for code in chosen})
    unused = tuple(i for i, chosen in zip(patterns.items, patterns.chosen, strict=True) if len(chosen) < len(codes))
    if unused:
        yield say(
            "Nobody gave some of the answers to these items: {items}. Thresholds are between answers that were given.",
            items=unused,
        )
    rare = tuple(i for i, counts in zip(patterns.items, patterns.counts(), strict=True) if counts.min() < RARE)
    if rare:
        yield say(
            "Fewer than {least} people gave one of the answers to these items: {items}. That threshold is hardly known.",
            least=RARE,
            items=rare,
        )


def said_of_fit(patterns: Patterns, fit: TraitFit | None, finer: float) -> Iterator[Message]:
    """What is the matter with everything together, where every slope has an end."""
    if not patterns.complete:
        yield say(
            "Rows with empty cells count by what they did answer. That is right only if skipping does not depend on the answer that is missing. How well the trait fits is told for whole rows only."
        )
    elif fit is None:
        yield say(
            "How well one trait fits cannot be told: it takes four items, and answers that do not follow from each other."
        )
    elif fit.indices.rmsea.value > MISFIT:
        yield say("One trait does not account for how these items go together. Look for several factors first.")
    if abs(finer) > ROUGH:
        yield say("The grid is too rough for these items. Give more nodes.")


def _nothing(where: str, what: Message, mend: Message) -> NoTraitToMeasure:
    return NoTraitToMeasure([Problem(where, what, mend)])
