"""Which interventions fit a bottleneck, which do not, and why: in sentences, and in an order that people can check.

Order (`docs/methods/matching.md`): of each bottleneck first what is proven, then weak and mixed evidence, last what only
practice speaks for; in each of these what can be tried at little cost before what costs much; inside that by grade, by
whether all that it needs is surely there, by expected gain and by cost. "Nothing fits" is an answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from lerend.diagnosis.result import UnitDiagnosis, UnitLevel
from lerend.interventions.catalogue import Catalogue, Grade, Intervention, Kind, Level
from lerend.interventions.expected import Expected, expected_effect, expected_gain
from lerend.interventions.judging import Check, Context, Verdict, checked, sees_it_better
from lerend.interventions.saying import about_first_talk, about_match, about_miss, about_nothing, about_structure
from lerend.model.structure import Level as FactorLevel
from lerend.model.structure import OrganisationModel
from lerend.wording import Message

_EVERYWHERE: Final = frozenset(Level)
_WITHIN_REACH: Final = {
    UnitLevel.TEAM: frozenset({Level.INDIVIDUAL, Level.JOB, Level.TEAM, Level.LEADERSHIP}),
    UnitLevel.COMPANY: _EVERYWHERE,
    UnitLevel.PROGRAMME: _EVERYWHERE,
}
"""What a unit can decide to do itself."""
_MUCH: Final = 4
"""Rank of cost from which it comes after what can be tried at little cost."""


class Use(StrEnum):
    """How to go about it."""

    APPLY = "apply"
    """Proven, likely worth having, seen by several studies: do it, and follow it lightly."""
    WATCH = "watch"
    """Proven, but how much it brings is unknown, small or seen once: do it, and measure as in a pilot."""
    TRY = "try"
    """Weak or mixed evidence: only as a pilot."""


class Advice(StrEnum):
    """What to do about a bottleneck."""

    SOLUTION = "solution"
    """A proven solution fits."""
    TRY = "try"
    """Something fits, but its evidence is weak or mixed: try it as a pilot."""
    PILOT = "pilot"
    """Nothing fits, or only what practice alone speaks for: make something new."""


@dataclass(frozen=True, slots=True)
class Match:
    """An intervention that fits a bottleneck.

    Attributes:
        checks: all that it needs; none of it is surely missing.
        expected: None where no source gives a size.
        reason: why it is offered.
    """

    intervention: Intervention
    factor: str
    checks: tuple[Check, ...]
    expected: Expected | None
    use: Use
    reason: Message

    @property
    def is_certain(self) -> bool:
        """Everything that it cannot do without is surely there."""
        return all(check.verdict is not Verdict.CANNOT_TELL for check in self.checks if check.must)

    @property
    def look_first(self) -> tuple[Check, ...]:
        """What to look into, ask or agree on before beginning."""
        return tuple(check for check in self.checks if check.is_open)


@dataclass(frozen=True, slots=True)
class Miss:
    """An intervention that works on a bottleneck and does not fit here, with why.

    `checks` is empty where the unit cannot decide on it by itself.
    """

    intervention: Intervention
    factor: str
    checks: tuple[Check, ...]
    reason: Message


@dataclass(frozen=True, slots=True)
class About:
    """One bottleneck: what to do about it, and what to say with it.

    `notes` holds sentences that come first: a difference of view to talk about, a fault in the work that no course mends,
    that nothing fits.
    """

    factor: str
    advice: Advice
    notes: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Matching:
    """What fits and what does not, per bottleneck in the order of the bottlenecks, each in the order to look at it."""

    fits: tuple[Match, ...]
    does_not_fit: tuple[Miss, ...]
    bottlenecks: tuple[About, ...]
    first_steps: tuple[Intervention, ...]

    def fits_for(self, factor: str) -> tuple[Match, ...]:
        return tuple(match for match in self.fits if match.factor == factor)

    def misses_for(self, factor: str) -> tuple[Miss, ...]:
        return tuple(miss for miss in self.does_not_fit if miss.factor == factor)

    def about(self, factor: str) -> About:
        return next(one for one in self.bottlenecks if one.factor == factor)


def matches_for(
    unit: UnitDiagnosis,
    catalogue: Catalogue,
    model: OrganisationModel,
    *,
    context: Context | None = None,
    factors: Sequence[str] | None = None,
) -> Matching:
    """What fits the bottlenecks of a unit, judged from its released diagnosis only.

    Args:
        unit: from a release.
        catalogue: for the same model.
        model: names of factors.
        context: what the company says about itself; what it does not say is unknown.
        factors: other factors than the unit's bottlenecks, such as those of a theme that people chose.
    """
    known = context or Context()
    fits: list[Match] = []
    misses: list[Miss] = []
    about: list[About] = []
    for factor in unit.bottlenecks if factors is None else factors:
        found = [_judged(entry, factor, unit, catalogue, model, known) for entry in catalogue.targeting(factor)]
        fitting = sorted((one for one in found if isinstance(one, Match)), key=lambda one: _order(one, model))
        fits += fitting
        misses += [one for one in found if isinstance(one, Miss)]
        about.append(_about(factor, fitting, unit, model))
    first = tuple(entry for entry in catalogue.interventions if entry.kind is Kind.FIRST_STEP)
    return Matching(tuple(fits), tuple(misses), tuple(about), first)


def use_of(entry: Intervention) -> Use:
    """How to go about an intervention that fits."""
    if not entry.is_proven:
        return Use.TRY
    expected = expected_effect(entry)
    return Use.APPLY if expected is not None and expected.is_enough else Use.WATCH


def _judged(
    entry: Intervention,
    factor: str,
    unit: UnitDiagnosis,
    catalogue: Catalogue,
    model: OrganisationModel,
    context: Context,
) -> Match | Miss:
    topic = model.name_of(factor)
    if entry.level not in _WITHIN_REACH[unit.level]:
        return Miss(entry, factor, (), about_miss(entry, topic, None))
    checks = tuple(checked(need, unit, catalogue, model, context) for need in entry.preconditions)
    missing = [check for check in checks if check.blocks]
    if missing:
        return Miss(entry, factor, checks, about_miss(entry, topic, missing[0].sentence))
    to_look_into = sum(check.is_open for check in checks)
    use = use_of(entry)
    return Match(entry, factor, checks, expected_effect(entry), use, about_match(entry, topic, to_look_into))


def _order(match: Match, model: OrganisationModel) -> tuple[int, bool, str, bool, float, int]:
    entry = match.intervention
    return (
        _standing(entry),
        _is_late(entry, is_structure=model.factor(match.factor).level is FactorLevel.JOB),
        entry.evidence.grade.value,
        not match.is_certain,
        -expected_gain(entry),
        entry.cost.rank,
    )


def _standing(entry: Intervention) -> int:
    """Proven; weak or mixed; practice alone."""
    if entry.is_proven:
        return 0
    return 2 if entry.evidence.grade is Grade.D else 1


def _is_late(entry: Intervention, *, is_structure: bool) -> bool:
    """Much cost comes after little; not where the work itself is at fault, for there nothing cheap mends it."""
    return entry.cost.rank >= _MUCH and not is_structure


def _about(factor: str, fits: Sequence[Match], unit: UnitDiagnosis, model: OrganisationModel) -> About:
    topic = model.name_of(factor)
    advice = advice_on([match.intervention for match in fits])
    notes = []
    if sees_it_better(unit, factor):
        notes.append(about_first_talk(topic))
    if model.factor(factor).level is FactorLevel.JOB:
        notes.append(about_structure(topic))
    if advice is Advice.PILOT:
        notes.append(about_nothing(topic, only_practice=bool(fits)))
    return About(factor, advice, tuple(notes))


def advice_on(fitting: Sequence[Intervention]) -> Advice:
    """What to do, given what fits."""
    if any(entry.is_proven for entry in fitting):
        return Advice.SOLUTION
    return Advice.TRY if any(entry.evidence.grade is not Grade.D for entry in fitting) else Advice.PILOT
