"""Under which factor a comment belongs: what the words say, and the factors that a moderator can choose from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lerend.comments.sorting import WordLists, join_word_lists, sort_comments
from lerend.model.structure import OrganisationModel
from lerend_web.comments.domain.word_lists import lists_in_use
from lerend_web.instruments.domain.faults import language
from lerend_web.scans.domain.questionnaire import instrument_of, model_of
from lerend_web.scans.models import Wave


@dataclass(frozen=True, slots=True)
class Guess:
    """What the words of a comment say.

    Attributes:
        factor: id, or empty for what is in no model; when not `sure` the best guess, empty where there is none.
        others: ids of what else it may be about.
        sure: whether the words say so. When not, a human sorts it.
    """

    factor: str
    others: tuple[str, ...]
    sure: bool


@dataclass(frozen=True, slots=True)
class Subject:
    """A factor or outcome by its name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Subjects:
    """Those of one layer, or the outcomes (then `layer` is empty)."""

    layer: str
    subjects: tuple[Subject, ...]


def model_of_wave(wave: Wave) -> OrganisationModel:
    return model_of(instrument_of(wave.instrument))


def guesses_for(texts: Sequence[str], wave: Wave) -> tuple[Guess, ...]:
    """The first guess for each comment, by the word lists of the programme in both languages together.

    A factor that the model of this round does not measure is no guess.
    """
    lists, measured = _joined(wave), set(model_of_wave(wave).scales)
    return tuple(
        _known(Guess(found.factor or "", found.others, found.sure), measured) for found in sort_comments(texts, lists)
    )


def subjects_of(wave: Wave) -> tuple[Subjects, ...]:
    """Everything that the round measured, by layer from outside to inside, then the outcomes."""
    model, spoken = model_of_wave(wave), language()
    layers = [
        (layer.name.in_language(spoken), [f.id for f in model.factors if f.measured and f.layer == layer.id])
        for layer in model.layers
    ]
    layers.append(("", [outcome.id for outcome in model.outcomes]))
    return tuple(
        Subjects(name, tuple(Subject(one, model.name_of(one).in_language(spoken)) for one in ids))
        for name, ids in layers
        if ids
    )


def names_of(ids: Iterable[str], wave: Wave) -> tuple[str, ...]:
    """What the reader calls these factors and outcomes."""
    model, spoken = model_of_wave(wave), language()
    return tuple(model.name_of(one).in_language(spoken) for one in ids if one in model.scales)


def _joined(wave: Wave) -> WordLists:
    one, *others = (list_in_use.lists for list_in_use in lists_in_use(wave.programme))
    return join_word_lists(one, *others)


def _known(guess: Guess, measured: set[str]) -> Guess:
    others = tuple(one for one in guess.others if one in measured)
    if guess.factor and guess.factor not in measured:
        return Guess("", others, sure=False)
    return Guess(guess.factor, others, guess.sure)
