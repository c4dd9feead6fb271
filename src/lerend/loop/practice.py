"""Which practice runs a programme: today's, this library's, or one of both with a single part of the other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Part(StrEnum):
    """By whose rules a part of the loop goes."""

    TODAY = "today"
    TODAY_STRICT = "today_strict"
    """As today, but a change before–after must also be unlikely by chance (p below .05)."""
    LEREND = "lerend"


@dataclass(frozen=True, slots=True)
class Practice:
    """Diagnosis, choice and judgement, each by one side."""

    name: str
    diagnosis: Part
    choice: Part
    judgement: Part

    @property
    def is_fair(self) -> bool:
        """Whether trials are compared by lot where they can be."""
        return self.judgement is Part.LEREND

    @property
    def needs_release(self) -> bool:
        """Whether anything that the gate releases is looked at."""
        return self.is_fair or self.diagnosis is Part.LEREND


TODAY: Final = Practice("today", Part.TODAY, Part.TODAY, Part.TODAY)
STRICT: Final = Practice("today, strict", Part.TODAY, Part.TODAY, Part.TODAY_STRICT)
LEREND: Final = Practice("lerend", Part.LEREND, Part.LEREND, Part.LEREND)
ONLY_DIAGNOSIS: Final = Practice("only diagnosis", Part.LEREND, Part.TODAY, Part.TODAY)
ONLY_CHOICE: Final = Practice("only choice", Part.TODAY, Part.LEREND, Part.TODAY)
ONLY_JUDGEMENT: Final = Practice("only judgement", Part.TODAY, Part.TODAY, Part.LEREND)
PRACTICES: Final = (TODAY, STRICT, LEREND, ONLY_DIAGNOSIS, ONLY_CHOICE, ONLY_JUDGEMENT)
