"""What pages show of a version, and the files that people take along. Drafts are read in the same way."""

from __future__ import annotations

from dataclasses import dataclass

from lerend.model.difference import DifferenceShown, instrument_difference, model_difference
from lerend.model.document import document_of
from lerend.model.exporting import instrument_as_json, model_as_json
from lerend.model.presenting import VersionShown, version_shown
from lerend.wording import Language
from lerend_web.instruments.domain.library import Held
from lerend_web.instruments.domain.source import source_of
from lerend_web.instruments.domain.tables import table_of


@dataclass(frozen=True, slots=True)
class TakenAlong:
    """A file to save: its name, its media type, what is in it."""

    name: str
    media_type: str
    content: bytes


def read_version(one: Held, language: Language) -> VersionShown:
    """The whole of a version, by layer."""
    return version_shown(one.model, one.instrument, language)


def read_difference(before: Held, after: Held, language: Language) -> DifferenceShown:
    """The difference from an earlier to a later version.

    Raises:
        ValueError: one is a model, the other a questionnaire.
    """
    if before.instrument is not None and after.instrument is not None:
        return instrument_difference((before.model, before.instrument), (after.model, after.instrument), language)
    if before.instrument is None and after.instrument is None:
        return model_difference(before.model, after.model, language)
    raise ValueError("a model cannot be laid beside a questionnaire")


def file_of(one: Held, form: str) -> TakenAlong:
    """A version as a file.

    Args:
        form: ``yaml`` for the file itself, to the byte; ``xlsx`` for a table of its texts; ``json`` with every default
            filled in.

    Raises:
        LookupError: there is no such form.
    """
    name = f"{one.name}.v{one.version}"
    source = one.own.source if one.own is not None else source_of(one.reference)
    if form == "yaml":
        # A file may have been handed in as JSON; both readers take both.
        suffix, media_type = ("json", "application/json") if source.lstrip().startswith("{") else ("yaml", "text/yaml")
        return TakenAlong(f"{name}.{suffix}", f"{media_type}; charset=utf-8", source.encode("utf-8"))
    if form == "xlsx":
        document = document_of(source.encode("utf-8"), one.reference)
        media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return TakenAlong(f"{name}-texts.xlsx", media_type, table_of(document, one.reference))
    if form == "json":
        text = model_as_json(one.model) if one.instrument is None else instrument_as_json(one.instrument)
        return TakenAlong(f"{name}.full.json", "application/json; charset=utf-8", text.encode("utf-8"))
    raise LookupError(form)
