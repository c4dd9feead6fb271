"""What a series of pulses is about: an action of a company, or its part in a pilot."""

from __future__ import annotations

from dataclasses import dataclass

from lerend_web.organisations.models import Organisation
from lerend_web.themes.models import Action


@dataclass(frozen=True, slots=True)
class Subject:
    """What the questions are about, in one organisation.

    Attributes:
        name: in its own words, for those who plan and answer.
        intervention: reference of an entry of the catalogue, such as ``team_debrief@1``; empty for an own approach.
        factor: id of the factor that it works on; empty where that is not said.
        action: the plan of the company, where it is one.
        pilot: key of the pilot, where it is one. Pilots stand above pulses: here it is a name only.
    """

    organisation: Organisation
    name: str
    intervention: str = ""
    factor: str = ""
    action: Action | None = None
    pilot: str = ""


def subject_of(action: Action) -> Subject:
    """An action as the subject of pulses; without a factor of its own it has the first of its theme."""
    factor = action.factor
    if not factor and action.theme is not None:
        factor = str(next(iter(action.theme.factors), ""))
    return Subject(action.organisation, action.what, action.intervention, factor, action)
