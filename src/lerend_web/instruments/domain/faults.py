"""What is wrong with a file that was handed in, in the language of who reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from lerend.errors import LerendError
from lerend.wording import Language


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where, what, and how to mend it."""

    where: str
    what: str
    mend: str


class FileIsWrong(Exception):
    """A file cannot become a version; `faults` says everything that has to be mended first."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(fault.what for fault in faults))
        self.faults = tuple(faults)


def refuse(where: str, what: str, mend: str) -> FileIsWrong:
    return FileIsWrong([Fault(where, what, mend)])


def told(error: LerendError) -> FileIsWrong:
    """What the library found, in the language of who reads it."""
    spoken = language()
    return FileIsWrong(
        [Fault(one.where, one.what.in_language(spoken), one.mend.in_language(spoken)) for one in error.problems]
    )


def language() -> Language:
    """The language of the page; content that is only there in Dutch and English is Dutch elsewhere."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"
