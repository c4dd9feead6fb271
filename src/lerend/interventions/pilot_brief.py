"""From a white spot to a pilot: one page with the problem, why something could work, ideas, and how it would be seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from lerend.disclosure.bands import nearest
from lerend.interventions.catalogue import Catalogue, Intervention, Precondition
from lerend.interventions.counting import LEAST, Companies, Part, Share, companies_of, part_of, people_in
from lerend.interventions.gap_matrix import Concerned, companies_in, concerned_by
from lerend.interventions.judging import Context
from lerend.model.structure import OrganisationModel
from lerend.release.value import Release
from lerend.wording import Message, Text, say

SMALLEST: Final = 0.2
"""Standard deviations between people: what a pilot must bring at least, unless people choose another value."""
USUAL_DEVIATION: Final = 0.8
"""Points of the 1 to 5 scale, where no release shows how people differ on a scale."""


class Standing(StrEnum):
    """Why an idea is only an idea."""

    FITS = "fits"
    """It fits in these companies, but its evidence is weak, mixed, or practice only."""
    BLOCKED = "blocked"
    """There is evidence, but something that it needs is missing in these companies."""


@dataclass(frozen=True, slots=True)
class Idea:
    """An entry of the catalogue to start from, and what speaks against taking it as it is."""

    intervention: Intervention
    standing: Standing
    why: Message


@dataclass(frozen=True, slots=True)
class SmallestEffect:
    """The smallest effect worth having: in standard deviations between people, and in points of the 1 to 5 scale."""

    deviations: float
    points: float
    sentence: Message


@dataclass(frozen=True, slots=True)
class PilotBrief:
    """What a pilot starts from.

    Attributes:
        problem: what is the matter, in sentences.
        theory: why raising the factor could change behaviour, step by step; nothing of it is proven.
        ideas: where to start from, those that fit first.
        use_first: proven solutions that do fit in some of the companies: there no pilot is needed.
        companies: in which the factor is a bottleneck.
        same_gap: the part of them where no proven solution fits; for those the pilot is.
        people: at least so many people answered there, in tens; None where that would tell one or two companies apart.
        measured_on: the scale that must move.
        then: the outcome that should follow.
    """

    factor: str
    problem: tuple[Message, ...]
    theory: tuple[Message, ...]
    ideas: tuple[Idea, ...]
    use_first: tuple[Intervention, ...]
    companies: Companies
    same_gap: Part
    people: int | None
    measured_on: str
    then: str
    how_measured: Message
    smallest: SmallestEffect


def pilot_brief(
    factor: str,
    releases: Sequence[Release],
    catalogue: Catalogue,
    model: OrganisationModel,
    *,
    contexts: Mapping[str, Context] | None = None,
) -> PilotBrief:
    """The brief for a pilot on one factor, from the releases of all companies.

    It names no company, and its reasons hold nobody's score.

    Args:
        factor: one that the model ranks.
        releases: the newest of each company.
        catalogue: where ideas come from.
        model: names, definitions and prior correlations.
        contexts: per name of a company what it says about itself.
    """
    concerned = concerned_by(factor, companies_in(releases), catalogue, model, contexts or {})
    gap = [one for one in concerned if not one.has_solution]
    same_gap = part_of(len(gap), len(concerned))
    outcome = _outcome(factor, model)
    # Reasons that hold for one or two companies only would say something about these.
    ideas = [_idea(entry, gap if len(gap) >= LEAST else concerned) for entry in catalogue.targeting(factor)]
    use_first = [entry for entry in catalogue.targeting(factor) if entry.is_proven and _somewhere(entry, concerned)]
    return PilotBrief(
        factor=factor,
        problem=_problem(model, factor, companies_of(len(concerned)), same_gap, use_first),
        theory=_theory(factor, outcome, model),
        ideas=tuple(sorted((idea for idea in ideas if idea), key=_order)),
        use_first=tuple(use_first),
        companies=companies_of(len(concerned)),
        same_gap=same_gap,
        people=None if same_gap.number is None else people_in([one.unit for one in gap]),
        measured_on=factor,
        then=outcome,
        how_measured=_how_measured(model.name_of(factor), model.name_of(outcome)),
        smallest=smallest_effect(factor, releases),
    )


def smallest_effect(factor: str, releases: Sequence[Release]) -> SmallestEffect:
    """The smallest effect worth having on a scale, given how much people differ on it."""
    shown = [
        deviation
        for release in releases
        for one in release.covariances
        for scale, deviation in zip(one.scales, one.deviations, strict=True)
        if scale == factor
    ]
    deviation = sum(shown) / len(shown) if shown else USUAL_DEVIATION
    points = max(0.1, nearest(SMALLEST * deviation, 0.1))
    sentence = say(
        "The pilot is worth it from {points} points on the scale of 1 to 5. "
        "That is as if one in {people} people gives an answer one step higher.",
        points=points,
        people=round(1 / points),
    )
    return SmallestEffect(SMALLEST, points, sentence)


def _outcome(factor: str, model: OrganisationModel) -> str:
    """The behaviour that goes with the factor most, as far as is known beforehand."""
    known = dict(model.factor(factor).correlations)
    return max(
        (outcome.id for outcome in model.outcomes), key=lambda name: known[name].value if name in known else -1.0
    )


def _problem(
    model: OrganisationModel, factor: str, companies: Companies, same_gap: Part, use_first: Sequence[Intervention]
) -> tuple[Message, ...]:
    if companies.number == 0:
        nowhere = say(
            "In no company that we may show is “{topic}” among the topics with most room.", topic=model.name_of(factor)
        )
        return (nowhere,)
    where = say(
        "In {companies} “{topic}” is among the topics with most room.",
        companies=companies.sentence_part,
        topic=model.name_of(factor),
    )
    what = say("It is about this: {definition}", definition=model.factor(factor).definition)
    if not use_first:
        return where, what, say("No proven solution fits there.")
    names = tuple(entry.name for entry in use_first)
    return (
        where,
        what,
        _gap(same_gap),
        say("Elsewhere a proven solution does fit: {names}. Use that there.", names=names),
    )


def _gap(same_gap: Part) -> Message:
    if same_gap.number is None:
        return say("In some of them no proven solution fits.")
    if same_gap.share is Share.NONE:
        return say("In each of them a proven solution fits, so a pilot is not what they need first.")
    return say("In {number} of them no proven solution fits.", number=same_gap.number)


def _theory(factor: str, outcome: str, model: OrganisationModel) -> tuple[Message, ...]:
    topic, behaviour = model.name_of(factor), model.name_of(outcome)
    known = model.factor(factor).prior_correlation(outcome)
    together = (
        say(
            "In earlier research “{topic}” goes with “{behaviour}” (correlation about {value}). That is no proof of cause.",
            topic=topic,
            behaviour=behaviour,
            value=known,
        )
        if known is not None
        else say("How “{topic}” goes with “{behaviour}” is not known beforehand.", topic=topic, behaviour=behaviour)
    )
    return (
        say("The new approach changes something in daily work. Write down what, and who notices it first."),
        say("People notice that “{topic}” gets better.", topic=topic),
        together,
        say("So we expect more of “{behaviour}”. The pilot is there to see whether that is so.", behaviour=behaviour),
    )


def _how_measured(topic: Text, behaviour: Text) -> Message:
    return say(
        "Compare the score on “{topic}” before and after, between teams that begin now and teams that begin later. "
        "Look at “{behaviour}” as well.",
        topic=topic,
        behaviour=behaviour,
    )


def _somewhere(entry: Intervention, concerned: Sequence[Concerned]) -> bool:
    return any(match.intervention == entry for one in concerned for match in one.matching.fits)


def _idea(entry: Intervention, concerned: Sequence[Concerned]) -> Idea | None:
    if _somewhere(entry, concerned) or not concerned:
        if entry.is_proven:
            return None
        return Idea(entry, Standing.FITS, say("It fits, but its evidence is weak. Try it, and measure."))
    need = _most_missed(entry, concerned)
    if need is None:
        return None
    why = say("It does not fit as it is. {why} Look for a form that can do without.", why=need.why)
    return Idea(entry, Standing.BLOCKED, why)


def _most_missed(entry: Intervention, concerned: Sequence[Concerned]) -> Precondition | None:
    missed = Counter(
        check.precondition
        for one in concerned
        for miss in one.matching.does_not_fit
        if miss.intervention == entry
        for check in miss.checks
        if check.blocks
    )
    return max(missed, key=lambda need: missed[need], default=None)


def _order(idea: Idea) -> tuple[bool, str, int]:
    return idea.standing is not Standing.FITS, idea.intervention.evidence.grade.value, idea.intervention.cost.rank
