from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a version is: an organisation model, or a questionnaire for one."""

    MODEL = "model"
    INSTRUMENT = "instrument"
