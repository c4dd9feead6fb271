"""An intervention and a catalogue of them, as values. Files become these in `reading`; nothing here reads a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from lerend.model.structure import Source
from lerend.wording import Text


class Kind(StrEnum):
    """What an entry is for."""

    SOLUTION = "solution"
    """Works on one or more factors of the model."""
    FIRST_STEP = "first_step"
    """Goes before a solution, whatever the factor; never a solution by itself."""
    DIAGNOSIS = "diagnosis"
    """Finds out more, whatever the factor; never a solution by itself."""


class Level(StrEnum):
    """Where an intervention takes place, from near to far."""

    INDIVIDUAL = "individual"
    JOB = "job"
    TEAM = "team"
    LEADERSHIP = "leadership"
    ORGANISATION = "organisation"
    BETWEEN_ORGANISATIONS = "between_organisations"


class Grade(StrEnum):
    """How strong the evidence is.

    A: reviews that pool controlled studies. B: a controlled or nearly controlled study in the field, or a review of
    mixed designs. C: before and after, cases, correlations. D: practice only.
    """

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Recognition(StrEnum):
    """The five Dutch levels of recognition for interventions (RIVM), from low to high.

    Where an entry might stand on them in our own estimate: no committee has judged it.
    """

    WELL_DESCRIBED = "well_described"
    WELL_FOUNDED = "well_founded"
    FIRST_INDICATIONS = "first_indications"
    GOOD_INDICATIONS = "good_indications"
    STRONG_INDICATIONS = "strong_indications"


class Origin(StrEnum):
    """Where an intervention was made."""

    PROGRAMME = "programme"
    """The programme that this platform comes from, or its toolkit."""
    DUTCH = "dutch"
    INTERNATIONAL = "international"


class Measure(StrEnum):
    """In what an effect is counted."""

    DIFFERENCE = "difference"
    """Standard deviations between with and without (d, g, δ)."""
    CORRELATION = "correlation"
    """What goes together, from -1 to 1; no effect."""
    PERCENT = "percent"
    """Percent more than without."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A publication or page: `id` for entries, `text` for people, `address` where it stands."""

    id: str
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Circumstance:
    """Something that is so or not so in a company and that no scan asks about: `text` says it as a statement."""

    id: str
    text: Text


@dataclass(frozen=True, slots=True)
class Effect:
    """What a study or review found.

    Attributes:
        measured_on: on what, with whom.
        size: None where the source gives none.
        low, high: its interval as the source gives it; None where it gives none.
        measure: in what the size is counted.
        studies, people: how many; None where unknown.
        sources: ids of references.
        mark: V seen in the source, M from memory (to be checked before anybody relies on it).
    """

    measured_on: Text
    size: float | None = None
    low: float | None = None
    high: float | None = None
    measure: Measure = Measure.DIFFERENCE
    studies: int | None = None
    people: int | None = None
    sources: tuple[str, ...] = ()
    mark: Source = Source.SEEN


@dataclass(frozen=True, slots=True)
class FactorCondition:
    """A factor must score at least, or at most, so much (1 to 5) where the intervention is done."""

    factor: str
    at_least: float | None
    at_most: float | None
    why: Text
    must: bool = True


@dataclass(frozen=True, slots=True)
class CircumstanceCondition:
    """A circumstance must be so."""

    circumstance: str
    why: Text
    must: bool = True


@dataclass(frozen=True, slots=True)
class SameView:
    """Management must not see the factor clearly more positively than employees do."""

    factor: str
    why: Text
    must: bool = True


@dataclass(frozen=True, slots=True)
class Agreement:
    """Something that people must agree on first; nothing that we know can tell whether they did."""

    why: Text
    must: bool = False


Precondition: TypeAlias = FactorCondition | CircumstanceCondition | SameView | Agreement
"""What must be so. Where `must` is false it is a warning: it never keeps an intervention from being offered."""


@dataclass(frozen=True, slots=True)
class Cost:
    """An estimate of ours, for one round with one team of ten, or one company where the level is the organisation.

    Attributes:
        rank: 1 (own time) to 5 (the work itself is built anew).
        hours_each: working hours of everybody who takes part.
        hours_to_run: hours of whoever organises and guides it.
        euro_low, euro_high: what is paid to others.
    """

    rank: int
    hours_each: int
    hours_to_run: int
    euro_low: int
    euro_high: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """How strong the evidence is.

    `mixed` says that good studies point in both directions; `note` what is behind the grade.
    """

    grade: Grade
    recognition: Recognition
    mixed: bool
    note: Text


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a script: minutes, what to do, and a sentence to say where there is one."""

    minutes: int
    do: Text
    say: Text | None = None


@dataclass(frozen=True, slots=True)
class Script:
    """One page to do an intervention with: for how many people, with what, step by step."""

    people: Text
    material: tuple[Text, ...]
    steps: tuple[Step, ...]

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps)


@dataclass(frozen=True, slots=True)
class Intervention:
    """An existing solution.

    Attributes:
        what: what it is, in two sentences.
        mechanism: why it may work.
        targets: ids of factors, the main one first; none where `kind` is no solution.
        toward: ids of outcomes that it works on directly.
        weeks: until something may be noticed, and until it is done or a habit.
        preconditions: what must be so, and warnings.
        fails: how it goes wrong.
        before, during, after: what to do when.
        script: None where nobody wrote one yet.
    """

    id: str
    version: int
    kind: Kind
    name: Text
    what: Text
    mechanism: Text
    targets: tuple[str, ...]
    toward: tuple[str, ...]
    level: Level
    dose: Text
    weeks: tuple[int, int]
    cost: Cost
    delivered_by: Text
    preconditions: tuple[Precondition, ...]
    effects: tuple[Effect, ...]
    evidence: Evidence
    origin: Origin
    sources: tuple[str, ...]
    fails: tuple[Text, ...]
    before: Text
    during: Text
    after: Text
    script: Script | None = None

    @property
    def reference(self) -> str:
        return f"{self.id}@{self.version}"

    @property
    def is_proven(self) -> bool:
        """Grade A or B, and good studies do not contradict each other."""
        return self.kind is Kind.SOLUTION and self.evidence.grade in {Grade.A, Grade.B} and not self.evidence.mixed


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All interventions of a programme, for one model. `digest` is the SHA-256 of what it was read from."""

    id: str
    version: int
    model: str
    name: Text
    circumstances: tuple[Circumstance, ...]
    references: tuple[Reference, ...]
    interventions: tuple[Intervention, ...]
    digest: str = field(default="", compare=False)

    @property
    def reference(self) -> str:
        return f"{self.id}@{self.version}"

    def intervention(self, id: str) -> Intervention:
        """The intervention of this id.

        Raises:
            KeyError: there is none.
        """
        return {one.id: one for one in self.interventions}[id]

    def circumstance(self, id: str) -> Circumstance:
        """The circumstance of this id.

        Raises:
            KeyError: there is none.
        """
        return {one.id: one for one in self.circumstances}[id]

    def sources_of(self, intervention: Intervention) -> tuple[Reference, ...]:
        """All references behind an intervention, in the order of the catalogue."""
        names = {*intervention.sources, *(name for effect in intervention.effects for name in effect.sources)}
        return tuple(one for one in self.references if one.id in names)

    def targeting(self, factor: str) -> tuple[Intervention, ...]:
        """The solutions that work on a factor, in the order of the catalogue."""
        return tuple(one for one in self.interventions if factor in one.targets)
