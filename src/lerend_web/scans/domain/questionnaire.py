"""The questionnaire of a wave and its model: of the platform, or one that the programme published.

A version never changes, so each is read once a process.
"""

from __future__ import annotations

from typing import Any, Final

from lerend.errors import ModelIsWrong
from lerend.model.structure import Instrument, OrganisationModel
from lerend_web.instruments.domain import source
from lerend_web.instruments.queries import programme_of
from lerend_web.scans.models import Wave
from lerend_web.urn.documents import carried_in_document

OUTCOMES: Final = "outcomes"
"""Where a screen shows the outcomes; factors stand under their layer."""


def instrument_of(reference: str) -> Instrument:
    """The questionnaire called such as ``employee-scan@1`` or ``dairy-scan-p7@2``.

    Raises:
        ModelIsWrong: there is none of that name.
    """
    return source.instrument_of(reference)


def model_of(instrument: Instrument) -> OrganisationModel:
    """The model that a questionnaire measures.

    Raises:
        ModelIsWrong: it is not there.
    """
    return source.model_of(instrument.model)


def can_be_asked(wave: Wave) -> bool:
    """Whether people can answer a wave's questionnaire without a name, and its programme may use it."""
    if programme_of(wave.instrument) not in {None, wave.programme_id}:
        return False
    try:
        found = instrument_of(wave.instrument)
    except ModelIsWrong:
        return False
    return found.anonymous and found.respondent == "employee"


def carried_by_document(reference: str) -> dict[str, Any]:
    """What door 2 must be told of a questionnaire: nothing of one that comes with the platform, all of any other."""
    if source.is_packaged(reference):
        return {}
    instrument = instrument_of(reference)
    layers = {factor.id: factor.layer for factor in model_of(instrument).factors}
    asked = dict.fromkeys(item.measures for item in instrument.items)
    where = {scale: layers.get(scale, OUTCOMES) for scale in asked}
    return {"questionnaire": carried_in_document(source=source.source_of(reference), layers=where)}
