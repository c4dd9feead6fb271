"""Questionnaires that a programme made itself: they come inside the document of their wave.

This process has no register to look them up in. Each is known here by its reference and its digest, so that two texts
can never be taken for each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lerend.model.document import document_of
from lerend.model.reading import opened
from lerend.model.structure import Instrument
from lerend_web.urn.documents import WaveDocument


@dataclass(frozen=True, slots=True)
class Carried:
    """A questionnaire, and for each factor or outcome that it asks about where a screen shows it."""

    instrument: Instrument
    layers: Mapping[str, str]


_known: Final[dict[str, Carried]] = {}


def known_as(document: WaveDocument) -> str:
    """The name by which this process finds the questionnaire of a wave; one that the document carries is kept first."""
    carried = document.carried
    if carried is None:
        return document.instrument
    name = f"{document.instrument}#{carried.digest}"
    if name not in _known:
        found = opened(Path(document.instrument), document_of(carried.source.encode("utf-8"), document.instrument))
        if found.instrument is None:
            raise LookupError(document.instrument)
        _known[name] = Carried(found.instrument, carried.layers)
    return name


def find_carried(name: str) -> Carried | None:
    """What a document carried under this name; None for what comes with the platform."""
    return _known.get(name)
