"""What must stand above all numbers of a diagnosis, on every face of it."""

from __future__ import annotations

from lerend.diagnosis.result import Diagnosis
from lerend.wording import Message, say


def warnings_of(diagnosis: Diagnosis) -> list[Message]:
    said = [say("Simulated data: these people and companies do not exist.")] if diagnosis.simulated else []
    if diagnosis.shareable:
        return said
    return [*said, say("Not for sharing: groups from {k} people up are shown (floor k={k}).", k=diagnosis.trail.k)]
