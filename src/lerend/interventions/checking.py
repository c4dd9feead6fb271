"""What the form of a file cannot say: whether the parts of a catalogue fit each other and the model."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterator

from lerend.errors import Problem
from lerend.interventions.catalogue import (
    Catalogue,
    CircumstanceCondition,
    FactorCondition,
    Grade,
    Intervention,
    Kind,
    SameView,
)
from lerend.model.structure import OrganisationModel
from lerend.wording import Message, say

Where = Callable[..., str]
"""Names file and line of an intervention (its id) or of something in it (keys and list positions)."""


def catalogue_problems(catalogue: Catalogue, model: OrganisationModel, where: Where) -> Iterator[Problem]:
    """Everything in a catalogue that cannot be, although its form is right."""
    if catalogue.model != model.reference:
        what = say(
            "This catalogue is for the model {other}, not for {model}.", other=catalogue.model, model=model.reference
        )
        yield Problem(where(""), what, say("Write `model: {model}`, and check every factor.", model=model.reference))
    for ids in (
        [one.id for one in catalogue.interventions],
        [one.id for one in catalogue.circumstances],
        [one.id for one in catalogue.references],
    ):
        for name in sorted({name for name in ids if ids.count(name) > 1}):
            yield Problem(where(name), say("The id {id} is used twice.", id=name), say("Give each its own id."))
    for entry in catalogue.interventions:
        yield from _target_problems(entry, model, where)
        yield from _precondition_problems(entry, catalogue, model, where)
        yield from _source_problems(entry, catalogue, where)


def _target_problems(entry: Intervention, model: OrganisationModel, where: Where) -> Iterator[Problem]:
    factors = [factor.id for factor in model.factors if factor.measured]
    outcomes = [outcome.id for outcome in model.outcomes]
    for position, name in enumerate(entry.targets):
        if name not in factors:
            yield _unknown(name, factors, where(entry.id, "targets", position), say("factor"))
        elif name in entry.targets[:position]:
            what = say("The factor {name} is named twice.", name=name)
            yield Problem(where(entry.id, "targets", position), what, say("Keep one of the two."))
    for position, name in enumerate(entry.toward):
        if name not in outcomes:
            yield _unknown(name, outcomes, where(entry.id, "toward", position), say("outcome"))
    if (entry.kind is Kind.SOLUTION) != bool(entry.targets):
        what = say("A solution names the factors that it works on; a first step or a diagnosis names none.")
        yield Problem(where(entry.id, "targets"), what, say("Change `kind:` or `targets:`."))


def _precondition_problems(
    entry: Intervention, catalogue: Catalogue, model: OrganisationModel, where: Where
) -> Iterator[Problem]:
    factors = [factor.id for factor in model.factors if factor.measured]
    circumstances = [one.id for one in catalogue.circumstances]
    for position, need in enumerate(entry.preconditions):
        if isinstance(need, FactorCondition | SameView) and need.factor not in factors:
            yield _unknown(need.factor, factors, where(entry.id, "needs", position), say("factor"))
        if isinstance(need, FactorCondition) and need.must and need.factor in entry.targets[:1] and need.at_least:
            what = say("It needs much of the factor that it is there to raise.")
            mend = say("Write `must: false`, so that it is a warning.")
            yield Problem(where(entry.id, "needs", position), what, mend)
        if isinstance(need, CircumstanceCondition) and need.circumstance not in circumstances:
            yield _unknown(need.circumstance, circumstances, where(entry.id, "needs", position), say("circumstance"))


def _source_problems(entry: Intervention, catalogue: Catalogue, where: Where) -> Iterator[Problem]:
    known = [one.id for one in catalogue.references]
    for position, name in enumerate(entry.sources):
        if name not in known:
            yield _unknown(name, known, where(entry.id, "sources", position), say("reference"))
    for position, effect in enumerate(entry.effects):
        for place, name in enumerate(effect.sources):
            if name not in known:
                yield _unknown(name, known, where(entry.id, "effects", position, "sources", place), say("reference"))
        if effect.size is not None and not effect.sources:
            what = say("This effect has a size, but no source.")
            yield Problem(where(entry.id, "effects", position), what, say("Add `sources:` with where it stands."))
    if entry.evidence.grade in {Grade.A, Grade.B} and not entry.effects:
        what = say("Grade {grade} needs at least one effect that somebody measured.", grade=entry.evidence.grade.value)
        yield Problem(where(entry.id, "evidence"), what, say("Add `effects:`, or make it grade C or D."))


def _unknown(name: str, known: Collection[str], place: str, kind: Message) -> Problem:
    near = difflib.get_close_matches(name, known, n=1)
    mend = say("Did you mean {key}?", key=near[0]) if near else say("Add it, or use an id that is there.")
    return Problem(place, say("There is no {kind} {id}.", kind=kind, id=name), mend)
