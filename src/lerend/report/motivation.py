"""Motivation as the link from the organisation to what people do: what goes together with it, on both sides.

Correlations are over people of one organisation, from fifty people, as the release has them; they are no causes. Their
intervals are Fisher's (1921): the inverse hyperbolic tangent of r has about the standard error 1 / √(n − 3).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from lerend.diagnosis.result import Estimate
from lerend.disclosure.bands import above, below
from lerend.model.structure import Direction, Instrument, OrganisationModel
from lerend.release.value import Covariances, Release
from lerend.report.topic import Topic, topic_of
from lerend.report.words import people_text, printable, spoken
from lerend.wording import Language, Message, say, shown

MOTIVATION: Final = "autonomous_motivation"
_Z: Final = 1.959964
_STEP: Final = 0.05
_STRONG: Final = 0.4
_SOME: Final = 0.2


@dataclass(frozen=True, slots=True)
class Link:
    """How a scale goes together with motivation.

    `percent` is the size of the correlation for a bar, `interval` its 95 % interval; `can_be_chance` where that holds zero.
    """

    scale: str
    name: str
    layer: str
    correlation: str
    interval: str
    words: str
    percent: int
    can_be_chance: bool


@dataclass(frozen=True, slots=True)
class MotivationPage:
    """Motivation itself, what of the work and the organisation goes with it, and what it goes with."""

    topic: Topic
    spread: str
    people: str
    before: tuple[Link, ...]
    after: tuple[Link, ...]


def motivation_of(
    release: Release, *, model: OrganisationModel, instrument: Instrument, language: Language
) -> MotivationPage | None:
    """None where the model has no motivation, or it may not be shown."""
    if MOTIVATION not in model.scales:
        return None
    company = release.diagnosis.companies[0]
    finding = next((each for each in company.findings if each.scale == MOTIVATION), None)
    if finding is None or finding.score is None:
        return None
    sums = next((each for each in release.covariances if each.organisation == company.path), None)
    outcomes = {outcome.id for outcome in model.outcomes}
    links = _links(sums, model, language) if sums is not None and MOTIVATION in sums.scales else ()
    return MotivationPage(
        topic=topic_of(release, MOTIVATION, model=model, instrument=instrument, language=language),
        spread="" if finding.spread is None else shown(finding.spread.value, language),
        people="" if sums is None else people_text(sums.people),
        before=tuple(link for link in links if link.scale not in outcomes),
        after=tuple(link for link in links if link.scale in outcomes),
    )


def interval_of(correlation: float, people: int) -> Estimate:
    """The 95 % interval of a correlation over so many people, rounded outwards to .05."""
    held = max(min(correlation, 0.999), -0.999)
    middle, half = math.atanh(held), _Z / math.sqrt(max(people - 3, 1))
    return Estimate(correlation, below(math.tanh(middle - half), _STEP), above(math.tanh(middle + half), _STEP))


def _links(sums: Covariances, model: OrganisationModel, language: Language) -> tuple[Link, ...]:
    row = sums.correlations[sums.scales.index(MOTIVATION)]
    plain = {factor.id: factor for factor in model.factors if factor.direction is Direction.PLAIN}
    told = [scale for scale in sums.scales if scale != MOTIVATION and (scale in plain or scale not in _factors(model))]
    found = [(scale, interval_of(row[sums.scales.index(scale)], sums.people.low)) for scale in told]
    ordered = sorted(found, key=lambda each: -abs(each[1].value))
    return tuple(_link(scale, value, model, language) for scale, value in ordered)


def _factors(model: OrganisationModel) -> frozenset[str]:
    return frozenset(factor.id for factor in model.factors)


def _link(scale: str, value: Estimate, model: OrganisationModel, language: Language) -> Link:
    layers = {layer.id: layer.name for layer in model.layers}
    layer = next((layers[factor.layer] for factor in model.factors if factor.id == scale), None)
    low, high = _hundredths(value.low, language), _hundredths(value.high, language)
    return Link(
        scale=scale,
        name=printable(model.name_of(scale).in_language(language)),
        layer="" if layer is None else printable(layer.in_language(language)),
        correlation=_hundredths(value.value, language),
        interval=spoken(say("{low} to {high}", low=low, high=high), language),
        words=spoken(_words(value.value), language),
        percent=min(round(100 * abs(value.value)), 100),
        can_be_chance=not (value.low > 0 or value.high < 0),
    )


def _words(correlation: float) -> Message:
    if abs(correlation) < _SOME:
        return say("hardly")
    if abs(correlation) < _STRONG:
        return say("somewhat")
    return say("strongly")


def _hundredths(value: float, language: Language) -> str:
    text = f"{value:.2f}".replace("-", "\N{MINUS SIGN}")
    return text.replace(".", ",") if language == "nl" else text
