"""What can go wrong, said in the reader's language and with what to do about it.

LerendError                 everything that a person can mend; holds one or more problems
├── ModelIsWrong            a model or instrument file says something that cannot be
├── AnswersAreWrong         a file of answers cannot be read as it stands
├── TooFewAnswers           nothing may be shown about so few people
├── ReleaseIsWrong          a file is no release, or not as it was made
└── NotReleased             a release did not pass its own audit
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lerend.wording import Language, Message


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where (file, line or cell), what, and how to mend it."""

    where: str
    what: Message
    mend: Message

    def in_language(self, language: Language) -> str:
        return f"{self.where}: {self.what.in_language(language)} {self.mend.in_language(language)}"


class LerendError(Exception):
    """Something that a person can mend."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(problem.in_language("en") for problem in problems))
        self.problems = tuple(problems)


class ModelIsWrong(LerendError):
    """A model or instrument file says something that cannot be."""


class AnswersAreWrong(LerendError):
    """A file of answers cannot be read as it stands."""


class TooFewAnswers(LerendError):
    """Nothing may be shown about so few people."""


class ReleaseIsWrong(LerendError):
    """A file is no release, or not as it was made."""


class NotReleased(LerendError):
    """A release did not pass its own audit, so there is none."""
