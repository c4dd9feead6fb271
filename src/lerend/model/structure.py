"""The organisation model and its instruments as values. Files become these in `reading`; nothing here reads a file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lerend.wording import Text


class Direction(StrEnum):
    """How a factor goes with learning and innovating."""

    PLAIN = "plain"
    INVERTED_U = "inverted_u"
    CONDITIONAL = "conditional"


class Level(StrEnum):
    """The level at which a factor is read."""

    INDIVIDUAL = "individual"
    JOB = "job"
    TEAM = "team"
    ORGANISATION = "organisation"


class Source(StrEnum):
    """Where a prior value comes from: V seen in the source, M from memory, J judgement, C own calculation."""

    SEEN = "V"
    MEMORY = "M"
    JUDGEMENT = "J"
    CALCULATED = "C"


@dataclass(frozen=True, slots=True)
class Prior:
    """A value held before any answer is in, with the mark of its source and, where known, what that source is."""

    value: float
    source: Source
    note: str = ""


@dataclass(frozen=True, slots=True)
class Layer:
    id: str
    name: Text


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing in the organisation that helps or hinders learning.

    `name` is the everyday name on screen, `term` the scholarly one for researchers. `measured` is false for a factor
    that no item asks about, `ranked` for one that is never listed as a bottleneck. `correlations` holds, per outcome
    id, the prior correlation with that outcome.
    """

    id: str
    name: Text
    term: Text
    definition: Text
    layer: str
    level: Level
    direction: Direction
    icc: Prior
    correlations: tuple[tuple[str, Prior], ...]
    about_manager: bool = False
    measured: bool = True
    ranked: bool = True
    gap_sensitive: bool = False

    def prior_correlation(self, outcome: str) -> float | None:
        return next((prior.value for name, prior in self.correlations if name == outcome), None)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A behaviour that the factors are there for."""

    id: str
    name: Text
    term: Text
    definition: Text
    icc: Prior


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of the source programme, and the factors that it stands for."""

    id: str
    name: Text
    primary: tuple[str, ...]
    secondary: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrganisationModel:
    """Layers from outside to inside, factors, outcomes and themes.

    `target` is the score (1 to 5) that counts as attainable while fewer than five companies are known.
    `digest` is the SHA-256 of the file that it was read from.
    """

    id: str
    version: int
    name: Text
    purpose: Text
    layers: tuple[Layer, ...]
    factors: tuple[Factor, ...]
    outcomes: tuple[Outcome, ...]
    themes: tuple[Theme, ...]
    target: float
    digest: str

    @property
    def reference(self) -> str:
        return f"{self.id}@{self.version}"

    @property
    def scales(self) -> tuple[str, ...]:
        """Ids of all measured factors, then of the outcomes: the order of every score array."""
        return tuple(f.id for f in self.factors if f.measured) + tuple(o.id for o in self.outcomes)

    def factor(self, id: str) -> Factor:
        return next(factor for factor in self.factors if factor.id == id)

    def name_of(self, scale: str) -> Text:
        factors = {factor.id: factor.name for factor in self.factors}
        outcomes = {outcome.id: outcome.name for outcome in self.outcomes}
        return (factors | outcomes)[scale]


@dataclass(frozen=True, slots=True)
class AnswerScale:
    """The labelled answers to an item, from low to high.

    `codes` are what a file holds for them (``1`` to ``5`` unless said otherwise).
    """

    id: str
    labels: tuple[Text, ...]
    codes: tuple[str, ...]
    not_applicable: Text | None = None
    not_applicable_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One statement or question; `measures` names the factor or outcome, `columns` other names that a file may use."""

    id: str
    measures: str
    text: Text
    answers: str
    columns: tuple[str, ...] = ()
    reversed: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question that is no part of a scale: background, a fact about the organisation, or open text."""

    id: str
    text: Text
    kind: str
    options: tuple[tuple[str, Text], ...] = ()
    optional: bool = True


@dataclass(frozen=True, slots=True)
class Form:
    """A selection of the items that one person meets, in this order."""

    id: str
    name: Text
    minutes: int
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Instrument:
    """An immutable version of a questionnaire for one model.

    People answer one of `forms`. Forms of a `rotation` group are handed out by lot (planned missingness); the others
    are chosen (the short form).
    """

    id: str
    version: int
    model: str
    name: Text
    respondent: str
    anonymous: bool
    introduction: Text
    answer_scales: tuple[AnswerScale, ...]
    items: tuple[Item, ...]
    forms: tuple[Form, ...]
    rotation: tuple[str, ...]
    background: tuple[Question, ...]
    facts: tuple[Question, ...]
    digest: str

    @property
    def reference(self) -> str:
        return f"{self.id}@{self.version}"

    def items_of(self, scale: str) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.measures == scale)

    def answer_scale_of(self, item: Item) -> AnswerScale:
        return next(scale for scale in self.answer_scales if scale.id == item.answers)
