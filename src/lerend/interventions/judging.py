"""Whether what an intervention needs is there, judged from what a release shows and from what the company itself says.

Three answers: it is there, it is not there, we cannot tell. A score of which the interval holds the limit is the third, and
so is a score that is not shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lerend.diagnosis.result import Finding, Gap, UnitDiagnosis
from lerend.disclosure.cells import Extreme
from lerend.interventions.catalogue import (
    Agreement,
    Catalogue,
    CircumstanceCondition,
    FactorCondition,
    Precondition,
    SameView,
)
from lerend.model.structure import OrganisationModel
from lerend.wording import Message, Text, say


class Verdict(StrEnum):
    """Whether one thing that an intervention needs is there."""

    MET = "met"
    NOT_MET = "not_met"
    CANNOT_TELL = "cannot_tell"
    TO_AGREE = "to_agree"
    """Nothing that we know can tell; people agree on it before they begin."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a company says about itself: per circumstance of the catalogue whether it is so. The rest is unknown."""

    circumstances: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """One precondition in one unit: the verdict, and a sentence that says why."""

    precondition: Precondition
    verdict: Verdict
    sentence: Message

    @property
    def must(self) -> bool:
        return self.precondition.must

    @property
    def blocks(self) -> bool:
        """It is surely not there, and without it the intervention is not offered."""
        return self.must and self.verdict is Verdict.NOT_MET

    @property
    def is_open(self) -> bool:
        """To be looked into before beginning."""
        return self.verdict in {Verdict.CANNOT_TELL, Verdict.TO_AGREE} or (
            self.verdict is Verdict.NOT_MET and not self.must
        )


def checked(
    need: Precondition, unit: UnitDiagnosis, catalogue: Catalogue, model: OrganisationModel, context: Context
) -> Check:
    """The verdict on one precondition in one unit."""
    if isinstance(need, FactorCondition):
        verdict, sentence = _factor(need, _finding(unit, need.factor), model.name_of(need.factor))
    elif isinstance(need, CircumstanceCondition):
        verdict, sentence = _circumstance(need, catalogue, context)
    elif isinstance(need, SameView):
        verdict, sentence = _same_view(need, unit, model.name_of(need.factor))
    elif isinstance(need, Agreement):
        verdict, sentence = Verdict.TO_AGREE, say("Agree on this first: {statement}", statement=need.why)
    return Check(need, verdict, sentence)


def sees_it_better(unit: UnitDiagnosis, factor: str) -> Gap | None:
    """The gap, where management clearly sees a factor more positively than employees do."""
    return next(
        (gap for gap in unit.gaps if gap.factor == factor and gap.difference.value > 0 and not gap.can_be_chance), None
    )


def _finding(unit: UnitDiagnosis, scale: str) -> Finding | None:
    return next((finding for finding in unit.findings if finding.scale == scale), None)


def _factor(need: FactorCondition, finding: Finding | None, topic: Text) -> tuple[Verdict, Message]:
    demand = _demand(need, topic)
    if finding is None or (finding.score is None and finding.words is None):
        ask = say(
            "It needs {demand}. We cannot show that here, so ask about it first. {why}", demand=demand, why=need.why
        )
        return Verdict.CANNOT_TELL, ask
    if finding.score is None:
        return _from_words(need, finding, demand)
    verdict = _verdict(need, finding.score.low, finding.score.high)
    values: dict[str, Message | Text | float] = {
        "demand": demand,
        "low": finding.score.low,
        "high": finding.score.high,
        "why": need.why,
    }
    if verdict is Verdict.MET:
        return verdict, say("It needs {demand}. Here it lies between {low} and {high}, so that is right.", **values)
    if verdict is Verdict.NOT_MET:
        return verdict, say("It needs {demand}. Here it lies between {low} and {high}. {why}", **values)
    return verdict, say("It needs {demand}. Here it lies between {low} and {high}, so look first. {why}", **values)


def _demand(need: FactorCondition, topic: Text) -> Message:
    if need.at_least is not None:
        return say("“{topic}” at {limit} or more", topic=topic, limit=need.at_least)
    return say("“{topic}” at {limit} or less", topic=topic, limit=need.at_most or 0.0)


def _verdict(need: FactorCondition, low: float, high: float) -> Verdict:
    if need.at_least is not None:
        return _three(sure=low >= need.at_least, never=high < need.at_least)
    limit = need.at_most or 0.0
    return _three(sure=high <= limit, never=low > limit)


def _three(*, sure: bool, never: bool) -> Verdict:
    if sure:
        return Verdict.MET
    return Verdict.NOT_MET if never else Verdict.CANNOT_TELL


def _from_words(need: FactorCondition, finding: Finding, demand: Message) -> tuple[Verdict, Message]:
    """Where a score so near an end is said in words that it would tell what each person answered."""
    if finding.words is Extreme.VERY_LOW:
        met = need.at_least is None
        sentence = say("It needs {demand}. Here it is very low. {why}", demand=demand, why=need.why)
    else:
        met = need.at_least is not None
        sentence = say("It needs {demand}. Here it is very high. {why}", demand=demand, why=need.why)
    return (Verdict.MET if met else Verdict.NOT_MET), sentence


def _circumstance(need: CircumstanceCondition, catalogue: Catalogue, context: Context) -> tuple[Verdict, Message]:
    statement = catalogue.circumstance(need.circumstance).text
    so = context.circumstances.get(need.circumstance)
    if so is None:
        return Verdict.CANNOT_TELL, say(
            "Ask first whether this is so: {statement} {why}", statement=statement, why=need.why
        )
    if so:
        return Verdict.MET, say("This is so here: {statement}", statement=statement)
    return Verdict.NOT_MET, say("This is not so here: {statement} {why}", statement=statement, why=need.why)


def _same_view(need: SameView, unit: UnitDiagnosis, topic: Text) -> tuple[Verdict, Message]:
    if all(gap.factor != need.factor for gap in unit.gaps):
        return Verdict.CANNOT_TELL, say(
            "Ask first whether management and employees see “{topic}” alike. {why}", topic=topic, why=need.why
        )
    if sees_it_better(unit, need.factor):
        return Verdict.NOT_MET, say(
            "Management sees “{topic}” more positively than employees. {why}", topic=topic, why=need.why
        )
    return Verdict.MET, say("Management and employees do not clearly differ on “{topic}”.", topic=topic)
