"""The text of a file becomes a questionnaire or a model: what comes with the platform, and what a programme published.

A version never changes, so each is read once a process; what is published is looked up by its digest each time.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from lerend.errors import ModelIsWrong
from lerend.model import load_instrument, load_model, packaged
from lerend.model.document import document_of
from lerend.model.missing import is_no_instrument, is_no_model, not_there, was_changed
from lerend.model.reading import Opened, opened
from lerend.model.shape import shape_problems
from lerend.model.structure import Instrument, OrganisationModel
from lerend_web.instruments.queries import published_digest, published_source


def instrument_of(reference: str) -> Instrument:
    """The questionnaire called such as ``employee-scan@1`` or ``dairy-scan-p7@2``.

    Raises:
        ModelIsWrong: there is none of that name, or it is not as it was when it was published.
    """
    if packaged.find(reference) is not None:
        return _packaged_instrument(reference)
    found = _published(reference).instrument
    if found is None:
        raise is_no_instrument(reference)
    return found


def model_of(reference: str) -> OrganisationModel:
    """The model called such as ``lerend@1``.

    Raises:
        ModelIsWrong: as for `instrument_of`.
    """
    if packaged.find(reference) is not None:
        return _packaged_model(reference)
    found = _published(reference).model
    if found is None:
        raise is_no_model(reference)
    return found


def source_of(reference: str) -> str:
    """The text of the file, packaged or published.

    Raises:
        ModelIsWrong: there is none of that name.
    """
    file = packaged.find(reference)
    if file is not None:
        return file.path.read_text("utf-8")
    if not published_digest(reference):
        raise not_there(reference)
    return published_source(reference)


def is_packaged(reference: str) -> bool:
    return packaged.find(reference) is not None


def opened_text(source: str, name: str) -> Opened:
    """What the text of a file holds.

    Raises:
        ModelIsWrong: its form is wrong; with every problem.
    """
    document = document_of(source.encode("utf-8"), name)
    problems = shape_problems(document)
    if problems:
        raise ModelIsWrong(problems)
    return opened(Path(name), document)


def digest_of(source: str) -> str:
    """SHA-256 of a text in UTF-8, in hex: that of the file, as people save it."""
    return hashlib.sha256(source.encode("utf-8")).hexdigest()


def _published(reference: str) -> Opened:
    digest = published_digest(reference)
    if not digest:
        raise not_there(reference)
    return _read(reference, digest)


@lru_cache(maxsize=64)
def _read(reference: str, digest: str) -> Opened:
    source = published_source(reference)
    if digest_of(source) != digest:
        raise was_changed(reference)
    return opened_text(source, reference)


@lru_cache(maxsize=16)
def _packaged_instrument(reference: str) -> Instrument:
    return load_instrument(reference)


@lru_cache(maxsize=16)
def _packaged_model(reference: str) -> OrganisationModel:
    return load_model(reference)
