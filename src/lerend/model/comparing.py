"""What differs between two versions of a questionnaire or a model, and what can still be compared over time.

An item is the same when people meet the same question with the same answers: then two waves may be laid beside each
other. A change of a single word is a change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from lerend.model.structure import Factor, Instrument, Item, OrganisationModel, Outcome


class ItemChange(StrEnum):
    """In what an item of the same id differs."""

    WORDING = "wording"
    ANSWERS = "answers"
    MEASURES = "measures"
    REVERSED = "reversed"


class ScaleChange(StrEnum):
    """In what a factor or outcome of the same id differs."""

    NAME = "name"
    DEFINITION = "definition"
    LAYER = "layer"
    LEVEL = "level"
    DIRECTION = "direction"
    MEASURED = "measured"
    RANKED = "ranked"
    ABOUT_MANAGER = "about_manager"
    GAP_SENSITIVE = "gap_sensitive"
    EXPECTATIONS = "expectations"


@dataclass(frozen=True, slots=True)
class ChangedItem:
    before: Item
    after: Item
    changes: tuple[ItemChange, ...]


@dataclass(frozen=True, slots=True)
class Comparable:
    """Of one factor or outcome: how many of its items in the later version are the same as in the earlier one.

    `before` and `after` count its items in each version.
    """

    scale: str
    before: int
    after: int
    same: int

    @property
    def is_whole(self) -> bool:
        return self.same == self.before == self.after


@dataclass(frozen=True, slots=True)
class InstrumentDifference:
    """From an earlier to a later version of a questionnaire.

    `forms`, `questions` and `answer_scales` hold the ids of those that were added, removed or changed; a scale that
    changed stands at the items that use it as well. `comparable` follows the order of the later model.
    """

    added: tuple[Item, ...]
    removed: tuple[Item, ...]
    changed: tuple[ChangedItem, ...]
    unchanged: tuple[str, ...]
    forms: tuple[str, ...]
    questions: tuple[str, ...]
    answer_scales: tuple[str, ...]
    has_another_name: bool
    has_another_introduction: bool
    has_another_model: bool
    comparable: tuple[Comparable, ...]

    @property
    def is_empty(self) -> bool:
        """Whether people would notice nothing at all."""
        parts = (self.added, self.removed, self.changed, self.forms, self.questions, self.answer_scales)
        return not (any(parts) or self.has_another_name or self.has_another_introduction or self.has_another_model)


@dataclass(frozen=True, slots=True)
class ChangedScale:
    before: Factor | Outcome
    after: Factor | Outcome
    changes: tuple[ScaleChange, ...]


@dataclass(frozen=True, slots=True)
class ModelDifference:
    """From an earlier to a later version of a model; `moved` are factors in another layer."""

    added: tuple[Factor | Outcome, ...]
    removed: tuple[Factor | Outcome, ...]
    changed: tuple[ChangedScale, ...]
    layers: tuple[str, ...]
    themes: tuple[str, ...]
    has_another_name: bool
    has_another_target: bool

    @property
    def moved(self) -> tuple[ChangedScale, ...]:
        return tuple(change for change in self.changed if ScaleChange.LAYER in change.changes)

    @property
    def no_longer_protected(self) -> tuple[Factor, ...]:
        """Factors that were about a manager and are so no longer: fewer answers would be needed to show them."""
        return tuple(
            change.after
            for change in self.changed
            if isinstance(change.after, Factor)
            and ScaleChange.ABOUT_MANAGER in change.changes
            and not change.after.about_manager
        )

    @property
    def is_empty(self) -> bool:
        parts = (self.added, self.removed, self.changed, self.layers, self.themes)
        return not (any(parts) or self.has_another_name or self.has_another_target)


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_Part = TypeVar("_Part", bound=_Named)


def compare_instruments(before: Instrument, after: Instrument, scales: Sequence[str]) -> InstrumentDifference:
    """What differs between two versions of a questionnaire.

    Args:
        scales: ids of factors and outcomes in the order in which they are shown.
    """
    old, new = {item.id: item for item in before.items}, {item.id: item for item in after.items}
    both = [(old[item.id], item) for item in after.items if item.id in old]
    judged = [(one, other, item_changes(one, other, before, after)) for one, other in both]
    return InstrumentDifference(
        added=tuple(item for item in after.items if item.id not in old),
        removed=tuple(item for item in before.items if item.id not in new),
        changed=tuple(ChangedItem(one, other, changes) for one, other, changes in judged if changes),
        unchanged=tuple(item.id for _before, item, changes in judged if not changes),
        forms=_differing(before.forms, after.forms),
        questions=_differing((*before.background, *before.facts), (*after.background, *after.facts)),
        answer_scales=_differing(before.answer_scales, after.answer_scales),
        has_another_name=before.name != after.name,
        has_another_introduction=before.introduction != after.introduction,
        has_another_model=before.model != after.model,
        comparable=_comparable(before, after, scales),
    )


def unchanged_items(before: Instrument, after: Instrument) -> tuple[str, ...]:
    """Ids of the items that are the same in both: only these may be compared over time."""
    old = {item.id: item for item in before.items}
    return tuple(
        item.id for item in after.items if item.id in old and not item_changes(old[item.id], item, before, after)
    )


def item_changes(one: Item, other: Item, before: Instrument, after: Instrument) -> tuple[ItemChange, ...]:
    """In what an item of the same id differs between two versions; columns of files count for nothing."""
    answers, later = before.answer_scale_of(one), after.answer_scale_of(other)
    # A scale may be called something else: what people see and what is stored is what counts.
    seen = (answers.labels, answers.codes, answers.not_applicable)
    found = {
        ItemChange.WORDING: one.text != other.text,
        ItemChange.ANSWERS: seen != (later.labels, later.codes, later.not_applicable),
        ItemChange.MEASURES: one.measures != other.measures,
        ItemChange.REVERSED: one.reversed != other.reversed,
    }
    return tuple(change for change, is_there in found.items() if is_there)


def compare_models(before: OrganisationModel, after: OrganisationModel) -> ModelDifference:
    """What differs between two versions of a model."""
    old = {scale.id: scale for scale in _scales(before)}
    new = {scale.id: scale for scale in _scales(after)}
    both = [(old[scale.id], scale) for scale in _scales(after) if scale.id in old]
    judged = [ChangedScale(one, other, scale_changes(one, other)) for one, other in both]
    return ModelDifference(
        added=tuple(scale for scale in _scales(after) if scale.id not in old),
        removed=tuple(scale for scale in _scales(before) if scale.id not in new),
        changed=tuple(change for change in judged if change.changes),
        layers=_differing(before.layers, after.layers),
        themes=_differing(before.themes, after.themes),
        has_another_name=(before.name, before.purpose) != (after.name, after.purpose),
        has_another_target=before.target != after.target,
    )


_FACTOR_FIELDS: dict[ScaleChange, Callable[[Factor], object]] = {
    ScaleChange.LAYER: lambda factor: factor.layer,
    ScaleChange.LEVEL: lambda factor: factor.level,
    ScaleChange.DIRECTION: lambda factor: factor.direction,
    ScaleChange.MEASURED: lambda factor: factor.measured,
    ScaleChange.RANKED: lambda factor: factor.ranked,
    ScaleChange.ABOUT_MANAGER: lambda factor: factor.about_manager,
    ScaleChange.GAP_SENSITIVE: lambda factor: factor.gap_sensitive,
    ScaleChange.EXPECTATIONS: lambda factor: (factor.icc, dict(factor.correlations)),
}


def scale_changes(before: Factor | Outcome, after: Factor | Outcome) -> tuple[ScaleChange, ...]:
    """In what a factor or outcome of the same id differs; one that became the other differs in its layer."""
    found = []
    if (before.name, before.term) != (after.name, after.term):
        found.append(ScaleChange.NAME)
    if before.definition != after.definition:
        found.append(ScaleChange.DEFINITION)
    if isinstance(before, Factor) and isinstance(after, Factor):
        found += [change for change, of in _FACTOR_FIELDS.items() if of(before) != of(after)]
    elif isinstance(before, Factor) or isinstance(after, Factor):
        found.append(ScaleChange.LAYER)
    elif before.icc != after.icc:
        found.append(ScaleChange.EXPECTATIONS)
    return tuple(found)


def _scales(model: OrganisationModel) -> tuple[Factor | Outcome, ...]:
    return (*model.factors, *model.outcomes)


def _differing(before: Iterable[_Part], after: Iterable[_Part]) -> tuple[str, ...]:
    """Ids of the parts that are only in one of the two, or not the same in both."""
    old, new = {part.id: part for part in before}, {part.id: part for part in after}
    return tuple(part for part in dict.fromkeys((*new, *old)) if old.get(part) != new.get(part))


def _comparable(before: Instrument, after: Instrument, scales: Sequence[str]) -> tuple[Comparable, ...]:
    same = set(unchanged_items(before, after))
    found = []
    for scale in scales:
        was, becomes = before.items_of(scale), after.items_of(scale)
        if was or becomes:
            found.append(Comparable(scale, len(was), len(becomes), sum(item.id in same for item in becomes)))
    return tuple(found)
