"""The questionnaire of a wave and its model. A version never changes, so each is read once a process."""

from __future__ import annotations

from functools import lru_cache

from lerend.model import load_instrument, load_model
from lerend.model.structure import Instrument, OrganisationModel


@lru_cache(maxsize=16)
def instrument_of(reference: str) -> Instrument:
    """The questionnaire called such as ``employee-scan@1``.

    Raises:
        ModelIsWrong: there is none of that name.
    """
    return load_instrument(reference)


@lru_cache(maxsize=16)
def model_of(instrument: Instrument) -> OrganisationModel:
    """The model that a questionnaire measures."""
    return load_model(instrument.model)
