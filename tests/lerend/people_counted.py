"""Numbers of people in diagnoses of a file, which are numbers; behind the gate they are bands."""

from __future__ import annotations

from lerend.disclosure.bands import PeopleBand


def number_of(people: int | PeopleBand | None) -> int:
    assert isinstance(people, int)
    return people
