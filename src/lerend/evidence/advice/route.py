"""An existing solution, an existing solution run as a pilot, or a new pilot: a default that people override with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import hypot
from typing import Final

import numpy as np

from lerend.evidence.advice.learning import PILOT_ERROR, value_of_pilot
from lerend.evidence.advice.offer import Offer, something_new
from lerend.evidence.grading.literature import SMALLEST_WORTH_HAVING
from lerend.evidence.pooling.problems import Numbers, wrong
from lerend.evidence.pooling.saying import in_deviations, percent
from lerend.wording import Message, Text, say, say_many

USE: Final = 0.75
TRY: Final = 0.40
LEAST_PILOTS: Final = 3


class Route(StrEnum):
    """The three ways."""

    EXISTING = "existing"
    """Use what exists, and follow it lightly."""
    AS_PILOT = "as_pilot"
    """Use what exists, as a pilot with a fair comparison."""
    NEW = "new"
    """Make something new together, as a pilot."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a pilot is weighed against.

    Attributes:
        people: who may still gain from knowing: employees of companies with the same bottleneck.
        value: of one standard deviation more for one person; `cost`: of the pilot, in the same unit. Without both, nobody
            is told whether a pilot is worth its cost.
        error: standard error that the pilot will have.
    """

    people: int
    value: float | None = None
    cost: float | None = None
    error: float = PILOT_ERROR


@dataclass(frozen=True, slots=True)
class RouteAdvice:
    """The way to go for one bottleneck, with its numbers.

    Attributes:
        cover: highest chance, among what can be done here, that it helps enough.
        best: which one; None where nothing can be done.
        learned: expected gain per person of deciding after a pilot of it (EVSI), in standard deviations.
        learned_in_all: times the people who may still gain.
        worth_its_cost: None where value or cost are not given.
        reasons: the numbers in sentences.
    """

    route: Route
    cover: float
    best: Offer | None
    smallest: float
    learned: float
    learned_in_all: float
    worth_its_cost: bool | None
    reasons: tuple[Message, ...]


def choose_route(
    offers: Sequence[Offer], ahead: Ahead, *, factor: str = "", smallest: float = SMALLEST_WORTH_HAVING
) -> RouteAdvice:
    """The advice for one bottleneck.

    Args:
        offers: of the catalogue, on this bottleneck; what cannot be done here counts for nothing.
    """
    able = [offer for offer in offers if offer.can_be_done]
    best = max(able, key=lambda offer: (offer.above(smallest), offer.pilots, offer.id), default=None)
    cover = 0.0 if best is None else best.above(smallest)
    route = _route(cover, best)
    tried = something_new(factor) if best is None or route is Route.NEW else best
    learned = value_of_pilot(tried.mean, tried.mean_deviation, hypot(ahead.error, tried.spread), smallest)
    in_all = learned * ahead.people
    worth = None if ahead.value is None or ahead.cost is None else in_all * ahead.value > ahead.cost
    reasons = (*_reasons(route, cover, best, smallest), *_learning(learned, in_all, ahead, worth=worth))
    return RouteAdvice(route, cover, best, smallest, learned, in_all, worth, reasons)


def where_to_develop(probabilities: Numbers, covers: Numbers) -> Numbers:
    """(factors,) the programme's gap: the chance of being a bottleneck times what no solution covers, over companies.

    Args:
        probabilities: (companies, factors) that a factor is among a company's five.
        covers: (companies, factors) `RouteAdvice.cover`.

    Raises:
        EffectsAreWrong: other shapes, or numbers that are no probabilities.
    """
    p, c = np.asarray(probabilities, float), np.asarray(covers, float)
    if p.shape != c.shape or p.ndim != 2 or not ((p >= 0) & (p <= 1) & (c >= 0) & (c <= 1)).all():
        what = say("Chances and covers do not go together.")
        raise wrong("gap", what, say("Give both per company and factor, between 0 and 1."))
    return np.asarray((p * (1 - c)).sum(axis=0))


def _route(cover: float, best: Offer | None) -> Route:
    if best is None or cover < TRY:
        return Route.NEW
    return Route.EXISTING if cover >= USE and best.pilots >= LEAST_PILOTS else Route.AS_PILOT


def _reasons(route: Route, cover: float, best: Offer | None, smallest: float) -> tuple[Message, ...]:
    if best is None:
        return (say("Nothing in the catalogue can be done here, so something new is needed."),)
    found = say(
        "The best that can be done here has a chance of {percent}% to help enough (at least {smallest} standard deviations).",
        percent=percent(cover),
        smallest=in_deviations(smallest),
    )
    seen = say_many(
        "One independent pilot or study is behind it.",
        "{count} independent pilots or studies are behind it.",
        best.pilots,
    )
    if route is Route.EXISTING:
        return (found, seen, say("That is enough to use it, and to follow it lightly."))
    if route is Route.NEW:
        return (found, seen, say("That is too little, so something new is needed beside it."))
    if cover >= USE:
        need = say("It helps often, but was seen in fewer than {least} places: use it as a pilot.", least=LEAST_PILOTS)
        return (found, seen, need)
    return (found, seen, say("That is worth trying, but not sure: use it as a pilot with a fair comparison."))


def _learning(learned: float, in_all: float, ahead: Ahead, *, worth: bool | None) -> tuple[Message, ...]:
    gain = say(
        "Knowing the outcome of a pilot is worth {each} standard deviations per person, and {all} for the {people} people "
        "who may still gain from it.",
        each=_three(learned),
        all=round(in_all),
        people=ahead.people,
    )
    if worth is None:
        return (gain,)
    verdict = say("That is more than the pilot costs.") if worth else say("That is less than the pilot costs.")
    return (gain, verdict)


def _three(value: float) -> Text:
    text = f"{value:.3f}"
    return Text(text.replace(".", ","), text)
