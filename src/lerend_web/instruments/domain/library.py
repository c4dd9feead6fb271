"""Which models and questionnaires a programme can read and use: those of the platform, and its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from lerend.errors import ModelIsWrong
from lerend.model import packaged
from lerend.model.missing import not_there
from lerend.model.reading import Opened, open_file
from lerend.model.structure import Instrument, OrganisationModel
from lerend.wording import Language
from lerend_web.instruments.domain.source import instrument_of, model_of, opened_text
from lerend_web.instruments.enums import Kind
from lerend_web.instruments.models import OwnVersion
from lerend_web.instruments.queries import own_versions, published
from lerend_web.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Held:
    """One version and what is in it; `model` is that of the questionnaire, or the model itself.

    `own` is its row, None for what comes with the platform.
    """

    kind: Kind
    model: OrganisationModel
    instrument: Instrument | None
    own: OwnVersion | None

    @property
    def reference(self) -> str:
        return self.model.reference if self.instrument is None else self.instrument.reference

    @property
    def name(self) -> str:
        return self.reference.partition("@")[0]

    @property
    def version(self) -> int:
        return int(self.reference.partition("@")[2])

    @property
    def digest(self) -> str:
        return self.model.digest if self.instrument is None else self.instrument.digest

    @property
    def is_draft(self) -> bool:
        return self.own is not None and not self.own.is_published

    @property
    def published_at(self) -> datetime | None:
        return None if self.own is None else self.own.published_at

    @property
    def can_be_put_to_people(self) -> bool:
        """Whether a round can use it: a questionnaire for employees, without a name."""
        if self.instrument is None or self.is_draft:
            return False
        return self.instrument.respondent == "employee" and self.instrument.anonymous

    def title(self, language: Language) -> str:
        thing = self.instrument or self.model
        return thing.name.in_language(language)


def held(reference: str, programme: Programme) -> Held:
    """One version, a draft of the programme too.

    Raises:
        ModelIsWrong: it is not there, or is another programme's.
    """
    own = next((one for one in own_versions(programme) if one.reference == reference), None)
    if own is not None and not own.is_published:
        return _held_draft(own)
    kind = own.kind if own is not None else packaged_kinds().get(reference)
    if kind is None:
        raise not_there(reference)
    return _held(reference, Kind(kind), own)


def find_version(reference: str, programme: Programme) -> Held | None:
    """As `held`; None when there is none for this programme."""
    try:
        return held(reference, programme)
    except ModelIsWrong:
        return None


def library_of(programme: Programme) -> tuple[Held, ...]:
    """Everything that a programme can read: the platform's, then its own; models before questionnaires."""
    found = [_held(reference, kind, None) for reference, kind in packaged_kinds().items()]
    for own in own_versions(programme):
        with suppress(ModelIsWrong):  # a damaged row stands in no list: nothing can be done with it
            found.append(_held(own.reference, Kind(own.kind), own) if own.is_published else _held_draft(own))
    return tuple(
        sorted(found, key=lambda one: (one.kind is not Kind.MODEL, one.own is not None, one.name, -one.version))
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """A questionnaire that a round can use."""

    reference: str
    title: str
    programme: str


def choices_for(programmes: list[Programme], language: Language) -> tuple[Choice, ...]:
    """The questionnaires that rounds in these programmes can use; `programme` names whose it is, if it is one's own."""
    found = [_held(reference, kind, None) for reference, kind in packaged_kinds().items()]
    choices = [Choice(one.reference, one.title(language), "") for one in found if one.can_be_put_to_people]
    for programme in programmes:
        for own in published(programme).filter(kind=Kind.INSTRUMENT):
            with suppress(ModelIsWrong):
                one = _held(own.reference, Kind.INSTRUMENT, own)
                if one.can_be_put_to_people:
                    choices.append(Choice(one.reference, one.title(language), programme.name))
    return tuple(choices)


def usable_references(programme: Programme, kind: Kind) -> tuple[str, ...]:
    """The packaged and the published versions of a kind that a programme can build on."""
    own = published(programme).filter(kind=kind)
    platform = (reference for reference, found in packaged_kinds().items() if found is kind)
    return (*platform, *(one.reference for one in own))


@cache
def packaged_kinds() -> dict[str, Kind]:
    """What comes with the platform, and which of the two it is."""
    return dict(_packaged_kinds())


def _packaged_kinds() -> Iterator[tuple[str, Kind]]:
    for file in packaged.packaged_files():
        yield file.reference, Kind.MODEL if open_file(file.path).model is not None else Kind.INSTRUMENT


def _held(reference: str, kind: Kind, own: OwnVersion | None) -> Held:
    if kind is Kind.MODEL:
        return Held(kind, model_of(reference), None, own)
    instrument = instrument_of(reference)
    return Held(kind, model_of(instrument.model), instrument, own)


def _held_draft(own: OwnVersion) -> Held:
    file: Opened = opened_text(own.source, own.reference)
    if file.model is not None:
        return Held(Kind.MODEL, file.model, None, own)
    if file.instrument is None:
        raise not_there(own.reference)
    return Held(Kind.INSTRUMENT, model_of(file.instrument.model), file.instrument, own)
